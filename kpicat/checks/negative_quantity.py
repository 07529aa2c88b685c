"""A quantity counts what is done in a year, so it is never below zero.

**Asked by** PL3 §1b countable in quantity; PL3 §2 bước 4 quantities are added up.

**Why** a line below zero takes converted quantity away from the other lines of
its person and department, and the totals hide it.

**To put right** write how many a year; work that is no longer done is a line to
delete, not one to subtract.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicat.checks import Case, Lines, Problem
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Level

ID = "negative-quantity"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 4"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each quantity below zero."""
    message = _("The quantity {quantity} is below zero; write how many a year.")
    for item_id, quantity in zip(items.index, items["quantity"], strict=True):
        if quantity is not None and quantity < 0:
            yield Problem(item_id, "quantity", message.format(quantity=number(quantity)))


PASS: tuple[Case, ...] = ({"quantity": Decimal("12")}, {"quantity": Decimal("0")}, {"quantity": None})
FAIL: tuple[Case, ...] = ({"quantity": Decimal("-5")}, {"quantity": Decimal("-0.5")})
