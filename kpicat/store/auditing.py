"""The audit log: lines are added, and never changed (:data:`kpicat.store.guarding.AUDIT`)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from kpicat.access.records import Entry
from kpicat.store import schema
from kpicat.store.schema_access import audit

_CHUNK = 500
_MOST = 200  # characters of a text
_LINE = (audit.c.at, audit.c.who, audit.c.act, audit.c.catalogue_id, audit.c.detail, audit.c.ok)


def note(connection: Connection, entry: Entry) -> None:
    """Add a line."""
    row = {"id": uuid.uuid4().hex, "at": schema.utc(entry.at), "act": str(entry.act), "ok": entry.ok}
    texts = {name: getattr(entry, name)[:_MOST].replace("\0", "") for name in ("who", "catalogue_id", "detail")}
    connection.execute(insert(audit), row | texts)


def entries(connection: Connection, catalogue_id: str | None, limit: int, before: datetime | None) -> list[Entry]:
    """Lines, the newest first: of one catalogue or of all."""
    query = select(*_LINE).order_by(audit.c.at.desc(), audit.c.id).limit(limit)
    if catalogue_id is not None:
        query = query.where(audit.c.catalogue_id == catalogue_id)
    if before is not None:
        query = query.where(audit.c.at < schema.utc(before))
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
