"""One can tell when one unit of the work has been done.

**Asked by** PL3 lưu ý (1) clear task; PL3 §1b definite and countable.

**Why** a field of work ("công tác dân vận") or a bare "theo dõi", "phối hợp" goes
on all year: how many of it were done, and whether on time, is then for the scorer
to say. A weak verb is no fault where a definite object or product follows it.

**To put right** write what is done to what ("tham mưu kế hoạch …", "theo dõi,
đôn đốc hồ sơ quá hạn"), or name the product so that one can count it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import tasks

ID = "vague-task"
LEVEL = Level.WARNING
STEP = "PL3 lưu ý (1)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each task of which nothing tells when one unit is done."""
    message = _("“{text}” does not tell when one of it is done; write what is done to what, or name the product.")
    columns = (items[field] for field in ("task", "detail", "product"))
    for item_id, task, detail, product in zip(items.index, *columns, strict=True):
        if tasks.is_vague(task, detail, product):
            yield Problem(item_id, "task", message.format(text=_lines.short(task)))


PASS: tuple[Case, ...] = (
    {"task": "Tham mưu giải quyết đơn tố cáo", "product": "Báo cáo"},
    {"task": "Theo dõi đơn thư quá hạn", "product": ""},
    {"task": "Tham mưu công tác dân vận", "product": "Bảng chấm điểm mô hình dân vận khéo"},
    {"task": "Công tác văn thư", "detail": "Đóng dấu, phát hành văn bản đi"},
)
FAIL: tuple[Case, ...] = (
    {"task": "Theo dõi tình hình", "product": ""},
    {"task": "Phối hợp công tác với các đơn vị", "product": "Ý kiến phối hợp"},
    {"task": "Thực hiện tốt nhiệm vụ được giao", "product": "Báo cáo"},
    {"task": "Tham mưu công tác dân vận", "product": "Báo cáo/kế hoạch"},
    {"task": "phoi hop dam bao an ninh trat tu", "product": "Văn bản"},
)
