"""What helps a group to agree on difficulty: tiers proposed, the standard unit, one work at several titles."""

from kpicat.services.tiering.suggesting import accept, suggestions, suggestions_for
from kpicat.services.tiering.units import candidates, choose, side_by_side, would_become

__all__ = ["accept", "candidates", "choose", "side_by_side", "suggestions", "suggestions_for", "would_become"]
