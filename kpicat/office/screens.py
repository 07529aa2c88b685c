"""What each open page shows, so that news come to it at the pace at which it can follow."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime


class Screens:
    """Where the log stands on each open page; safe to share between threads."""

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._running: Counter[str] = Counter()
        self._opened: dict[str, tuple[datetime, str]] = {}
        self._watched: dict[str, Callable[[], None]] = {}
        self._guard = threading.Lock()

    @contextmanager
    def watching(self, visit: str, changed: Callable[[], None]) -> Iterator[None]:
        """Have ``changed`` called, from any thread, when a page shows something else, as long as the block lasts."""
        with self._guard:
            self._watched[visit] = changed
        try:
            yield
        finally:
            with self._guard:
                if self._watched.get(visit) is changed:
                    del self._watched[visit]
                    self._shown.pop(visit, None)
                    self._opened.pop(visit, None)

    @contextmanager
    def running(self, visit: str) -> Iterator[None]:
        """A page runs, and will show the newest there is, as long as the block lasts."""
        with self._guard:
            self._running[visit] += 1
        try:
            yield
        finally:
            with self._guard:
                self._running[visit] -= 1
                if not self._running[visit]:
                    del self._running[visit]

    def runs(self, visit: str) -> bool:
        """Whether a page runs."""
        return visit in self._running

    def shows(self, visit: str, standing: str) -> None:
        """A page has just been shown up to here."""
        with self._guard:
            changed = self._watched.get(visit)
            if changed is not None:
                self._shown[visit] = standing
        if changed is not None:
            changed()

    def shown(self, visit: str) -> str | None:
        """Where the log stands on a page; None before it was said."""
        return self._shown.get(visit)

    def opens(self, visit: str, at: datetime, standing: str) -> None:
        """The person has opened a cell of a grid, with the log shown up to here."""
        with self._guard:
            if visit in self._watched:
                self._opened[visit] = at, standing

    def opened(self, visit: str) -> tuple[datetime, str] | None:
        """When the person last opened a cell and what was shown then, as far as the page said so."""
        return self._opened.get(visit)
