"""A line's points are those of its tier.

**Asked by** PL3 §2 bước 3 each mark goes with one tier.

**Why** the label of one scale with the score of another is the commonest slip
of real drafts: the tier is what was agreed, the points are what is counted,
and the coefficient follows the wrong one.

**To put right** decide which of the two was meant: set the tier that the points
belong to, or the points that belong to the tier.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Level

ID = "points-tier-mismatch"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 3"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line whose points belong to another tier than the one stated.

    Points of no tier, and a tier the scale does not have, are for ``off-scale-points``.
    """
    message = _(
        "The line says tier {stated} ({stated_range} points) but has {points} points, which are tier {other}; "
        "set tier {other}, or {stated_range} points."
    )
    either = _("tier {other}, or {stated_range} points")
    shown = functools.cache(number)
    for item_id, level, points in zip(items.index, items["tier"], items["points"], strict=True):
        stated = guidance.tier(level)
        other = guidance.tier_of(points) if points is not None else None
        if stated and other and stated is not other:
            words = {"stated": stated.level, "stated_range": stated.range, "other": other.level}
            yield Problem(item_id, "points", message.format(points=shown(points), **words), either.format(**words))


PASS: tuple[Case, ...] = (
    {"tier": 2, "points": Decimal(120)},
    {"tier": 2, "points": None},
    {"tier": 2, "points": Decimal(130)},
)
FAIL: tuple[Case, ...] = ({"tier": 2, "points": Decimal(150)}, {"tier": 4, "points": Decimal("100.00")})
