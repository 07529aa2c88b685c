"""Every line has a tier or points, so that it can be converted.

**Asked by** PL3 §2 bước 3 points of the item ÷ points of the standard unit.

**Why** without either there is no coefficient: the line counts for nothing and
whoever does the work loses it from the score. Points alone are enough where
they say the tier; a tier alone is enough where it has a single mark.

**To put right** choose the tier by the guidance's words; on a scale of frames
give the points within the frame as well.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-tier"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 3"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line from which no coefficient follows.

    Points or a tier that the scale does not have are for ``off-scale-points`` to say.
    """
    neither = _("“{line}” has neither tier nor points; choose its tier.")
    frame_only = _("“{line}” has tier {level} but no points; give it points within {range}.")
    frames = {tier.level: tier.range for tier in guidance.tiers if tier.mark is None}
    name = functools.partial(_lines.name, items)
    for place, (item_id, level, points) in enumerate(zip(items.index, items["tier"], items["points"], strict=True)):
        if points is not None:
            continue
        if level is None:
            yield Problem(item_id, "tier", neither.format(line=name(place)))
        elif level in frames:
            yield Problem(item_id, "points", frame_only.format(line=name(place), level=level, range=frames[level]))


PASS: tuple[Case, ...] = (
    {"tier": 2, "points": None},
    {"tier": None, "points": Decimal(150)},
    {"tier": None, "points": Decimal(130)},
)
FAIL: tuple[Case, ...] = ({"tier": None, "points": None},)
