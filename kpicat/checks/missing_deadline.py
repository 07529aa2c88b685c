"""Every line says when it must be done.

**Asked by** PL3 lưu ý (3) clear time of completion; PL3 §1b countable in progress.

**Why** one of the three figures of the KPI is the share done on time. Without a
deadline every delay is on time, or any day may be called late.

**To put right** write a date, or a number of days from a known event: "trước
ngày 20 hằng tháng", "05 ngày làm việc kể từ ngày nhận hồ sơ".
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-deadline"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (3)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line without a deadline."""
    message = _("“{line}” has no deadline; write a date, or a number of days from a known event.")
    for _place, item_id, line in _lines.empty(items, "deadline"):
        yield Problem(item_id, "deadline", message.format(line=line))


PASS: tuple[Case, ...] = ({"deadline": "Trước ngày 20 hằng tháng"}, {"deadline": "Kịp thời"})
FAIL: tuple[Case, ...] = ({"deadline": ""}, {"deadline": "\t"})
