"""One thread a process that learns which scenarios were kept, changed or removed, by whichever process.

Scenarios are in no log, so the notifier of the log does not know of them; what wakes it, a commit, wakes this, too.
It runs as long as a page that shows scenarios is there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import ReferenceType, ref

from kpicat.errors import StoreError
from kpicat.store import Store, Watch

REMIND_SECONDS = 5.0
"""After this long a page that still shows older scenarios is told again: it may have been busy."""
_AGAIN_SECONDS = 0.5  # between tries while the database does not answer

Page = TypeVar("Page")
Versions = Mapping[str, int]
"""Id of a scenario -> its version."""


@dataclass(frozen=True)
class _Shown(Generic[Page]):
    catalogue_id: str
    versions: Versions
    page: ReferenceType[Page]


class News(Generic[Page]):
    """Calls ``tell`` with each page that shows other scenarios than there are; safe to share between threads.

    Args:
        store: Where they are.
        tell: Called from the news's own thread, or from the one in which a page shows them; must return at once.
    """

    def __init__(self, store: Store, tell: Callable[[Page], None]) -> None:
        self._store, self._tell = store, tell
        self._pages: dict[str, _Shown[Page]] = {}
        self._known: dict[str, Versions] = {}
        self._guard = threading.Lock()
        self._watch: Watch | None = None

    def shows(self, visit: str, catalogue_id: str, versions: Versions, page: Page) -> None:
        """A page shows these scenarios, until the same visit shows others or ``page`` is gone."""
        with self._guard:
            self._pages[visit] = _Shown(catalogue_id, versions, ref(page))
            if self._watch is None:
                self._watch, self._known = self._store.watch(), {}
                threading.Thread(target=self._run, args=(self._watch,), name="scenarios", daemon=True).start()
        self._tell_those_behind([visit])

    def close(self) -> None:
        """Tell nobody any more."""
        with self._guard:
            self._pages.clear()
            watch = self._watch
        if watch is not None:
            watch.wake()
            watch.close()

    def _run(self, watch: Watch) -> None:
        moved = True  # something may have been written after the first page read and before the watch began
        while self._is_needed():
            try:
                if moved:
                    self._read()
                self._tell_those_behind(list(self._pages))
                moved = watch.wait(REMIND_SECONDS)
            except StoreError:
                moved = True
                watch.wait(_AGAIN_SECONDS)
        watch.close()

    def _is_needed(self) -> bool:
        """Whether a page is still there; if not, the next one begins another watch."""
        with self._guard:
            self._pages = {visit: shown for visit, shown in self._pages.items() if shown.page() is not None}
            if not self._pages:
                self._watch = None
            return bool(self._pages)

    def _read(self) -> None:
        with self._guard:
            catalogue_ids = {shown.catalogue_id for shown in self._pages.values()}
        known = {id: self._store.scenarios.versions(id) for id in catalogue_ids}
        with self._guard:
            self._known = dict(known)

    def _tell_those_behind(self, visits: Iterable[str]) -> None:
        with self._guard:
            shown = [self._pages[visit] for visit in visits if visit in self._pages]
            behind = [each for each in shown if self._known.get(each.catalogue_id, each.versions) != each.versions]
        for each in behind:
            if (page := each.page()) is not None:
                self._tell(page)
