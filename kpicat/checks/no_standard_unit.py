"""One line of the catalogue is its standard unit.

**Asked by** PL3 §2 bước 2 and bước 3 the standard unit that all items are converted to.

**Why** the yardstick must be a real, named work that everybody knows. Without
it the coefficients compare each line with a number nobody has ever done.

**To put right** choose a line that is done regularly, has a clear process and
output, can be compared and counted, and is not swayed by exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicat.checks import Case, Lines, Problem
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Level

ID = "no-standard-unit"
LEVEL = Level.ERROR
STEP = "PL3 §2 bước 2"
SCOPE = "catalogue"


def check(items: Lines, guidance: Guidance) -> Iterator[Problem]:
    """Yield one problem for a catalogue of which no line is the standard unit."""
    if len(items) and not any(items["standard_unit"]):
        yield Problem(
            None, "standard_unit", _("No line is the standard unit; choose one that is regular, clear and countable.")
        )


PASS: tuple[Case, ...] = ([{"task": "Tiếp nhận văn bản đến", "standard_unit": True}, {"task": "Ghi biên bản họp"}], [])
FAIL: tuple[Case, ...] = (
    [{"task": "Tiếp nhận văn bản đến", "standard_unit": False}, {"task": "Ghi biên bản họp", "standard_unit": False}],
)
