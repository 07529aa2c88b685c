"""Writing a gesture: read the rows it names, decide, write log and table together."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from kpicat.approval import State, Step
from kpicat.errors import UnknownCatalogue
from kpicat.language import _
from kpicat.model import CATALOGUE, CATALOGUE_FIELDS, CELLS, Add, Catalogue, Outcome, Write
from kpicat.store import answers, comments, decisions, locking, schema
from kpicat.store.cells import cell, text_of
from kpicat.store.deciding import Gesture
from kpicat.store.pieces import pieces
from kpicat.store.rows import Line, Row, Touch
from kpicat.store.witness import Log


def create(connection: Connection, new: Catalogue, actor: str, at: datetime) -> bool:
    """Write a catalogue that has no items and no history yet; False, and nothing, when its id is taken."""
    if (new.status, new.approved) != (State.DRAFT, ""):
        raise ValueError("a catalogue begins as a draft")
    own = {name: text_of(cell(CATALOGUE, name), getattr(new, name)) for name in CATALOGUE_FIELDS}
    start = {"head": 0, "head_batch": "", "created_at": schema.utc(at), "created_by": actor, "changed_at": at}
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(schema.catalogue), {"id": new.id, **own, **start})
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
    whole: bool = False,
    step: Step | None = None,
) -> Outcome:
    """Decide ``writes`` and write what came of them, within the transaction of ``connection``.

    Args:
        whole: Write nothing where any of them is a conflict.
        step: The step on the way to approval that this is.

    Raises:
        UnknownCatalogue: There is no such catalogue, or a write names an item that never was.
        Locked, InputError: As :func:`kpicat.store.locking.insist`.
    """
    at = schema.utc(at)
    own = locked(connection, catalogue_id)
    if request is not None and (before := answers.given(connection, catalogue_id, request, writes)):
        return before
    rows = _rows(connection, catalogue_id, {_item_id(write) for write in writes} - {CATALOGUE})
    rows[CATALOGUE] = Row(CATALOGUE, {name: own[name] for name in CATALOGUE_FIELDS})
    notes = comments.concerned(connection, catalogue_id, writes)
    ruled = decisions.concerned(connection, catalogue_id, writes)
    witness = Log(connection, catalogue_id, Touch(own["created_by"], own["created_at"]))
    gesture = Gesture(rows, notes, ruled, own["head"], me=Touch(actor, at), witness=witness)
    gesture.take(writes)
    locking.insist(connection, own, gesture, step=step, undoes=undoes)
    if not gesture.lines or (whole and gesture.conflicts):
        return Outcome(own["head"], None, (), gesture.conflicts, at)
    answer = answers.kept(gesture) if request is not None else None
    stamp = {"catalogue_id": catalogue_id, "at": at, "actor": actor}
    batch = _log(connection, gesture.lines, stamp, label=label, undoes=undoes, request=request, answer=answer)
    _write_rows(connection, catalogue_id, rows.values())
    comments.write(connection, catalogue_id, notes.values())
    decisions.write(connection, catalogue_id, ruled.values())
    head = gesture.lines[-1].seq
    _move(connection, rows[CATALOGUE], catalogue_id, {"head": head, "head_batch": batch, "changed_at": at})
    return Outcome(head, batch, gesture.applied, gesture.conflicts, at)


def _log(connection: Connection, lines: Sequence[Line], stamp: dict[str, Any], **about: str | None) -> str:
    """Write a batch and its lines; its id."""
    batch = uuid.uuid4().hex
    run = {"id": batch, "first_seq": lines[0].seq, "last_seq": lines[-1].seq}
    connection.execute(insert(schema.batch), stamp | run | about)
    told = [stamp | {"batch": batch} | line._asdict() | {"kind": line.kind.value} for line in lines]
    connection.execute(insert(schema.change), told)
    return batch


def _move(connection: Connection, own: Row, catalogue_id: str, to: dict[str, Any]) -> None:
    """Let the catalogue stand at its new head, with its own fields as they are now."""
    changed = {name: own.cells[name] for name in CATALOGUE_FIELDS if name in own.changed}
    connection.execute(update(schema.catalogue).where(schema.catalogue.c.id == catalogue_id), to | changed)


def locked(connection: Connection, catalogue_id: str) -> dict[str, Any]:
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
    named = select(item.id, item.deleted, item.last_seq, item.rank, *(item[name] for name in CELLS)).where(
        item.catalogue_id == catalogue_id, item.id.in_(bindparam("ids", expanding=True))
    )
    rows = {}
    for some in pieces(sorted(ids)):
        for item_id, deleted, last_seq, rank, *cells in connection.execute(named, {"ids": some}):
            rows[item_id] = Row(item_id, dict(zip(CELLS, cells, strict=True)), deleted, last_seq, rank)
    return rows


def _write_rows(connection: Connection, catalogue_id: str, rows: Iterable[Row]) -> None:
    """Insert the new items; set the changed cells of the others, those of one pattern together."""
    new: list[dict[str, Any]] = []
    changed: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.is_new:
            new.append(_whole(catalogue_id, row))
        elif row.changed and row.id != CATALOGUE:
            fields = tuple(name for name in CELLS if name in row.changed)
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
        **{name: row.cells.get(name) for name in CELLS},
        "source_file": row.source.file,
        "source_sheet": row.source.sheet,
        "source_row": row.source.row,
        "last_seq": row.last_seq,
    }
