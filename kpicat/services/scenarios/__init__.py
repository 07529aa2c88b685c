"""What if: scenarios tried on a catalogue, kept, shared, held side by side, and adopted as one batch."""

from kpicat.services.scenarios.adopting import MARKS, UNIT, Adoption, Met, adopt, look
from kpicat.services.scenarios.saving import begin, change, remove, saved, versions
from kpicat.services.scenarios.trying import MOST_COMPARED, became, before, found_by, ground, marks_of, spans, tried

__all__ = [
    "MARKS",
    "MOST_COMPARED",
    "UNIT",
    "Adoption",
    "Met",
    "adopt",
    "became",
    "before",
    "begin",
    "change",
    "found_by",
    "ground",
    "look",
    "marks_of",
    "remove",
    "saved",
    "spans",
    "tried",
    "versions",
]
