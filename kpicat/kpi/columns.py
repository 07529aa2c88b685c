"""What is shown of each scored line, on the page and in the file: the same columns, the same words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kpicat.kpi.scoring import Scored
from kpicat.labels import field_label
from kpicat.language import _

Column = tuple[str, Callable[[Scored], str | int | Decimal]]


def columns() -> list[Column]:
    """Heading of each column, in the reader's language, and what it holds of a line."""
    return [
        (_("Row"), lambda each: each.line.row),
        (_("In the catalogue"), lambda each: each.line.name),
        (field_label("coefficient"), lambda each: each.line.coefficient),
        (_("Assigned"), lambda each: each.line.assigned),
        (_("Done"), lambda each: each.line.done),
        (_("Times late"), lambda each: each.line.late),
        (_("Times failed"), lambda each: each.line.failed),
        (_("Assigned, converted"), lambda each: each.assigned),
        (_("Done, converted"), lambda each: each.done),
        (_("Acceptable, converted"), lambda each: each.good),
        (_("On time, converted"), lambda each: each.timely),
    ]
