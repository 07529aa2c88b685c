"""News to the browser: a WebSocket beside the pages, and the same by asking where no socket gets through.

A page's listener (``ui/live.js``) shows its ticket and says where its person is; it is
told where the log stands and who is here whenever either moves. What it does then, it
does through Streamlit: nothing of a catalogue's content passes here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from kpicat import settings
from kpicat.errors import StoreError
from kpicat.office import NEWS, Office, Pace, Painter, Ticket
from kpicat.office.presence import now

_LOG = logging.getLogger(__name__)
STILL_SECONDS = 5.0
"""A page is told something at least this often, and answers, so that either side notices when the other is gone."""
SILENCE_SECONDS = 9.0
AT_ONCE = 3
"""Pages that follow news at the same time: each runs, and those who type must not wait for all who look on."""
TURN_SECONDS = 4.0
"""How long a page that does not follow (its browser sleeps, its line is slow) keeps others from their turn."""
SHARE = 0.5
"""Part of the process's time that following news may take; the rest is for those who type."""
FIRST_WORD_SECONDS = 1.0
PAUSE_SECONDS = 0.05
LATER_SECONDS = 2.0
"""How long a page may put off what others did while its own person's work is under way."""
PEOPLE_EVERY = 0.5
"""Seconds between two words about who is here and where."""
PAINTED_EVERY = 0.25
"""Seconds a page is left alone after it was shown news without a run: a browser takes its time to draw them."""
PAINT_SECONDS = 0.002
"""What such a showing takes of the process, its sending included."""
NOT_ADMITTED = 4401
_LONGEST = 2_000  # characters of what a page says


def routes(office: Office) -> Sequence[BaseRoute]:
    """The routes to serve beside the pages."""
    push = _Push(office)
    return [WebSocketRoute(NEWS, push.talk), Route(NEWS, push.answer)]


class _Push:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._moving: set[str] = set()
        self._to_paint: list[tuple[Painter, str, asyncio.Future[Pace]]] = []
        self._painting: asyncio.Task[None] | None = None
        self._pages = 0

    async def answer(self, request: Request) -> JSONResponse:
        """The news for a page that asks: where the log stands and who is here."""
        ticket = self._admitted(request)
        if ticket is None:
            return JSONResponse({}, 401)
        said = request.query_params
        self._here(ticket, {"page": said.get("page", ""), "item": said.get("item", "")})
        return JSONResponse(await self._news(ticket))

    async def talk(self, socket: WebSocket) -> None:
        """Tell a page the news as long as it is open."""
        ticket = self._admitted(socket)
        if ticket is None:
            await socket.close(NOT_ADMITTED)
            return
        await socket.accept()
        moved, followed = _Bell(), _Bell()
        office = self._office
        self._pages += 1
        try:
            with (
                office.notifier.listening(ticket.catalogue_id, moved.ring),
                office.screens.watching(ticket.visit, followed.ring),
            ):
                telling = asyncio.create_task(self._tell(socket, ticket, moved, followed))
                try:
                    await self._hear(socket, ticket)
                finally:
                    telling.cancel()
        finally:
            self._pages -= 1
            if office.presence.left(ticket.visit):
                self._people_moved(ticket.catalogue_id)

    async def _hear(self, socket: WebSocket, ticket: Ticket) -> None:
        """Take where the person is, until the page is closed or silent for long."""
        try:
            while True:
                text = await asyncio.wait_for(socket.receive_text(), SILENCE_SECONDS)
                said = _said(text)
                self._here(ticket, said)
                if self._office.screens.shown(ticket.visit) is None:  # afterwards the server knows better
                    self._office.screens.shows(ticket.visit, said.get("standing", ""))
                if "opened" in said:
                    self._office.screens.opens(ticket.visit, datetime.now(UTC), said.get("standing", ""))
        except (WebSocketDisconnect, RuntimeError):  # closed by either side
            pass
        except TimeoutError:
            await socket.close()

    async def _tell(self, socket: WebSocket, ticket: Ticket, moved: _Bell, followed: _Bell) -> None:
        """Send what is new; where the page has to run for it, in its turn and not before it has followed the last."""
        told: dict[str, object] = {}
        is_still = False
        loop, screens = asyncio.get_running_loop(), self._office.screens
        await followed.rung(FIRST_WORD_SECONDS)  # it says first what it shows
        not_before, give_up = loop.time(), math.inf
        try:
            while True:
                news = await self._news(ticket)
                fresh = {k: v for k, v in news.items() if told.get(k) != v}
                is_shown = fresh.get("standing") == screens.shown(ticket.visit)
                if is_shown and not is_still:
                    fresh.pop("standing", None)  # its own doing, which it is about to show
                follows = "standing" in fresh and not is_shown
                if follows and (screens.runs(ticket.visit) or loop.time() < not_before):
                    # A run shows the newest in any case; and none is due so soon.
                    await followed.rung(max(PAUSE_SECONDS, not_before - loop.time()))
                    continue
                pace = await self._painted(ticket.visit, str(fresh["standing"])) if follows else None
                give_up = min(give_up, loop.time() + LATER_SECONDS) if pace is Pace.LATER else math.inf
                if pace is Pace.LATER and loop.time() < give_up:
                    await followed.rung(LATER_SECONDS / 4)
                    continue
                told |= news
                if pace is Pace.SHOWN:
                    del fresh["standing"]
                    follows = False
                    not_before = loop.time() + PAINTED_EVERY + self._pages * PAINT_SECONDS / SHARE
                if not follows:
                    await socket.send_text(json.dumps(fresh))
                else:
                    async with self._turns:
                        await socket.send_text(json.dumps(fresh))
                        if screens.shown(ticket.visit) != fresh["standing"]:
                            await followed.rung(TURN_SECONDS)
                    not_before = loop.time() + self._pages * self._office.run_seconds / SHARE
                await asyncio.sleep(PAUSE_SECONDS)
                is_still = not await moved.rung(STILL_SECONDS)
                if is_still:  # said again, should the page have missed what it was told or shown
                    told.pop("standing", None)
        except (WebSocketDisconnect, RuntimeError):
            pass

    async def _painted(self, visit: str, standing: str) -> Pace:
        """Show a page the news without a run of it, where that is possible."""
        painter = self._office.screens.painter(visit)
        if painter is None:
            return Pace.RUN
        pace: asyncio.Future[Pace] = asyncio.get_running_loop().create_future()
        self._to_paint.append((painter, standing, pace))
        if self._painting is None or self._painting.done():
            self._painting = asyncio.create_task(self._paint())
        return await pace

    async def _paint(self) -> None:
        """Show pages the news, many in one go: a thread waits for its turn each time it begins."""
        while self._to_paint:
            batch, self._to_paint = self._to_paint, []
            made = await run_in_threadpool(_prepared, [(painter, standing) for painter, standing, _pace in batch])
            for (painter, _standing, pace), one in zip(batch, made, strict=True):
                if not pace.done():  # its page may have been closed
                    pace.set_result(one if isinstance(one, Pace) else _sent(painter, one))

    async def _news(self, ticket: Ticket) -> dict[str, object]:
        people = self._office.people(ticket.catalogue_id, now())
        notifier = self._office.notifier
        try:
            standing = notifier.known(ticket.catalogue_id)
            if standing is None:
                standing = await run_in_threadpool(notifier.standing, ticket.catalogue_id)
        except StoreError:
            return {"people": people, "away": True}
        return {"people": people, "away": False, "standing": str(standing)}

    def _here(self, ticket: Ticket, said: dict[str, str]) -> None:
        news = self._office.presence.here(
            ticket.visit,
            catalogue_id=ticket.catalogue_id,
            actor=ticket.actor,
            page=said.get("page", "")[:40],
            item=said.get("item", "")[:80],
            at=now(),
        )
        if news:
            self._people_moved(ticket.catalogue_id)

    def _people_moved(self, catalogue_id: str) -> None:
        """Tell everybody who is here now, but not for each step of each of them."""
        if catalogue_id not in self._moving:
            self._moving.add(catalogue_id)
            asyncio.get_running_loop().call_later(PEOPLE_EVERY, self._tell_people, catalogue_id)

    def _tell_people(self, catalogue_id: str) -> None:
        self._moving.discard(catalogue_id)
        self._office.notifier.people_moved(catalogue_id)

    def _admitted(self, caller: HTTPConnection) -> Ticket | None:
        return self._office.admits(caller.query_params.get("ticket", "")) if _is_of_ours(caller) else None


class _Bell:
    """Rung from any thread, waited for in the loop it was made in."""

    def __init__(self) -> None:
        self._event, self._loop = asyncio.Event(), asyncio.get_running_loop()

    def ring(self) -> None:
        self._loop.call_soon_threadsafe(self._event.set)

    async def rung(self, timeout: float) -> bool:
        """Wait until it was rung since the last time, ``timeout`` seconds at most; whether it was."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), timeout)
        rung = self._event.is_set()
        self._event.clear()
        return rung


def _prepared(asked: Sequence[tuple[Painter, str]]) -> list[Any]:
    made: list[Any] = []
    for painter, standing in asked:
        try:
            made.append(painter.prepare(standing))
        except StoreError:  # who would wait for the database in vain, too, is told at once
            return made + [Pace.RUN] * (len(asked) - len(made))
        except Exception:  # one page must not keep the news from the others; its run says what is wrong
            _LOG.exception("a page could not be shown the news without a run")
            made.append(Pace.RUN)
    return made


def _sent(painter: Painter, made: Any) -> Pace:
    try:
        return Pace.SHOWN if painter.send(made) else Pace.LATER
    except Exception:  # as when Streamlit keeps its sessions otherwise
        _LOG.exception("a page could not be sent the news without a run")
        return Pace.RUN


def _is_of_ours(caller: HTTPConnection) -> bool:
    """Whether the page that calls was served by this kpicat: a browser says truly where a page is from."""
    origin = caller.headers.get("origin")
    if origin is None:  # not a browser, or one that asks its own origin
        return not isinstance(caller, WebSocket) or caller.headers.get("sec-fetch-site") is None
    hosts = {caller.headers.get("host", ""), caller.headers.get("x-forwarded-host", "")} - {""}
    return urlsplit(origin).netloc in hosts or origin in settings.origins()


def _said(text: str) -> dict[str, str]:
    try:
        said = json.loads(text) if len(text) <= _LONGEST else {}
    except ValueError:
        said = {}
    return {k: v for k, v in said.items() if isinstance(v, str)} if isinstance(said, dict) else {}
