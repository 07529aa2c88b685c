"""The doors: signing in and out, another password, taking an invitation up. Plain forms, each stamped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kpicat import language
from kpicat.access import Who
from kpicat.doors import callers, cookies, forms, noting, pages
from kpicat.doors.forms import Said
from kpicat.doors.noting import Noting
from kpicat.doors.pages import Page
from kpicat.errors import InputError, KpicatError, StoreError
from kpicat.language import _
from kpicat.services import access
from kpicat.store import Store

_LONGEST = 8_000
"""Bytes of a form."""
_YEAR = 365 * 24 * 3600
Ask = Callable[[Request, Said], Page | Response]
Take = Callable[[Request, Said], Response]


class Accounts:
    """What lets people in and out where they have accounts of kpicat's own; a :class:`kpicat.doors.Door`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.secret = store.secret("forms")
        self.noted = Noting(store).note

    def routes(self) -> list[Route]:
        """The routes to serve beside the pages."""
        return [
            self._door("/sign-in", self._ask_in, self._let_in),
            self._door("/sign-out", _home, self._let_out),
            self._door("/sign-out-everywhere", _home, self._end_all),
            self._door("/password", self._ask_password, self._change_password),
            self._door("/invitation", self._ask_invited, self._accept),
        ]

    def whose(self, caller: HTTPConnection, *, is_gesture: bool = True) -> Who | None:
        """Who calls, by the session of the browser."""
        token = caller.cookies.get(cookies.SESSION)
        return access.whose(self._store, token, at=_now(), is_gesture=is_gesture) if token else None

    def _door(self, path: str, ask: Ask, take: Take) -> Route:
        async def answer(request: Request) -> Response:
            with language.speaking(pages.spoken(request)):
                if request.method != "POST":
                    return await run_in_threadpool(self._asked, request, ask, {})
                said = await _said(request)
                if said is None or not self._is_ours(request, said):
                    await run_in_threadpool(self.noted, request, noting.FORM)
                    wrong = _("This form was open for too long, or is not of this kpicat; fill it in once more.")
                    return await run_in_threadpool(self._asked, request, ask, {}, wrong)
                return await run_in_threadpool(self._taken, request, ask, take, said)

        return Route(path, answer, methods=["GET", "POST"])

    def _taken(self, request: Request, ask: Ask, take: Take, said: Said) -> Response:
        try:
            return take(request, said)
        except KpicatError as error:
            return self._asked(request, ask, said, str(error), 503 if isinstance(error, StoreError) else 403)

    def _asked(self, request: Request, ask: Ask, said: Said, wrong: str = "", status: int = 403) -> Response:
        """The page that asks, in answer to a request, and why what was said before was refused."""
        try:
            page = ask(request, {**request.query_params, **said})
        except StoreError as error:
            return pages.answer(Page(_("kpicat is not to be reached"), [str(error)]), status=503)
        if isinstance(page, Response):
            return page
        known, new = cookies.with_form(request)
        shown = pages.answer(
            page,
            wrong=wrong,
            others=_others(request),
            stamp=cookies.stamp(self.secret, known),
            status=status if wrong else 200,
        )
        if new:
            cookies.keep(shown, request, cookies.FORM, new)
        if (chosen := request.query_params.get("language")) in language.LANGUAGES:
            shown.set_cookie(pages.LANGUAGE, chosen, max_age=_YEAR, samesite="lax")  # the pages change it by script
        return shown

    def _is_ours(self, request: Request, said: Said) -> bool:
        return callers.is_of_ours(request) and cookies.is_stamped(self.secret, request.cookies, said.get("stamp", ""))

    # -- in and out ----------------------------------------------------------

    def _ask_in(self, request: Request, said: Said) -> Page | Response:
        back = cookies.way(said.get("next", "/"))
        return _to(back) if self.whose(request) else forms.sign_in(back, said.get("name", ""))

    def _let_in(self, request: Request, said: Said) -> Response:
        origin = callers.address(request)
        signed = access.sign_in(self._store, said.get("name", ""), said.get("password", ""), at=_now(), origin=origin)
        return self._with_session(request, signed.token, cookies.way(said.get("next", "/")))

    def _with_session(self, request: Request, token: str, back: str) -> Response:
        """Go on with a new session; that of who sat here before ends."""
        if before := request.cookies.get(cookies.SESSION):
            access.sign_out(self._store, before, at=_now())
        answer = _to(back)
        cookies.keep(answer, request, cookies.SESSION, token)
        cookies.forget(answer, request, cookies.FORM)
        return answer

    def _let_out(self, request: Request, _said: Said) -> Response:
        access.sign_out(self._store, request.cookies.get(cookies.SESSION, ""), at=_now())
        return _out(request)

    def _end_all(self, request: Request, _said: Said) -> Response:
        if who := self.whose(request):
            access.sign_out_everywhere(self._store, who, at=_now())
        return _out(request)

    # -- passwords -----------------------------------------------------------

    def _ask_password(self, request: Request, _said: Said) -> Page | Response:
        who = self.whose(request)
        return forms.password(who.name) if who else _to(cookies.sign_in("/password"))

    def _change_password(self, request: Request, said: Said) -> Response:
        who = self.whose(request)
        if who is None:
            return _to(cookies.sign_in("/password"))
        new = _twice(said)
        token, origin = request.cookies[cookies.SESSION], callers.address(request)
        access.change_password(self._store, who, said.get("old", ""), new, token=token, at=_now(), origin=origin)
        return pages.answer(forms.password_changed())

    def _ask_invited(self, request: Request, said: Said) -> Page | Response:
        token = said.get("token", "")
        if access.invitation(self._store, token, at=_now()) is None:
            return pages.answer(forms.no_invitation(), status=404)
        who = self.whose(request)
        return forms.take_up(token, who.name) if who else forms.new_account(token, said.get("name", ""))

    def _accept(self, request: Request, said: Said) -> Response:
        token = said.get("token", "")
        if (who := self.whose(request)) is not None:
            access.accept_as(self._store, who, token, at=_now())
            return _to("/")
        origin = callers.address(request)
        signed = access.accept(self._store, token, said.get("name", ""), _twice(said), at=_now(), origin=origin)
        return self._with_session(request, signed.token, "/")


async def _said(request: Request) -> dict[str, str] | None:
    """What the form says; None for what no form of ours is."""
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "").partition(";")[0]
    if not length.isdecimal() or int(length) > _LONGEST or kind != "application/x-www-form-urlencoded":
        return None
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))


def _others(request: Request) -> list[tuple[str, str]]:
    """The same page in the other languages."""
    said = {name: value for name, value in request.query_params.items() if name != "language"}
    return [
        (words, f"{request.url.path}?{urlencode(said | {'language': code})}")
        for code, words in language.LANGUAGES.items()
        if code != language.language()
    ]


def _twice(said: Mapping[str, str]) -> str:
    """The new password.

    Raises:
        InputError: The second time it was another.
    """
    if said.get("new", "") != said.get("again", ""):
        raise InputError(_("The two passwords are not the same; type the new one twice."))
    return said.get("new", "")


def _home(_request: Request, _said: Said) -> Page | Response:
    return _to("/")


def _out(request: Request) -> Response:
    answer = _to("/sign-in")
    cookies.forget(answer, request, cookies.SESSION)
    return answer


def _to(address: str) -> Response:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _now() -> datetime:
    return datetime.now(UTC)
