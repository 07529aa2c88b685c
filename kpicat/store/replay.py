"""The log replayed: proof that the table is where the log leads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from kpicat.model import CATALOGUE, PLACE, Change, ChangeKind
from kpicat.model.order import default_place
from kpicat.store.rows import Line


@dataclass(slots=True)
class State:
    """Where a log leads.

    Attributes:
        items: Item id -> texts of its cells that are not empty and its place, deleted ones too,
            in order of addition.
        ranks: Item id -> seq of its addition.
        deleted: Ids of the deleted items.
        comments: Comment id -> item id, body and seq of its last change.
        decisions: Item id and key -> body and seq of a decision's last change.
        last: Item id -> seq of its last change.
        first, own: Texts of the catalogue's own fields before the log and after it, those that changed.
        head: Seq of the last change.
    """

    items: dict[str, dict[str, str]] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    comments: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    decisions: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    first: dict[str, str | None] = field(default_factory=dict)
    own: dict[str, str | None] = field(default_factory=dict)
    head: int = 0

    def take(self, change: Change | Line) -> bool:
        """Take ``change`` over; False where it does not follow from what was there."""
        self.head = change.seq
        self.last[change.item_id] = change.seq
        try:
            return self._follows(change)
        except (ValueError, TypeError):  # no JSON of an item
            return False

    def _follows(self, change: Change | Line) -> bool:
        there = change.item_id in self.items and change.item_id not in self.deleted
        match change.kind:
            case ChangeKind.EDIT if change.item_id == CATALOGUE:
                self.first.setdefault(change.field, change.old)
                before = self.own.get(change.field, change.old)
                self.own[change.field] = change.new
                return before == change.old
            case ChangeKind.EDIT if there:
                cells = self.items[change.item_id]
                before = cells.pop(change.field, None)
                if change.new is not None:
                    cells[change.field] = change.new
                return before == change.old
            case ChangeKind.ADD if change.item_id not in self.items:
                self.ranks[change.item_id] = change.seq
                self.items[change.item_id] = self._cells(change, change.new)
                return True
            case ChangeKind.DELETE if there:
                self.deleted.add(change.item_id)
                return self._is_it(change, change.old)
            case ChangeKind.RESTORE if change.item_id in self.deleted:
                self.deleted.remove(change.item_id)
                return self._is_it(change, change.new)
            case ChangeKind.COMMENT if change.item_id in self.items:
                _item, body, _seq = self.comments.pop(change.field, (change.item_id, None, 0))
                if change.new is not None:
                    self.comments[change.field] = (change.item_id, change.new, change.seq)
                return (_item, body) == (change.item_id, change.old)
            case ChangeKind.DECISION if change.item_id == CATALOGUE or change.item_id in self.items:
                before, _seq = self.decisions.pop((change.item_id, change.field), (None, 0))
                if change.new is not None:
                    self.decisions[change.item_id, change.field] = (change.new, change.seq)
                return before == change.old
        return False

    def _is_it(self, change: Change | Line, logged: str | None) -> bool:
        """Whether the item is what the log says was deleted or restored; the first version did not say what."""
        return logged is None or self.items[change.item_id] == self._cells(change, logged)

    def _cells(self, change: Change | Line, logged: str | None) -> dict[str, str]:
        cells: dict[str, str] = json.loads(logged or "{}")
        return {PLACE.name: default_place(self.ranks[change.item_id])} | cells


def replay(changes: Iterable[Change]) -> State:
    """The state that a log, read from its beginning, leads to.

    Raises:
        ValueError: A line does not follow from those before it; the message says which.
    """
    state = State()
    for change in changes:
        if change.seq != state.head + 1 or not state.take(change):
            raise ValueError(f"change {change.seq} does not follow from those before it")
    return state
