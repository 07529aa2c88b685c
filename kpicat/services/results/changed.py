"""What became of each group, department or position since an earlier moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicat.convert import EXACT
from kpicat.services.results.parts import Part


@dataclass(frozen=True, slots=True)
class Changed:
    """One value of a field, now and then.

    Attributes:
        value, name: Of the field, and in words.
        items, items_then: How many.
        work, work_then: Converted quantity, standard units a year.
        mean, mean_then: Mean coefficient; None of none.
    """

    value: str
    name: str
    items: int
    items_then: int
    work: Decimal
    work_then: Decimal
    mean: Decimal | None
    mean_then: Decimal | None

    @property
    def more_work(self) -> Decimal:
        """How much the work grew."""
        return EXACT.subtract(self.work, self.work_then)

    @property
    def harder(self) -> Decimal:
        """How much the mean coefficient grew; 0 where there is none to compare."""
        return (
            EXACT.subtract(self.mean, self.mean_then)
            if self.mean is not None and self.mean_then is not None
            else Decimal(0)
        )


def changed(now: Part, then: Part, name: str) -> Sequence[Changed]:
    """Each value of a field that there is now or was then, the one whose work moved most first."""
    sides = [{row.value: row for row in part.loads(name).itertuples(index=False)} for part in (now, then)]
    rows = []
    for value in {**sides[0], **sides[1]}:
        one, other = (side.get(value) for side in sides)
        rows.append(
            Changed(
                value, (one or other).name,
                one.count if one else 0, other.count if other else 0,
                one.converted_quantity if one else Decimal(0), other.converted_quantity if other else Decimal(0),
                one.mean_coefficient if one else None, other.mean_coefficient if other else None,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-abs(row.more_work), -abs(row.harder), -abs(row.items - row.items_then)))
