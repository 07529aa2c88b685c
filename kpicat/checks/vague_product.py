"""A product is something one can hand over, point at or count.

**Asked by** PL3 lưu ý (2) clear product; PL3 §1b definite and countable.

**Why** "the result of the work" or "as prescribed" is handed over by saying so;
nobody can accept it, send it back or count it.

**To put right** name the thing: the case file settled, the event held, the
register kept, the number reached.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import products

ID = "vague-product"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (2)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each product that is written but names no thing."""
    message = _("“{text}” names nothing one could hand over or count; write what there is when the work is done.")
    for item_id, text in zip(items.index, items["product"], strict=True):
        if products.is_vague(text):
            yield Problem(item_id, "product", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    {"product": "Hồ sơ đã giải quyết"},
    {"product": "Kết quả bầu cử"},
    {"product": "100% đơn được trả lời"},
    {"product": ""},
)
FAIL: tuple[Case, ...] = (
    {"product": "Kết quả thực hiện"},
    {"product": "Công việc hoàn thành"},
    {"product": "Theo quy định"},
    {"product": "Đảm bảo ổn định"},
    {"product": "Ý kiến"},
)
