"""A work that recurs has a day by which each turn is done.

**Asked by** PL3 lưu ý (3) clear time of completion.

**Why** "monthly" says how often, not when: a report of the 3rd and one of the
29th are both monthly. A warning, not an error: late can still be told by the
end of each period, which is a looser limit than most bodies mean.

**To put right** keep the frequency and add the day: "hằng tháng, chậm nhất ngày
20"; the number of turns a year belongs in the quantity.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kpicat.checks import Case, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "periodic-deadline"
LEVEL = Level.WARNING
STEP = "PL3 lưu ý (3)"
SCOPE = "item"


def check(items: pd.DataFrame, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each deadline that only says how often."""
    message = _("“{text}” says how often but not by which day; add the day each turn is due, such as ngày 20.")
    for item_id, text in zip(items.index, items["deadline"], strict=True):
        if phrases.says("deadline", text) == "periodic":
            yield Problem(item_id, "deadline", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = (
    {"deadline": "Hằng tháng, trước ngày 25"},
    {"deadline": "Thứ Sáu hằng tuần"},
    {"deadline": "Kịp thời"},
)
FAIL: tuple[Case, ...] = ({"deadline": "Hằng tháng"}, {"deadline": "02 lần/năm"}, {"deadline": "Quý, 6 tháng, năm"})
