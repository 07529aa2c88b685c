"""What a list of writes does to the items it names: compare and set, no SQL.

The writes are taken one after another against :class:`Row` objects that hold
canonical texts; every change becomes a line for the log, every meeting with
somebody else a :class:`~kpicat.model.Conflict`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import (
    CATALOGUE,
    FIELDS,
    Add,
    Change,
    ChangeKind,
    Conflict,
    Delete,
    Edit,
    Form,
    Restore,
    Source,
    Value,
    Write,
)
from kpicat.store.cells import OWN_FIELDS, cell, text_of


@dataclass(slots=True)
class Row:
    """An item as its table holds it: the texts of its cells, None or missing where empty."""

    id: str
    cells: dict[str, str | None]
    deleted: bool = False
    last_seq: int = 0
    rank: int = 0
    source: Source = field(default_factory=Source)
    is_new: bool = False
    changed: set[str] = field(default_factory=set)


class Line(NamedTuple):
    """A change about to be logged."""

    seq: int
    kind: ChangeKind
    item_id: str
    field: str
    old: str | None
    new: str | None


class Touch(NamedTuple):
    """Who changed something last, and when."""

    by: str
    at: datetime


class Witness(Protocol):
    """Asked, in case of conflict, who had been there before this gesture."""

    def of_cell(self, item_id: str, field: str) -> Touch:
        """The last change of a cell."""

    def of_deletion(self, item_id: str) -> Touch:
        """The last deletion of an item."""

    def of_others(self, item_id: str, actor: str, after: int) -> Touch | None:
        """The last change of an item after a seq by anybody but ``actor``."""


class Gesture:
    """Writes of one person, decided in order.

    Args:
        rows: The items the writes name, by id, as they stand; changed in place. The
            catalogue's own fields are a row under :data:`~kpicat.model.CATALOGUE`.
        head: Seq of the last change before this gesture.

    Attributes:
        lines: For the log.
        applied, left: The writes that changed something, and the positions of those that did not.
        conflicts: Where somebody else had been.
    """

    def __init__(self, rows: dict[str, Row], head: int, actor: str, at: datetime, witness: Witness) -> None:
        self._rows = rows
        self._head = head
        self._me = Touch(actor, at)
        self._witness = witness
        self._mine: defaultdict[str, list[Line]] = defaultdict(list)
        self.lines: list[Line] = []
        self.applied: list[Write] = []
        self.left: list[int] = []
        self.conflicts: list[Conflict] = []

    def take(self, writes: Iterable[Write]) -> None:
        """Decide each write.

        Raises:
            UnknownCatalogue: One names an item that never was.
            InputError: One holds text that cannot be kept.
        """
        for position, write in enumerate(writes):
            before = len(self.lines)
            match write:
                case Edit():
                    self._edit(write)
                case Add():
                    self._add(write)
                case Delete():
                    self._delete(write)
                case Restore():
                    self._restore(write)
            if len(self.lines) > before:
                self.applied.append(write)
            else:
                self.left.append(position)

    def _edit(self, edit: Edit) -> None:
        row = self._row(edit.item_id)
        known = cell(edit.item_id, edit.field)
        seen, new = text_of(known, edit.seen), text_of(known, edit.new)
        if known is OWN_FIELDS["form"]:
            Form(str(edit.new))  # a paper that is none would make the catalogue unreadable
        current = row.cells.get(edit.field)
        if row.deleted:
            who = self._who_deleted(row.id)
            self._meet(row.id, edit.field, edit.new, known.decode(current), who, gone=True)
        elif current == new:
            return
        elif current == seen:
            row.cells[edit.field] = new
            self._log(row, ChangeKind.EDIT, edit.field, current, new)
        else:
            self._meet(row.id, edit.field, edit.new, known.decode(current), self._who_set(row.id, edit.field))

    def _add(self, add: Add) -> None:
        item = add.item
        if item.id == CATALOGUE:
            raise ValueError("an item needs an id")
        if item.id in self._rows:
            return
        texts = {name: text_of(FIELDS[name], value) for name, value in item.values.items()}
        row = Row(item.id, texts, rank=self._head + len(self.lines) + 1, source=item.source, is_new=True)
        self._rows[item.id] = row
        self._log(row, ChangeKind.ADD, "", None, _as_json(row))

    def _delete(self, delete: Delete) -> None:
        row = self._item(delete.item_id)
        if row.deleted:
            return
        if row.last_seq > delete.seen_seq and (other := self._witness.of_others(row.id, self._me.by, delete.seen_seq)):
            self._meet(row.id, "", None, None, other)
            return
        row.deleted = True
        self._log(row, ChangeKind.DELETE, "", _as_json(row), None)

    def _restore(self, restore: Restore) -> None:
        row = self._item(restore.item_id)
        if row.deleted:
            row.deleted = False
            self._log(row, ChangeKind.RESTORE, "", None, _as_json(row))

    def _row(self, item_id: str) -> Row:
        try:
            return self._rows[item_id]
        except KeyError:
            raise UnknownCatalogue(
                _("The catalogue has no line “{id}”; open it again to see its lines.").format(id=item_id)
            ) from None

    def _item(self, item_id: str) -> Row:
        if item_id == CATALOGUE:
            raise ValueError("a catalogue is neither deleted nor restored")
        return self._row(item_id)

    def _log(self, row: Row, kind: ChangeKind, name: str, old: str | None, new: str | None) -> None:
        line = Line(self._head + len(self.lines) + 1, kind, row.id, name, old, new)
        self.lines.append(line)
        self._mine[row.id].append(line)
        row.last_seq = line.seq
        row.changed.add(name)

    def _meet(self, item_id: str, name: str, mine: Value, theirs: Value, who: Touch, *, gone: bool = False) -> None:
        self.conflicts.append(Conflict(item_id, name, mine, theirs, who.by, who.at, gone))

    def _who_set(self, item_id: str, name: str) -> Touch:
        if any(line.kind is ChangeKind.ADD or line.field == name for line in self._mine[item_id]):
            return self._me
        return self._witness.of_cell(item_id, name)

    def _who_deleted(self, item_id: str) -> Touch:
        if any(line.kind is ChangeKind.DELETE for line in self._mine[item_id]):
            return self._me
        return self._witness.of_deletion(item_id)


def _as_json(row: Row) -> str:
    """The cells that are not empty, in the order of the columns."""
    cells = {name: text for name in FIELDS if (text := row.cells.get(name)) is not None}
    return json.dumps(cells, ensure_ascii=False)


def inverse(changes: Iterable[Change]) -> list[Write]:
    """The writes that take a batch back, last change first.

    Args:
        changes: All changes of the batch, in order.
    """
    done = list(changes)
    return [_opposite(change, done[-1].seq) for change in reversed(done)]


def _opposite(change: Change, seen_seq: int) -> Write:
    match change.kind:
        case ChangeKind.EDIT:
            known = cell(change.item_id, change.field)
            return Edit(change.item_id, change.field, seen=known.decode(change.new), new=known.decode(change.old))
        case ChangeKind.DELETE:
            return Restore(change.item_id)
        case ChangeKind.ADD | ChangeKind.RESTORE:
            return Delete(change.item_id, seen_seq)
