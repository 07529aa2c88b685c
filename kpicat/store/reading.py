"""Catalogues and their items as they stand, or stood at an earlier seq."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, bindparam, func, select

from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    CELLS,
    CRITERIA,
    FIELDS,
    PLACE,
    SOURCE_COLUMNS,
    Catalogue,
    ChangeKind,
    Form,
    Reading,
    Standing,
    items_frame,
)
from kpicat.store import comments, decisions, schema
from kpicat.store.cells import OWN_FIELDS
from kpicat.store.writing import unknown

_DTYPES = dict(items_frame(()).dtypes)
_COLUMNS = ("id", "deleted", *CELLS, *SOURCE_COLUMNS)
_POSITION = {name: position for position, name in enumerate(_COLUMNS)}
_AT_ONCE = 200  # rows: fewer than make Python's garbage collector start
_Rows = Sequence[Sequence[Any]]

_STANDING = select(schema.catalogue.c.head, schema.catalogue.c.head_batch).where(
    schema.catalogue.c.id == bindparam("id")
)


def standing(connection: Connection, catalogue_id: str) -> Standing:
    """Where the log stands: one row by its key."""
    found = connection.execute(_STANDING, {"id": catalogue_id}).one_or_none()
    if found is None:
        raise unknown(catalogue_id)
    return Standing(*found)


def heads(connection: Connection, ids: Iterable[str]) -> dict[str, Standing]:
    """Where the logs of several catalogues stand; those there are not are absent."""
    own = schema.catalogue.c
    found = connection.execute(select(own.id, own.head, own.head_batch).where(own.id.in_(list(ids))))
    return {row[0]: Standing(row[1], row[2]) for row in found}


def catalogues(connection: Connection) -> list[Catalogue]:
    """Every catalogue, the one changed last first."""
    order = (schema.catalogue.c.changed_at.desc(), schema.catalogue.c.id)
    return [_catalogue(row) for row in connection.execute(select(schema.catalogue).order_by(*order))]


def counts(connection: Connection, ids: Collection[str] | None = None) -> dict[str, int]:
    """Catalogue id -> number of items, deleted ones not counted; of these catalogues, or of all."""
    own, item = schema.catalogue, schema.item
    both = own.outerjoin(item, (item.c.catalogue_id == own.c.id) & ~item.c.deleted)
    query = select(own.c.id, func.count(item.c.id)).select_from(both).group_by(own.c.id)
    asked = query if ids is None else query.where(own.c.id.in_(list(ids)))
    return {row[0]: row[1] for row in connection.execute(asked)}


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
    return _as_catalogue(
        row.id, Standing(row.head, row.head_batch), {name: getattr(row, name) for name in CATALOGUE_FIELDS}
    )


def _as_catalogue(catalogue_id: str, at: Standing, texts: dict[str, str | None]) -> Catalogue:
    own: dict[str, Any] = {name: OWN_FIELDS[name].decode(text) for name, text in texts.items()}
    return Catalogue(catalogue_id, head=at.seq, head_batch=at.batch, **own | {"form": Form(own["form"])})


# -- items ---------------------------------------------------------------------


def reading(connection: Connection, catalogue_id: str, at_seq: int | None = None) -> Reading:
    """A catalogue and its items, now or after the change ``at_seq``.

    An earlier moment is reached by taking back the changes since, so it costs as
    much as there are of these.

    Raises:
        UnknownCatalogue: There is no such catalogue, or its log has no such seq.
    """
    now = catalogue(connection, catalogue_id)
    said = comments.bodies(connection, catalogue_id)
    ruled = decisions.bodies(connection, catalogue_id)
    if at_seq is None or at_seq == now.head:
        return _read(connection, now, _items(connection, catalogue_id, deleted_too=False), said, ruled)
    if not 0 <= at_seq < now.head:
        raise UnknownCatalogue(_("The catalogue has no change {seq}; open its history again.").format(seq=at_seq))
    own: dict[str, str | None] = {name: OWN_FIELDS[name].encode(getattr(now, name)) for name in CATALOGUE_FIELDS}
    lines = {row[0]: list(row) for rows in _items(connection, catalogue_id, deleted_too=True) for row in rows}
    for kind, item_id, field, old in _changes_back_to(connection, catalogue_id, at_seq):
        if kind == ChangeKind.COMMENT:
            said.pop(field, None)
            if old is not None:
                said[field] = (item_id, old)
        elif kind == ChangeKind.DECISION:
            ruled.pop((item_id, field), None)
            if old is not None:
                ruled[item_id, field] = old
        elif item_id == CATALOGUE:
            own[field] = old
        elif kind == ChangeKind.EDIT:
            lines[item_id][_POSITION[field]] = old
        elif kind == ChangeKind.ADD:
            del lines[item_id]
        else:
            lines[item_id][_POSITION["deleted"]] = kind == ChangeKind.RESTORE
    there = [line for line in lines.values() if not line[_POSITION["deleted"]]]
    then = _as_catalogue(catalogue_id, Standing(at_seq, _batch_at(connection, catalogue_id, at_seq)), own)
    return _read(connection, then, [there], said, ruled)


def _read(
    connection: Connection,
    about: Catalogue,
    found: Iterable[_Rows],
    said: dict[str, tuple[str, str]],
    ruled: dict[decisions.Key, str],
) -> Reading:
    """Rows of ``_COLUMNS`` with what people said and decided about them."""
    columns = _columns(found)
    spoken = comments.in_order(connection, about.id, said, columns["id"])
    return Reading(about, _frame(columns), spoken, decisions.read(ruled, {CATALOGUE, *columns["id"]}))


def _items(connection: Connection, catalogue_id: str, *, deleted_too: bool) -> Iterator[_Rows]:
    """Rows of ``_COLUMNS`` by rank, a few at a time: all at once would keep Python's garbage collector busy."""
    item = schema.item.c
    query = select(*(item[name] for name in _COLUMNS)).where(item.catalogue_id == catalogue_id).order_by(item.rank)
    return connection.execute(query if deleted_too else query.where(~item.deleted)).partitions(_AT_ONCE)


def _changes_back_to(connection: Connection, catalogue_id: str, seq: int) -> Sequence[Sequence[Any]]:
    change = schema.change.c
    since = (change.catalogue_id == catalogue_id, change.seq > seq)
    query = select(change.kind, change.item_id, change.field, change.old).where(*since)
    return connection.execute(query.order_by(change.seq.desc())).all()


def _batch_at(connection: Connection, catalogue_id: str, seq: int) -> str:
    change = schema.change.c
    query = select(change.batch).where(change.catalogue_id == catalogue_id, change.seq == seq)
    return connection.execute(query).scalar() or ""


def _columns(found: Iterable[_Rows]) -> dict[str, Sequence[Any]]:
    """The columns of rows of ``_COLUMNS``."""
    columns: list[list[Any]] = [[] for _name in _COLUMNS]
    for rows in found:
        for column, values in zip(columns, zip(*rows, strict=True), strict=False):
            column.extend(values)
    return dict(zip(_COLUMNS, columns, strict=True))


def _frame(columns: dict[str, Sequence[Any]]) -> pd.DataFrame:
    """Columns in order of rank as :func:`kpicat.model.items_frame` would give them, in order of place."""
    index = pd.Index(columns["id"], name="item", dtype="str")
    values = {name: columns[name] for name in (*SOURCE_COLUMNS, PLACE.name)}
    for name, field in (*FIELDS.items(), (CRITERIA.name, CRITERIA)):
        value_of = {text: field.decode(text) for text in set(columns[name])}
        values[name] = [value_of[text] for text in columns[name]]
    frame = pd.DataFrame({name: pd.Series(values[name], index, dtype) for name, dtype in _DTYPES.items()}, index=index)
    order = sorted(range(len(frame)), key=columns[PLACE.name].__getitem__)
    return frame if order == list(range(len(frame))) else frame.iloc[order]
