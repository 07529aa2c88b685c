"""Connections: one engine, three kinds of transaction, failures in words.

The rest of the store speaks SQL that SQLite and PostgreSQL share; what differs
between the two is here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from kpicat.errors import InputError, SchemaTooOld, StoreBusy, StoreError
from kpicat.language import _
from kpicat.store import migrations

BUSY_TIMEOUT = 10.0
"""Seconds a write waits for another one before it gives up."""

CHANNEL = "kpicat_commits"
"""Where PostgreSQL tells of every commit."""


class Database:
    """A SQLite file or a PostgreSQL database, chosen by URL.

    Args:
        url: ``sqlite:///path`` or ``postgresql+psycopg://…``; the folder of a SQLite
            file is made.
        busy_timeout: Seconds to wait for a lock.

    Raises:
        StoreError: The URL is not one of these.
    """

    def __init__(self, url: str | URL, *, busy_timeout: float = BUSY_TIMEOUT) -> None:
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            with in_words():
                Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        self.engine = _sqlite(self.url, busy_timeout) if self.is_sqlite else _postgresql(self.url, busy_timeout)
        option = self.engine.execution_options
        self._writing = option(begin=("PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"))
        self._passing = option(begin=("PRAGMA synchronous = NORMAL", "BEGIN IMMEDIATE"))
        self._reading = option() if self.is_sqlite else option(isolation_level="REPEATABLE READ")
        self._peeking = option(begin=()) if self.is_sqlite else option(isolation_level="AUTOCOMMIT")
        self._waiting: tuple[WeakMethod[Callable[[], None]], ...] = ()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, committed whole or not at all; on SQLite the only writer."""
        with in_words(), self._writing.begin() as connection:
            yield connection
            self._tell(connection)
        for waiting in self._waiting:
            if (wake := waiting()) is not None:
                wake()

    def wakes(self, wake: Callable[[], None]) -> None:
        """Call a method, as long as its object lives, after every commit made through here; from any thread."""
        self._waiting = (*(each for each in self._waiting if each() is not None), WeakMethod(wake))

    @contextmanager
    def write_passing(self) -> Iterator[Connection]:
        """As :meth:`write`, for what nobody misses after a power cut: SQLite does not wait for the disk."""
        with in_words(), self._passing.begin() as connection:
            yield connection
            self._tell(connection)

    def _tell(self, connection: Connection) -> None:
        """Wake those who wait for PostgreSQL's commits, with the commit; others see SQLite's in the file."""
        if not self.is_sqlite:
            connection.exec_driver_sql(f"NOTIFY {CHANNEL}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Several statements that see one and the same moment."""
        with in_words(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def peek(self) -> Iterator[Connection]:
        """A single statement, without the cost of a transaction."""
        with in_words(), self._peeking.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    # -- revision ------------------------------------------------------------

    def revision(self) -> str | None:
        """The revision its tables stand at; None where it has none of ours."""
        with self.peek() as connection:
            return migrations.revision(connection)

    def is_current(self) -> bool:
        """Whether the tables are those this code knows.

        Raises:
            SchemaTooOld: They are of a newer kpicat; nothing here can bring them back.
        """
        with self.peek() as connection:
            return _is_current(connection)

    def migrate(self) -> None:
        """Bring the tables to the revision this code knows; nothing where they are.

        Raises:
            SchemaTooOld: They are of a newer kpicat.
        """
        with self.write() as connection:
            if not _is_current(connection):
                migrations.upgrade(connection)

    def make_ready(self, first: Callable[[Database], None] | None = None) -> None:
        """Migrate a SQLite file by itself; insist that PostgreSQL has been.

        Args:
            first: Done before anything is migrated.

        Raises:
            SchemaTooOld: PostgreSQL must be migrated first, or the tables are newer than the code.
        """
        if self.is_current():
            return
        if not self.is_sqlite and self.revision() is None:
            raise SchemaTooOld(_("The database is not ready for this version: run “python -m kpicat migrate” once."))
        if not self.is_sqlite:
            words = _("The database is of an earlier version: run “python -m kpicat upgrade”, which backs it up first.")
            raise SchemaTooOld(words)
        if first is not None:
            first(self)
        self.migrate()


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL.

    Raises:
        StoreError: The URL names neither.
    """
    parsed = _parsed(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def insist_on_file(url: str) -> None:
    """See that a SQLite database is there: opening one that is not would make it, empty.

    Raises:
        InputError: There is no such file.
        StoreError: The URL names no database.
    """
    if (file := sqlite_file(url)) and not file.is_file():
        raise InputError(_("There is no database “{name}”: check the address.").format(name=file))


def _is_current(connection: Connection) -> bool:
    known, found = migrations.revisions(), migrations.revision(connection)
    if found is not None and found not in known:
        raise SchemaTooOld(_("The database was made by a newer kpicat: install that version, or restore a backup."))
    return found == known[-1]


def _parsed(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # such as a port that is no number
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(_("The database address must begin with “sqlite:///” or “postgresql+psycopg://”."))
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError(_("The database address must name a file: “sqlite:///folder/kpicat.db”."))
    return parsed


def _sqlite(url: URL, busy_timeout: float) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # what people wrote is in no message of an error
        pool_size=10,
        max_overflow=20,
        pool_timeout=busy_timeout,
        connect_args={"timeout": busy_timeout},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; see begin()
        connection.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait for each other
        connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut; see write()
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        for statement in connection.get_execution_options().get("begin", ("BEGIN",)):
            connection.exec_driver_sql(statement)

    return engine


def _postgresql(url: URL, busy_timeout: float) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=busy_timeout,
        connect_args={
            "connect_timeout": max(2, round(busy_timeout)),
            "keepalives_idle": 15,  # a server that vanished without a word is noticed …
            "keepalives_interval": 5,
            "keepalives_count": 3,  # … half a minute later
            "options": f"-c lock_timeout={round(busy_timeout * 1000)}",
        },
    )


# -- failures ----------------------------------------------------------------

_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, "55P03"}
_FULL = {sqlite3.SQLITE_FULL, "53100"}
_AWAY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn failures of the database into the store's own errors.

    Raises:
        StoreBusy: Locked, full or away; nothing was written.
        StoreError: The file is damaged or something else altogether.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        if (told := _told(error)) is None:
            raise
        raise told from error


def _told(error: Exception) -> StoreError | None:
    cause: Any = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF or getattr(cause, "sqlstate", None)
    if code in _LOCKED:
        return StoreBusy(_("Somebody else is writing to the database for long; nothing was saved, try again."))
    if code in _FULL:
        return StoreBusy(_("The database's disk is full; nothing was saved: free some space and try again."))
    if code in _DAMAGED:
        return StoreError(_("The database file is damaged or is not kpicat's; restore the last backup."))
    away = isinstance(error, (InterfaceError, TimeoutError, OSError))
    away = away or (isinstance(error, OperationalError) and not isinstance(cause, sqlite3.Error))
    if code in _AWAY or away:
        return StoreBusy(_("The database cannot be reached or written to right now; nothing was saved, try again."))
    return None
