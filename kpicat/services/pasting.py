"""Paste a block: its rows as new items, or laid over items there are, as one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kpicat.errors import InputError
from kpicat.exchange.read_pasted import Pasted, PastedLine
from kpicat.exchange.tables.grid import Cell, text_of
from kpicat.exchange.tables.values import read_line
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Add, Edit, Item, Kind, LeftOut, Source, Value, Write
from kpicat.services import importing
from kpicat.services.editing import new_id, row_edits, typed
from kpicat.services.importing import Mode
from kpicat.services.view import View, written
from kpicat.text.normalise import one_line


@dataclass(frozen=True)
class Pasting:
    """What pasting a block would do, before it is done.

    Attributes:
        writes: The batch.
        added: Items it would make.
        changed: Items it would change, each with the values it would newly hold.
        same: Ids of items that hold all of it already.
        refused: Cells that cannot be what their column holds: where, why, what to do. Nothing is
            written for them; the rest of their row is.
        remarks: Cells taken in words, of rows that become items.
    """

    writes: list[Write] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: list[LeftOut] = field(default_factory=list)
    remarks: list[LeftOut] = field(default_factory=list)


def append(view: View, pasted: Pasted) -> Pasting:
    """The block's items after those there are, as from a file; nothing is written."""
    plan = importing.plan(view, pasted.read, Mode.APPEND)
    return Pasting(list(plan.writes), list(plan.added))


def lay_over(view: View, pasted: Pasted, ids: Sequence[str], *, clear: bool = False) -> Pasting:
    """The block's rows over the items ``ids``, in order; rows left over become new items. Nothing is written.

    Args:
        ids: One that is no item takes its row as a new item.
        clear: Empty a cell whose pasted cell is blank, instead of keeping what it holds.
    """
    pasting = Pasting()
    for place, line in enumerate(pasted.lines):
        item_id = ids[place] if place < len(ids) else ""
        if item_id in view.items.index:
            _over(pasting, view, item_id, line, pasted.fields if clear else ())
        elif line.cells:
            _new(pasting, line, view.guidance)
    return pasting


def _new(pasting: Pasting, line: PastedLine, guidance: Guidance) -> None:
    """A row as an item; as in a file, a text that is no number is kept in the note."""

    def remark(sentence: str, text: str) -> None:
        pasting.remarks.append(LeftOut("", line.row, sentence, text))

    values = read_line(line.cells, guidance, remark).finished()
    if values:
        item = Item(new_id(), values, Source(_("Pasted block"), "", line.row))
        pasting.added.append(item)
        pasting.writes.append(Add(item))


def _over(pasting: Pasting, view: View, item_id: str, line: PastedLine, cleared: Sequence[str]) -> None:
    values: dict[str, Value] = {name: FIELDS[name].empty for name in cleared if name not in line.cells}
    for name, cell in line.cells.items():
        try:
            values |= _value(name, cell, view.guidance, line.cells)
        except InputError as error:
            pasting.refused.append(LeftOut("", line.row, f"{field_label(name)}: {error}", one_line(text_of(cell))))
    edits = _edits(view, item_id, values)
    pasting.writes.extend(edits)
    if edits:
        new = {edit.field: edit.new for edit in edits if edit.item_id == item_id}
        pasting.changed.append(Item(item_id, new, Source("", "", line.row)))
    else:
        pasting.same.append(item_id)


def _value(name: str, cell: Cell, guidance: Guidance, row: Mapping[str, Cell]) -> dict[str, Value]:
    """What a cell sets: its own field, and the points that a tier's words state where no column does.

    Raises:
        InputError: The cell cannot be a value of its field.
    """
    remarks: list[str] = []
    read = read_line({name: cell}, guidance, lambda sentence, _text: remarks.append(sentence)).values
    if name in read:
        return {n: value for n, value in read.items() if n == name or (n == "points" and n not in row)}
    if FIELDS[name].kind is Kind.FLAG:
        if remarks:
            raise InputError(_("“{text}” does not say yes or no; mark it with an x.").format(text=text_of(cell)))
        return {name: False}
    if name == "tier":
        sentence = _("“{text}” is not a tier of this scale; write 1 to {most}, or the tier's name.")
        raise InputError(sentence.format(text=one_line(text_of(cell)), most=guidance.tiers[-1].level))
    return {name: typed(name, text_of(cell), guidance)}


def _edits(view: View, item_id: str, values: Mapping[str, Value]) -> list[Edit]:
    """The edits of one item; a cell that shows the pasted value already brings nothing with it."""
    new = {name: value for name, value in values.items() if not _stands(view, item_id, name, value)}
    return [
        edit
        for edit in row_edits(view, item_id, new)
        if edit.item_id != item_id or edit.field in new or edit.field not in values
    ]


def _stands(view: View, item_id: str, name: str, value: Value) -> bool:
    encode = FIELDS[name].encode
    if encode(value) == encode(view.value(item_id, name)):
        return True
    if name not in ("points", "coefficient") or value is None or isinstance(value, (str, bool)):
        return False
    return written(value) == str(view.cells[name].at[item_id])  # what follows from the tier is there as well
