"""News to the browser: a WebSocket beside the pages, and the same by asking where no socket gets through.

A page's listener (``ui/live.js``) shows its ticket and says where its person is; it is
told where the log stands and who is here whenever either moves. What it does then, it
does through Streamlit: nothing of a catalogue's content passes here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from kpicat.doors.callers import is_of_ours
from kpicat.errors import StoreError
from kpicat.office import NEWS, Office, Pace, Ticket
from kpicat.office.presence import now
from kpicat.push.pages import PAUSE_SECONDS, Bell, Page
from kpicat.push.painting import Painting

STILL_SECONDS = 5.0
"""A page is told something at least this often, and answers, so that either side notices when the other is gone."""
WAITING_SECONDS = 6.0
"""The same while it waits for its turn, which may be long where many pages follow the same news."""
SILENCE_SECONDS = 9.0
AT_ONCE = 3
"""Pages that follow news at the same time: each runs, and those who type must not wait for all who look on."""
FIRST_WORD_SECONDS = 1.0
PEOPLE_EVERY = 0.5
"""Seconds between two words about who is here and where."""
NOT_ADMITTED = 4401
NO_MORE = "0:"
"""A standing that no page shows, so that it runs."""
MayHear = Callable[[HTTPConnection, Ticket], bool]
"""Says whether who shows a ticket may hear; asks the database.

Raises:
    StoreBusy: That does not answer.
"""
_LONGEST = 2_000  # characters of what a page says


def routes(office: Office, may_hear: MayHear | None = None) -> Sequence[BaseRoute]:
    """The routes to serve beside the pages.

    Args:
        may_hear: Asked of who shows a ticket, and again as long as the page is open; None where a ticket is enough.
    """
    push = _Push(office, may_hear)
    return [WebSocketRoute(NEWS, push.talk), Route(NEWS, push.answer)]


class _Push:
    def __init__(self, office: Office, may_hear: MayHear | None) -> None:
        self.office = office
        self._may_hear = may_hear
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.pages = 0
        self._moving: set[str] = set()
        self._painting = Painting()

    async def answer(self, request: Request) -> JSONResponse:
        """The news for a page that asks: where the log stands and who is here."""
        ticket = await self._admitted(request)
        if ticket is None:
            return JSONResponse({}, 401)
        said = request.query_params
        self._here(ticket, {"page": said.get("page", ""), "item": said.get("item", "")})
        return JSONResponse(await self.news(ticket))

    async def talk(self, socket: WebSocket) -> None:
        """Tell a page the news as long as it is open."""
        ticket = await self._admitted(socket)
        if ticket is None:
            await socket.close(NOT_ADMITTED)
            return
        await socket.accept()
        moved, followed = Bell(), Bell()
        office = self.office
        self.pages += 1
        try:
            with (
                office.notifier.listening(ticket.catalogue_id, moved.ring),
                office.screens.watching(ticket.visit, followed.ring),
            ):
                telling = asyncio.create_task(self._tell(socket, ticket, moved, followed))
                watching = asyncio.create_task(self._watch(socket, ticket))
                try:
                    await self._hear(socket, ticket)
                finally:
                    telling.cancel()
                    watching.cancel()
        finally:
            self.pages -= 1
            if office.presence.left(ticket.visit):
                self._people_moved(ticket.catalogue_id)

    async def _hear(self, socket: WebSocket, ticket: Ticket) -> None:
        """Take where the person is, until the page is closed or silent for long."""
        try:
            while True:
                text = await asyncio.wait_for(socket.receive_text(), SILENCE_SECONDS)
                said = _said(text)
                self._here(ticket, said)
                if self.office.screens.shown(ticket.visit) is None:  # afterwards the server knows better
                    self.office.screens.shows(ticket.visit, said.get("standing", ""))
                if "opened" in said:
                    self.office.screens.opens(ticket.visit, datetime.now(UTC), said.get("standing", ""))
        except (WebSocketDisconnect, RuntimeError):  # closed by either side
            pass
        except TimeoutError:
            await socket.close()

    async def _tell(self, socket: WebSocket, ticket: Ticket, moved: Bell, followed: Bell) -> None:
        """Send what is new, and that nothing is new before either side takes the other for gone."""
        page = Page(self, socket, ticket, followed)
        keeping_up = asyncio.create_task(self._keep_up(page))
        is_still, rights = False, self.office.store.accounts.moves
        try:
            with suppress(WebSocketDisconnect, RuntimeError):  # closed by either side
                await followed.rung(FIRST_WORD_SECONDS)  # it says first what it shows
                while True:
                    moved_rights = rights != (rights := self.office.store.accounts.moves)
                    if moved_rights and not await self._may_still(socket, ticket):
                        return  # told nothing from now on; who watches closes the line
                    if await page.told(is_still):
                        await asyncio.sleep(PAUSE_SECONDS)
                        is_still = not await moved.rung(STILL_SECONDS)
        finally:
            keeping_up.cancel()  # a page that is told nothing any more is to notice, and to come anew

    async def _keep_up(self, page: Page) -> None:
        """Say something to a page that has heard nothing for long."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await asyncio.sleep(max(PAUSE_SECONDS, WAITING_SECONDS - page.unheard))
                if page.unheard >= WAITING_SECONDS:
                    await page.greet()

    async def _watch(self, socket: WebSocket, ticket: Ticket) -> None:
        """Have a page run, which then says why, and tell it no more once its person has signed out or may not read."""
        if self._may_hear is None:
            return
        with suppress(WebSocketDisconnect, RuntimeError):  # closed by either side
            await asyncio.sleep(STILL_SECONDS)
            while await self._may_still(socket, ticket):
                await asyncio.sleep(STILL_SECONDS)
            await socket.send_text(json.dumps({"standing": NO_MORE}))
            await socket.close(NOT_ADMITTED)

    async def painted(self, visit: str, standing: str) -> Pace:
        """Show a page the news without a run of it, where that is possible."""
        painter = self.office.screens.painter(visit)
        return Pace.RUN if painter is None else await self._painting.shown(painter, standing)

    async def news(self, ticket: Ticket) -> dict[str, object]:
        """What there is to know: ``people``, ``away`` and, unless the database is away, ``standing``."""
        people = self.office.people(ticket.catalogue_id, now())
        notifier = self.office.notifier
        try:
            standing = notifier.known(ticket.catalogue_id)
            if standing is None:
                standing = await run_in_threadpool(notifier.standing, ticket.catalogue_id)
        except StoreError:
            return {"people": people, "away": True}
        return {"people": people, "away": False, "standing": str(standing)}

    def _here(self, ticket: Ticket, said: dict[str, str]) -> None:
        news = self.office.presence.here(
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
        self.office.notifier.people_moved(catalogue_id)

    async def _admitted(self, caller: HTTPConnection) -> Ticket | None:
        ticket = self.office.admits(caller.query_params.get("ticket", "")) if is_of_ours(caller) else None
        return ticket if ticket is not None and await self._may_still(caller, ticket) else None

    async def _may_still(self, caller: HTTPConnection, ticket: Ticket) -> bool:
        """Whether who shows a ticket may hear; while the database is away, they may as they might before."""
        if self._may_hear is None:
            return True
        try:
            return await run_in_threadpool(self._may_hear, caller, ticket)
        except StoreError:
            return True


def _said(text: str) -> dict[str, str]:
    try:
        said = json.loads(text) if len(text) <= _LONGEST else {}
    except ValueError:
        said = {}
    return {k: v for k, v in said.items() if isinstance(v, str)} if isinstance(said, dict) else {}
