"""The standard unit is work done regularly, not ad hoc and not only at certain times.

**Asked by** PL3 §2 bước 2 (a) done regularly under the body's functions.

**Why** all other work is held against this line. What is done once a year, in one
season, or when something happens is known to few and weighs differently each time.

**To put right** choose a line that recurs every week or month, such as papers
registered, citizens received, files handled.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "standard-unit-not-regular"
LEVEL = Level.WARNING
STEP = "PL3 §2 bước 2"
SCOPE = "item"

SAYING = ("task", "detail", "frequency")
"""The fields whose words may say that a work is not regular."""


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each standard unit that its own words show to be ad hoc, seasonal or rare."""
    if not any(items["standard_unit"]):
        return
    reasons = {
        "ad hoc": _("The standard unit “{line}” arises ad hoc (“{text}”); choose work that is done regularly."),
        "seasonal": _(
            "The standard unit “{line}” is done only at times (“{text}”); choose work that is done regularly."
        ),
        "rare": _(
            "The standard unit “{line}” is done once in a year or a term (“{text}”); choose work done more often."
        ),
    }
    marked = _lines.marked(items)
    columns = [marked[field] for field in SAYING]
    for item_id, line, texts in zip(marked.index, _lines.names(marked), zip(*columns, strict=True), strict=True):
        for field, text in zip(SAYING, texts, strict=True):
            if message := reasons.get(phrases.says("regular", text)):
                yield Problem(item_id, field, message.format(line=line, text=_lines.short(text)))
                break


PASS: tuple[Case, ...] = (
    {"standard_unit": True},
    {"standard_unit": True, "frequency": "Hằng ngày"},
    {"standard_unit": True, "task": "Vận hành hệ thống một cửa"},
    {"standard_unit": True, "task": "Tiếp công dân định kỳ, đột xuất", "deadline": "Khi có yêu cầu, không quá 02 ngày"},
    {"standard_unit": False, "task": "Phục vụ bầu cử", "frequency": "Khi phát sinh"},
)
FAIL: tuple[Case, ...] = (
    {"standard_unit": True, "task": "Báo cáo đột xuất"},
    {"standard_unit": True, "task": "Tổ chức Ngày hội Đại đoàn kết"},
    {"standard_unit": True, "frequency": "Một lần/năm"},
    {"standard_unit": True, "frequency": "Khi phát sinh"},
)
