"""The addresses below ``/api``, and what each answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache, partial

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from kpicat import approval, language, settings
from kpicat.access.records import Token
from kpicat.api import asked
from kpicat.api.answers import answer
from kpicat.api.problems import Problem
from kpicat.doors import callers
from kpicat.errors import StoreBusy, StoreError
from kpicat.language import _
from kpicat.model.approvals import Version
from kpicat.services import publishing
from kpicat.services.approving import today
from kpicat.services.publishing import Body, Gate, Shelf
from kpicat.store import Store

AT_ONCE = 4
"""Requests worked on at the same time; more wait, and take no thread that pages need."""
_TRY_AGAIN = {"Retry-After": "5"}
Clock = Callable[[], datetime]
Answering = Callable[[Request], Response]
_limiter: RunVar[CapacityLimiter] = RunVar("kpicat_api")


def routes(store: Store, *, now: Clock = lambda: datetime.now(UTC)) -> Sequence[BaseRoute]:
    """What to serve beside the pages: everything below ``/api``, also what is not there.

    Args:
        now: The moment of a request.
    """
    api = _Api(store, now)
    below = Starlette(
        routes=[
            _route("/v1/openapi.json", _described),
            _route("/v1/catalogues", api.catalogues),
            _route("/v1/catalogues/{id}/approved", api.approved),
            _route("/v1/approvals", api.approvals),
        ],
        exception_handlers={404: _nothing, 405: _only_read, Exception: _broken},
    )
    below.router.redirect_slashes = False
    return [Mount("/api", app=below)]


class _Api:
    def __init__(self, store: Store, now: Clock) -> None:
        self._gate, self._shelf, self._now = Gate(store), Shelf(store), now

    def catalogues(self, request: Request) -> Response:
        """The catalogues of which something was approved."""
        token = self._admitted(request)
        said = asked.parameters(request, "on")
        on = asked.day(said.get("on")) or today(self._now())
        return _made(request, self._shelf.listing(token, on))

    def approved(self, request: Request) -> Response:
        """The version of a catalogue that applies on a day."""
        token = self._admitted(request)
        said = asked.parameters(request, "on")
        on = asked.day(said.get("on")) or today(self._now())
        id = request.path_params["id"]
        versions = self._shelf.versions(id) if token.reads(id) and asked.is_id(id) else ()
        version = _applying(versions, on)
        name = f"{publishing.SHAPE}-{version.id[:12]}-{version.hash}"
        return answer(request, name, partial(self._handed_out, request, token, version))

    def approvals(self, request: Request) -> Response:
        """What was approved since the reader asked last."""
        token = self._admitted(request)
        said = asked.parameters(request, "since", "limit")
        return _made(request, self._shelf.news(token, asked.cursor(said.get("since")), asked.limit(said.get("limit"))))

    def _admitted(self, request: Request) -> Token:
        text = asked.bearer(request)
        shown = self._gate.admitted(text, at=self._now(), origin=callers.address(request))
        if shown.token is None:
            raise asked.refused(shown.wait)
        return shown.token

    def _handed_out(self, request: Request, token: Token, version: Version) -> Body:
        body = self._shelf.body(version)
        if request.method == "GET":
            self._gate.taken(token, version, at=self._now())
        return body


def _applying(versions: Sequence[Version], on: date) -> Version:
    if not versions:  # whether there is none, or it is not for this token, is nobody's business
        raise Problem(404, "unknown-catalogue", _("There is no approved catalogue of this id that the token may read."))
    version = approval.in_force(versions, on)
    if version is None:
        words = _("No version of this catalogue is in force on {day}; the first takes effect on {first}.")
        first = f"{versions[0].effective_on:%d/%m/%Y}"
        raise Problem(404, "not-in-force", words.format(day=f"{on:%d/%m/%Y}", first=first))
    return version


def _made(request: Request, told: object) -> Response:
    body = publishing.body(told)
    return answer(request, hashlib.sha256(body.plain).hexdigest(), lambda: body)


def _described(request: Request) -> Response:
    """What all of this is, for programs; the same for everybody, so without a token."""
    asked.parameters(request)
    return _made(request, _description())


@cache
def _description() -> object:
    return json.loads((settings.ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))


# -- how it is answered --------------------------------------------------------


def _route(path: str, answering: Answering) -> Route:
    """An address that is answered by a thread of few, in the language of the catalogues."""

    async def endpoint(request: Request) -> Response:
        try:
            limiter = _limiter.get()
        except LookupError:
            _limiter.set(limiter := CapacityLimiter(AT_ONCE))
        return await to_thread.run_sync(_answered, request, answering, limiter=limiter)

    return Route(path, endpoint)


def _answered(request: Request, answering: Answering) -> Response:
    with language.speaking(language.DEFAULT):
        try:
            return answering(request)
        except Problem as problem:
            return problem.response()
        except StoreBusy as error:
            return Problem(503, "busy", str(error), _TRY_AGAIN).response()
        except StoreError as error:
            return Problem(500, "damaged", str(error)).response()


async def _nothing(_request: Request, _error: Exception) -> Response:
    with language.speaking(language.DEFAULT):
        detail = _("There is nothing at this address; /api/v1/openapi.json lists those there are.")
        return Problem(404, "no-such-address", detail).response()


async def _only_read(_request: Request, _error: Exception) -> Response:
    with language.speaking(language.DEFAULT):
        detail = _("Here what was approved is only read: ask by GET.")
        return Problem(405, "only-read", detail, {"Allow": "GET, HEAD"}).response()


async def _broken(_request: Request, _error: Exception) -> Response:
    with language.speaking(language.DEFAULT):
        detail = _("kpicat failed at this; tell your IT officer the time, the reason stands in the server's log.")
        return Problem(500, "failed", detail).response()
