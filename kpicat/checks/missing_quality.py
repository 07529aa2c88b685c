"""Every line says by what its quality is known.

**Asked by** PL3 §1b countable in quality; PL3 lưu ý (5) measurable result.

**Why** one of the three figures of the KPI is the share of acceptable quality.
Without a requirement it is settled afterwards, by whoever scores. A warning,
not an error: some products are right or not at all, and then say so.

**To put right** write a number, a limit, an act or a named standard: "không quá
02 lần chỉnh sửa", "được Thường trực Đảng ủy thông qua".
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-quality"
LEVEL = Level.WARNING
STEP = "PL3 §1b"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line without a requirement on quality."""
    message = _("“{line}” has no requirement on quality; write a number, a limit, an act or a named standard.")
    for _place, item_id, line in _lines.empty(items, "quality"):
        yield Problem(item_id, "quality", message.format(line=line))


PASS: tuple[Case, ...] = ({"quality": "Không có văn bản bị trả lại"}, {"quality": "Tốt"})
FAIL: tuple[Case, ...] = ({"quality": ""}, {"quality": " "})
