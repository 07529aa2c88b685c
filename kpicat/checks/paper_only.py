"""A product is a result, where there is one, rather than a paper about it.

**Asked by** PL3 lưu ý: avoid formality, do not lean on counting documents and reports.

**Why** what is counted is what gets made: a catalogue of reports rewards
reports. For information only: some work does end in a paper, and the line may
be right as it stands.

**To put right** ask what the paper is for, and where a result can be named (a
case settled, an event held, a register kept) name that as the product.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import products

ID = "paper-only"
LEVEL = Level.INFO
STEP = "PL3 lưu ý"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each product that is nothing but administrative papers.

    Where no product is written, a task that is to write a paper says the same.
    """
    message = _("“{text}” is a paper about work; name the result it leads to, if there is one.")
    for item_id, task, product in zip(items.index, items["task"], items["product"], strict=True):
        if products.is_paper_only(product, task):
            field, text = ("product", product) if product.strip() else ("task", task)
            yield Problem(item_id, field, message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    {"product": "Buổi tiếp công dân"},
    {"product": "Quyết định kết nạp đảng viên"},
    {"product": "Báo cáo/hồ sơ đã giải quyết"},
    {"task": "Tiếp công dân", "product": ""},
)
FAIL: tuple[Case, ...] = (
    {"product": "Báo cáo định kỳ/đột xuất"},
    {"product": "Kế hoạch; công văn"},
    {"product": "Biên bản họp"},
    {"task": "Tham mưu xây dựng kế hoạch kiểm tra", "product": ""},
)
