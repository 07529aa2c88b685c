"""What was approved, for those who ask again and again: what is new, told from what they know at little cost.

Versions have no order among catalogues: moments are those of several servers, and a transaction begun first may end
last. So they get one when somebody asks for the feed: whatever is there and in no order yet comes at its end, under a
lock. A ``chain`` names a place in it with all that comes before, so that a place known here is never one from another
past, as after a restore.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from kpicat.approval import about
from kpicat.model.approvals import Version
from kpicat.store import schema
from kpicat.store.approvals import ABOUT, as_version
from kpicat.store.database import Database
from kpicat.store.schema_api import announced

START = "0" * 32
"""The chain before the first version."""
_BEGINNING = 8_000  # characters of a content, in which it says mostly all about its catalogue


class Fed(NamedTuple):
    """A part of the feed.

    Attributes:
        versions: In the order of the feed.
        chain: The place after them, and after all that is of other catalogues up to the next.
        is_more: Whether further ones are there already.
        is_anew: Whether it begins at the start, as the place asked for is none here.
    """

    versions: list[Version]
    chain: str
    is_more: bool
    is_anew: bool


class Published:
    """Versions as other software asks for them; safe to share between threads. Fails as the store does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def marks(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """Catalogue id -> a text that is another one after each approval; of these catalogues, or of all.

        Those of which nothing was approved are absent.
        """
        own = schema.catalogue.c
        query = select(own.id, own.approved).where(func.coalesce(own.approved, "") != "").order_by(own.id)
        if ids is not None:
            query = query.where(own.id.in_(ids))
        with self._database.peek() as connection:
            return {row.id: row.approved for row in connection.execute(query)}

    def about(self, version: Version) -> Mapping[str, Any]:
        """What a version says of its catalogue: ``name``, ``body`` … as they were approved; empty ones are absent."""
        kept = schema.version.c
        with self._database.peek() as connection:
            for said in (func.substr(kept.content, 1, _BEGINNING), kept.content):
                text = connection.execute(select(said).where(kept.id == version.id)).scalar_one()
                if (found := about(text)) is not None:
                    return found
        raise ValueError(f"version {version.id} does not say what it is of")

    def feed(self, chain: str, catalogue_ids: Collection[str] | None, *, limit: int) -> Fed:
        """The versions that became known after a place of the feed, of some catalogues or of all.

        Args:
            chain: The place; :data:`START` for all.
            limit: At most so many.
        """
        self._announce()
        with self._database.read() as connection:
            known = connection.execute(select(announced.c.serial).where(announced.c.chain == chain)).scalar()
            own = schema.version.c
            query = (
                select(announced.c.chain, *ABOUT)
                .join_from(announced, schema.version, announced.c.version_id == own.id)
                .where(announced.c.serial > (known or 0))
                .order_by(announced.c.serial)
                .limit(limit + 1)
            )
            if catalogue_ids is not None:
                query = query.where(own.catalogue_id.in_(catalogue_ids))
            rows = connection.execute(query).all()
            is_more = len(rows) > limit
            reached = rows[limit - 1][0] if is_more else _end(connection)[1]
        versions = [as_version(row[1:]) for row in rows[:limit]]
        return Fed(versions, reached, is_more, is_anew=known is None and chain != START)

    def _announce(self) -> None:
        """Put versions that are in no order yet at the end of the feed."""
        own = schema.version.c
        new = select(own.id).where(~select(announced.c.serial).where(announced.c.version_id == own.id).exists())
        with self._database.peek() as connection:
            if connection.execute(new.limit(1)).first() is None:
                return
        with self._database.write() as connection:
            if connection.dialect.name != "sqlite":  # whose writer is the only one
                connection.exec_driver_sql("LOCK TABLE announced IN EXCLUSIVE MODE")
            serial, chain = _end(connection)
            for id in connection.execute(new.order_by(own.approved_at, own.catalogue_id, own.number)).scalars().all():
                serial, chain = serial + 1, _next(chain, id)
                connection.execute(insert(announced), {"serial": serial, "version_id": id, "chain": chain})


def _end(connection: Connection) -> tuple[int, str]:
    """Serial and chain of the last version in order."""
    query = select(announced.c.serial, announced.c.chain).order_by(announced.c.serial.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (row[0], row[1]) if row else (0, START)


def _next(chain: str, version_id: str) -> str:
    return hashlib.sha256(f"{chain}{version_id}".encode()).hexdigest()[: len(START)]
