"""A requirement on quality is met or not, whoever looks.

**Asked by** PL3 §1b countable in quality; PL3 lưu ý (5) measurable result.

**Why** "good", "correct" or "as required" is where 97 % come out as good. Two
scorers of one work must reach one result. A warning, not an error: the line
can be assigned and timed while the words are sharpened.

**To put right** write a number, a limit, a yes/no act or a named standard: "không
quá 02 lần chỉnh sửa", "được Thường trực thông qua", "theo Hướng dẫn số 36".
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "vague-quality"
LEVEL = Level.WARNING
STEP = "PL3 §1b"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each requirement on quality that is a judgement."""
    message = _("“{text}” cannot be checked; write a number, a limit, an act or a named standard.")
    for item_id, text in zip(items.index, items["quality"], strict=True):
        if phrases.says("quality", text) == "vague":
            yield Problem(item_id, "quality", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = ({"quality": "Không quá 02 lần chỉnh sửa"}, {"quality": "Được Ban Thường vụ thông qua"})
FAIL: tuple[Case, ...] = ({"quality": "Tốt"}, {"quality": "Đúng quy định"}, {"quality": "Đảm bảo chất lượng, tiến độ"})
