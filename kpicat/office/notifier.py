"""One thread a process that learns of every commit and every coming and going, and tells who asked."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kpicat.errors import StoreError
from kpicat.model import Standing
from kpicat.office.answering import Answering
from kpicat.office.presence import BEAT_SECONDS, Presence, now
from kpicat.store import Store, Watch

_LOG = logging.getLogger(__name__)
Listener = Callable[[], None]
_AGAIN_SECONDS = 0.5  # between tries while the database does not answer


class Notifier:
    """Calls listeners of a catalogue when its log has moved or its people have.

    Commits are noticed whichever process made them (:meth:`kpicat.store.Store.watch`).
    Listeners are called from the notifier's own thread and must return at once.

    Attributes:
        answering: Told whether the database answers.
    """

    def __init__(self, store: Store, presence: Presence) -> None:
        self._store = store
        self._presence = presence
        self.answering = Answering()
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._standings: dict[str, Standing] = {}
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._watch: Watch | None = None

    @contextmanager
    def listening(self, catalogue_id: str, listener: Listener) -> Iterator[None]:
        """Have ``listener`` called, without arguments, as long as the block lasts."""
        with self._guard:
            self._listeners[catalogue_id].add(listener)
            if self._thread is None and not self._stopped.is_set():
                self._watch = self._store.watch()
                self._thread = threading.Thread(target=self._run, args=(self._watch,), name="notifier", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._guard:
                self._listeners[catalogue_id].discard(listener)
                if not self._listeners[catalogue_id]:
                    del self._listeners[catalogue_id]
                    self._standings.pop(catalogue_id, None)

    def known(self, catalogue_id: str) -> Standing | None:
        """Where the log of a catalogue stands, as far as that is known without asking the database."""
        return self._standings.get(catalogue_id)

    def standing(self, catalogue_id: str) -> Standing:
        """Where the log of a catalogue that somebody listens to stands, read once for all of them.

        Raises:
            UnknownCatalogue: There is no such catalogue.
            StoreBusy: The database does not answer.
        """
        if (known := self.known(catalogue_id)) is not None:
            return known
        read = self._store.standing(catalogue_id)
        with self._guard:
            if catalogue_id not in self._listeners:
                return read
            return self._standings.setdefault(catalogue_id, read)  # the thread may have had newer news meanwhile

    def people_moved(self, catalogue_id: str) -> None:
        """Somebody of this process came, moved or left."""
        self._tell({catalogue_id})

    def stop(self) -> None:
        """End the thread; nobody is told anything afterwards."""
        self._stopped.set()
        with self._guard:
            thread, watch = self._thread, self._watch
        if watch is not None:
            watch.close()
        if thread is not None:
            thread.join()

    def _run(self, watch: Watch) -> None:
        beat_at, moved = 0.0, False
        while not self._stopped.is_set():
            moved |= watch.wait(max(0.0, beat_at - time.monotonic()))
            try:
                if moved:
                    self._tell(self._moved())
                    moved = False
                if time.monotonic() >= beat_at:
                    beat_at = time.monotonic() + BEAT_SECONDS
                    self._tell(self._presence.beat(self._catalogues(), now()))
            except StoreError as error:
                self.answering.failed(error)
                self._stopped.wait(_AGAIN_SECONDS)

    def _moved(self) -> set[str]:
        heads = self._store.heads(self._catalogues())
        if heads:
            self.answering.answered()
        with self._guard:
            moved = {id for id, standing in heads.items() if self._standings.get(id) != standing}
            self._standings = {id: standing for id, standing in heads.items() if id in self._listeners}
        return moved

    def _catalogues(self) -> list[str]:
        with self._guard:
            return list(self._listeners)

    def _tell(self, catalogue_ids: set[str]) -> None:
        with self._guard:
            listeners = [listener for id in catalogue_ids for listener in self._listeners.get(id, ())]
        for listener in listeners:
            try:
                listener()
            except Exception:  # one page that is closing must not keep the news from the others
                _LOG.debug("a listener failed", exc_info=True)
