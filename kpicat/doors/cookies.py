"""What a browser keeps for the doors, and how a form shows that it is ours and was given to that browser."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from kpicat.doors import callers

SESSION = "kpicat_session"
"""The cookie with the token of a session; the server alone knows what it stands for."""
FORM = "kpicat_form"
"""The cookie by which forms are told apart before anybody has signed in."""
WAY = "kpicat_way"
"""The cookie with where somebody wanted to go who is away at the office's own sign-in."""
LONGEST_WAY = 1500


def stamp(secret: str, cookies: Mapping[str, str]) -> str:
    """What a form carries that was given to the browser with these cookies; another site knows neither.

    Args:
        secret: The installation's own.
    """
    of = cookies.get(SESSION) or cookies.get(FORM, "")
    return hmac.new(secret.encode(), of.encode(), hashlib.sha256).hexdigest()


def is_stamped(secret: str, cookies: Mapping[str, str], shown: str) -> bool:
    """Whether a form carries the stamp of the browser that sends it."""
    known = bool(cookies.get(SESSION) or cookies.get(FORM))
    return known and hmac.compare_digest(stamp(secret, cookies).encode(), shown.encode())


def with_form(caller: HTTPConnection) -> tuple[dict[str, str], str | None]:
    """The browser's cookies with one for its forms, and that one where it is to be kept by it."""
    if caller.cookies.get(SESSION) or caller.cookies.get(FORM):
        return dict(caller.cookies), None
    new = secrets.token_urlsafe(24)
    return {**caller.cookies, FORM: new}, new


def keep(answer: Response, caller: HTTPConnection, name: str, value: str, **options: Any) -> None:
    """Have the browser keep a cookie until it is closed: no script reads it, no other site sends it."""
    answer.set_cookie(name, value, httponly=True, samesite="lax", secure=callers.is_secret(caller), **options)


def forget(answer: Response, caller: HTTPConnection, name: str) -> None:
    """Have the browser forget a cookie."""
    answer.delete_cookie(name, httponly=True, samesite="lax", secure=callers.is_secret(caller))


def way(asked: str) -> str:
    """Where to go on this server, as a link says; home for what leads elsewhere."""
    odd = not asked.startswith("/") or asked.startswith("//") or len(asked) > LONGEST_WAY
    if odd or "\\" in asked or any(ord(sign) < 33 or ord(sign) == 127 for sign in asked):
        return "/"
    parts = urlsplit(asked)
    return "/" if parts.scheme or parts.netloc else asked


def packed(back: str) -> str:
    """A way as the value of a cookie."""
    return quote(back, safe="")


def unpacked(value: str) -> str:
    """The way that a cookie holds."""
    return way(unquote(value))


def sign_in(back: str) -> str:
    """The address of the sign-in that leads back to a page of ours."""
    said = query(next=way(back))
    return f"/sign-in?{said}" if said else "/sign-in"


def query(**said: str) -> str:
    """What a link says, home left out."""
    return urlencode({name: value for name, value in said.items() if value and (name, value) != ("next", "/")})
