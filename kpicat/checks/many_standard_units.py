"""No more than one line of the catalogue, or of each part that has its own, is its standard unit.

**Asked by** PL3 §2 bước 2 one standard unit for the body, or by title where the catalogue says so.

**Why** two yardsticks are two scales: the same work would have two
coefficients, depending on which one it is held against.

**To put right** keep the mark on the line that shows the four traits best and
take it off the others; their points stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "many-standard-units"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 2"
SCOPE = "catalogue"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line marked as the standard unit, where several are."""
    message = _("“{line}” is one of {count} lines marked as the standard unit; keep the mark on one of them.")
    if sum(items["standard_unit"]) > 1:
        marked = _lines.marked(items)
        parts = guidance.parts(marked)
        counts = Counter(parts)
        for item_id, line, part in zip(marked.index, _lines.names(marked), parts, strict=True):
            if counts[part] > 1:
                yield Problem(item_id, "standard_unit", message.format(line=line, count=counts[part]))


PASS: tuple[Case, ...] = (
    [{"task": "Tiếp nhận văn bản đến", "standard_unit": True}, {"task": "Ghi biên bản họp", "standard_unit": False}],
)
FAIL: tuple[Case, ...] = (
    [{"task": "Tiếp nhận văn bản đến", "standard_unit": True}, {"task": "Ghi biên bản họp", "standard_unit": True}],
)
