"""Whether points are of a scale, and on which edition's they are at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from kpicat.guidance.edition import Guidance
from kpicat.guidance.loading import editions

LEAST = 10
"""Lines with points below which nothing can be told of the scale they are on."""

Scored = Counter[tuple[int | None, Decimal]]
"""Tier, None where a line states none, and points -> how many lines have them."""


def scored(tiers: Iterable[int | None], points: Iterable[Decimal | None]) -> Scored:
    """The points of lines, counted; what has none is left out."""
    return Counter((tier, score) for tier, score in zip(tiers, points, strict=True) if score is not None)


def off_scale(found: Scored, scale: Guidance) -> int:
    """How many lines have points that are on none of the scale's marks."""
    return sum(n for (_tier, points), n in found.items() if scale.tier_of(points) is None)


def at_odds(found: Scored, scale: Guidance) -> int:
    """How many lines have points that the scale does not have, or has for another tier than theirs."""
    theirs = ((level, scale.tier_of(points), n) for (level, points), n in found.items())
    return sum(n for level, tier, n in theirs if tier is None or level not in (None, tier.level))


def better(found: Scored, scale: Guidance) -> Guidance | None:
    """The edition that points and tiers agree with best; None where that is ``scale`` itself."""
    best = min(editions().values(), key=lambda edition: at_odds(found, edition))
    return best if at_odds(found, best) < at_odds(found, scale) else None


def home(found: Scored, scale: Guidance) -> Guidance | None:
    """The edition that most lines' points are of, where most are not of ``scale``."""
    n = found.total()
    if n < LEAST or 2 * at_odds(found, scale) <= n:
        return None
    best = better(found, scale)
    return best if best and 2 * at_odds(found, best) < n else None
