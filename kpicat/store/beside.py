"""What is kept beside the log: who is here, which comments were read, secrets, and what people said once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from kpicat.model import Present
from kpicat.store import marks, passing, remembering, schema
from kpicat.store.database import Database


class Beside:
    """The part of a :class:`~kpicat.store.Store` that is in no history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def present(self, here: Sequence[Present], gone: Collection[str], *, forget: datetime) -> None:
        """Say who is here, in one transaction; not on the log, in no backup.

        Args:
            here: Put in, or renewed, by their ids.
            gone: Ids taken out.
            forget: Whoever was last heard of before is taken out, too.
        """
        with self._database.write_passing() as connection:
            passing.present(connection, here, gone, schema.utc(forget))

    def presence(self, catalogue_ids: Collection[str], *, since: datetime) -> list[Present]:
        """Those at some catalogues who were heard of at ``since`` or later, by id."""
        with self._database.peek() as connection:
            return passing.presence(connection, catalogue_ids, schema.utc(since))

    def read_comments(self, id: str, person: str) -> set[str]:
        """Ids of the catalogue's comments that ``person`` has read, as :meth:`mark_read` was told."""
        with self._database.peek() as connection:
            return marks.read(connection, id, person)

    def mark_read(self, id: str, person: str, comment_ids: Collection[str]) -> None:
        """Know that ``person`` has read comments; not on the log, in no backup."""
        with self._database.write_passing() as connection:
            marks.write(connection, id, person, comment_ids)

    def secret(self, name: str) -> str:
        """32 random bytes as hex digits, made when first asked for, then the same for all on this database.

        No backup holds it.
        """
        with self._database.peek() as connection:
            found = passing.secret(connection, name)
        if found is None:
            with self._database.write() as connection:
                passing.make_secret(connection, name)
                found = passing.secret(connection, name)
        assert found is not None
        return found

    def remembered(self, names: Collection[str]) -> dict[str, str]:
        """Name -> what was last remembered under it by anybody on this database; in no log, but in backups."""
        with self._database.peek() as connection:
            return remembering.remembered(connection, names)

    def remember(self, name: str, value: str | None) -> None:
        """Remember a value instead of what was; None forgets it."""
        with self._database.write() as connection:
            remembering.remember(connection, name, value)
