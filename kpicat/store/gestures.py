"""What cells were last written by: which gesture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from kpicat.model import ChangeKind
from kpicat.store import schema

_Writes = dict[int, str]
"""Seq of a write of a cell -> the label of its gesture."""


def last_set_by(
    connection: Connection, catalogue_id: str, *, label: str, fields: Collection[str], until: int
) -> set[str]:
    """Ids of the items of whose ``fields`` the last one written, up to a seq, was written by a batch of this label.

    What was taken back counts as never written, and what was taken back and done again as written when it first was:
    whoever presses undo and redo says nothing of the item. Time grows with what the items the gesture wrote went
    through, not with the log.
    """
    change, first, made = schema.change.c, schema.change.alias(), schema.batch
    concerned = (
        select(first.c.item_id)
        .join(made, made.c.id == first.c.batch)
        .where(made.c.catalogue_id == catalogue_id, made.c.label == label, first.c.catalogue_id == catalogue_id)
        .where(first.c.seq >= made.c.first_seq, first.c.seq <= made.c.last_seq, first.c.seq <= until)
        .where(first.c.kind == ChangeKind.EDIT.value, first.c.field.in_(fields))
    )
    batch = schema.batch.alias()
    query = (
        select(change.item_id, change.field, change.seq, batch.c.id, batch.c.label, batch.c.undoes)
        .join(batch, batch.c.id == change.batch)
        .where(change.catalogue_id == catalogue_id, change.item_id.in_(concerned), change.seq <= until)
        .where(change.kind == ChangeKind.EDIT.value, change.field.in_(fields))
        .order_by(change.seq)
    )
    return {item_id for item_id, wrote in _last(connection.execute(query)).items() if wrote == label}


def _last(rows: Iterable[tuple[str, str, int, str, str, str | None]]) -> dict[str, str]:
    """Item -> label of the last write that stands.

    Args:
        rows: Item, field, seq, batch, its label and what it undoes, in the order of the log.
    """
    standing: defaultdict[tuple[str, str], _Writes] = defaultdict(dict)
    made_of: dict[tuple[str, str, str], tuple[_Writes, _Writes]] = {}  # what a batch added to a cell's writes, and took
    for item_id, field, seq, batch, label, undoes in rows:
        added, taken = {seq: label}, _Writes()
        if undoes is not None:
            taken, added = made_of.get((undoes, item_id, field), (_Writes(), _Writes()))
        made_of[batch, item_id, field] = added, taken
        cell = standing[item_id, field]
        for each in taken:
            cell.pop(each, None)
        cell |= added
    last: dict[str, tuple[int, str]] = {}
    for (item_id, _field), writes in standing.items():
        for write in writes.items():
            last[item_id] = max(last.get(item_id, (0, "")), write)
    return {item_id: label for item_id, (_seq, label) in last.items()}
