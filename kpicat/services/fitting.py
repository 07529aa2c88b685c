"""Whether the points of a file are points of the catalogue's scale, and on which scale they are at home."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpicat import guidance
from kpicat.guidance import Guidance
from kpicat.model import Item


def off_scale(items: Sequence[Item], scale: Guidance) -> int:
    """How many items carry points that are on none of the scale's marks."""
    return sum(scale.tier_of(points) is None for _item, points in _scored(items))


def better_edition(items: Sequence[Item], scale: Guidance) -> Guidance | None:
    """The edition that the items' points and tiers agree with best; None where that is ``scale`` itself."""
    best = min(guidance.editions().values(), key=lambda edition: _at_odds(items, edition))
    return best if _at_odds(items, best) < _at_odds(items, scale) else None


def _at_odds(items: Sequence[Item], scale: Guidance) -> int:
    """Items whose points the scale does not have, or has for another tier than theirs."""
    found = [(item["tier"], scale.tier_of(points)) for item, points in _scored(items)]
    return sum(tier is None or level not in (None, tier.level) for level, tier in found)


def _scored(items: Sequence[Item]) -> list[tuple[Item, Decimal]]:
    return [(item, points) for item in items if isinstance(points := item["points"], Decimal)]
