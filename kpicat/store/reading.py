"""Catalogues and their items as they stand, or stood at an earlier seq."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, bindparam, func, select

from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    FIELDS,
    SOURCE_COLUMNS,
    Catalogue,
    ChangeKind,
    Form,
    Reading,
    items_frame,
)
from kpicat.store import schema
from kpicat.store.cells import OWN_FIELDS
from kpicat.store.writing import unknown

_DTYPES = items_frame(()).dtypes
_COLUMNS = ("id", "deleted", *FIELDS, *SOURCE_COLUMNS)
_PLACE = {name: place for place, name in enumerate(_COLUMNS)}

_HEAD = select(schema.catalogue.c.head).where(schema.catalogue.c.id == bindparam("id"))


def head(connection: Connection, catalogue_id: str) -> int:
    """Seq of the last change: one row by its key."""
    found: int | None = connection.execute(_HEAD, {"id": catalogue_id}).scalar()
    if found is None:
        raise unknown(catalogue_id)
    return found


def catalogues(connection: Connection) -> list[Catalogue]:
    """Every catalogue, the one changed last first."""
    order = (schema.catalogue.c.changed_at.desc(), schema.catalogue.c.id)
    return [_catalogue(row) for row in connection.execute(select(schema.catalogue).order_by(*order))]


def counts(connection: Connection) -> dict[str, int]:
    """Catalogue id -> number of items, deleted ones not counted."""
    own, item = schema.catalogue, schema.item
    both = own.outerjoin(item, (item.c.catalogue_id == own.c.id) & ~item.c.deleted)
    query = select(own.c.id, func.count(item.c.id)).select_from(both).group_by(own.c.id)
    return {row[0]: row[1] for row in connection.execute(query)}


def catalogue(connection: Connection, catalogue_id: str) -> Catalogue:
    """One catalogue.

    Raises:
        UnknownCatalogue: There is none of that id.
    """
    row = connection.execute(select(schema.catalogue).where(schema.catalogue.c.id == catalogue_id)).one_or_none()
    if row is None:
        raise unknown(catalogue_id)
    return _catalogue(row)


def _catalogue(row: Row[Any]) -> Catalogue:
    return _as_catalogue(row.id, row.head, {name: getattr(row, name) for name in CATALOGUE_FIELDS})


def _as_catalogue(catalogue_id: str, seq: int, texts: dict[str, str | None]) -> Catalogue:
    own: dict[str, Any] = {name: OWN_FIELDS[name].decode(text) for name, text in texts.items()}
    return Catalogue(catalogue_id, head=seq, **own | {"form": Form(own["form"])})


# -- items ---------------------------------------------------------------------


def reading(connection: Connection, catalogue_id: str, at_seq: int | None = None) -> Reading:
    """A catalogue and its items, now or after the change ``at_seq``.

    An earlier moment is reached by taking back the changes since, so it costs as
    much as there are of these.

    Raises:
        UnknownCatalogue: There is no such catalogue, or its log has no such seq.
    """
    now = catalogue(connection, catalogue_id)
    if at_seq is None or at_seq == now.head:
        return Reading(now, _frame(_rows(connection, catalogue_id, deleted_too=False)))
    if not 0 <= at_seq < now.head:
        raise UnknownCatalogue(_("The catalogue has no change {seq}; open its history again.").format(seq=at_seq))
    own: dict[str, str | None] = {name: OWN_FIELDS[name].encode(getattr(now, name)) for name in CATALOGUE_FIELDS}
    lines = {row[0]: list(row) for row in _rows(connection, catalogue_id, deleted_too=True)}
    for kind, item_id, field, old in _changes_back_to(connection, catalogue_id, at_seq):
        if item_id == CATALOGUE:
            own[field] = old
        elif kind == ChangeKind.EDIT:
            lines[item_id][_PLACE[field]] = old
        elif kind == ChangeKind.ADD:
            del lines[item_id]
        else:
            lines[item_id][_PLACE["deleted"]] = kind == ChangeKind.RESTORE
    there = [line for line in lines.values() if not line[_PLACE["deleted"]]]
    return Reading(_as_catalogue(catalogue_id, at_seq, own), _frame(there))


def _rows(connection: Connection, catalogue_id: str, *, deleted_too: bool) -> Sequence[Sequence[Any]]:
    item = schema.item.c
    query = select(*(item[name] for name in _COLUMNS)).where(item.catalogue_id == catalogue_id).order_by(item.rank)
    return connection.execute(query if deleted_too else query.where(~item.deleted)).all()


def _changes_back_to(connection: Connection, catalogue_id: str, seq: int) -> Sequence[Sequence[Any]]:
    change = schema.change.c
    since = (change.catalogue_id == catalogue_id, change.seq > seq)
    query = select(change.kind, change.item_id, change.field, change.old).where(*since)
    return connection.execute(query.order_by(change.seq.desc())).all()


def _frame(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Rows of ``_COLUMNS`` as :func:`kpicat.model.items_frame` would give them, column by column."""
    columns = dict(zip(_COLUMNS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_COLUMNS, ())
    index = pd.Index(columns["id"], name="item", dtype="str")
    values: dict[str, Sequence[Any]] = {name: columns[name] for name in SOURCE_COLUMNS}
    for name, field in FIELDS.items():
        value_of = {text: field.decode(text) for text in set(columns[name])}
        values[name] = [value_of[text] for text in columns[name]]
    series = {name: pd.Series(values[name], index, _DTYPES[name]) for name in (*FIELDS, *SOURCE_COLUMNS)}
    return pd.DataFrame(series, index=index)
