"""Every line has a unit in which its product is counted.

**Asked by** PL3 lưu ý (5) measurable result; PL3 §1b countable in quantity.

**Why** a quantity of 12 means nothing until it is 12 meetings or 12 minutes;
the converted quantity is that number times the coefficient. A warning, not an
error: where the product is one thing, the unit can be read from it.

**To put right** write the thing that is counted: văn bản, hồ sơ, cuộc, lượt.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import measures

ID = "missing-measure"
LEVEL = Level.WARNING
STEP = "PL3 lưu ý (5)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line without a unit of measure; its suggestion is the one the product names."""
    message = _("“{line}” has no unit of measure; write what is counted, such as văn bản, hồ sơ, cuộc.")
    product = items["product"]
    for place, item_id, line in _lines.empty(items, "measure"):
        yield Problem(item_id, "measure", message.format(line=line), measures.of_product(product[place]))


PASS: tuple[Case, ...] = ({"measure": "hồ sơ"}, {"measure": "%"})
FAIL: tuple[Case, ...] = ({"measure": ""}, {"measure": " "})
