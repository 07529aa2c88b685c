"""One moment of a database copied into a SQLite file, or from there into a database."""

from __future__ import annotations

import filecmp
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, DateTime, MetaData, Table, insert, select

from kpicat.store import auditing, migrations, remembering
from kpicat.store.database import Database, in_words
from kpicat.store.kept import KEPT, LEFT_OUT
from kpicat.store.schema import Moment, setting

_CHUNK = 2_000  # rows held in memory at a time


def copy_file(source: Path, target: Path) -> None:
    """SQLite's online backup in a single step: writers go on meanwhile."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)


def keep_beside(database: Database) -> None:
    """Copy a SQLite file that is about to be migrated, beside itself, called after the revision the copy stands at.

    Of several processes that start at once the last copies what the first has migrated: that is no copy to keep. One
    of before, from which somebody went back and worked on, stays, and the new one is numbered.
    It is read by those who may read the file, and nobody else.

    Raises:
        StoreBusy: The disk is full or away.
    """
    file = Path(str(database.url.database))
    with in_words():
        handle, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".part", dir=file.parent)
        os.close(handle)
        part = Path(name)
        try:
            copy_file(file, part)
            part.chmod(stat.S_IMODE(file.stat().st_mode))
            with closing(Database(f"sqlite:///{part}")) as copy:
                stands = copy.revision()
            if stands is not None and stands != migrations.revisions()[-1]:
                _name(part, file.with_name(f"{file.name}.{stands}"))
        finally:
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)


def _name(part: Path, name: Path) -> None:
    """Give a whole file its name, or that with a number, where none has it; not every file system knows links."""
    for called in (name, *(name.with_name(f"{name.name}-{n}") for n in range(2, 1000))):
        try:
            called.touch(exist_ok=False)  # now it is nobody else's
        except FileExistsError:
            if filecmp.cmp(part, called, shallow=False):
                return
        else:
            part.replace(called)
            return


def copy_out(source: Database, file: Path) -> None:
    """Every row of a database that a backup holds, into tables of the same revision, which may be an earlier one."""
    copy = Database(f"sqlite:///{file}")
    try:
        with source.read() as rows, copy.write() as connection:
            migrations.upgrade(connection, migrations.revision(rows) or "head")
            there = MetaData()
            there.reflect(connection)
            for table in _held(there):
                for some in _rows(rows, table):
                    connection.execute(insert(table), some)
            if setting.name in there.tables:
                remembering.put(connection, remembering.said(rows))
    finally:
        copy.close()


def copy_in(source: Connection, target: Connection) -> None:
    """Every row of a backup into the empty tables of this version; its audit log is added to the one there."""
    for table in KEPT:
        for rows in _rows(source, table):
            target.execute(insert(table), rows)
    remembering.put(target, remembering.said(source))
    auditing.add(source, target)


def _held(there: MetaData) -> list[Table]:
    """Of the tables of some revision those that a backup holds, each after those it refers to."""
    left_out = {table.name for table in LEFT_OUT} | {"alembic_version"}
    tables = [table for table in there.sorted_tables if table.name not in left_out]
    for column in (column for table in tables for column in table.c if isinstance(column.type, DateTime)):
        column.type = Moment()
    return tables


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    order = list(table.primary_key)
    if table.name == "batch":
        order = [table.c.catalogue_id, table.c.first_seq]  # an undo after what it undoes
    query = select(table).order_by(*order)
    with connection.execute(query, execution_options={"yield_per": _CHUNK}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]
