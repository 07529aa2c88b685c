"""A work that recurs has a day by which each turn is done.

**Asked by** PL3 lưu ý (3) clear time of completion.

**Why** "monthly" says how often, not when: a report of the 3rd and one of the
29th are both monthly. A warning, not an error: late can still be told by the
end of each period, which is a looser limit than most bodies mean.

**To put right** keep the frequency and add the day: "hằng tháng, chậm nhất ngày
20"; the number of turns a year belongs in the quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.memo import remembered
from kpicat.model import Level
from kpicat.text import phrases
from kpicat.text.normalise import fold, tidy

ID = "periodic-deadline"
LEVEL = Level.WARNING
STEP = "PL3 lưu ý (3)"
SCOPE = "item"

_PERIODS = {"tuan": "tuần", "thang": "tháng", "quy": "quý", "nam": "năm"}
_PERIOD = re.compile(rf"(?:dinh ky )?(?:(?:hang|moi|theo) )?({'|'.join(_PERIODS)})[ .;,]*")


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each deadline that only says how often; its suggestion adds the end of each period."""
    message = _("“{text}” says how often but not by which day; add the day each turn is due, such as ngày 20.")
    for item_id, text in zip(items.index, items["deadline"], strict=True):
        if phrases.says("deadline", text) == "periodic":
            yield Problem(item_id, "deadline", message.format(text=_lines.short(text)), _with_day(text))


@remembered(1_000)
def _with_day(text: str) -> str:
    """The deadline with the last day it allows anyway, where it names one period; "" elsewhere."""
    found = _PERIOD.fullmatch(fold(text))
    return f"{tidy(text).rstrip(' .;,')}, chậm nhất ngày làm việc cuối cùng của {_PERIODS[found[1]]}" if found else ""


PASS: tuple[Case, ...] = (
    {"deadline": "Hằng tháng, trước ngày 25"},
    {"deadline": "Thứ Sáu hằng tuần"},
    {"deadline": "Kịp thời"},
)
FAIL: tuple[Case, ...] = ({"deadline": "Hằng tháng"}, {"deadline": "02 lần/năm"}, {"deadline": "Quý, 6 tháng, năm"})
