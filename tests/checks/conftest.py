"""Small catalogues for the checks: a complete line, and what a case puts over it."""

from decimal import Decimal

import pytest

from kpicat.model import Item, items_frame

COMPLETE = {
    "code": "VP.01",
    "group": "Công tác văn phòng cấp ủy",
    "department": "Văn phòng Đảng ủy",
    "duty": "Phục vụ Đảng ủy tiếp công dân",
    "task": "Tiếp công dân định kỳ của Bí thư Đảng ủy",
    "product": "Buổi tiếp công dân",
    "measure": "buổi",
    "quantity": Decimal(24),
    "frequency": "02 buổi/tháng",
    "deadline": "Ngày 10 và ngày 25 hằng tháng",
    "quality": "100% ý kiến được trả lời bằng văn bản",
    "position": "Chuyên viên Văn phòng",
    "responsible": "Chánh Văn phòng Đảng ủy",
    "tier": 1,
    "points": Decimal(100),
}


@pytest.fixture
def small_catalogue():
    """A case as items i0, i1 …: a task, field values over a complete line, or a list of such."""

    def build(case):
        lines = case if isinstance(case, list) else [case]
        items = []
        for n, line in enumerate(lines):
            values = {**COMPLETE, "code": f"VP.{n + 1:02}", **({"task": line} if isinstance(line, str) else line)}
            items.append(Item(f"i{n}", {k: v for k, v in values.items() if v is not None and v != ""}))
        return items_frame(items)

    return build
