"""A stated coefficient is the line's points divided by the standard unit's.

**Asked by** PL3 §2 bước 3 coefficient = points of the item ÷ points of the standard unit.

**Why** the coefficient is what scoring multiplies by. One typed by hand, left
from an earlier draft or taken over another scale pays for work that the points
do not show.

**To put right** take the coefficient that follows from the points; if the
coefficient is what was agreed, correct the points or the tier instead.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.convert import coefficient
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Level, plain

ID = "coefficient-mismatch"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 3"
SCOPE = "item"


NOISE = Decimal("1e-9")  # what binary floating point leaves of 0.1 + 0.2 in a spreadsheet


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line that states a coefficient its points do not give."""
    message = _(
        "The coefficient {stated} should be {right}, as {points} points ÷ {standard} gives; "
        "write {right} or correct the points."
    )
    shown = functools.cache(number)
    ratio = functools.cache(lambda points: coefficient(points, guidance))
    scores = _lines.points(items, guidance)
    for item_id, there, points in zip(items.index, items["coefficient"], scores, strict=True):
        if there is None or points is None:
            continue
        right = ratio(points)
        if abs(there - right) > NOISE:
            words = {"stated": there, "right": right, "points": points, "standard": guidance.standard_points}
            said = {name: shown(value) for name, value in words.items()}
            yield Problem(item_id, "coefficient", message.format(**said), plain(right))


PASS: tuple[Case, ...] = (
    {"points": Decimal(120), "coefficient": Decimal("1.20")},
    {"points": None, "tier": 3, "coefficient": Decimal("1.5000000000000002")},
    {"points": Decimal(120), "coefficient": None},
)
FAIL: tuple[Case, ...] = (
    {"points": Decimal(120), "coefficient": Decimal("1.5")},
    {"points": None, "tier": 3, "coefficient": Decimal("1.25")},
    {"points": Decimal(120), "coefficient": Decimal(0)},
)
