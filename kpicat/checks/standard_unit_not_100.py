"""The standard unit has exactly the scale's standard points, so its coefficient is 1.

**Asked by** PL3 §2 bước 3 points of the standard unit (100; on another scale its own).

**Why** every coefficient is a comparison with this line. If the line itself does
not come out as 1, nothing is measured by the yardstick that is shown.

**To put right** give the line the standard points, or choose as standard unit a
line that has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Level, plain

ID = "standard-unit-not-100"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 3"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each standard unit whose points are others than the scale's standard points."""
    message = _(
        "The standard unit “{line}” has {points} points instead of {standard}; "
        "give it {standard} points or choose another standard unit."
    )
    standard = guidance.standard_points
    if not any(items["standard_unit"]):
        return
    marked = _lines.marked(items)
    for item_id, line, points in zip(marked.index, _lines.names(marked), _lines.points(marked, guidance), strict=True):
        if points is not None and points != standard:
            words = {"line": line, "points": number(points), "standard": number(standard)}
            yield Problem(item_id, "points", message.format(**words), plain(standard))


PASS: tuple[Case, ...] = (
    {"standard_unit": True, "points": Decimal("100.0")},
    {"standard_unit": False, "tier": 2, "points": Decimal(120)},
)
FAIL: tuple[Case, ...] = (
    {"standard_unit": True, "tier": 2, "points": Decimal(120)},
    {"standard_unit": True, "tier": 2, "points": None},
)
