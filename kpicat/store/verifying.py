"""Whether the tables are where the log leads, asked of a database at work and of a backup to be restored.

The log is replayed item by item, so memory does not grow with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, groupby, islice
from typing import Any

from sqlalchemy import Connection, Row, false, func, or_, select, true

from kpicat.access import Role
from kpicat.language import _
from kpicat.model import CATALOGUE, CATALOGUE_FIELDS, CELLS, ChangeKind
from kpicat.store import frozen, schema
from kpicat.store.copying import keep_beside
from kpicat.store.database import Database, insist_on_file
from kpicat.store.kept import KEPT
from kpicat.store.replay import State
from kpicat.store.rows import Line
from kpicat.store.schema_access import audit, membership
from kpicat.store.schema_api import api_token

_AT_ONCE = 500  # items compared with the table at a time
_LINES = 2_000  # lines of the log fetched at a time


def examine(url: str) -> Iterator[str]:
    """Every contradiction in the database at ``url`` at one moment, while people edit; see :func:`contradictions`.

    Raises:
        InputError: There is no such file.
        SchemaTooOld: The database must be migrated first.
        StoreBusy: It cannot be reached.
    """
    insist_on_file(url)
    database = Database(url)
    try:
        database.make_ready(keep_beside)
        with database.read() as connection:
            yield from contradictions(connection)
    finally:
        database.close()


def contradictions(connection: Connection) -> Iterator[str]:
    """Every place where log, tables and versions disagree, each a sentence in the reader's language; none if sound."""
    own = schema.catalogue.c
    columns = (own.id, own.head, own.head_batch, *(own[name] for name in CATALOGUE_FIELDS))
    for catalogue in connection.execute(select(*columns).order_by(own.id)).all():
        where = f"{catalogue.name} ({catalogue.id})"
        for what in chain(
            _end(connection, catalogue),
            _replayed(connection, catalogue),
            _unlogged(connection, catalogue),
            frozen.contradictions(connection, catalogue.id),
        ):
            yield _("Catalogue “{catalogue}”: {what}.").format(catalogue=where, what=what)
    yield from _batches(connection)
    yield from _loose_ends(connection)
    yield from _unknown_roles(connection)
    yield from frozen.unguarded(connection)


# -- one catalogue -----------------------------------------------------------


def _end(connection: Connection, own: Row[Any]) -> Iterator[str]:
    """Gaps in the log, and where the catalogue says it ends."""
    change = schema.change.c
    before = func.lag(change.seq, 1, 0).over(order_by=change.seq)
    steps = select(change.seq, before.label("before")).where(change.catalogue_id == own.id).subquery()
    for seq, last in connection.execute(select(steps).where(steps.c.seq != steps.c.before + 1)):
        yield _("changes {first} to {last} are missing from the log").format(first=last + 1, last=seq - 1)
    newest = select(change.seq, change.batch).where(change.catalogue_id == own.id).order_by(change.seq.desc()).limit(1)
    seq, batch = connection.execute(newest).one_or_none() or (0, "")
    if own.head != seq:
        yield _("its last change should be {head}, the log ends at {last}").format(head=own.head, last=seq)
    elif own.head_batch != batch:
        yield _("it does not name the batch of its last change")


def _replayed(connection: Connection, own: Row[Any]) -> Iterator[str]:
    """Each item's part of the log in itself, then against the tables."""
    by_item = groupby(_lines(connection, own.id), key=lambda line: line.item_id)
    ruled: dict[tuple[str, str], tuple[str, int]] = {}
    while True:
        states: dict[str, State] = {}
        for item_id, lines in islice(by_item, _AT_ONCE):
            states[item_id] = state = State()
            for line in lines:
                if not state.take(line):
                    yield _("change {seq} does not follow from those before it").format(seq=line.seq)
            ruled |= state.decisions
        if not states:
            yield from _decided(connection, own.id, ruled)
            return
        for name, text in states.pop(CATALOGUE, State()).own.items():
            if getattr(own, name, None) != text:
                yield _("“{field}” is not what the log says").format(field=name)
        yield from _compared(connection, own.id, states)


def _lines(connection: Connection, catalogue_id: str) -> Iterator[Line]:
    change = schema.change.c
    columns = (change.seq, change.kind, change.item_id, change.field, change.old, change.new)
    query = select(*columns).where(change.catalogue_id == catalogue_id).order_by(change.item_id, change.seq)
    for row in connection.execute(query, execution_options={"yield_per": _LINES}):
        yield Line(*row)  # the kind as it stands there, which may be none


def _compared(connection: Connection, catalogue_id: str, states: Mapping[str, State]) -> Iterator[str]:
    item, comment = schema.item.c, schema.comment.c
    columns = (item.id, item.rank, item.deleted, item.last_seq, *(item[name] for name in CELLS))
    query = select(*columns).where(item.catalogue_id == catalogue_id, item.id.in_(states))
    rows = {row.id: row for row in connection.execute(query)}
    told = select(comment.item_id, comment.id, comment.body, comment.last_seq)
    said: dict[str, dict[str, tuple[str, str, int]]] = {}
    for item_id, id, *rest in connection.execute(
        told.where(comment.catalogue_id == catalogue_id, comment.item_id.in_(states))
    ):
        said.setdefault(item_id, {})[id] = (item_id, *rest)
    for item_id, state in states.items():
        if item_id in state.items:
            for name in _differing(rows.get(item_id), state, item_id):
                yield _("row {item}: “{field}” is not what the log says").format(item=item_id, field=name)
        found = said.get(item_id, {})
        for id in sorted(found.keys() | state.comments.keys()):
            if found.get(id) != state.comments.get(id):
                yield _("row {item}: comment {comment} is not what the log says").format(item=item_id, comment=id)


def _decided(
    connection: Connection, catalogue_id: str, logged: Mapping[tuple[str, str], tuple[str, int]]
) -> Iterator[str]:
    decision = schema.decision.c
    query = select(decision.item_id, decision.key, decision.body, decision.last_seq)
    found = {
        (item_id, key): (body, seq)
        for item_id, key, body, seq in connection.execute(query.where(decision.catalogue_id == catalogue_id))
    }
    for item_id, key in sorted(found.keys() | logged.keys()):
        if found.get((item_id, key)) != logged.get((item_id, key)):
            if item_id == CATALOGUE:
                yield _("decision {key} is not what the log says").format(key=key)
            else:
                yield _("row {item}: decision {key} is not what the log says").format(item=item_id, key=key)


def _differing(row: Row[Any] | None, state: State, item_id: str) -> Iterator[str]:
    """The columns of an item's row that the log leads to otherwise; its id where there is no row."""
    if row is None:
        yield "id"
        return
    logged = {
        "rank": state.ranks[item_id],
        "deleted": item_id in state.deleted,
        "last_seq": state.last[item_id],
        **{name: state.items[item_id].get(name) for name in CELLS},
    }
    yield from (name for name, value in logged.items() if getattr(row, name) != value)


def _unlogged(connection: Connection, own: Row[Any]) -> Iterator[str]:
    item, change = schema.item.c, schema.change.c
    added = select(change.seq).where(
        change.catalogue_id == item.catalogue_id, change.item_id == item.id, change.kind == ChangeKind.ADD.value
    )
    query = select(item.id).where(item.catalogue_id == own.id, ~added.exists()).order_by(item.rank)
    for (item_id,) in connection.execute(query):
        yield _("row {item} was never added on the log").format(item=item_id)


# -- the whole database ------------------------------------------------------


def _batches(connection: Connection) -> Iterator[str]:
    """Batches that are not one run of changes, of one person at one moment, as they say."""
    batch, change = schema.batch, schema.change.c
    shared = ("catalogue_id", "at", "actor")
    found = (
        select(
            change.batch,
            func.count().label("size"),
            func.min(change.seq).label("first_seq"),
            func.max(change.seq).label("last_seq"),
            *(func.min(change[name]).label(f"low_{name}") for name in shared),
            *(func.max(change[name]).label(f"high_{name}") for name in shared),
        )
        .group_by(change.batch)
        .subquery()
    )
    run, told = found.c, batch.c
    wrong = or_(
        run.batch.is_(None),
        *(run[name] != told[name] for name in ("first_seq", "last_seq")),
        run.size != told.last_seq - told.first_seq + 1,
        *(run[f"{end}_{name}"] != told[name] for name in shared for end in ("low", "high")),
    )
    both = batch.outerjoin(found, run.batch == told.id)
    for (id,) in connection.execute(select(told.id).select_from(both).where(wrong).order_by(told.id)):
        yield _("Batch {batch} is not the run of changes it says.").format(batch=id)


def _unknown_roles(connection: Connection) -> Iterator[str]:
    query = select(membership).where(membership.c.role.not_in(list(Role))).order_by(*membership.primary_key)
    for row in connection.execute(query):
        words = _("Account {account} is “{role}” in catalogue {catalogue}, which is no role.")
        yield words.format(account=row.account_id, role=row.role, catalogue=row.catalogue_id)


def _loose_ends(connection: Connection) -> Iterator[str]:
    """What PostgreSQL cannot hold and SQLite can: rows that belong to nothing, times that are none."""
    if connection.dialect.name != "sqlite":
        return
    for name in sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}):
        yield _("Table “{table}” has rows that belong to nothing.").format(table=name)
    for table in (*KEPT, audit, api_token):
        moments = [column for column in table.c if isinstance(column.type, schema.Moment)]
        unread = [
            ((func.typeof(at) != "text") | func.julianday(at).is_(None)) & (at.is_not(None) if at.nullable else true())
            for at in moments
        ]
        bad = or_(false(), *unread)
        if connection.execute(select(func.count()).select_from(table).where(bad)).scalar():
            yield _("Table “{table}” holds times that cannot be read.").format(table=table.name)
