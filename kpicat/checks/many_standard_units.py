"""No more than one line of the catalogue is its standard unit.

**Asked by** PL3 §2 bước 2 one standard unit for the body.

**Why** two yardsticks are two scales: the same work would have two
coefficients, depending on which one it is held against.

**To put right** keep the mark on the line that shows the four traits best and
take it off the others; their points stay as they are.
"""

from __future__ import annotations

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
        for item_id, line in zip(marked.index, _lines.names(marked), strict=True):
            yield Problem(item_id, "standard_unit", message.format(line=line, count=len(marked)))


PASS: tuple[Case, ...] = (
    [{"task": "Tiếp nhận văn bản đến", "standard_unit": True}, {"task": "Ghi biên bản họp", "standard_unit": False}],
)
FAIL: tuple[Case, ...] = (
    [{"task": "Tiếp nhận văn bản đến", "standard_unit": True}, {"task": "Ghi biên bản họp", "standard_unit": True}],
)
