"""One open page told the news, at the pace at which it and the process can follow."""

from __future__ import annotations

import asyncio
import json
import math
from contextlib import suppress
from typing import Protocol

from starlette.websockets import WebSocket

from kpicat.office import Office, Pace, Ticket

TURN_SECONDS = 4.0
"""How long a page that does not follow (its browser sleeps, its line is slow) keeps others from their turn."""
SHARE = 0.5
"""Part of the process's time that following news may take; the rest is for those who type."""
LATER_SECONDS = 2.0
"""How long a page may put off what others did while its own person's work is under way."""
PAINTED_EVERY = 0.25
"""Seconds a page is left alone after it was shown news without a run: a browser takes its time to draw them."""
PAINT_SECONDS = 0.002
"""What such a showing takes of the process, its sending included."""
PAUSE_SECONDS = 0.05


class ToAll(Protocol):
    """What the pages of a process share.

    Attributes:
        pages: How many are open.
        turns: Held by a page that runs for the news.
    """

    office: Office
    pages: int
    turns: asyncio.Semaphore

    async def news(self, ticket: Ticket) -> dict[str, object]:
        """What there is to know: ``people``, ``away`` and, unless the database is away, ``standing``."""

    async def painted(self, visit: str, standing: str) -> Pace:
        """Show a page the news without a run of it, where that is possible."""


class Page:
    """One open page, told the news: where it has to run for them, in its turn and not before it has followed the last.

    Args:
        followed: Rung when it shows something else.
    """

    def __init__(self, to_all: ToAll, socket: WebSocket, ticket: Ticket, followed: Bell) -> None:
        self._to_all, self._socket, self._ticket, self._followed = to_all, socket, ticket, followed
        self._screens = to_all.office.screens
        self._time = asyncio.get_running_loop().time
        self._told: dict[str, object] = {}
        self._not_before, self._give_up = self._time(), math.inf
        self._heard_at = self._time()

    @property
    def unheard(self) -> float:
        """Seconds since it was told something."""
        return self._time() - self._heard_at

    async def greet(self) -> None:
        """Tell it nothing, so that it knows the line to be alive."""
        await self._send({})

    async def told(self, is_still: bool) -> bool:
        """Tell it what is new; whether that is all, or some is left for later, until which has been waited.

        Args:
            is_still: Nothing was new for long: where the log stands is said again, should the page have missed it.
        """
        news = await self._to_all.news(self._ticket)
        fresh = {name: what for name, what in news.items() if self._told.get(name) != what or name == "standing"}
        standing = fresh.pop("standing", None)
        self._told |= fresh
        if standing is None or standing == self._screens.shown(self._ticket.visit):
            if standing is not None:
                self._told["standing"] = standing
                fresh |= {"standing": standing} if is_still else {}  # else its own doing, which it is about to show
            await self._send(fresh)
        elif standing != self._told.get("standing") or is_still:
            return await self._follow(str(standing), fresh)
        else:
            await self._send(fresh)
        return True

    async def _follow(self, standing: str, fresh: dict[str, object]) -> bool:
        """Have the page show the log up to here, and know what else is fresh; whether it does."""
        pace, now = Pace.LATER, self._time()
        pause = self._not_before - now
        if pause <= 0 and not self._screens.runs(self._ticket.visit):  # a run shows the newest in any case
            pace, pause = await self._to_all.painted(self._ticket.visit, standing), LATER_SECONDS / 4
            self._give_up = min(self._give_up, now + LATER_SECONDS) if pace is Pace.LATER else math.inf
            if self._time() >= self._give_up:
                pace = Pace.RUN
        if pace is Pace.LATER:
            if fresh:
                await self._send(fresh)
            await self._followed.rung(max(PAUSE_SECONDS, pause))
            return False
        self._told["standing"], self._give_up = standing, math.inf
        if pace is Pace.SHOWN:
            self._not_before = self._time() + PAINTED_EVERY + self._to_all.pages * PAINT_SECONDS / SHARE
            await self._send(fresh)
        else:
            await self._run(fresh | {"standing": standing})
        return True

    async def _run(self, news: dict[str, object]) -> None:
        """Have the page run for the news."""
        async with self._to_all.turns:
            await self._send(news)
            if self._screens.shown(self._ticket.visit) != news["standing"]:
                await self._followed.rung(TURN_SECONDS)
        self._not_before = self._time() + self._to_all.pages * self._to_all.office.run_seconds / SHARE

    async def _send(self, news: dict[str, object]) -> None:
        self._heard_at = self._time()
        await self._socket.send_text(json.dumps(news))


class Bell:
    """Rung from any thread, waited for in the loop it was made in."""

    def __init__(self) -> None:
        self._event, self._loop = asyncio.Event(), asyncio.get_running_loop()

    def ring(self) -> None:
        """Let who waits, or waits next, go on."""
        self._loop.call_soon_threadsafe(self._event.set)

    async def rung(self, timeout: float) -> bool:
        """Wait until it was rung since the last time, ``timeout`` seconds at most; whether it was."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), timeout)
        rung = self._event.is_set()
        self._event.clear()
        return rung
