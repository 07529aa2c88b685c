"""The door where an identity provider of the office's own says who somebody is (OIDC, through Streamlit's sign-in)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kpicat import language, settings
from kpicat.access import SignInRefused, Who
from kpicat.doors import callers, cookies, pages
from kpicat.doors.noting import Noting
from kpicat.language import _
from kpicat.services import access
from kpicat.store import Store

Claims = Mapping[str, Any]
_FRESH = timedelta(minutes=10)
"""How long what a provider says lets somebody in who was not in by it before: they come straight from there."""


class Provider:
    """What lets people in whom a provider vouches for; a :class:`kpicat.doors.Door`.

    Args:
        claims: What the provider said of the browser with these cookies; nothing where it said nothing.
        away: The address that leads to the provider, made anew each time.
    """

    def __init__(self, store: Store, *, claims: Callable[[Mapping[str, str]], Claims], away: Callable[[], str]) -> None:
        self._store, self._claims, self._away = store, claims, away
        self.noted = Noting(store).note

    def routes(self) -> Sequence[BaseRoute]:
        """The routes to serve beside the pages."""
        return [Route("/sign-in", self._sign_in)]

    def whose(self, caller: HTTPConnection, *, is_gesture: bool = True) -> Who | None:
        """Who calls, by what the provider said of them."""
        said, at = self._claims(caller.cookies), datetime.now(UTC)
        return vouched(self._store, said, at, is_gesture=is_gesture, origin=callers.address(caller))

    def _sign_in(self, request: Request) -> Response:
        back = cookies.way(request.query_params.get("next", "/"))
        if "go" in request.query_params:
            going = RedirectResponse(self._away(), 303, headers={"Cache-Control": "no-store"})
            cookies.keep(going, request, cookies.WAY, cookies.packed(back), max_age=1800)
            return going
        with language.speaking(pages.spoken(request)):
            lines = [_("You sign in with the account of your office.")]
            if self._claims(request.cookies):
                lines.append(_("If that does not let you in, ask your IT officer whether your account may use kpicat."))
            links = [(_("Sign in"), f"/sign-in?{cookies.query(go='1', next=back)}")]
            return pages.answer(
                pages.Page(_("Sign in"), lines, links=[*links, (_("Vote with a meeting's code"), "/vote")])
            )


def known_to(provider: settings.Oidc, cookie_secret: str) -> dict[str, Any]:
    """What Streamlit's sign-in is to know, in the place of a file of secrets.

    Args:
        cookie_secret: Signs what the provider said; the same on every server of an installation.
    """
    return {
        "auth": {
            "redirect_uri": provider.redirect,
            "cookie_secret": cookie_secret,
            "client_id": provider.client,
            "client_secret": provider.secret,
            "server_metadata_url": provider.metadata,
        }
    }


def vouched(store: Store, claims: Claims, at: datetime, *, is_gesture: bool, origin: str | None = None) -> Who | None:
    """Who somebody is by a provider's claims, as long as a session may last and was not ended.

    Then the provider is asked again, which it mostly answers without asking anybody.

    Args:
        is_gesture: As :meth:`kpicat.doors.Door.whose`.
        origin: The client's address, where a session may begin.
    """
    said = claims.get("iat")
    if not isinstance(said, int | float) or at.timestamp() - said > settings.session_minutes() * 60:
        return None
    is_fresh = at.timestamp() - said <= _FRESH.total_seconds()
    try:
        return access.who_of_claims(store, claims, at=at, is_gesture=is_gesture, origin=origin if is_fresh else None)
    except SignInRefused:  # the claims name nobody
        return None
