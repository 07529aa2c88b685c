"""The newest view of every catalogue at work, made once for all sessions of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict

from kpicat.model import CATALOGUE
from kpicat.services.view import View
from kpicat.store import Store

MOST = 24
"""Catalogues kept ready; a session holds on to the older view that is on its screen."""

MOST_RECENT = 500
"""Changes a view remembers, for the screens that are a little behind."""


class Views:
    """Views by catalogue; safe to share between threads.

    A catalogue that moved is read again, and what its last view had found is taken
    over for the items nobody touched.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, View] = OrderedDict()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()

    def newest(self, catalogue_id: str) -> View:
        """The catalogue as it stands now. Those who ask at once wait for one reading.

        Raises:
            UnknownCatalogue: There is no such catalogue.
            StoreBusy: The database does not answer.
        """
        head = self._store.head(catalogue_id)
        with self._guard:
            lock = self._locks[catalogue_id]
        with lock:
            kept = self._kept.get(catalogue_id)
            if kept is None or kept.seq < head:
                kept = self._read(catalogue_id, kept)
            elif kept.seq > head and self._store.head(catalogue_id) < kept.seq:  # a backup was put back
                kept = self._read(catalogue_id, None)
            return kept

    def _read(self, catalogue_id: str, before: View | None) -> View:
        reading = self._store.reading(catalogue_id)
        view = View(reading)
        if before is not None:
            since = [c for c in self._store.changes(catalogue_id, since=before.seq) if c.seq <= view.seq]
            view.recent = [*before.recent, *since][-MOST_RECENT:]
            changed = {change.item_id for change in since}
            if CATALOGUE not in changed:
                view.take_over(before, changed)
        with self._guard:
            self._kept[catalogue_id] = view
            self._kept.move_to_end(catalogue_id)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return view
