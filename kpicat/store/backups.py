"""Backup and restore, while people edit.

A backup is one SQLite file with our own tables, whichever database it was taken
from, so it goes back into either. It shows a single moment: SQLite's online
backup, or one REPEATABLE READ snapshot of PostgreSQL.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from kpicat.errors import InputError, SchemaTooOld, StoreBusy, StoreError
from kpicat.language import _, why
from kpicat.store import auditing, guarding, remembering, verifying
from kpicat.store.database import Database, in_words, insist_on_file
from kpicat.store.kept import ENDED, KEPT, LEFT_OUT
from kpicat.store.schema import catalogue, setting, version

_CHUNK = 2_000  # rows held in memory at a time
_HELD_FIRST = "catalogue, meeting, scenario, account"  # each write begins with a row of one of these


def backup(url: str, target: Path) -> None:
    """Copy the database at ``url``, as it stands at one moment, into the file ``target``.

    ``target`` appears only when it is whole; one that is there is replaced then.

    Raises:
        InputError: There is no such database, ``target`` is the database itself, or no file can be written there.
        SchemaTooOld: The database must be migrated first.
        StoreBusy: The database or the target's disk is full or away.
    """
    insist_on_file(url)
    with _database(url) as source, _beside(target) as file:
        if source.is_sqlite and target.exists() and target.samefile(str(source.url.database)):
            # whoever has it open would go on writing into a file that is no longer there
            raise InputError(_("“{name}” is the database itself; give the backup another name.").format(name=target))
        if source.is_sqlite:
            with in_words():
                _copy_file(Path(str(source.url.database)), file)
        else:
            with _database(_sqlite_url(file)) as copy, source.read() as rows, copy.write() as connection:
                _copy_tables(rows, connection)
        with in_words():
            _close_up(file)
        with _writing(target):
            file.replace(target)


def restore(url: str, source: Path) -> None:
    """Replace everything in the database at ``url`` by the backup ``source``, in one transaction.

    Before anything is touched the backup is brought to this version's tables in a
    copy, and its log is replayed: it must lead to exactly the rows that are there, and to what was approved.
    What was approved here must be in the backup, too: a restore takes nothing back that an authority decided.

    Raises:
        InputError: ``source`` is no backup of kpicat's, is damaged, was made by a newer one, or lacks a version.
        SchemaTooOld: The database at ``url`` must be migrated first.
        StoreBusy: The database is in use for long, full or away.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup.db"
        _inspect(source, file)
        with (
            _database(url) as target,
            _database(_sqlite_url(file)) as copy,
            copy.read() as rows,
            target.write() as connection,
        ):
            if not target.is_sqlite:
                connection.execute(text(f"LOCK TABLE {_HELD_FIRST} IN ACCESS EXCLUSIVE MODE"))
            _insist_on_versions(connection, rows, source)
            with guarding.lifted(connection):
                for table in (*ENDED, *reversed(KEPT)):  # everybody signs in anew
                    connection.execute(delete(table))
                _copy_tables(rows, connection)  # what was said here since stays said: no catalogue's, nobody's loss


def _insist_on_versions(here: Connection, there: Connection, source: Path) -> None:
    """Refuse a backup that would lose or change a version approved in the database it is to replace."""
    query = select(version.c.catalogue_id, version.c.number, version.c.hash, version.c.id)
    kept = {tuple(row) for row in there.execute(query)}
    for row in here.execute(query).all():
        if tuple(row) not in kept:
            words = _("Version {n} of “{name}” was approved here and is not in “{file}”, so nothing was replaced; "
                      "restore it into a new, empty database.")  # fmt: skip
            raise InputError(words.format(n=row.number, name=_name(here, row.catalogue_id), file=source.name))


def _name(connection: Connection, catalogue_id: str) -> str:
    return str(connection.execute(select(catalogue.c.name).where(catalogue.c.id == catalogue_id)).scalar())


def _inspect(source: Path, file: Path) -> None:
    """Copy a backup to ``file``, bring it to this version's tables and prove it whole."""
    if not source.is_file():
        raise InputError(_("There is no file “{name}”: check the backup's name.").format(name=source.name))
    try:
        with in_words():
            _copy_file(source, file)
            fault = _damage(file)
        if fault is None:
            with _database(_sqlite_url(file)) as copy, copy.read() as rows:
                fault = next(verifying.contradictions(rows), None)
    except StoreBusy:
        raise
    except SchemaTooOld as error:
        raise InputError(
            _("“{name}” was made by a newer kpicat: install that version to restore it.").format(name=source.name)
        ) from error
    except (StoreError, SQLAlchemyError) as error:
        raise _refused(source) from error
    if fault is not None:
        raise _refused(source) from ValueError(fault)


def _damage(file: Path) -> str | None:
    """What is wrong with the file as a database, in a developer's words."""
    with closing(sqlite3.connect(file)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "pages are damaged"
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchall():
            return "no revision"  # an empty file would be brought to our tables, and empty everything
        if not connection.execute("SELECT 1 FROM alembic_version").fetchall():
            return "no revision"
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            return "rows that belong to nothing"
    return None


def _refused(source: Path) -> InputError:
    sentence = _("“{name}” is not a whole backup of kpicat's, so nothing was replaced; choose another one.")
    return InputError(sentence.format(name=source.name))


@contextmanager
def _database(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        database.make_ready()
        yield database
    finally:
        database.close()


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's online backup in a single step: writers go on meanwhile."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)


def _copy_tables(source: Connection, target: Connection) -> None:
    for table in KEPT:
        for rows in _rows(source, table):
            target.execute(insert(table), rows)
    remembering.put(target, remembering.said(source))
    auditing.add(source, target)


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    order = list(table.primary_key)
    if table.name == "batch":
        order = [table.c.catalogue_id, table.c.first_seq]  # an undo after what it undoes
    query = select(table).order_by(*order)
    with connection.execute(query, execution_options={"yield_per": _CHUNK}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file in ``target``'s folder, made if need be, that is gone afterwards, however it ends."""
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=target.name + ".", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(name + suffix).unlink(missing_ok=True)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            _("The backup “{name}” cannot be written ({why}); choose another folder or name.").format(
                name=target, why=why(error)
            )
        ) from error


def _close_up(file: Path) -> None:
    """Leave out what is no catalogue's, make the copy one file by itself, and put it on the disk for good."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA secure_delete = ON")
        for table in LEFT_OUT:
            but = f" WHERE NOT ({remembering.SAID.compile(compile_kwargs={'literal_binds': True})})"
            connection.execute(f"DELETE FROM {table.name}{but if table is setting else ''}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with file.open("rb+") as written:
        os.fsync(written.fileno())
