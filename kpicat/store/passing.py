"""What belongs to an installation and not to a catalogue: who is here, and secrets."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kpicat.model import Present
from kpicat.store import schema
from kpicat.store.pieces import pieces


def present(connection: Connection, here: Sequence[Present], gone: Collection[str], forget: datetime) -> None:
    """Put ``here`` in, take ``gone`` out, and everybody not heard of since ``forget``."""
    presence = schema.presence.c
    connection.execute(delete(schema.presence).where(presence.at < forget))
    for some in pieces(sorted(gone)):
        connection.execute(delete(schema.presence).where(presence.id.in_(some)))
    if here:
        put = insert(connection, schema.presence)
        renewed = {column.name: put.excluded[column.name] for column in presence if column is not presence.id}
        rows = [
            asdict(one) for one in sorted(here, key=lambda one: one.id)
        ]  # in one order, so that no two lock each other
        connection.execute(put.on_conflict_do_update(index_elements=[presence.id], set_=renewed), rows)


def presence(connection: Connection, catalogue_ids: Iterable[str], since: datetime) -> list[Present]:
    """Those at some catalogues who were heard of at ``since`` or later, by id."""
    there = schema.presence.c
    query = select(*there).where(there.catalogue_id.in_(list(catalogue_ids)), there.at >= since).order_by(there.id)
    return [Present(**row) for row in connection.execute(query).mappings()]


def secret(connection: Connection, name: str) -> str | None:
    """A secret, where it has been made."""
    setting = schema.setting.c
    found: str | None = connection.execute(select(setting.value).where(setting.name == name)).scalar()
    return found


def make_secret(connection: Connection, name: str) -> None:
    """Make a secret, unless somebody else just did."""
    made = insert(connection, schema.setting).on_conflict_do_nothing()
    connection.execute(made, {"name": name, "value": secrets.token_hex(32)})


def held(connection: Connection, name: str, otherwise: str) -> str:
    """What is kept under a name, which nobody else changes until the transaction ends; made if need be."""
    made = insert(connection, schema.setting).on_conflict_do_nothing()
    connection.execute(made, {"name": name, "value": otherwise})
    setting = schema.setting.c
    query = select(setting.value).where(setting.name == name).with_for_update()
    return str(connection.execute(query).scalar_one())


def hold(connection: Connection, name: str, value: str) -> None:
    """Keep another value under a name that :func:`held` was asked for."""
    connection.execute(update(schema.setting).where(schema.setting.c.name == name).values(value=value))


def insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insertion that may meet rows that are there: both databases know it, SQLAlchemy by two names."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
