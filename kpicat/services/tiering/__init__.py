"""What helps a group to agree on difficulty: tiers proposed, the standard unit, one work at several titles."""

from kpicat.services.tiering.suggesting import accept, suggestions, suggestions_for, without_tier
from kpicat.services.tiering.units import candidates, choose, side_by_side, would_become

__all__ = [
    "accept",
    "candidates",
    "choose",
    "side_by_side",
    "suggestions",
    "suggestions_for",
    "without_tier",
    "would_become",
]
