"""Undo: the writes that take a batch back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kpicat.model import Change, ChangeKind, Comment, Decide, Decision, Delete, Edit, Remark, Restore, Write
from kpicat.store.cells import cell
from kpicat.store.deciding import only_asks


def inverse(changes: Iterable[Change]) -> list[Write]:
    """The writes that take a batch back, last change first.

    A cell that a batch set several times goes back in one step: what came in between
    was never anybody's to see, and must not be taken for what another has put there since.

    Args:
        changes: All changes of the batch, in order.
    """
    done = list(changes)
    writes: list[Write] = []
    edited: dict[tuple[str, str], tuple[int, Edit]] = {}
    for change in reversed(done):
        write = _opposite(change, done[-1].seq)
        if isinstance(write, Edit):
            n, last = edited.setdefault((write.item_id, write.field), (len(writes), write))
            if n < len(writes):
                writes[n] = replace(last, new=write.new)
                continue
        writes.append(write)
    return [write for write in writes if not only_asks(write)]


def _opposite(change: Change, seen_seq: int) -> Write:
    match change.kind:
        case ChangeKind.EDIT:
            known = cell(change.item_id, change.field)
            return Edit(change.item_id, change.field, seen=known.decode(change.new), new=known.decode(change.old))
        case ChangeKind.DELETE:
            return Restore(change.item_id)
        case ChangeKind.COMMENT:
            return Remark(change.item_id, seen=_comment(change, change.new), new=_comment(change, change.old))
        case ChangeKind.DECISION:
            seen, new = _decision(change, change.new), _decision(change, change.old)
            return Decide(change.item_id, change.field, seen, new)
        case ChangeKind.ADD | ChangeKind.RESTORE:
            return Delete(change.item_id, seen_seq)


def _comment(change: Change, body: str | None) -> Comment | None:
    return None if body is None else Comment.decode(change.item_id, change.field, body)


def _decision(change: Change, body: str | None) -> Decision | None:
    return None if body is None else Decision.decode(change.item_id, change.field, body)
