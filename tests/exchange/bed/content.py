"""What stands in the tables of the bed: works of three kinds of bodies, each field in several manners of writing."""

from __future__ import annotations

import csv
from pathlib import Path

_WORKS = Path(__file__).with_name("works.csv")
_GROUPS = ("Xây dựng Đảng", "Văn phòng, tổng hợp", "Kiểm tra, giám sát", "Tư pháp", "Kinh tế, tài chính")
_DEPARTMENTS = ("Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "Phòng Kinh tế", "Trung tâm Phục vụ hành chính công")
_DUTIES = ("Tham mưu, giúp việc cấp ủy", "Quản lý nhà nước về hộ tịch", "Phục vụ hoạt động của lãnh đạo")
_QUALITIES = (
    "Đúng thể thức, không phải trình lại quá 01 lần",
    "Số liệu khớp với sổ sách, không có sai sót",
    "100% hồ sơ đúng hạn",
    "Được lãnh đạo thông qua",
)
_RATIONALES = ("Phải phối hợp nhiều đơn vị", "Việc lặp lại, có mẫu sẵn", "Phạm vi toàn xã, nội dung phức tạp")
_NOTES = ("", "", "Theo QĐ 12-QĐ/ĐU", "", "Phát sinh thêm khi có đoàn", "")
TIERS = (1, 2, 3, 1, 4, 2, 3, 1, 2, 1)
_POINTS = {1: 100, 2: 120, 3: 150, 4: 200}


def lines(body: str, count: int = 10) -> list[dict[str, str]]:
    """Works of a body: field -> text, as a careful person would write it."""
    with _WORKS.open(encoding="utf-8", newline="") as file:
        works = [row for row in csv.DictReader(file) if row["body"] == body]
    found = []
    for n, values in enumerate(works[:count]):
        points = _POINTS[TIERS[n]]
        values |= {
            "order": str(n + 1),
            "code": f"{body[0:2].upper()}.{n + 1:02d}",
            "group": _GROUPS[n // 3],
            "department": _DEPARTMENTS[n // 3],
            "duty": _DUTIES[n // 4],
            "quality": _QUALITIES[n % len(_QUALITIES)],
            "tier": f"Mức {TIERS[n]}",
            "points": str(points),
            "coefficient": f"{points / 100:.2f}".replace(".", ","),
            "rationale": _RATIONALES[n % len(_RATIONALES)],
            "note": _NOTES[n % len(_NOTES)],
            "standard_unit": "x" if n == 0 else "",
            "frame": ("100", "120", "150", "200")[TIERS[n] - 1],
            "ignored": str(points * 3),
        }
        found.append(values)
    return found
