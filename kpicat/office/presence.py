"""Who is here: people at a catalogue, on which page and which item, on every server of the database."""

from __future__ import annotations

import dataclasses
import threading
import time
import uuid
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from kpicat.model import Present
from kpicat.store import Store

GONE_AFTER = timedelta(seconds=10)
"""Silence after which somebody counts as gone; with one beat more, within 15 s of closing."""
BEAT_SECONDS = 3.0
"""How often a server tells the others who is here, and asks them."""
FORGOTTEN_AFTER = timedelta(hours=3)
"""Age, by the clock of any server, at which the row of a server that died is thrown away; clocks differ by less."""

_STARTED = datetime.now(UTC), time.monotonic()


def now() -> datetime:
    """The moment by a clock that goes on evenly where somebody sets the machine's: to measure silences by."""
    at, ticks = _STARTED
    return at + timedelta(seconds=time.monotonic() - ticks)


class Presence:
    """People at work; those of this process in memory, those of other servers as of the last beat.

    Safe to share between threads. What it knows is passing: a server that dies leaves
    rows that nobody renews, and these are forgotten. Every moment given to it is one of
    :func:`now`; moments of other servers are told apart, not compared: their clocks may
    be an hour off.

    Attributes:
        moves: Another number whenever somebody may have come, moved or left.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._server = uuid.uuid4().hex
        self._here: dict[str, Present] = {}
        self._left: set[str] = set()
        self._rows: dict[str, Present] = {}  # what the last beat found of other servers, with their moments
        self._elsewhere: dict[str, Present] = {}  # those of them who count as here, with ours
        self._guard = threading.Lock()
        self.moves = 0

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
            news = before is None or _place(before) != _place(now)
            self.moves += news
        return news

    def left(self, visit: str) -> bool:
        """The page was closed; True where it was known."""
        with self._guard:
            known = self._here.pop(visit, None) is not None
            if known:
                self._left.add(visit)
            self.moves += known
        return known

    def who(self, catalogue_id: str, at: datetime) -> list[Present]:
        """Those at a catalogue, by name; who has several pages open counts once, where they were last."""
        with self._guard:
            everybody = (*self._elsewhere.values(), *self._here.values())
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
            rows, before = self._rows, self._elsewhere
        if here or left:
            self._store.present(here, left, forget=at - FORGOTTEN_AFTER)
        found = self._store.presence(catalogue_ids, since=at - FORGOTTEN_AFTER) if catalogue_ids else []
        elsewhere = {}
        for one in (one for one in found if one.server != self._server):
            heard = _heard(one, rows.get(one.id), before.get(one.id), at)
            if heard is not None and at - heard < GONE_AFTER:
                elsewhere[one.id] = dataclasses.replace(one, at=heard)
        with self._guard:
            self._left -= left
            self._rows, self._elsewhere = {one.id: one for one in found}, elsewhere
            self.moves += 1
        moved = {one for id, one in elsewhere.items() if id not in before or _place(before[id]) != _place(one)}
        return {one.catalogue_id for one in moved | {before[id] for id in before.keys() - elsewhere.keys()}}


def _heard(row: Present, known: Present | None, counted: Present | None, at: datetime) -> datetime | None:
    """When, by our clock, somebody of another server was last heard of; None where that is long ago.

    A row that changes is somebody who is there, whatever moment it bears. One that does not change,
    or is found for the first time with an old moment, may be what a server that died has left.
    """
    if known is None:
        return at if abs(at - row.at) < GONE_AFTER else None
    if known.at != row.at:
        return at
    return counted.at if counted else None


def _place(one: Present) -> tuple[str, str, str, str]:
    return one.catalogue_id, one.actor, one.page, one.item
