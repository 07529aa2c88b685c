"""Who is here: people at a catalogue, on which page and which item, on every server of the database."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from kpicat.model import Present
from kpicat.store import Store

GONE_AFTER = timedelta(seconds=10)
"""Silence after which somebody counts as gone; with one beat more, within 15 s of closing."""
BEAT_SECONDS = 3.0
"""How often a server tells the others who is here, and asks them."""


class Presence:
    """People at work; those of this process in memory, those of other servers as of the last beat.

    Safe to share between threads. What it knows is passing: a server that dies leaves
    rows that nobody renews, and these are forgotten.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._server = uuid.uuid4().hex
        self._here: dict[str, Present] = {}
        self._left: set[str] = set()
        self._elsewhere: tuple[Present, ...] = ()
        self._guard = threading.Lock()

    def here(self, visit: str, *, catalogue_id: str, actor: str, page: str, item: str, at: datetime) -> bool:
        """Somebody is at a page, and perhaps at an item of it; True where that is news.

        Args:
            visit: One open page of one browser.
            item: How people call the item they are at; "" for none.
        """
        now = Present(visit, catalogue_id, actor, page, item, at, self._server)
        with self._guard:
            before = self._here.get(visit)
            self._here[visit] = now
            self._left.discard(visit)
        return before is None or _place(before) != _place(now)

    def left(self, visit: str) -> bool:
        """The page was closed; True where it was known."""
        with self._guard:
            known = self._here.pop(visit, None) is not None
            if known:
                self._left.add(visit)
        return known

    def who(self, catalogue_id: str, at: datetime) -> list[Present]:
        """Those at a catalogue, by name; who has several pages open counts once, where they were last."""
        with self._guard:
            everybody = (*self._elsewhere, *self._here.values())
        latest: dict[str, Present] = {}
        for one in sorted(everybody, key=lambda one: one.at):
            if one.catalogue_id == catalogue_id and at - one.at < GONE_AFTER:
                latest[one.actor] = one
        return [latest[actor] for actor in sorted(latest, key=str.casefold)]

    def beat(self, catalogue_ids: Collection[str], at: datetime) -> set[str]:
        """Tell the database who is here and learn who is elsewhere.

        Returns:
            The catalogues where somebody of another server came, moved or left.

        Raises:
            StoreBusy: The database does not answer; the next beat makes up for it.
        """
        with self._guard:
            self._here = {visit: one for visit, one in self._here.items() if at - one.at < GONE_AFTER}
            here, left = list(self._here.values()), set(self._left)
            before = {one.id: one for one in self._elsewhere}
        if here or left:
            self._store.present(here, left, forget=at - 2 * GONE_AFTER)
        found = self._store.presence(catalogue_ids, since=at - GONE_AFTER) if catalogue_ids else []
        elsewhere = {one.id: one for one in found if one.server != self._server}
        with self._guard:
            self._left -= left
            self._elsewhere = tuple(elsewhere.values())
        moved = {one for visit, one in elsewhere.items() if visit not in before or _place(before[visit]) != _place(one)}
        return {one.catalogue_id for one in moved | {before[visit] for visit in before.keys() - elsewhere.keys()}}


def _place(one: Present) -> tuple[str, str, str, str]:
    return one.catalogue_id, one.actor, one.page, one.item
