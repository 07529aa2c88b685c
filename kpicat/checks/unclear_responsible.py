"""One can tell from the line who answers for the work.

**Asked by** PL3 lưu ý (4) clear personal responsibility.

**Why** "whoever is assigned" moves the decision to another paper, often one
that is written after the work went wrong; a specialist or a deputy with no
field named may be any of several.

**To put right** write the name, the post that one person holds, or the field:
"Chuyên viên phụ trách thi đua, khen thưởng".
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "unclear-responsible"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (4)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each responsible person that cannot be told from the line."""
    message = _("“{text}” does not tell who it is; write the name, the post, or the field the person is in charge of.")
    for item_id, text in zip(items.index, items["responsible"], strict=True):
        if phrases.says("responsible", text) == "unclear":
            yield Problem(item_id, "responsible", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    {"responsible": "Chuyên viên phụ trách tổ chức đảng"},
    {"responsible": "Phó Bí thư Thường trực Đảng ủy"},
)
FAIL: tuple[Case, ...] = (
    {"responsible": "Người được phân công"},
    {"responsible": "Chuyên viên"},
    {"responsible": "Phó Trưởng phòng"},
)
