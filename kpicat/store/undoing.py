"""Undo: the writes that take a batch back."""

from __future__ import annotations

from collections.abc import Iterable

from kpicat.model import Change, ChangeKind, Comment, Delete, Edit, Remark, Restore, Write
from kpicat.store.cells import cell


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
        case ChangeKind.COMMENT:
            return Remark(change.item_id, seen=_comment(change, change.new), new=_comment(change, change.old))
        case ChangeKind.ADD | ChangeKind.RESTORE:
            return Delete(change.item_id, seen_seq)


def _comment(change: Change, body: str | None) -> Comment | None:
    return None if body is None else Comment.decode(change.item_id, change.field, body)
