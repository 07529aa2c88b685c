"""One person answers for a work, not a unit and not several people.

**Asked by** PL3 lưu ý (4) clear personal responsibility.

**Why** where a department or "the leaders" answer, no one does; the delay is
everybody's and the credit goes to whoever is scored first.

**To put right** name the one who leads, by name or by post; those who help may
stand beside: "Chủ trì: Trưởng ban; phối hợp: Văn phòng".
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "collective-responsible"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (4)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line answered for by a unit or by several people."""
    message = _("“{text}” is not one person; name the one who leads, and the others as helpers.")
    for item_id, text in zip(items.index, items["responsible"], strict=True):
        if phrases.says("responsible", text) == "collective":
            yield Problem(item_id, "responsible", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    {"responsible": "Chủ trì: Trưởng Ban Xây dựng Đảng; phối hợp: Văn phòng"},
    {"responsible": "Đ/c Phan Văn Bình"},
)
FAIL: tuple[Case, ...] = (
    {"responsible": "Văn phòng Đảng ủy"},
    {"responsible": "Lãnh đạo phòng"},
    {"responsible": "Trưởng ban và các phó trưởng ban"},
)
