"""What a list of writes does to the items it names: compare and set, no SQL.

The writes are taken one after another against :class:`Row` objects that hold
canonical texts; every change becomes a line for the log, every meeting with
somebody else a :class:`~kpicat.model.Conflict`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import (
    CATALOGUE,
    CELLS,
    COMMENT,
    DECISION,
    PLACE,
    Add,
    ChangeKind,
    Conflict,
    Decide,
    Delete,
    Edit,
    Field,
    Form,
    Remark,
    Restore,
    Value,
    Write,
)
from kpicat.model.order import default_place, is_place
from kpicat.store import decisions, threads
from kpicat.store.cells import OWN_FIELDS, cell, refuse_broken, text_of
from kpicat.store.decisions import Key
from kpicat.store.rows import Line, Note, Row, Ruled, Touch, Witness


class Gesture:
    """Writes of one person, decided in order.

    Args:
        rows: The items the writes name, by id, as they stand; changed in place. The
            catalogue's own fields are a row under :data:`~kpicat.model.CATALOGUE`.
        notes: The comments on these items, by id; changed in place.
        ruled: The decisions about these items, by item and key; changed in place.
        head: Seq of the last change before this gesture.
        me: Who makes it, and when.
        witness: Knows who was there before.

    Attributes:
        lines: For the log.
        applied, left: The writes that changed something, and the positions of those that were to but did not.
        conflicts: Where somebody else had been.
    """

    def __init__(
        self,
        rows: dict[str, Row],
        notes: dict[str, Note],
        ruled: dict[Key, Ruled],
        head: int,
        *,
        me: Touch,
        witness: Witness,
    ) -> None:
        self._rows = rows
        self._notes = notes
        self._ruled = ruled
        self._head = head
        self._me = me
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
                case Remark():
                    self._remark(write)
                case Decide():
                    self._decide(write)
            if len(self.lines) > before:
                self.applied.append(write)
            elif not only_asks(write):
                self.left.append(position)

    def _edit(self, edit: Edit) -> None:
        row = self._row(edit.item_id)
        known = cell(edit.item_id, edit.field)
        seen, new = text_of(known, edit.seen), text_of(known, edit.new)
        _refuse_senseless(known, new)
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
        rank = self._head + len(self.lines) + 1
        texts: dict[str, str | None] = {PLACE.name: default_place(rank)}
        for name, value in item.values.items():
            texts[name] = text_of(CELLS[name], value)
        _refuse_senseless(PLACE, texts[PLACE.name])
        refuse_broken("source", item.source.file + item.source.sheet)
        row = Row(item.id, texts, rank=rank, source=item.source, is_new=True)
        self._rows[item.id] = row
        self._log(row, ChangeKind.ADD, "", None, row.as_json())

    def _delete(self, delete: Delete) -> None:
        row = self._item(delete.item_id)
        if row.deleted:
            return
        if row.last_seq > delete.seen_seq and (other := self._witness.of_others(row.id, self._me.by, delete.seen_seq)):
            self._meet(row.id, "", None, None, other)
            return
        row.deleted = True
        self._log(row, ChangeKind.DELETE, "", row.as_json(), None)

    def _restore(self, restore: Restore) -> None:
        row = self._item(restore.item_id)
        if row.deleted:
            row.deleted = False
            self._log(row, ChangeKind.RESTORE, "", None, row.as_json())

    def _remark(self, remark: Remark) -> None:
        row = self._item(remark.item_id)
        note, seen, new = threads.told(remark, self._notes)
        if note.body == new:
            return
        mine, theirs = remark.new.text if remark.new else "", note.text
        if row.deleted and new is not None:
            self._meet(row.id, COMMENT, mine, theirs, self._who_deleted(row.id), gone=True)
        elif note.body != seen:
            self._meet(row.id, COMMENT, mine, theirs, self._who_said(ChangeKind.COMMENT, row.id, note.id))
        elif last := threads.answer_to(remark, self._notes.values()):
            self._meet(row.id, COMMENT, mine, last.text, Touch(last.by, last.at))
        elif (begun := threads.missing(remark, self._notes)) is not None:
            self._meet(row.id, COMMENT, mine, "", self._who_said(ChangeKind.COMMENT, row.id, begun))
        else:
            self._log(row, ChangeKind.COMMENT, note.id, note.body, new)
            note.body, note.last_seq, note.changed = new, row.last_seq, True

    def _decide(self, decide: Decide) -> None:
        row = self._row(decide.item_id)
        ruled, seen, new = decisions.told(decide, self._ruled)
        if ruled.body == new:
            return
        mine = decide.new.words if decide.new else ""
        if row.deleted and new is not None:
            self._meet(row.id, DECISION, mine, ruled.words, self._who_deleted(row.id), gone=True)
        elif ruled.body != seen:
            who = self._who_said(ChangeKind.DECISION, row.id, ruled.key)
            self._meet(row.id, DECISION, mine, ruled.words, who)
        else:
            self._log(row, ChangeKind.DECISION, ruled.key, ruled.body, new)
            ruled.body, ruled.last_seq, ruled.changed = new, row.last_seq, True

    def _row(self, item_id: str) -> Row:
        try:
            return self._rows[item_id]
        except KeyError:
            raise UnknownCatalogue(
                _("The catalogue has no line “{id}”; open it again to see its lines.").format(id=item_id)
            ) from None

    def _item(self, item_id: str) -> Row:
        if item_id == CATALOGUE:
            raise ValueError("a catalogue is neither deleted, restored nor remarked on")
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
        mine = ((ChangeKind.ADD, ""), (ChangeKind.EDIT, name))
        if any((line.kind, line.field) in mine for line in self._mine[item_id]):
            return self._me
        return self._witness.of_cell(item_id, name)

    def _who_said(self, kind: ChangeKind, item_id: str, key: str) -> Touch:
        if any((line.kind, line.field) == (kind, key) for line in self._mine[item_id]):
            return self._me
        return self._witness.of_said(kind, item_id, key)

    def _who_deleted(self, item_id: str) -> Touch:
        if any(line.kind is ChangeKind.DELETE for line in self._mine[item_id]):
            return self._me
        return self._witness.of_deletion(item_id)


def only_asks(write: Write) -> bool:
    """Whether a write changes nothing wherever it is done: it says what its author read."""
    return isinstance(write, Edit | Decide) and write.seen == write.new


def _refuse_senseless(known: Field, text: str | None) -> None:
    """Let nothing in that would make the catalogue unreadable (a programmer's mistake)."""
    if known is OWN_FIELDS["form"]:
        Form(str(text))
    if known is PLACE and not is_place(text):
        raise ValueError(f"{text!r} is no place")
