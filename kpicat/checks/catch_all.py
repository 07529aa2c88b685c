"""A line names one definite work, never "other duties".

**Asked by** PL3 lưu ý (1) clear task; PL3 §1b definite and countable.

**Why** an open-ended line can hold anything: nobody can assign it, time it or
count it, and it becomes the place where points are made up.

**To put right** name the works that recur and give each its own line; what
cannot be foreseen is added by a supplement when it arises.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import products, tasks

ID = "catch-all"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (1)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line that only says "other work".

    A detail that names a definite work makes up for a task that is a mere heading, not
    for one of work that arises, unless the product tells which work it is.
    """
    message = _("“{text}” is open-ended; name the works that recur, each on its own line.")
    columns = (items[field] for field in ("task", "detail", "product"))
    for item_id, task, detail, product in zip(items.index, *columns, strict=True):
        if not detail.strip() or (tasks.arises(task) and not products.pins_down(product)):
            field, text = "task", task
        else:
            field, text = "detail", detail
        if tasks.is_open_ended(text):
            yield Problem(item_id, field, message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    "Tiếp công dân định kỳ của Bí thư Đảng ủy",
    "Kiểm tra đột xuất chi bộ có dấu hiệu vi phạm",
    {"task": "Công việc khác", "detail": "Trực lễ tân ngày lễ"},
    {"task": "Việc phát sinh", "detail": "Trực lễ tân khi có đoàn", "product": "Ca trực"},
)
FAIL: tuple[Case, ...] = (
    "Thực hiện nhiệm vụ khác do lãnh đạo giao",
    "Xử lý công việc phát sinh",
    "Các việc được phân công",
    {"task": "Xử lý việc phát sinh", "detail": "Mô tả việc, đề xuất cách làm", "product": "Sản phẩm phát sinh"},
)
