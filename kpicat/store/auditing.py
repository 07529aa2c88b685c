"""The audit log: lines are added, and never changed (:data:`kpicat.store.guarding.AUDIT`)."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from kpicat.access.records import Entry
from kpicat.store import schema
from kpicat.store.schema_access import audit

_CHUNK = 500
_MOST = 200  # characters of a text; one that is cut ends in "…"
_IN_ORDER = itertools.count()  # of one moment the lines of one process stand as they came
_LINE = (audit.c.at, audit.c.who, audit.c.act, audit.c.catalogue_id, audit.c.detail, audit.c.ok, audit.c.id)


def note(connection: Connection, entry: Entry) -> None:
    """Add a line."""
    id = f"{next(_IN_ORDER):08x}{uuid.uuid4().hex[8:]}"
    row = {"id": id, "at": schema.utc(entry.at), "act": str(entry.act), "ok": entry.ok}
    texts = {name: _cut(getattr(entry, name).replace("\0", "")) for name in ("who", "catalogue_id", "detail")}
    connection.execute(insert(audit), row | texts)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def entries(connection: Connection, catalogue_id: str | None, limit: int, before: Entry | None) -> list[Entry]:
    """Lines, the newest first: of one catalogue or of all, those after ``before`` in that order."""
    query = select(*_LINE).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
    if catalogue_id is not None:
        query = query.where(audit.c.catalogue_id == catalogue_id)
    if before is not None:
        at = schema.utc(before.at)
        query = query.where(or_(audit.c.at < at, (audit.c.at == at) & (audit.c.id < before.id)))
    return [Entry(*row) for row in connection.execute(query)]


def add(source: Connection, target: Connection) -> None:
    """Add those lines of another database that are not there; what is there stays."""
    found = source.execute(select(audit).order_by(audit.c.at, audit.c.id), execution_options={"yield_per": _CHUNK})
    with found:
        for rows in found.mappings().partitions():
            _add_new(target, [dict(row) for row in rows])


def _add_new(target: Connection, rows: Sequence[dict[str, Any]]) -> None:
    there = set(target.execute(select(audit.c.id).where(audit.c.id.in_([row["id"] for row in rows]))).scalars())
    if new := [row for row in rows if row["id"] not in there]:
        target.execute(insert(audit), new)
