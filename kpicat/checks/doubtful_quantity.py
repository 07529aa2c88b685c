"""A quantity is one that a body can do in a year.

**Asked by** PL3 §1b countable in quantity; PL3 §2 bước 4 quantities are added up.

**Why** one quantity with a decimal comma lost, or a date taken for a number,
outweighs all other lines of a catalogue; a zero makes real work count for nothing.

**To put right** compare with last year's figures and write how many a year; if
the work is not planned this year, leave the quantity empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Level

ID = "doubtful-quantity"
LEVEL = Level.WARNING
STEP = "PL3 §2 bước 4"
SCOPE = "item"

MOST = 1_000_000
"""A year, of anything: as much as a thousand people doing a thousand each."""


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each quantity of zero and each too large to be true."""
    nothing = _("The quantity 0 makes the work count for nothing; write how many a year, or leave it empty.")
    huge = _("{quantity} a year is more than a body can do, as if a decimal comma were lost; correct the quantity.")
    for item_id, quantity in zip(items.index, items["quantity"], strict=True):
        if quantity is None:
            continue
        if quantity == 0:
            yield Problem(item_id, "quantity", nothing)
        elif quantity > MOST:
            yield Problem(item_id, "quantity", huge.format(quantity=number(quantity)))


PASS: tuple[Case, ...] = (
    {"quantity": Decimal("3000")},
    {"quantity": Decimal("1000000")},
    {"quantity": None},
    {"quantity": Decimal("-5")},
)
FAIL: tuple[Case, ...] = (
    {"quantity": Decimal("0")},
    {"quantity": Decimal("1000001")},
    {"quantity": Decimal("999999999999")},
)
