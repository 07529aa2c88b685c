"""Triggers that keep what was approved, and the audit log: nothing of either is ever changed or deleted.

They hold for anybody who speaks SQL to the database, its administrator included. Only :func:`lifted` lets go of those
of the versions, for a restore, which replaces the whole database and has shown before that no approved version is lost
or changed by it; they are made anew in the same transaction, and while it lasts nobody else can write to the table (a
lock on PostgreSQL, the one writer on SQLite). To the audit log a restore only adds. Whoever may alter the tables can
drop triggers: then ``fsck`` says so, and the hash in the log tells what was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Guard:
    """The triggers of a table, in the words of each database; on PostgreSQL they call a function."""

    table: str
    sqlite: Mapping[str, str]
    postgresql: Mapping[str, str]
    function: str

    def on(self, connection: Connection) -> Mapping[str, str]:
        """Name -> body of its triggers on this database."""
        return self.sqlite if _is_sqlite(connection) else self.postgresql


_NEVER = "an approved version is never changed or deleted"
_NEXT = "a version takes the number after the last"

VERSIONS = Guard(
    "version",
    sqlite={
        "version_unchanged": f"BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
        "version_kept": f"BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
        # REPLACE deletes without asking the trigger above, so an id that is there already is refused here, too
        "version_next": f"""BEFORE INSERT ON version
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM version WHERE catalogue_id = NEW.catalogue_id)
            OR EXISTS (SELECT 1 FROM version WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_NEXT}'); END""",
    },
    postgresql={
        "version_kept": "BEFORE UPDATE OR DELETE ON version FOR EACH ROW",
        "version_not_emptied": "BEFORE TRUNCATE ON version FOR EACH STATEMENT",
        "version_next": "BEFORE INSERT ON version FOR EACH ROW",
    },
    function=f"""
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION '{_NEVER}' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM version WHERE catalogue_id = NEW.catalogue_id) THEN
        RAISE EXCEPTION '{_NEXT}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;""",
)

_LOGGED = "the audit log is never changed"

AUDIT = Guard(
    "audit",
    sqlite={
        "audit_unchanged": f"BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{_LOGGED}'); END",
        "audit_kept": f"BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_LOGGED}'); END",
        "audit_not_replaced": "BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)"
        f" BEGIN SELECT RAISE(ABORT, '{_LOGGED}'); END",
    },
    postgresql={
        "audit_kept": "BEFORE UPDATE OR DELETE ON audit FOR EACH ROW",
        "audit_not_emptied": "BEFORE TRUNCATE ON audit FOR EACH STATEMENT",
    },
    function=f"""
    RAISE EXCEPTION '{_LOGGED}' USING ERRCODE = 'integrity_constraint_violation';""",
)

_GUARD = """
CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{function}
END $$
"""


def put(connection: Connection, guard: Guard = VERSIONS) -> None:
    """Make the triggers."""
    if not _is_sqlite(connection):
        connection.exec_driver_sql(_GUARD.format(table=guard.table, function=guard.function))
    for name, body in guard.on(connection).items():
        if _is_sqlite(connection):
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
            continue
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body} EXECUTE FUNCTION {guard.table}_guard()")
        connection.exec_driver_sql(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}")  # replicas, too


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """Without the triggers of versions, within this transaction."""
    for name in VERSIONS.on(connection):
        of = "" if _is_sqlite(connection) else f" ON {VERSIONS.table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{of}")
    yield
    put(connection)


def missing(connection: Connection, guard: Guard = VERSIONS) -> list[str]:
    """Names of the triggers that are not there, or not in force."""
    if _is_sqlite(connection):
        query = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{guard.table}'"
        found = {tuple(row) for row in connection.exec_driver_sql(query)}
        return [name for name, body in guard.sqlite.items() if (name, f"CREATE TRIGGER {name} {body}") not in found]
    query = f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{guard.table}'::regclass AND tgenabled = 'A'"
    there = {row[0] for row in connection.exec_driver_sql(query)}
    return [name for name in guard.postgresql if name not in there]


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
