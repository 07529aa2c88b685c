"""The table of comments, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from kpicat.model import Comment, Remark, Write
from kpicat.store import schema
from kpicat.store.pieces import pieces
from kpicat.store.rows import Note


def concerned(connection: Connection, catalogue_id: str, writes: Iterable[Write]) -> dict[str, Note]:
    """By id, the comments on the items that ``writes`` remark on, and those they name."""
    remarks = [write for write in writes if isinstance(write, Remark)]
    named = {comment.id for remark in remarks for comment in (remark.seen, remark.new) if comment}
    comment = schema.comment.c
    query = select(comment.id, comment.item_id, comment.body, comment.last_seq).where(
        comment.catalogue_id == catalogue_id
    )
    notes: dict[str, Note] = {}
    for column, ids in ((comment.item_id, {remark.item_id for remark in remarks}), (comment.id, named)):
        asked = query.where(column.in_(bindparam("ids", expanding=True)))
        for some in pieces(sorted(ids)):
            notes |= {row.id: Note(*row) for row in connection.execute(asked, {"ids": some})}
    return notes


def write(connection: Connection, catalogue_id: str, notes: Iterable[Note]) -> None:
    """Write the notes that were changed."""
    changed = [note for note in notes if note.changed]
    if not changed:
        return
    comment = schema.comment.c
    gone = delete(schema.comment).where(comment.catalogue_id == catalogue_id, comment.id == bindparam("key"))
    connection.execute(gone, [{"key": note.id} for note in changed])
    there: list[dict[str, Any]] = [
        {
            "catalogue_id": catalogue_id,
            "id": note.id,
            "item_id": note.item_id,
            "body": note.body,
            "last_seq": note.last_seq,
        }
        for note in changed
        if note.body is not None
    ]
    if there:
        connection.execute(insert(schema.comment), there)


def bodies(connection: Connection, catalogue_id: str) -> dict[str, tuple[str, str]]:
    """Every comment of a catalogue: id -> item id and body."""
    comment = schema.comment.c
    query = select(comment.id, comment.item_id, comment.body).where(comment.catalogue_id == catalogue_id)
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def in_order(
    connection: Connection, catalogue_id: str, found: dict[str, tuple[str, str]], items: Sequence[str]
) -> tuple[Comment, ...]:
    """The comments on ``items`` among :func:`bodies`, in the order they came into the log: no two clocks agree."""
    if not found:
        return ()
    there = set(items)
    first = _first_seqs(connection, catalogue_id)
    comments = [Comment.decode(item_id, id, body) for id, (item_id, body) in found.items() if item_id in there]
    return tuple(sorted(comments, key=lambda comment: first[comment.id]))


def _first_seqs(connection: Connection, catalogue_id: str) -> dict[str, int]:
    """Comment id -> seq of the change that first brought it."""
    change = schema.change.c
    query = select(change.field, func.min(change.seq)).where(change.catalogue_id == catalogue_id, schema.SAID)
    return {row[0]: row[1] for row in connection.execute(query.group_by(change.field))}
