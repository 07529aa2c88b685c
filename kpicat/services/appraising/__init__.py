"""What people do with findings: look where a catalogue stands, put right, decide, ask back."""

from kpicat.services.appraising.compliance import Compliance, Share, compliance
from kpicat.services.appraising.deciding import decide, judged, open_findings, waive, waived, withdraw
from kpicat.services.appraising.principles import OF, PRINCIPLES, asked, principle_name
from kpicat.services.rulings import Judged, Keys

__all__ = [
    "OF",
    "PRINCIPLES",
    "Compliance",
    "Judged",
    "Keys",
    "Share",
    "asked",
    "compliance",
    "decide",
    "judged",
    "open_findings",
    "principle_name",
    "waive",
    "waived",
    "withdraw",
]
