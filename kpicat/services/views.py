"""The newest view of every catalogue at work, made once for all sessions of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from typing import TYPE_CHECKING

from kpicat import memo
from kpicat.model import CATALOGUE, PLACE, Change, ChangeKind
from kpicat.services.following import followed
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

MOST = 24
"""Catalogues kept ready; a session holds on to the older view that is on its screen."""

FORGET_AFTER = 2500
"""Edits after which what is remembered of texts is forgotten: some 10 MB, ten minutes of twenty people who type."""

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
        self._edits = 0

    def newest(self, catalogue_id: str) -> View:
        """The catalogue as it stands now. Those who ask at once wait for one reading.

        Raises:
            UnknownCatalogue: There is no such catalogue.
            StoreBusy: The database does not answer.
        """
        kept = self._kept.get(catalogue_id)
        if kept is not None and kept.catalogue.standing == self._store.standing(catalogue_id):
            return kept
        with self._guard:
            lock = self._locks[catalogue_id]
        with lock:
            kept = self._kept.get(catalogue_id)
            if kept is None or kept.catalogue.standing != self._store.standing(catalogue_id):
                kept = self._read(catalogue_id, kept)
            return kept

    def at(self, catalogue_id: str, standing: str) -> View:
        """The catalogue as it stands, where its log is known to stand there; the database is asked only for more.

        Raises:
            UnknownCatalogue: There is no such catalogue.
            StoreBusy: The database does not answer.
        """
        kept = self._kept.get(catalogue_id)
        return kept if kept is not None and str(kept.catalogue.standing) == standing else self.newest(catalogue_id)

    def last(self, catalogue_id: str) -> View | None:
        """The catalogue as it stood when somebody here last looked; the database is not asked."""
        return self._kept.get(catalogue_id)

    def _read(self, catalogue_id: str, before: View | None) -> View:
        view = None if before is None else self._followed(before)
        if view is None:
            view = View(self._store.reading(catalogue_id))
            if before is not None and (since := self._since(before)) is not None:
                _take_over(view, before, [change for change in since if change.seq <= view.seq])
        with self._guard:
            self._kept[catalogue_id] = view
            self._kept.move_to_end(catalogue_id)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return view

    def _followed(self, before: View) -> View | None:
        """The newest view made from ``before`` and the cells edited since; None where it must be read anew."""
        since = self._since(before)
        reading = followed(before.reading, since) if since else None
        if since is None or reading is None:
            return None
        view = View(reading)
        view.follow(before, {change.item_id for change in since if change.kind is ChangeKind.EDIT})
        _take_over(view, before, since)
        self._count(len(since))
        return view

    def _count(self, edits: int) -> None:
        with self._guard:
            self._edits += edits
            if self._edits < FORGET_AFTER:
                return
            self._edits = 0
        memo.forget()

    def _since(self, before: View) -> list[Change] | None:
        """The changes after a view; None where a backup put back lies between it and now."""
        seq, batch = before.catalogue.standing
        found = self._store.changes(before.catalogue.id, since=max(seq - 1, 0))
        if seq and not (found and (found[0].seq, found[0].batch) == (seq, batch)):
            return None
        return [change for change in found if change.seq > seq]


def _take_over(view: View, before: View, since: list[Change]) -> None:
    """Let a view know what led to it, and check only what could be found otherwise by now."""
    view.recent = [*before.recent, *since][-MOST_RECENT:]
    changed = {change.item_id for change in since if _is_checked(change)}
    if CATALOGUE not in changed:
        view.take_over(before, changed)


def _is_checked(change: Change) -> bool:
    """Whether a check could find otherwise of this item: not because it was moved, spoken of or decided about."""
    return change.kind not in (ChangeKind.COMMENT, ChangeKind.DECISION) and change.field != PLACE.name
