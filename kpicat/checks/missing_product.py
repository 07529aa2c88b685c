"""Every line has an output that can be handed over or counted.

**Asked by** PL3 lưu ý (2) clear product; PL3 §1b countable in quantity.

**Why** KPI scoring counts products. A line without one is scored on effort or
on opinion, and two people will count it differently.

**To put right** name what exists when the work is done: a decision, a settled
case, an event held, a register kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-product"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (2)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line without a product."""
    message = _("“{line}” has no product; name what can be handed over or counted when it is done.")
    for _place, item_id, line in _lines.empty(items, "product", dashes=True):
        yield Problem(item_id, "product", message.format(line=line))


PASS: tuple[Case, ...] = ("Thẩm định hồ sơ kết nạp đảng viên", {"product": "Hồ sơ"})
FAIL: tuple[Case, ...] = ({"product": ""}, {"product": "-"}, {"product": "\n"})
