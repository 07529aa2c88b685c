"""Whether the points of a file are points of the catalogue's scale, and on which scale they are at home."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpicat.guidance import Guidance, fitting
from kpicat.model import Item


def off_scale(items: Sequence[Item], scale: Guidance) -> int:
    """How many items carry points that are on none of the scale's marks."""
    return fitting.off_scale(_scored(items), scale)


def better_edition(items: Sequence[Item], scale: Guidance) -> Guidance | None:
    """The edition that the items' points and tiers agree with best; None where that is ``scale`` itself."""
    return fitting.better(_scored(items), scale)


def _scored(items: Sequence[Item]) -> fitting.Scored:
    tiers = (tier if isinstance(tier := item["tier"], int) else None for item in items)
    points = (score if isinstance(score := item["points"], Decimal) else None for item in items)
    return fitting.scored(tiers, points)
