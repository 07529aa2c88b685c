"""A catalogue is read on the scale that its points are of.

**Asked by** PL3 §2 bước 3 one scale of points for the whole catalogue.

**Why** points of one scale read on another give coefficients that nobody has decided: every
line seems to be wrong, and none is.

**To put right** choose the edition named here for the whole catalogue, before any line is
changed; on the command line with "--guidance".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem
from kpicat.guidance import Guidance, fitting
from kpicat.language import _, number
from kpicat.model import Level

ID = "other-scale"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 3"
SCOPE = "catalogue"

EXPLAINS = ("off-scale-points", "points-tier-mismatch", "coefficient-mismatch", "standard-unit-not-100")
"""Checks that then speak of nearly every line: no remark on the line until the scale is the right one."""


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield one problem where most lines' points are those of another edition."""
    found = fitting.scored(items["tier"], items["points"])
    if scale := fitting.home(found, guidance):
        said = _("{n} of {all} lines have points of another scale; choose “{scale}” before changing any line.")
        n = fitting.at_odds(found, guidance)
        yield Problem(None, "points", said.format(n=number(n), all=number(found.total()), scale=scale.title))


PASS: tuple[Case, ...] = (
    [{"points": Decimal(120), "tier": 2}] * 10,
    [{"points": Decimal(45), "tier": None}] * 9,
    [{"points": Decimal(45), "tier": None}] * 5 + [{"points": Decimal(120), "tier": 2}] * 5,
    [{"points": Decimal(9000), "tier": None}] * 10,
)
FAIL: tuple[Case, ...] = (
    [{"points": Decimal(45), "tier": None}] * 10,
    [{"points": Decimal(45), "tier": 2}] * 6 + [{"points": Decimal(120), "tier": 2}] * 4,
)
