"""Writing a gesture: read the rows it names, decide, write log and table together."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    FIELDS,
    Add,
    Catalogue,
    ChangeKind,
    Outcome,
    Write,
)
from kpicat.store import answers, schema
from kpicat.store.cells import cell, text_of
from kpicat.store.deciding import Gesture, Row, Touch

_AT_ONCE = 500  # ids named in one statement


def create(connection: Connection, new: Catalogue, actor: str, at: datetime) -> bool:
    """Write a catalogue that has no items and no history yet; False, and nothing, when its id is taken."""
    own = {name: text_of(cell(CATALOGUE, name), getattr(new, name)) for name in CATALOGUE_FIELDS}
    values = {"id": new.id, **own, "head": 0, "created_at": schema.utc(at), "created_by": actor, "changed_at": at}
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(schema.catalogue), values)
        return True
    return False


def commit(
    connection: Connection,
    catalogue_id: str,
    writes: Sequence[Write],
    *,
    actor: str,
    at: datetime,
    label: str,
    request: str | None = None,
    undoes: str | None = None,
) -> Outcome:
    """Decide ``writes`` and write what came of them, within the transaction of ``connection``.

    Raises:
        UnknownCatalogue: There is no such catalogue, or a write names an item that never was.
    """
    at = schema.utc(at)
    own = _locked(connection, catalogue_id)
    if request is not None and (before := answers.given(connection, catalogue_id, request, writes)):
        return before
    rows = _rows(connection, catalogue_id, {_item_id(write) for write in writes} - {CATALOGUE})
    rows[CATALOGUE] = Row(CATALOGUE, {name: own[name] for name in CATALOGUE_FIELDS})
    witness = _Log(connection, catalogue_id, Touch(own["created_by"], own["created_at"]))
    gesture = Gesture(rows, own["head"], actor, at, witness)
    gesture.take(writes)
    if not gesture.lines:
        return Outcome(own["head"], None, (), gesture.conflicts, at)
    head = gesture.lines[-1].seq
    batch: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "catalogue_id": catalogue_id,
        "first_seq": gesture.lines[0].seq,
        "last_seq": head,
        "at": at,
        "actor": actor,
        "label": label,
        "undoes": undoes,
        "request": request,
        "answer": answers.kept(gesture) if request is not None else None,
    }
    connection.execute(insert(schema.batch), batch)
    stamp = {"catalogue_id": catalogue_id, "batch": batch["id"], "at": at, "actor": actor}
    connection.execute(
        insert(schema.change), [stamp | line._asdict() | {"kind": line.kind.value} for line in gesture.lines]
    )
    _write_rows(connection, catalogue_id, rows.values())
    changed = {name: rows[CATALOGUE].cells[name] for name in rows[CATALOGUE].changed}
    connection.execute(
        update(schema.catalogue).where(schema.catalogue.c.id == catalogue_id),
        {"head": head, "changed_at": at} | changed,
    )
    return Outcome(head, batch["id"], gesture.applied, gesture.conflicts, at)


def _locked(connection: Connection, catalogue_id: str) -> dict[str, Any]:
    """The catalogue's row, held so that its other writers wait (SQLite has one writer anyway)."""
    query = select(schema.catalogue).where(schema.catalogue.c.id == catalogue_id).with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise unknown(catalogue_id)
    return dict(row)


def unknown(catalogue_id: str) -> UnknownCatalogue:
    """The error that there is no such catalogue."""
    return UnknownCatalogue(_("There is no catalogue “{id}”; choose one from the list.").format(id=catalogue_id))


def _item_id(write: Write) -> str:
    return write.item.id if isinstance(write, Add) else write.item_id


def _rows(connection: Connection, catalogue_id: str, ids: Iterable[str]) -> dict[str, Row]:
    item = schema.item.c
    named = select(item.id, item.deleted, item.last_seq, *(item[name] for name in FIELDS)).where(
        item.catalogue_id == catalogue_id, item.id.in_(bindparam("ids", expanding=True))
    )
    rows = {}
    for some in _pieces(sorted(ids)):
        for item_id, deleted, last_seq, *cells in connection.execute(named, {"ids": some}):
            rows[item_id] = Row(item_id, dict(zip(FIELDS, cells, strict=True)), deleted, last_seq)
    return rows


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _write_rows(connection: Connection, catalogue_id: str, rows: Iterable[Row]) -> None:
    """Insert the new items; set the changed cells of the others, those of one pattern together."""
    new: list[dict[str, Any]] = []
    changed: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.is_new:
            new.append(_whole(catalogue_id, row))
        elif row.changed and row.id != CATALOGUE:
            fields = tuple(name for name in FIELDS if name in row.changed)
            cells = {f"new_{name}": row.cells[name] for name in fields}
            changed[fields].append(cells | {"key": row.id, "new_deleted": row.deleted, "new_last_seq": row.last_seq})
    if new:
        connection.execute(insert(schema.item), new)
    item = schema.item.c
    for fields, values in changed.items():
        columns = (*fields, "deleted", "last_seq")
        statement = update(schema.item).where(item.catalogue_id == catalogue_id, item.id == bindparam("key"))
        connection.execute(statement.values({name: bindparam(f"new_{name}") for name in columns}), values)


def _whole(catalogue_id: str, row: Row) -> dict[str, Any]:
    return {
        "catalogue_id": catalogue_id,
        "id": row.id,
        "rank": row.rank,
        "deleted": row.deleted,
        **{name: row.cells.get(name) for name in FIELDS},
        "source_file": row.source.file,
        "source_sheet": row.source.sheet,
        "source_row": row.source.row,
        "last_seq": row.last_seq,
    }


class _Log:
    """The witness: who was there before, from the log of one catalogue."""

    def __init__(self, connection: Connection, catalogue_id: str, creation: Touch) -> None:
        self._connection = connection
        self._catalogue_id = catalogue_id
        self._creation = creation  # the catalogue's own fields were first set then

    def of_cell(self, item_id: str, field: str) -> Touch:
        change = schema.change.c
        return self._last(item_id, or_(change.field == field, change.kind == ChangeKind.ADD.value)) or self._creation

    def of_deletion(self, item_id: str) -> Touch:
        return self._last(item_id, schema.change.c.kind == ChangeKind.DELETE.value) or self._creation

    def of_others(self, item_id: str, actor: str, after: int) -> Touch | None:
        return self._last(item_id, schema.change.c.seq > after, schema.change.c.actor != actor)

    def _last(self, item_id: str, *conditions: ColumnElement[bool]) -> Touch | None:
        change = schema.change.c
        query = (
            select(change.actor, change.at)
            .where(change.catalogue_id == self._catalogue_id, change.item_id == item_id, *conditions)
            .order_by(change.seq.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return Touch(*row) if row else None
