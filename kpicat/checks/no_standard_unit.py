"""One line of the catalogue, or of each part that has its own, is its standard unit.

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
from kpicat.labels import field_label
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
    elif guidance.unit_by:
        parts = guidance.parts(items)
        have = {part for part, marked in zip(parts, items["standard_unit"], strict=True) if marked}
        message = _("No line of “{part}” is its standard unit; choose one that is regular, clear and countable.")
        nameless = _("Lines without “{field}” have no standard unit; fill it in, or choose one of these lines.")
        for part in dict.fromkeys(parts):
            if part not in have:
                words = message.format(part=part) if part else nameless.format(field=field_label(guidance.unit_by))
                yield Problem(None, "standard_unit", words)


PASS: tuple[Case, ...] = ([{"task": "Tiếp nhận văn bản đến", "standard_unit": True}, {"task": "Ghi biên bản họp"}], [])
FAIL: tuple[Case, ...] = (
    [{"task": "Tiếp nhận văn bản đến", "standard_unit": False}, {"task": "Ghi biên bản họp", "standard_unit": False}],
)
