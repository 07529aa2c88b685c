"""What a gesture on many rows would do, shown before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import pandas as pd

from kpicat.convert import converted, total
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Add, Delete, Edit, Item, Kind, Value, Write, items_frame, values_of
from kpicat.services.view import View, written

_DERIVED = ("coefficient", "place")
SETTABLE = tuple(name for name in FIELDS if name not in _DERIVED)
"""Fields a person may set; the others follow from something else."""
TEXTS = tuple(name for name in SETTABLE if FIELDS[name].kind is Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a preview, in words: which row, what of it, how it is and how it will be."""

    row: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a gesture would do.

    Attributes:
        writes: The batch.
        lines: The preview.
        rows: How many rows it changes, adds or takes out.
        same: How many of the rows meant are so already.
        before, after: Converted total of the rows concerned (standard units, a year); 0 where none can change.
        remarks: What the person should know before agreeing.
        label: The gesture, as the log keeps it.
        whole: All of it or nothing, because half of it would be a wrong number.
        read: What it was decided on and does not change: it must still be so for all of it where it is ``whole``,
            else for what is tied to it, see :mod:`kpicat.services.tying`.
    """

    writes: Sequence[Write]
    lines: Sequence[Line]
    rows: int
    same: int
    before: Decimal
    after: Decimal
    remarks: Sequence[str] = ()
    label: str = "bulk"
    whole: bool = False
    read: Sequence[Write] = ()


def proposal(
    view: View,
    writes: Sequence[Write],
    *,
    same: int = 0,
    lines: Sequence[Line] | None = None,
    remarks: Sequence[str] = (),
    label: str = "bulk",
    whole: bool = False,
    read: Sequence[Write] = (),
) -> Proposal:
    """The writes with everything a person wants to see of them first."""
    before, after = _weights(view, writes) if any(map(_weighs, writes)) else (Decimal(0), Decimal(0))
    named = {write.item_id for write in writes if not isinstance(write, Add)}
    rows = len(named) + sum(isinstance(write, Add) for write in writes)
    return Proposal(
        writes, _lines(view, writes) if lines is None else lines, rows, same, before, after,
        remarks, label, whole, read,
    )  # fmt: skip


# -- rows --------------------------------------------------------------------


def within(view: View, ids: Iterable[str]) -> list[str]:
    """Those of ``ids`` that are still items, in catalogue order."""
    wanted = set(ids)
    return [item_id for item_id in view.items.index.tolist() if item_id in wanted]


def records(view: View, ids: Iterable[str]) -> dict[str, Item]:
    """Whole rows by id, with their own values; an id that is no item is absent."""
    rows = view.items.loc[within(view, ids)]
    columns = {name: values_of(rows[name]) for name in FIELDS}
    return {
        item_id: Item(item_id, {name: v[n] for name, v in columns.items() if v[n] != FIELDS[name].empty})
        for n, item_id in enumerate(rows.index.tolist())
    }


def as_read(view: View, ids: Iterable[str], fields: Iterable[str]) -> list[Edit]:
    """Edits that change nothing: these cells are as a gesture read them."""
    rows = view.items.loc[within(view, ids)]
    here = rows.index.tolist()
    return [
        Edit(item_id, name, value, value)
        for name in fields
        for item_id, value in zip(here, values_of(rows[name]), strict=True)
    ]


def row_words(view: View, item_id: str) -> str:
    """How people call a row: its number in the catalogue, its code, the beginning of its task."""
    if item_id not in view.items.index:
        return _("a deleted row")
    place = cast(int, view.items.index.get_loc(item_id))
    return _name(str(place + 1), str(view.value(item_id, "code")), str(view.value(item_id, "task")))


def _name(*parts: str) -> str:
    return " · ".join(part if len(part) <= 60 else f"{part[:59]}…" for part in parts if part)


def names(view: View) -> dict[str, str]:
    """Every item's words, as :func:`row_words` has them, at once."""
    rows = zip(view.items.index.tolist(), view.items["code"].tolist(), view.items["task"].tolist(), strict=True)
    return {item_id: _name(str(n), code, task) for n, (item_id, code, task) in enumerate(rows, start=1)}


def in_words(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "✓" if value else ""
    return value if isinstance(value, str) else written(value)


def _lines(view: View, writes: Sequence[Write]) -> list[Line]:
    called = names(view)
    found = []
    for write in writes:
        match write:
            case Edit(field="place" | "coefficient"):  # not what people typed
                pass
            case Edit():
                before, after = in_words(write.seen), in_words(write.new)
                found.append(Line(called.get(write.item_id, ""), field_label(write.field), before, after))
            case Add():
                found.append(Line("", _("new row"), "", _summary(write.item)))
            case Delete():
                found.append(Line(called.get(write.item_id, ""), _("deleted"), "", ""))
    return found


def _summary(item: Item) -> str:
    return _name(*(in_words(item[name]) for name in ("code", "task", "product", "position", "quantity", "measure")))


# -- what becomes of the figures ----------------------------------------------

_WEIGHING = ["quantity", "tier", "points"]


def _weighs(write: Write) -> bool:
    return isinstance(write, Add | Delete) or (isinstance(write, Edit) and write.field in _WEIGHING)


def _weights(view: View, writes: Sequence[Write]) -> tuple[Decimal, Decimal]:
    """Converted total of the rows the writes name, before and after them."""
    named = within(view, {write.item_id for write in writes if not isinstance(write, Add)})
    gone = {write.item_id for write in writes if isinstance(write, Delete)}
    left = view.items.loc[[item_id for item_id in named if item_id not in gone], _WEIGHING]
    for name in _WEIGHING:
        new = {write.item_id: write.new for write in writes if isinstance(write, Edit) and write.field == name}
        cells = [new.get(item_id, old) for item_id, old in zip(left.index, left[name], strict=True)]
        left[name] = pd.Series(cells, left.index, left[name].dtype)
    rows = pd.concat([left, items_frame(write.item for write in writes if isinstance(write, Add))[_WEIGHING]])
    after = converted(rows, view.guidance)
    return total(view.table["converted_quantity"].loc[named]), total(after["converted_quantity"])
