"""News to the browser: a WebSocket beside the pages, and the same by asking where no socket gets through.

A page's listener (``ui/live.js``) shows its ticket and says where its person is; it is
told where the log stands and who is here whenever either moves. What it does then, it
does through Streamlit: nothing of a catalogue's content passes here.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from kpicat import settings
from kpicat.errors import StoreError
from kpicat.services.office import NEWS, Office, Ticket

STILL_SECONDS = 5.0
"""A page is told something at least this often, and answers, so that either side notices when the other is gone."""
SILENCE_SECONDS = 9.0
SHARE_SECONDS = 0.006
"""Time between two news for one page is this × the pages that listen: each news makes its page run, and
together they must not take more than the process can give."""
LONGEST_PAUSE = 3.0
NOT_ADMITTED = 4401
_LONGEST = 2_000  # characters of what a page says


def routes(office: Office) -> Sequence[BaseRoute]:
    """The routes to serve beside the pages."""
    push = _Push(office)
    return [WebSocketRoute(NEWS, push.talk), Route(NEWS, push.answer)]


class _Push:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._pages = 0

    async def answer(self, request: Request) -> JSONResponse:
        """The news for a page that asks: where the log stands and who is here."""
        ticket = self._admitted(request)
        if ticket is None:
            return JSONResponse({}, 401)
        said, visit = request.query_params, request.query_params.get("visit", "")[:40]
        if visit:
            self._here(visit, ticket, {"page": said.get("page", ""), "item": said.get("item", "")})
        return JSONResponse(await self._news(ticket))

    async def talk(self, socket: WebSocket) -> None:
        """Tell a page the news as long as it is open."""
        ticket = self._admitted(socket)
        if ticket is None:
            await socket.close(NOT_ADMITTED)
            return
        await socket.accept()
        visit, moved, loop = uuid.uuid4().hex, asyncio.Event(), asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(moved.set)

        self._pages += 1
        try:
            with self._office.notifier.listening(ticket.catalogue_id, wake):
                telling = asyncio.create_task(self._tell(socket, ticket, moved))
                try:
                    await self._hear(socket, visit, ticket)
                finally:
                    telling.cancel()
        finally:
            self._pages -= 1
            if self._office.presence.left(visit):
                self._office.notifier.people_moved(ticket.catalogue_id)

    async def _hear(self, socket: WebSocket, visit: str, ticket: Ticket) -> None:
        """Take where the person is, until the page is closed or silent for long."""
        try:
            while True:
                text = await asyncio.wait_for(socket.receive_text(), SILENCE_SECONDS)
                self._here(visit, ticket, _said(text))
        except (WebSocketDisconnect, RuntimeError):  # closed by either side
            pass
        except TimeoutError:
            await socket.close()

    async def _tell(self, socket: WebSocket, ticket: Ticket, moved: asyncio.Event) -> None:
        told: dict[str, object] = {}
        try:
            while True:
                moved.clear()
                news = await self._news(ticket)
                await socket.send_text(json.dumps({k: v for k, v in news.items() if told.get(k) != v}))
                told |= news
                await asyncio.sleep(min(LONGEST_PAUSE, self._pages * SHARE_SECONDS))
                with suppress(TimeoutError):
                    await asyncio.wait_for(moved.wait(), STILL_SECONDS)
        except (WebSocketDisconnect, RuntimeError):
            pass

    async def _news(self, ticket: Ticket) -> dict[str, object]:
        people = self._office.people(ticket.catalogue_id, datetime.now(UTC))
        try:
            standing = await run_in_threadpool(self._office.notifier.standing, ticket.catalogue_id)
        except StoreError:
            return {"people": people, "away": True}
        return {"people": people, "away": False, "standing": str(standing)}

    def _here(self, visit: str, ticket: Ticket, said: dict[str, str]) -> None:
        news = self._office.presence.here(
            visit,
            catalogue_id=ticket.catalogue_id,
            actor=ticket.actor,
            page=said.get("page", "")[:40],
            item=said.get("item", "")[:80],
            at=datetime.now(UTC),
        )
        if news:
            self._office.notifier.people_moved(ticket.catalogue_id)

    def _admitted(self, caller: HTTPConnection) -> Ticket | None:
        return self._office.admits(caller.query_params.get("ticket", "")) if _is_of_ours(caller) else None


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
