"""What became of each group, department or position since an earlier moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
    def has_moved(self) -> bool:
        """Whether anything of it is other than it was."""
        return (self.items, self.work, self.mean) != (self.items_then, self.work_then, self.mean_then)

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
    """The values of a field of which something is other than it was, the one whose work moved most first."""
    here, there = (_by_value(part, name) for part in (now, then))
    rows = []
    for value, known in {**there, **here}.items():
        one, other = here.get(value), there.get(value)
        rows.append(
            Changed(
                value=value,
                name=known.name,
                items=one.count if one else 0,
                items_then=other.count if other else 0,
                work=one.converted_quantity if one else Decimal(0),
                work_then=other.converted_quantity if other else Decimal(0),
                mean=one.mean_coefficient if one else None,
                mean_then=other.mean_coefficient if other else None,
            )
        )
    moved = [row for row in rows if row.has_moved]
    return sorted(moved, key=lambda row: (-abs(row.more_work), -abs(row.harder), -abs(row.items - row.items_then)))


def others_as_much(rows: Sequence[Changed]) -> int:
    """How many others moved as much as the first of :func:`changed`, in either direction, by what it is first for."""
    measures: Sequence[Callable[[Changed], Decimal | int]] = (
        lambda row: abs(row.more_work),
        lambda row: abs(row.harder),
        lambda row: abs(row.items - row.items_then),
    )
    by = next((measure for measure in measures if measure(rows[0])), measures[0])
    return sum(by(row) == by(rows[0]) for row in rows[1:])


def _by_value(part: Part, name: str) -> dict[str, Any]:
    rows: list[Any] = list(part.loads(name).itertuples(index=False))
    return {row.value: row for row in rows}
