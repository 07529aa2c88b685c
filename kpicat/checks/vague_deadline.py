"""A deadline lets one tell whether the work was on time.

**Asked by** PL3 lưu ý (3) clear time of completion; PL3 §1b countable in progress.

**Why** "promptly", "as planned" or "when asked" is met or missed as the scorer
pleases; the share done on time, a third of the KPI, then measures nothing.

**To put right** write a date, a number of days from a known event, the end of a
period, or a paper that always carries a date, such as the appointment slip.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "vague-deadline"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (3)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each deadline that names no date and no span from a known event."""
    message = _("“{text}” does not tell when the work is late; write a date, or a number of days from a known event.")
    for item_id, text in zip(items.index, items["deadline"], strict=True):
        if phrases.says("deadline", text) == "vague":
            yield Problem(item_id, "deadline", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    {"deadline": "Chậm nhất ngày 20 hằng tháng"},
    {"deadline": "Khi có yêu cầu, không quá 02 ngày"},
    {"deadline": "Hằng quý"},
)
FAIL: tuple[Case, ...] = ({"deadline": "Kịp thời"}, {"deadline": "Theo quy định"}, {"deadline": "Thường xuyên"})
