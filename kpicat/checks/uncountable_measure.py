"""The unit of a quantity is a thing or an event that can be counted.

**Asked by** PL3 §1b countable in quantity; PL3 lưu ý (5) measurable result.

**Why** a number of "works", of "quality" or of "as required" is a number of
nothing: nobody can say whether eight or nine were done.

**To put right** write what is counted one by one: văn bản, hồ sơ, cuộc, lượt,
buổi, bài; if nothing can be counted, look at the product again.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import measures, phrases

ID = "uncountable-measure"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (5)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each unit of measure that cannot be counted; its suggestion is the one the product names."""
    message = _("“{text}” cannot be counted; write a thing or an event, such as văn bản, hồ sơ, cuộc.")
    for item_id, text, product in zip(items.index, items["measure"], items["product"], strict=True):
        if phrases.says("measure", text) == "uncountable":
            yield Problem(item_id, "measure", message.format(text=_lines.short(text)), measures.of_product(product))


PASS: tuple[Case, ...] = ({"measure": "hồ sơ"}, {"measure": "báo cáo/quý"}, {"measure": "%"})
FAIL: tuple[Case, ...] = ({"measure": "công việc"}, {"measure": "theo thực tế"}, {"measure": "…"})
