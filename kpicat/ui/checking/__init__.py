"""The principles checked: how well they are kept, what is found, what was decided, whom to ask."""

from kpicat.ui.checking.asking import questions
from kpicat.ui.checking.deciding import decided
from kpicat.ui.checking.dialogs import dialogs
from kpicat.ui.checking.groups import findings
from kpicat.ui.checking.held import DECIDED, FINDINGS, OVERVIEW, PAIRS, QUESTIONS
from kpicat.ui.checking.leading import button
from kpicat.ui.checking.overview import overview
from kpicat.ui.checking.side_by_side import pairs

__all__ = [
    "DECIDED",
    "FINDINGS",
    "OVERVIEW",
    "PAIRS",
    "QUESTIONS",
    "button",
    "decided",
    "dialogs",
    "findings",
    "overview",
    "pairs",
    "questions",
]
