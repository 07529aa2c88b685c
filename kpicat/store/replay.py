"""The log replayed: proof that the table is where the log leads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from kpicat.model import CATALOGUE, Change, ChangeKind


@dataclass(slots=True)
class State:
    """Where a log leads.

    Attributes:
        items: Item id -> texts of its cells that are not empty, deleted ones too, in order of addition.
        deleted: Ids of the deleted items.
        last: Item id -> seq of its last change.
        first, own: Texts of the catalogue's own fields before the log and after it, those that changed.
        head: Seq of the last change.
    """

    items: dict[str, dict[str, str]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)
    first: dict[str, str | None] = field(default_factory=dict)
    own: dict[str, str | None] = field(default_factory=dict)
    head: int = 0


def replay(changes: Iterable[Change]) -> State:
    """The state that a log, read from its beginning, leads to.

    Raises:
        ValueError: A line does not follow from those before it; the message says which.
    """
    state = State()
    for change in changes:
        if change.seq != state.head + 1 or not _follows(state, change):
            raise ValueError(f"change {change.seq} does not follow from those before it")
        state.head = change.seq
        state.last[change.item_id] = change.seq
    return state


def _follows(state: State, change: Change) -> bool:
    """Take ``change`` over into ``state``; False where it contradicts it."""
    there = change.item_id in state.items and change.item_id not in state.deleted
    match change.kind:
        case ChangeKind.EDIT if change.item_id == CATALOGUE:
            state.first.setdefault(change.field, change.old)
            before = state.own.setdefault(change.field, change.old)
            state.own[change.field] = change.new
            return before == change.old
        case ChangeKind.EDIT if there:
            cells = state.items[change.item_id]
            before = cells.pop(change.field, None)
            if change.new is not None:
                cells[change.field] = change.new
            return before == change.old
        case ChangeKind.ADD if change.item_id not in state.items:
            state.items[change.item_id] = json.loads(change.new or "{}")
            return True
        case ChangeKind.DELETE if there:
            state.deleted.add(change.item_id)
            return bool(state.items[change.item_id] == json.loads(change.old or "{}"))
        case ChangeKind.RESTORE if change.item_id in state.deleted:
            state.deleted.remove(change.item_id)
            return bool(state.items[change.item_id] == json.loads(change.new or "{}"))
    return False
