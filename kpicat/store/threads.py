"""Comments as a gesture meets them: what it saw, what stands there, what would be torn off. No SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpicat.model import COMMENT, Comment, Remark
from kpicat.store.cells import refuse_broken
from kpicat.store.rows import Note


def told(remark: Remark, notes: dict[str, Note]) -> tuple[Note, str | None, str | None]:
    """The note a remark is about (a new one is put among ``notes``), and its bodies as seen and as wanted.

    Raises:
        ValueError: They are not of one comment on that item (a programmer's mistake).
        InputError: The new one holds a character that no database keeps.
    """
    both = [comment for comment in (remark.seen, remark.new) if comment is not None]
    if len({(comment.item_id, comment.id, comment.thread) for comment in both}) != 1 or not both[0].id:
        raise ValueError(f"not one comment: {remark}")
    if new := remark.new:
        refuse_broken(COMMENT, "".join((new.id, new.thread, new.text, new.by, new.resolved_by, *new.mentions)))
    note = notes.setdefault(both[0].id, Note(both[0].id, remark.item_id))
    if {note.item_id, both[0].item_id} != {remark.item_id}:
        raise ValueError(f"a comment on another item: {remark}")
    return note, _body(remark.seen), _body(remark.new)


def _body(comment: Comment | None) -> str | None:
    return None if comment is None else comment.encode()


def answer_to(remark: Remark, notes: Iterable[Note]) -> Comment | None:
    """The last answer in the thread whose first comment ``remark`` would withdraw."""
    first = remark.seen if remark.new is None else None
    there = [comment for note in notes if first and note.id != first.id and (comment := note.comment)]
    return max((c for c in there if first and c.thread == first.id), key=lambda c: (c.at, c.id), default=None)


def missing(remark: Remark, notes: Mapping[str, Note]) -> str | None:
    """The thread that ``remark`` wants to answer in, where its first comment is not there."""
    new = remark.new
    if new is None or new.thread == new.id:
        return None
    begun = notes.get(new.thread)
    return None if begun and begun.body and begun.item_id == new.item_id else new.thread
