"""Readings of the log: its changes and its batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import Batch, Change, ChangeKind
from kpicat.store import schema


def changes(
    connection: Connection,
    catalogue_id: str,
    *,
    since: int = 0,
    until: int | None = None,
    item: str | None = None,
    kind: ChangeKind | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> Iterator[Change]:
    """Changes after ``since`` up to ``until`` (included), of one item and kind or of all."""
    change = schema.change.c
    columns = (change.seq, change.batch, change.at, change.actor, change.kind, change.item_id, change.field)
    query = select(*columns, change.old, change.new).where(change.catalogue_id == catalogue_id, change.seq > since)
    if until is not None:
        query = query.where(change.seq <= until)
    if item is not None:
        query = query.where(change.item_id == item)
    if kind is not None:
        query = query.where(change.kind == kind.value)
    query = query.order_by(change.seq.desc() if newest_first else change.seq).limit(limit)
    for seq, batch_id, at, actor, what, item_id, field, old, new in connection.execute(query):
        yield Change(seq, batch_id, at, actor, ChangeKind(what), item_id, field, old, new)


def batches(
    connection: Connection, catalogue_id: str, *, limit: int, before: int | None, actor: str | None
) -> list[Batch]:
    """Batches newest first: those that began before a seq, of one person or of all."""
    made = schema.batch.c
    query = _batches(catalogue_id).order_by(made.first_seq.desc()).limit(limit)
    if before is not None:
        query = query.where(made.first_seq < before)
    if actor is not None:
        query = query.where(made.actor == actor)
    return [_batch(row) for row in connection.execute(query)]


def batch(connection: Connection, catalogue_id: str, batch_id: str) -> Batch:
    """One batch.

    Raises:
        UnknownCatalogue: The catalogue has none of that id.
    """
    row = connection.execute(_batches(catalogue_id).where(schema.batch.c.id == batch_id)).one_or_none()
    if row is None:
        raise UnknownCatalogue(_("This change is not in the catalogue's history; open the history again."))
    return _batch(row)


def _batches(catalogue_id: str) -> Select[Any]:
    made, later = schema.batch.c, schema.batch.alias("later").c
    undone_by = (
        select(later.id).where(later.undoes == made.id).order_by(later.first_seq.desc()).limit(1).scalar_subquery()
    )
    return select(
        made.id,
        made.at,
        made.actor,
        made.label,
        made.first_seq,
        made.last_seq,
        made.undoes,
        undone_by.label("undone_by"),
    ).where(made.catalogue_id == catalogue_id)


def _batch(row: Row[Any]) -> Batch:
    return Batch(
        id=row.id,
        at=row.at,
        actor=row.actor,
        label=row.label,
        first_seq=row.first_seq,
        last_seq=row.last_seq,
        size=row.last_seq - row.first_seq + 1,
        undoes=row.undoes,
        undone_by=row.undone_by,
    )
