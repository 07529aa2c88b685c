"""Who carries how much of what they can, now and with work moved to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from kpicat.capacity import Capacity, Load, decode, loads
from kpicat.services.view import View


@dataclass(frozen=True)
class Carried:
    """Loads, in the order the catalogue names them.

    Attributes:
        field: "position" or "department".
        before: As the catalogue is.
        after: With work moved; the same positions and departments, and those moved to.
    """

    field: str
    capacity: Capacity
    before: Sequence[Load]
    after: Sequence[Load]

    @property
    def moved(self) -> Sequence[tuple[Load | None, Load]]:
        """Before and after of those whose load is another one; None where there was none before."""
        known = {load.value: load for load in self.before}
        pairs = [(known.get(load.value), load) for load in self.after]
        return [(old, new) for old, new in pairs if old is None or (old.load, old.items) != (new.load, new.items)]


def carried(view: View, field: str, moved: Mapping[str, str] = MappingProxyType({})) -> Carried:
    """The loads of a catalogue; moving writes nothing.

    Args:
        field: "position" or "department".
        moved: Item id -> where it is moved to; one that is there no more is left aside.
    """
    capacity = decode(view.catalogue.capacity)
    before = view.kept(("loads", field), lambda: loads(view.items, view.table, field, capacity))
    after = loads(view.items, view.table, field, capacity, moved) if moved else before
    return Carried(field, capacity, before, after)


def heaviest_first(view: View, carried: Carried) -> list[str]:
    """Ids of the items that have a load: of who is most over capacity first, the heaviest first."""
    weight = {load.value: (load.over or Decimal(0), load.load) for load in carried.after}
    rows = zip(view.items.index.tolist(), view.items[carried.field].tolist(), strict=True)
    amounts = view.table["converted_quantity"].tolist()
    weighing = [
        (*weight[value.strip()], amount, id) for (id, value), amount in zip(rows, amounts, strict=True) if amount
    ]
    return [id for *_weight, id in sorted(weighing, key=lambda each: each[:3], reverse=True)]
