"""The unit of a quantity is counted, not a share of something.

**Asked by** PL3 §1b countable in quantity; PL3 §2 bước 4 quantities are added up.

**Why** a share cannot be multiplied by a coefficient or added up over the year:
95 % in each of four quarters is not 380 of anything. As a requirement on
quality the same share is welcome, hence a warning, not an error.

**To put right** count the things the share is taken of, and move the share to
the requirement on quality.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level
from kpicat.text import phrases

ID = "ratio-measure"
LEVEL = Level.WARNING
STEP = "PL3 §2 bước 4"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each unit of measure that is a share."""
    message = _(
        "“{text}” is a share and cannot be added up; count the things themselves and put the share under quality."
    )
    for item_id, text in zip(items.index, items["measure"], strict=True):
        if phrases.says("measure", text) == "ratio":
            yield Problem(item_id, "measure", message.format(text=_lines.short(text)))


PASS: tuple[Case, ...] = ({"measure": "văn bản"}, {"measure": "văn bản/năm"})
FAIL: tuple[Case, ...] = ({"measure": "%"}, {"measure": "Tỷ lệ hài lòng"}, {"measure": "hồ sơ đúng hạn/tổng số hồ sơ"})
