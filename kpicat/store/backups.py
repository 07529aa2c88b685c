"""Backup and restore, while people edit.

A backup is one SQLite file with our own tables, whichever database it was taken
from, so it goes back into either; with a key it is sealed (:mod:`kpicat.store.sealing`).
It shows a single moment: SQLite's online backup, or one REPEATABLE READ snapshot of
PostgreSQL. Its tables are those the database has, also where an earlier version made them.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import SQLAlchemyError

from kpicat.errors import InputError, SchemaTooOld, StoreBusy, StoreError
from kpicat.language import _, why
from kpicat.store import copying, guarding, migrations, remembering, sealing, verifying
from kpicat.store.database import Database, in_words, insist_on_file
from kpicat.store.kept import ENDED, KEPT, LEFT_OUT
from kpicat.store.schema import catalogue, setting, version
from kpicat.store.schema_access import account

_HELD_FIRST = (
    "catalogue, meeting, scenario, account, api_token, announced"  # each write begins with a row of one of these
)

_LIVED_IN = (catalogue, account)  # a database without a row of these holds nothing that anybody would miss


def backup(url: str, target: Path, key: str | None = None) -> None:
    """Copy the database at ``url``, as it stands at one moment, into the file ``target``.

    ``target`` appears only when it is whole; one that is there is replaced then.

    Args:
        key: With what it is sealed, if it is.

    Raises:
        InputError: There is no such database, ``target`` is the database itself, or no file can be written there.
        SchemaTooOld: A PostgreSQL without our tables, or a database of a newer kpicat.
        StoreBusy: The database or the target's disk is full or away.
    """
    insist_on_file(url)
    with _as_it_is(url) as source, _beside(target) as file, tempfile.TemporaryDirectory() as own:
        if source.is_sqlite and target.exists() and target.samefile(str(source.url.database)):
            # whoever has it open would go on writing into a file that is no longer there
            raise InputError(_("“{name}” is the database itself; give the backup another name.").format(name=target))
        copy = file if key is None else Path(own) / "backup.db"  # nothing readable where the backup goes
        if source.is_sqlite:
            with in_words():
                copying.copy_file(Path(str(source.url.database)), copy)
        else:
            copying.copy_out(source, copy)
        with in_words():
            _close_up(copy)
        with _writing(target):
            if key is not None:
                sealing.seal(copy, file, key)
            file.replace(target)


def prove(source: Path, key: str | None = None) -> None:
    """See that ``source`` could be restored, on whatever database.

    Raises:
        InputError: It could not.
    """
    with tempfile.TemporaryDirectory() as folder:
        _inspect(source, Path(folder) / "backup.db", key)


def restore(url: str, source: Path, key: str | None = None, *, first: Callable[[], None] | None = None) -> None:
    """Replace everything in the database at ``url`` by the backup ``source``, in one transaction.

    Before anything is touched the backup is brought to this version's tables in a
    copy, and its log is replayed: it must lead to exactly the rows that are there, and to what was approved.
    What was approved here must be in the backup, too: a restore takes nothing back that an authority decided.

    Args:
        key: With what it was sealed, if it was.
        first: Done while nobody can write and everything is still there, where that is anything; it may read.

    Raises:
        InputError: ``source`` is no backup of kpicat's, is damaged, was made by a newer one or with another key, or
            lacks a version.
        SchemaTooOld: The database at ``url`` must be migrated first.
        StoreBusy: The database is in use for long, full or away.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup.db"
        _inspect(source, file, key)
        with (
            _to_replace(url) as target,
            _database(_sqlite_url(file)) as copy,
            copy.read() as rows,
            target.write() as connection,
        ):
            if target.is_sqlite:
                migrations.upgrade(connection)  # here, so that a refusal takes it back
            else:
                connection.execute(text(f"LOCK TABLE {_HELD_FIRST} IN EXCLUSIVE MODE"))
            _insist_on_versions(connection, rows, source)
            if first is not None and any(connection.execute(select(each.c.id).limit(1)).first() for each in _LIVED_IN):
                first()
            if not target.is_sqlite:
                connection.execute(text(f"LOCK TABLE {_HELD_FIRST} IN ACCESS EXCLUSIVE MODE"))
            with guarding.lifted(connection):
                for table in (*ENDED, *reversed(KEPT)):  # everybody signs in anew
                    connection.execute(delete(table))
                copying.copy_in(rows, connection)  # what was said here since stays said: no catalogue's, nobody's loss


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


def _inspect(source: Path, file: Path, key: str | None) -> None:
    """Copy a backup to ``file``, bring it to this version's tables and prove it whole."""
    if not source.is_file():
        raise InputError(_("There is no file “{name}”: check the backup's name.").format(name=source.name))
    try:
        with in_words():
            if sealing.is_sealed(source):
                sealing.unseal(source, file, key)
            else:
                copying.copy_file(source, file)
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


@contextmanager
def _to_replace(url: str) -> Iterator[Database]:
    """The database that a restore fills: of this version, or a SQLite file, which is brought to it there."""
    database = Database(url)
    try:
        if not database.is_current() and not database.is_sqlite:
            database.make_ready()  # says what to do first
        yield database
    finally:
        database.close()


@contextmanager
def _as_it_is(url: str) -> Iterator[Database]:
    """The database without bringing it to this version; one that has no tables of ours yet is made ready."""
    database = Database(url)
    try:
        if database.revision() is None:
            database.make_ready()
        database.is_current()  # refuses one of a newer kpicat
        yield database
    finally:
        database.close()


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


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
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in (table for table in LEFT_OUT if table.name in there):
            but = f" WHERE NOT ({remembering.SAID.compile(compile_kwargs={'literal_binds': True})})"
            connection.execute(f"DELETE FROM {table.name}{but if table is setting else ''}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with file.open("rb+") as written:
        os.fsync(written.fileno())
