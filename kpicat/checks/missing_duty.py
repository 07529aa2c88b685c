"""Every line is tied to an assigned function or task.

**Asked by** PL3 §1b each item is tied to chức trách, nhiệm vụ được giao.

**Why** the catalogue is drawn from what the body is there to do. A line with no
such root may be another body's work, or work nobody asked for. A warning, not
an error: most forms in use have no column for it, and the group often says it.

**To put right** name the function, the regulation or the decision that assigns
the work.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-duty"
LEVEL = Level.WARNING
STEP = "PL3 §1b"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line not tied to a function."""
    message = _("“{line}” is not tied to an assigned function; name the function or decision it comes from.")
    for _place, item_id, line in _lines.empty(items, "duty", dashes=True):
        yield Problem(item_id, "duty", message.format(line=line))


PASS: tuple[Case, ...] = ({"duty": "Quản lý đảng viên"},)
FAIL: tuple[Case, ...] = ({"duty": ""}, {"duty": "..."})
