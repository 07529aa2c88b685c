"""Every line has one person who answers for it.

**Asked by** PL3 lưu ý (4) clear personal responsibility.

**Why** the score is a person's score. A department does not answer for a
delay; where nobody is named, the work of one is credited to another.

**To put right** write the name, or a post that one person holds: "Chánh Văn
phòng Đảng ủy", "Chuyên viên phụ trách tổ chức đảng".
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-responsible"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (4)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line without a responsible person."""
    message = _("“{line}” names nobody responsible; write one person, or a post that one person holds.")
    for _place, item_id, line in _lines.empty(items, "responsible"):
        yield Problem(item_id, "responsible", message.format(line=line))


PASS: tuple[Case, ...] = ({"responsible": "Chánh Văn phòng Đảng ủy"}, {"responsible": "Văn phòng"})
FAIL: tuple[Case, ...] = ({"responsible": ""}, {"responsible": "  "})
