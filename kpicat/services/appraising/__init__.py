"""What people do with findings: see where a catalogue stands, put right, decide, ask back."""

from kpicat.services.appraising.advising import Advice, first_to_fix
from kpicat.services.appraising.asking import Question, letter, paragraphs, questions
from kpicat.services.appraising.compliance import Compliance, Share, compliance
from kpicat.services.appraising.deciding import (
    decide,
    decided,
    judged,
    open_findings,
    settled,
    waive,
    waived,
    withdraw,
)
from kpicat.services.appraising.fixing import Keep, fixable, fixes, parts
from kpicat.services.appraising.pairs import Pair, pairs, related
from kpicat.services.appraising.principles import OF, PRINCIPLES, asked, principle_name
from kpicat.services.appraising.scales import other_scale
from kpicat.services.rulings import Judged, Keys

__all__ = [
    "OF",
    "PRINCIPLES",
    "Advice",
    "Compliance",
    "Judged",
    "Keep",
    "Keys",
    "Pair",
    "Question",
    "Share",
    "asked",
    "compliance",
    "decide",
    "decided",
    "first_to_fix",
    "fixable",
    "fixes",
    "judged",
    "letter",
    "open_findings",
    "other_scale",
    "pairs",
    "paragraphs",
    "parts",
    "principle_name",
    "questions",
    "related",
    "settled",
    "waive",
    "waived",
    "withdraw",
]
