"""What the doors refused, in the audit log: what nobody does by chance, and never so often that it fills the log."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from starlette.requests import HTTPConnection

from kpicat.access.records import Entry, Event
from kpicat.doors import callers
from kpicat.errors import StoreError
from kpicat.store import Store

SESSION, FORM, PAGE = "session", "form", "page"
"""A session's token that opens nothing; a form that is not ours, or not of that browser; another site's page."""
_QUIET = timedelta(minutes=1)
_MOST = 100


class Noting:
    """Notes each refusal of each address once a minute, and at most a hundred of all; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store, self._guard = store, threading.Lock()
        self._noted: dict[tuple[str, str], datetime] = {}

    def note(self, caller: HTTPConnection, what: str) -> None:
        """Note that a request was refused."""
        at, origin = datetime.now(UTC), callers.address(caller)
        with self._guard:
            self._noted = {key: then for key, then in self._noted.items() if at - then < _QUIET}
            if (what, origin) in self._noted or len(self._noted) >= _MOST:
                return
            self._noted[what, origin] = at
        with suppress(StoreError):  # what is refused stays refused, noted or not
            self._store.accounts.note(Entry(at, "", Event.REFUSED, detail=f"{what}: {origin}", ok=False))
