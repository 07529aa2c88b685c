"""What all sessions of one process share: the store, the views, who is here, and the news."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from itsdangerous import BadData, URLSafeTimedSerializer

from kpicat.office.notifier import Notifier
from kpicat.office.presence import Presence
from kpicat.office.screens import Screens
from kpicat.services.views import Views
from kpicat.store import Store

NEWS = "/live"
"""Where beside the pages the news are to be had."""
RUNS_AT_ONCE = 2
"""Pages that run at the same time in one process."""
AROUND_SECONDS = 0.012
"""What Streamlit itself takes of a processor for a run: a thread, some thirty messages."""
LONGEST_WAIT = 2.0
"""Seconds a page waits for its turn."""
TICKET_SECONDS = 12 * 3600
_MOST_SHOWN = 60  # people named in one message
_SAME_PEOPLE = timedelta(seconds=1)  # as long as nobody says anything: who is silent for long is gone


@contextmanager
def _place(places: threading.BoundedSemaphore) -> Iterator[None]:
    """Hold one of some places, waited for a while: whoever holds one may be waiting for the database."""
    taken = places.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if taken:
            places.release()


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may hear of which catalogue on which open page, signed by this kpicat."""

    catalogue_id: str
    actor: str
    visit: str


class Office:
    """One for each process.

    Attributes:
        run_seconds: What a run of a page takes of a processor, as of late.
        pushes: Whether news reach the browser over a route of the server; without one, pages poll.
    """

    def __init__(self, store: Store, *, pushes: bool = False) -> None:
        self.store = store
        self.pushes = pushes
        self.views = Views(store)
        self.presence = Presence(store)
        self.screens = Screens()
        self.run_seconds = AROUND_SECONDS
        self._runs = threading.BoundedSemaphore(RUNS_AT_ONCE)
        self._looks = threading.BoundedSemaphore(1)
        self.notifier = Notifier(store, self.presence)
        self._people: dict[str, tuple[int, datetime, list[dict[str, str]]]] = {}

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Run with few others: many runs at once only take each other's time, and the last ends no sooner."""
        with _place(self._runs):
            began = time.thread_time()
            try:
                yield
            finally:
                self.run_seconds += (time.thread_time() - began + AROUND_SECONDS - self.run_seconds) / 20

    def looking(self) -> AbstractContextManager[None]:
        """Look for news that are not pushed, alone: a hundred pages that look at once keep those who type waiting."""
        return _place(self._looks)

    def close(self) -> None:
        """End what runs beside the pages, and let go of the database."""
        self.notifier.stop()
        self.store.close()

    @cached_property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.store.secret("tickets"), salt="live")

    def ticket(self, catalogue_id: str, actor: str, visit: str) -> str:
        """A ticket to hear of a catalogue, as text for an address; any server of this database takes it.

        Args:
            visit: The open page of one browser.
        """
        return self._signer.dumps([catalogue_id, actor, visit])

    def admits(self, text: str) -> Ticket | None:
        """The ticket ``text`` is, or None: not ours, changed, or too old."""
        try:
            (catalogue_id, actor, visit), signed = self._signer.loads(text, return_timestamp=True)
        except (BadData, ValueError):
            return None
        if (datetime.now(UTC) - signed).total_seconds() > TICKET_SECONDS:
            return None  # one from the future is ours all the same: a clock was set back, or is ahead elsewhere
        return Ticket(str(catalogue_id), str(actor), str(visit))

    def people(self, catalogue_id: str, at: datetime) -> list[dict[str, str]]:
        """Who is at a catalogue, as the browser shows it: ``who``, ``page`` and ``item``, each text."""
        moves, known = self.presence.moves, self._people.get(catalogue_id)
        if known is not None and known[0] == moves and at - known[1] <= _SAME_PEOPLE:
            return known[2]
        here = self.presence.who(catalogue_id, at)
        people = [{"who": one.actor, "page": one.page, "item": one.item} for one in here[:_MOST_SHOWN]]
        self._people[catalogue_id] = moves, at, people
        return people
