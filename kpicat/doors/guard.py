"""What every request passes before anything else: where it comes from, by which name, and with whose session.

Pages and what they load are kept from who is not signed in; what one who is signed in may do is decided where it is
done (``kpicat.services.access``). Every answer says what browsers are to allow (:mod:`kpicat.doors.headers`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from kpicat import language
from kpicat.access import Who
from kpicat.doors import callers, cookies, headers, noting, pages
from kpicat.errors import StoreError
from kpicat.language import _


class Whose(Protocol):
    """Says who calls, by the cookies of the request; asks the database."""

    def __call__(self, caller: HTTPConnection, *, is_gesture: bool) -> Who | None:
        """Who calls, as :meth:`kpicat.doors.Door.whose`."""


Noted = Callable[[HTTPConnection, str], None]


def _unnoted(_caller: HTTPConnection, _what: str) -> None:
    """Nobody is told."""


SIGNED = ("accounts", "oidc")
"""The modes in which people sign in."""
OPEN = frozenset(
    {
        "/sign-in", "/sign-out", "/sign-out-everywhere", "/password", "/invitation",  # the doors ask for themselves
        "/healthz", "/favicon.png", "/manifest.json", "/robots.txt",
        "/vote",  # whoever has a meeting's code; the page itself asks for it
        "/live",  # asks for its own ticket and session
        "/auth/login", "/auth/logout", "/oauth2callback",
        "/_stcore/health", "/_stcore/host-config", "/_stcore/stream",  # the pages themselves ask who is there
    }
)  # fmt: skip
OPEN_BELOW = ("/static/", "/api/")  # the same for everybody; other software shows a token of its own


class Guard:
    """ASGI middleware around everything kpicat serves.

    Args:
        mode: What ``settings.access()`` says.
        policy: Content-Security-Policy of the pages.
        noted: Told of what is refused, and why in a word of :mod:`kpicat.doors.noting`; may ask the database.
    """

    def __init__(self, app: ASGIApp, *, mode: str, whose: Whose, policy: str, noted: Noted = _unnoted) -> None:
        self._app, self._mode, self._whose, self._noted, self._policy = app, mode, whose, noted, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        caller = HTTPConnection(scope)

        async def telling(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers.added(message, self._policy, secret=callers.is_secret(caller))
            await send(message)

        refused = self._stranger(caller) or await self._of_another_site(caller) or await self._without_session(caller)
        if refused is None:
            await self._app(scope, receive, telling)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await refused(scope, receive, telling)

    def _stranger(self, caller: HTTPConnection) -> Response | None:
        """The answer to a request from where none may come."""
        with language.speaking(pages.spoken(caller)):
            if self._mode == "solo" and not callers.is_on_this_machine(caller):
                lines = [
                    elsewhere(),
                    _("“open” is for a closed meeting network: whoever reaches it may do everything."),
                ]
                return pages.answer(pages.Page(_("This kpicat is for one computer only"), lines), status=403)
            if not callers.is_named_rightly(caller):
                line = _(
                    "It does not go by the name you asked for; have your IT officer add this address to KPICAT_ORIGINS."
                )
                return pages.answer(pages.Page(_("This is not the address of this kpicat"), [line]), status=403)
        return None

    async def _of_another_site(self, caller: HTTPConnection) -> Response | None:
        """The answer to a line that another site's page opens, to speak as whoever looks at it."""
        if caller.scope["type"] != "websocket" or callers.is_of_ours(caller):
            return None
        await run_in_threadpool(self._noted, caller, noting.PAGE)
        return Response(status_code=403)

    async def _without_session(self, caller: HTTPConnection) -> Response | None:
        """The answer to somebody who has to sign in first: the way to it for a page, else a refusal."""
        path = caller.scope["path"]
        if self._mode not in SIGNED or path in OPEN or path.startswith(OPEN_BELOW):
            return None
        try:
            is_gesture = _is_page(caller) or caller.scope.get("method") not in ("GET", "HEAD")  # not what a page loads
            if await run_in_threadpool(self._whose, caller, is_gesture=is_gesture) is not None:
                return self._goes_on(caller)
        except StoreError:  # the page says that the database is away; it shows nothing without knowing who asks
            return None if _is_page(caller) else Response(status_code=503)
        if caller.cookies.get(cookies.SESSION):
            await run_in_threadpool(self._noted, caller, noting.SESSION)
        if not _is_page(caller):
            return Response(status_code=401)
        asked = caller.scope["path"] + (f"?{caller.url.query}" if caller.url.query else "")
        return _to(cookies.sign_in(asked))

    def _goes_on(self, caller: HTTPConnection) -> Response | None:
        """The way on for somebody who comes back from the office's own sign-in, which leads home only."""
        back = cookies.unpacked(caller.cookies.get(cookies.WAY, ""))
        if back == "/" or caller.scope["path"] != "/" or not _is_page(caller):
            return None
        on = _to(back)
        cookies.forget(on, caller, cookies.WAY)
        return on


def elsewhere() -> str:
    """What has to be set before others may reach this kpicat."""
    return _(
        "Without KPICAT_ACCESS kpicat answers only this computer: for others set KPICAT_ACCESS=accounts, "
        "so that people sign in, or KPICAT_ACCESS=open on a closed meeting network, then start it again."
    )


def _to(address: str) -> Response:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _is_page(caller: HTTPConnection) -> bool:
    return caller.scope.get("method") in ("GET", "HEAD") and "text/html" in caller.headers.get("accept", "")
