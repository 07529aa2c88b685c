"""Scenarios that are kept: beside the log, as trying something changes nothing of a catalogue."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, UpdateBase, delete, select, update

from kpicat.model.scenarios import SavedScenario, Saving
from kpicat.store import schema
from kpicat.store.cells import refuse_broken
from kpicat.store.database import Database
from kpicat.store.passing import insert

_LAID = ("name", "note", "body", "seq", "by", "at", "version", "adopted")
"""What a change writes; the rest stays as it was when the scenario was begun."""


class Scenarios:
    """The scenarios in a database; safe to share between threads, as :class:`kpicat.store.Store`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, catalogue_id: str) -> list[SavedScenario]:
        """Those of a catalogue, by name."""
        own = schema.scenario.c
        query = select(schema.scenario).where(own.catalogue_id == catalogue_id).order_by(own.name, own.id)
        with self._database.peek() as connection:
            return [SavedScenario(**row) for row in connection.execute(query).mappings()]

    def one(self, id: str) -> SavedScenario | None:
        """The scenario of that id, or None."""
        with self._database.peek() as connection:
            return _one(connection, id)

    def versions(self, catalogue_id: str) -> dict[str, int]:
        """Id -> version of a catalogue's scenarios; cheap enough to ask all the time."""
        own = schema.scenario.c
        with self._database.peek() as connection:
            found = connection.execute(select(own.id, own.version).where(own.catalogue_id == catalogue_id))
            return {row[0]: row[1] for row in found}

    def put(self, wanted: SavedScenario) -> Saving:
        """Keep a scenario: a new one where its version is 1, else over the version before that one.

        Where that is not what stands there nothing is written; what was written before is not again.

        Raises:
            InputError: A text holds a character no database keeps; nothing was written.
        """
        for name in ("name", "note", "body"):
            refuse_broken(name, getattr(wanted, name))
        with self._database.write() as connection:
            stands = _one(connection, wanted.id)
            if stands == wanted:
                return Saving(True, stands)
            if (stands.version if stands else 0) != wanted.version - 1:
                return Saving(False, stands)
            if stands is None:
                write: UpdateBase = insert(connection, schema.scenario).values(asdict(wanted)).on_conflict_do_nothing()
            else:
                own = schema.scenario.c
                seen = (own.id == wanted.id, own.version == stands.version)
                write = update(schema.scenario).where(*seen).values({name: getattr(wanted, name) for name in _LAID})
            connection.execute(write)
            now = _one(connection, wanted.id)
            return Saving(now == wanted, now)  # not so where another one came between reading and writing

    def remove(self, id: str, version: int) -> Saving:
        """Take a scenario out, unless somebody has changed it since that version; one that is gone is gone."""
        own = schema.scenario.c
        with self._database.write() as connection:
            connection.execute(delete(schema.scenario).where(own.id == id, own.version == version))
            stands = _one(connection, id)
            return Saving(stands is None, stands)


def _one(connection: Connection, id: str) -> SavedScenario | None:
    found = connection.execute(select(schema.scenario).where(schema.scenario.c.id == id)).mappings().one_or_none()
    return SavedScenario(**found) if found else None
