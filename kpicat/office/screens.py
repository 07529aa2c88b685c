"""What each open page shows, so that news come to it at the pace at which it can follow."""

from __future__ import annotations

import enum
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol
from weakref import WeakValueDictionary

Opening = tuple[datetime, str]
"""When a cell was opened, and where the log stood on the screen then."""
ON_ITS_WAY = timedelta(seconds=3)
"""A cell that was left this long ago has been reported: the grid waits 0.15 s, and a page 2 s for its turn."""


class Pace(enum.Enum):
    """How a page follows what others did."""

    SHOWN = enum.auto()
    """It is shown, without a run."""
    LATER = enum.auto()
    """Something of its person's is under way, which may show it; to be asked again soon."""
    RUN = enum.auto()
    """The page has to run for it."""


class Painter(Protocol):
    """Shows a page what others did without a run of it."""

    def prepare(self, standing: str) -> Any:
        """Make what is to be shown, in any thread; :attr:`Pace.LATER` or :attr:`Pace.RUN` where it cannot be.

        Args:
            standing: Where the log is known to stand.

        Raises:
            StoreError: The database had to be asked and does not answer.
        """

    def send(self, made: Any) -> bool:
        """Show it, in the thread of the event loop; False where the page has begun to run."""


class Screens:
    """Where the log stands on each open page; safe to share between threads."""

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._running: Counter[str] = Counter()
        self._opened: dict[str, list[Opening]] = {}
        self._reported: set[str] = set()
        self._watched: dict[str, Callable[[], None]] = {}
        self._painters: WeakValueDictionary[str, Painter] = WeakValueDictionary()
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
                    self._reported.discard(visit)

    @contextmanager
    def running(self, visit: str) -> Iterator[None]:
        """A page runs, and will show the newest there is, as long as the block lasts."""
        with self._guard:
            self._running[visit] += 1
            self._painters.pop(visit, None)
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

    def paints(self, visit: str, painter: Painter) -> None:
        """Until a page runs again, others' edits may be shown there so, while its session holds on to the painter."""
        with self._guard:
            self._painters[visit] = painter

    def painter(self, visit: str) -> Painter | None:
        """Who shows a page others' edits without a run, if anybody can."""
        return self._painters.get(visit)

    def opens(self, visit: str, at: datetime, standing: str) -> None:
        """The person has opened a cell of a grid, with the log shown up to here."""
        with self._guard:
            if visit in self._watched:
                before = [] if visit in self._reported else self._opened.get(visit, [])
                self._opened[visit] = _unreported([*before, (at, standing)], at)
                self._reported.discard(visit)

    def opened(self, visit: str, at: datetime) -> Opening | None:
        """When the person opened the cell that is reported at a moment, and what was shown then, as the page said it.

        A cell is reported a moment after it was left, when the next one may be open already.
        """
        with self._guard:
            known = _unreported(self._opened.get(visit, []), at)
        return known[0] if known else None

    def reported(self, visit: str) -> None:
        """What was typed into the cells left so far has come; only the one opened last may still be open."""
        with self._guard:
            known = self._opened.get(visit, [])
            if len(known) > 1:
                self._opened[visit] = known[-1:]
            elif known:
                self._reported.add(visit)


def _unreported(known: Sequence[Opening], at: datetime) -> list[Opening]:
    """The last opening, and before it those of cells that were left so lately that their report may be on its way."""
    left = [one for one, after in pairwise(known) if at - after[0] < ON_ITS_WAY]
    return [*left, *known[-1:]]
