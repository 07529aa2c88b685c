"""What a request asks for: its token and its parameters, each taken as it should be or refused with how that is."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

from starlette.requests import Request

from kpicat.api.problems import Problem
from kpicat.language import _
from kpicat.services import publishing

MOST, USUAL = 1000, 100
"""Approvals in one answer, and how many there are where nobody says."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_LONGEST = 200  # characters of a catalogue's id


def bearer(request: Request) -> str:
    """The token that a request shows, in its header and nowhere else: addresses stand in logs.

    Raises:
        Problem: It shows none.
    """
    scheme, _space, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        words = _("Show a token in the header “Authorization: Bearer …”; kpicat's administrator makes one.")
        raise Problem(401, "no-token", words, {"WWW-Authenticate": 'Bearer realm="kpicat"'})
    return text.strip()


def refused(wait: timedelta) -> Problem:
    """What is said to who showed a token that is none."""
    if wait > timedelta():
        seconds = math.ceil(wait.total_seconds())
        words = _("Too many wrong tokens came from this address; correct the token, then try again in {n} seconds.")
        return Problem(429, "too-many-wrong-tokens", words.format(n=seconds), {"Retry-After": str(seconds)})
    words = _("The token is wrong, has run out or was withdrawn; ask kpicat's administrator for another one.")
    header = {"WWW-Authenticate": 'Bearer realm="kpicat", error="invalid_token"'}
    return Problem(401, "wrong-token", words, header)


def parameters(request: Request, *known: str) -> dict[str, str]:
    """The parameters of the address, each at most once: one that is misspelt must not be passed over.

    Raises:
        Problem: There is another one, or one twice.
    """
    given = request.query_params.multi_items()
    names = [name for name, _value in given]
    if len(set(names)) < len(names) or not set(names) <= set(known):
        if not known:
            raise Problem(400, "unknown-parameter", _("This address takes no parameters; leave them out."))
        words = _("The only parameters of this address are {known}, each at most once; correct the rest.")
        raise Problem(400, "unknown-parameter", words.format(known=", ".join(known)))
    return dict(given)


def day(text: str | None) -> date | None:
    """A day; None where none is given.

    Raises:
        Problem: It is none.
    """
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Problem(400, "no-day", _("“on” is no day; write it as year-month-day, like 2026-02-05."))


def cursor(text: str | None) -> str:
    """A place in the feed; the first where none is given.

    Raises:
        Problem: It cannot be one.
    """
    if text is None:
        return publishing.FIRST
    if not publishing.is_cursor(text):
        words = _("“since” is no place in the list; give “next” of the last answer as it is, or leave it out.")
        raise Problem(400, "no-place", words)
    return text


def limit(text: str | None) -> int:
    """At how many approvals an answer ends.

    Raises:
        Problem: It is no such number.
    """
    if text is None:
        return USUAL
    if _NUMBER.fullmatch(text) and int(text) <= MOST:
        return int(text)
    raise Problem(400, "no-limit", _("“limit” is a whole number from 1 to {most}.").format(most=MOST))


def is_id(text: str) -> bool:
    """Whether a catalogue can have this id: databases refuse what no text can hold."""
    return len(text) <= _LONGEST and text.isprintable()
