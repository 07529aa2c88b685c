"""What helps a group to agree on difficulty: a tier proposed for each item, and taken over where the group agrees."""

from kpicat.services.tiering.suggesting import accept, suggestions, suggestions_for

__all__ = ["accept", "suggestions", "suggestions_for"]
