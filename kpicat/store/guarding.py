"""Triggers that keep what was approved: no version is changed or deleted, and a new one takes the next number.

They hold for anybody who speaks SQL to the database, its administrator included. Only :func:`lifted` lets go of them,
for a restore, which replaces the whole database and has shown before that no approved version is lost or changed by it;
they are made anew in the same transaction, and while it lasts nobody else can write to the table (a lock on PostgreSQL,
the one writer on SQLite). Whoever may alter the tables can drop triggers: then ``fsck`` says so, and the hash in the
log tells what was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_NEVER = "an approved version is never changed or deleted"
_NEXT = "a version takes the number after the last"

_SQLITE = {
    "version_unchanged": f"BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    "version_kept": f"BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
    # REPLACE deletes without asking the trigger above, so an id that is there already is refused here, too
    "version_next": f"""BEFORE INSERT ON version
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM version WHERE catalogue_id = NEW.catalogue_id)
            OR EXISTS (SELECT 1 FROM version WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_NEXT}'); END""",
}
_POSTGRESQL = {
    "version_kept": "BEFORE UPDATE OR DELETE ON version FOR EACH ROW",
    "version_not_emptied": "BEFORE TRUNCATE ON version FOR EACH STATEMENT",
    "version_next": "BEFORE INSERT ON version FOR EACH ROW",
}
_GUARD = f"""
CREATE OR REPLACE FUNCTION version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION '{_NEVER}' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM version WHERE catalogue_id = NEW.catalogue_id) THEN
        RAISE EXCEPTION '{_NEXT}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


def put(connection: Connection) -> None:
    """Make the triggers."""
    if connection.dialect.name == "sqlite":
        for name, body in _SQLITE.items():
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
        return
    connection.exec_driver_sql(_GUARD)
    for name, when in _POSTGRESQL.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION version_guard()")
        connection.exec_driver_sql(f"ALTER TABLE version ENABLE ALWAYS TRIGGER {name}")  # replicas, too


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """Without the triggers, within this transaction."""
    sqlite = connection.dialect.name == "sqlite"
    for name in _SQLITE if sqlite else _POSTGRESQL:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else " ON version"))
    yield
    put(connection)


def missing(connection: Connection) -> list[str]:
    """Names of the triggers that are not there, or not in force."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'version'"
        found = {tuple(row) for row in connection.exec_driver_sql(query)}
        return [name for name, body in _SQLITE.items() if (name, f"CREATE TRIGGER {name} {body}") not in found]
    query = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'version'::regclass AND tgenabled = 'A'"
    there = {row[0] for row in connection.exec_driver_sql(query)}
    return [name for name in _POSTGRESQL if name not in there]
