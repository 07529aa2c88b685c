"""Whether a database's table is where its log leads, asked of a backup before it replaces anything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from kpicat.model import CELLS
from kpicat.store import history, schema
from kpicat.store.replay import State, replay


def contradiction(connection: Connection) -> str | None:
    """The first place where log and table disagree, in a developer's words; None when there is none."""
    try:
        for own in connection.execute(select(schema.catalogue).order_by(schema.catalogue.c.id)).all():
            state = replay(history.changes(connection, own.id))
            if place := _own_differs(own, state) or _items_differ(connection, own.id, state):
                return f"catalogue {own.id}: {place}"
    except (ValueError, KeyError, TypeError) as error:
        return str(error)
    return _batches_differ(connection)


def _batches_differ(connection: Connection) -> str | None:
    batch, change = schema.batch.c, schema.change.c
    runs = select(change.batch, change.catalogue_id, func.min(change.seq), func.max(change.seq), func.count())
    logged = {tuple(row) for row in connection.execute(runs.group_by(change.batch, change.catalogue_id))}
    kept = select(batch.id, batch.catalogue_id, batch.first_seq, batch.last_seq)
    told = {(*row, row.last_seq - row.first_seq + 1) for row in connection.execute(kept)}
    return None if logged == told else "a batch is not the run of changes it says"


def _own_differs(own: Row[Any], state: State) -> str | None:
    if own.head != state.head:
        return f"head is {own.head}, the log ends at {state.head}"
    return next((f"field {name}" for name, text in state.own.items() if getattr(own, name) != text), None)


def _items_differ(connection: Connection, catalogue_id: str, state: State) -> str | None:
    item = schema.item.c
    found = connection.execute(select(schema.item).where(item.catalogue_id == catalogue_id).order_by(item.rank)).all()
    if [row.id for row in found] != list(state.items):
        return "not the items, or not the order, of the log"
    for row in found:
        cells = {name: text for name in CELLS if (text := getattr(row, name)) is not None}
        there = (cells, row.deleted, row.last_seq)
        if there != (state.items[row.id], row.id in state.deleted, state.last[row.id]):
            return f"item {row.id}"
    return None
