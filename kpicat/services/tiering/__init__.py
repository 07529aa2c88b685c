"""What helps a group to agree on difficulty: tiers proposed, the standard unit, one work at several titles."""

from kpicat.services.tiering.marking import differs, mark, marks_of, scored, unexplained
from kpicat.services.tiering.ordering import Beside, Order, beside, followed, in_order, next_open
from kpicat.services.tiering.suggesting import (
    HERE_ALONE,
    Sources,
    accept,
    references,
    sources,
    suggestion,
    suggestions,
    suggestions_for,
    without_tier,
)
from kpicat.services.tiering.units import candidates, choose, side_by_side, would_become

__all__ = [
    "HERE_ALONE",
    "Beside",
    "Order",
    "Sources",
    "accept",
    "beside",
    "candidates",
    "choose",
    "differs",
    "followed",
    "in_order",
    "mark",
    "marks_of",
    "next_open",
    "references",
    "scored",
    "side_by_side",
    "sources",
    "suggestion",
    "suggestions",
    "suggestions_for",
    "unexplained",
    "without_tier",
    "would_become",
]
