"""Every line names the work that is to be done.

**Asked by** PL3 lưu ý (1) clear task; PL3 §1b each item is definite.

**Why** a line that has a product, points or a person but no work cannot be
assigned, and nobody can tell whether it stands in the catalogue twice.

**To put right** write the work in a few words, beginning with what is done and
to what; take the line out if it is a remnant of the form.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "missing-task"
LEVEL = Level.ERROR
STEP = "PL3 lưu ý (1)"
SCOPE = "item"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each line that names no work, neither as task nor as detail."""
    message = _("“{line}” names no work; write the task, or take the line out.")
    for place, item_id, line in _lines.empty(items, "task", dashes=True):
        if not items["detail"][place].strip():
            yield Problem(item_id, "task", message.format(line=line))


PASS: tuple[Case, ...] = (
    "Tiếp công dân định kỳ của Bí thư Đảng ủy",
    {"task": "", "detail": "Ghi biên bản họp giao ban"},
)
FAIL: tuple[Case, ...] = ({"task": ""}, {"task": " \u00a0"}, {"task": "…"})
