"""Waiting for commits, whichever process makes them."""

from __future__ import annotations

import selectors
import socket
import sqlite3
import threading
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Protocol

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from kpicat.errors import StoreError
from kpicat.store.database import CHANNEL, Database

LOOK_SECONDS = 0.04
"""How often a SQLite file is looked at, for commits of other processes; PostgreSQL speaks up by itself."""
AGAIN_SECONDS = 0.5
"""How often a database that is away is looked for."""

_AWAY = (StoreError, SQLAlchemyError, sqlite3.Error, psycopg.Error, OSError)


class Watch:
    """Tells that something may have been committed; made by :meth:`kpicat.store.Store.watch`.

    It has a connection of its own, and looks for a database that went away until it is
    back. :meth:`close` may be called from any thread and ends a wait.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._using = threading.Lock()
        self._closed = threading.Event()
        self._poke, self._poked = socket.socketpair()
        for end in (self._poke, self._poked):
            end.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._poked, selectors.EVENT_READ)
        self._held = ExitStack()
        self._ear: _Ear | None = None
        self._moved()

    @property
    def closed(self) -> bool:
        """Whether :meth:`close` has been called."""
        return self._closed.is_set()

    def wait(self, timeout: float) -> bool:
        """Wait for a commit by any process since the last call, or since the watch was made.

        Args:
            timeout: Seconds, about.

        Returns:
            True as soon as there may have been one, and once when a database that was away
            is back; else False, at once when closed.
        """
        with self._using:
            left = timeout
            while not self.closed:
                if self._moved():
                    return True
                if left <= 0:
                    break
                pause = min(left, self._ear.pause if self._ear else AGAIN_SECONDS)
                if self._selector.select(pause):
                    self._hear_pokes()
                else:
                    left -= pause
            return False

    def wake(self) -> None:
        """Have whoever waits look at once; from any thread."""
        with suppress(OSError):  # closed meanwhile, or poked so often that one more says nothing
            self._poke.send(b".")

    def _hear_pokes(self) -> None:
        with suppress(BlockingIOError):
            while self._poked.recv(4096):
                pass

    def close(self) -> None:
        """Let go of the connection."""
        if self.closed:
            return
        self._closed.set()
        self.wake()
        with self._using:
            self._let_go()
            for each in (self._selector, self._poke, self._poked):
                each.close()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _moved(self) -> bool:
        try:
            if self._ear is None:
                self._ear = self._listen()
                return True
            return self._ear.heard()
        except _AWAY:
            self._let_go()
            return False

    def _listen(self) -> _Ear:
        held = self._held.enter_context(self._database.peek())
        self._held.callback(held.invalidate)  # it goes back into no pool
        connection: Any = held.connection.driver_connection
        if self._database.is_sqlite:
            return _File(connection)
        connection.execute(f"LISTEN {CHANNEL}")
        file = connection.fileno()
        self._selector.register(file, selectors.EVENT_READ)
        self._held.callback(self._selector.unregister, file)
        return _Server(connection)

    def _let_go(self) -> None:
        self._ear = None
        with suppress(*_AWAY):
            self._held.close()
        self._database.close()  # the pool's other connections are as dead as this one


class _Ear(Protocol):
    pause: float  # seconds after which to ask again, if nothing wakes the selector before

    def heard(self) -> bool:
        """Whether there was a commit since the last call."""


class _File:
    pause = LOOK_SECONDS

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._version = self._look()

    def heard(self) -> bool:
        before, self._version = self._version, self._look()
        return before != self._version

    def _look(self) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version


class _Server:
    pause = 1.0

    def __init__(self, connection: Any) -> None:
        self._of_server = connection.pgconn

    def heard(self) -> bool:
        self._of_server.consume_input()
        heard = False
        while self._of_server.notifies():
            heard = True
        return heard
