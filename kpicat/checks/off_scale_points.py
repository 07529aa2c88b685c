"""Points and tier are those of the catalogue's scale.

**Asked by** PL3 §2 bước 3 the marks of the scale (100, 120, 150, 200 unless adjusted).

**Why** points between the marks are a second scale in secret: two lines of one
difficulty end with different coefficients, and no one can say why. Points below
the standard unit make real work count for less than the yardstick.

**To put right** choose the mark, or points within the frame, of the tier the
line belongs to; if the scale itself does not fit, adjust it for all lines.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Level, plain

ID = "off-scale-points"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 3"
SCOPE = "item"


HUGE = 10  # times the top of the scale: a decimal comma lost or a date, not a judgement


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line whose points, or whose tier, the scale does not have."""
    fault = functools.cache(lambda points: _fault(points, guidance))
    marks: dict[int | None, str] = {
        tier.level: "" if tier.mark is None else plain(tier.mark) for tier in guidance.tiers
    }
    unknown = _("The scale has no tier {level}; choose one from 1 to {last}.")
    for item_id, level, points in zip(items.index, items["tier"], items["points"], strict=True):
        if level is not None and level not in marks:
            yield Problem(item_id, "tier", unknown.format(level=level, last=len(marks)))
        if points is not None and (message := fault(points)):
            yield Problem(item_id, "points", message, marks.get(level or 0, ""))


def _fault(points: Decimal, guidance: Guidance) -> str:
    """What is wrong with these points, in a sentence; "" when they are on the scale."""
    if guidance.tier_of(points):
        return ""
    ranges, top = ", ".join(tier.range for tier in guidance.tiers), guidance.tiers[-1].highest
    if points < 0:
        message = _("{points} points are below zero; choose points of the scale: {ranges}.")
    elif points == 0:
        message = _("0 points would make the work count for nothing; choose points of the scale: {ranges}.")
    elif points < guidance.standard_points:
        message = _(
            "{points} points are under the {standard} of the standard unit; choose points of the scale: {ranges}."
        )
    elif points > top * HUGE:
        message = _(
            "{points} points are far above the scale, as if a decimal comma were lost; "
            "choose points of the scale: {ranges}."
        )
    elif points > top:
        message = _("{points} points are above the top of the scale; choose points of the scale: {ranges}.")
    else:
        message = _("{points} points are on none of the scale's marks; choose points of the scale: {ranges}.")
    return message.format(points=number(points), standard=number(guidance.standard_points), ranges=ranges)


PASS: tuple[Case, ...] = (
    {"points": Decimal(120), "tier": None},
    {"points": Decimal("200.0"), "tier": 4},
    {"points": None, "tier": 3},
)
FAIL: tuple[Case, ...] = (
    *({"points": Decimal(points)} for points in ("130", "0.5", "0", "-100", "201", "12500")),
    {"points": None, "tier": 5},
)
