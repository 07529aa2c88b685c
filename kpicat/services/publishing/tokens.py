"""Tokens: made by whoever looks after the installation, shown once, and asked for at every request."""

from __future__ import annotations

import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kpicat.access import Act, Who, require
from kpicat.access.records import Entry, Event, Token
from kpicat.errors import InputError, StoreBusy
from kpicat.language import _
from kpicat.model.approvals import Version
from kpicat.services.access import names
from kpicat.services.access.signing_in import digest

if TYPE_CHECKING:
    from kpicat.store import Store

_VIETNAM = timezone(timedelta(hours=7))
_LAST_DAY = date(9999, 12, 1)  # a day is added to it, which the last one of all does not bear
_SHAPE = re.compile(r"kpicat_([0-9a-f]{12})_[A-Za-z0-9_-]{43}", re.ASCII)
_USED_EVERY = timedelta(hours=1)  # that a token is in use is noted: not at each request
_MOST = 10_000
Key = TypeVar("Key")
Value = TypeVar("Value")


class Shown(NamedTuple):
    """What somebody showed.

    Attributes:
        token: The token, where it is one.
        wait: How long others from there are not looked at.
    """

    token: Token | None
    wait: timedelta = timedelta()


def tokens(store: Store, who: Who) -> list[Token]:
    """Every token, those that are none any more too; the oldest first.

    Raises:
        Forbidden: ``who`` does not look after the installation. So the next two.
    """
    require(who, Act.MANAGE_INSTALLATION)
    return store.tokens.all()


def make_token(
    store: Store,
    who: Who,
    name: str,
    *,
    catalogue_ids: Collection[str] | None = None,
    until: date | None = None,
    at: datetime,
) -> str:
    """A new token; what is given back is nowhere else.

    Args:
        name: Of the software that will show it.
        catalogue_ids: What it reads; None for every catalogue of which something is approved, now or later.
        until: The last day on which it is good, where the authority is; None for always.

    Raises:
        InputError: The name is none, no catalogue is named, or that day is over.
        UnknownCatalogue: There is no such catalogue.
    """
    require(who, Act.MANAGE_INSTALLATION)
    name = names.insist_on_name(name)
    if catalogue_ids is not None and not catalogue_ids:
        raise InputError(_("Choose at least one catalogue that the token may read, or all."))
    expires_at = datetime.combine(min(until, _LAST_DAY) + timedelta(days=1), time(), _VIETNAM) if until else None
    if expires_at and expires_at <= at:
        raise InputError(_("The last day of the token is over already; choose a later one."))
    id = secrets.token_hex(6)
    text = f"kpicat_{id}_{secrets.token_urlsafe(32)}"
    scope = None if catalogue_ids is None else frozenset(catalogue_ids)
    token = Token(id, name, digest(text), scope, who.name, at, expires_at)
    about = f"{_called(token)}: *" if scope is None else _called(token)
    store.tokens.add(token, Entry(at, who.name, Event.TOKEN, detail=about))
    return text


def last_day(token: Token) -> date | None:
    """The last day on which a token is good, where the authority is; None for always."""
    return token.expires_at and (token.expires_at - timedelta(seconds=1)).astimezone(_VIETNAM).date()


def revoke_token(store: Store, who: Who, id: str, *, at: datetime) -> Token:
    """Withdraw a token: from the next request on it lets nobody in.

    Raises:
        InputError: There is none of that id, or it was withdrawn before.
    """
    require(who, Act.MANAGE_INSTALLATION)
    token = store.tokens.by_id(id)
    if token is None or not store.tokens.revoke(id, Entry(at, who.name, Event.TOKEN_ENDED, detail=_called(token))):
        raise InputError(_("There is no token “{id}” that could be withdrawn; list them again.").format(id=id))
    return token


class Gate:
    """Asks for the token at every request; one for each process, safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting = _Few[str, datetime]()  # address -> until when its wrong tokens are not looked at
        self._noted = _Few[tuple[str, str], date]()  # token and version -> the day that is in the audit log

    def admitted(self, text: str, *, at: datetime, origin: str) -> Shown:
        """The token that somebody shows; one read by keys.

        A right one is never kept waiting. Wrong ones are counted as wrong passwords are, and noted while they count.

        Args:
            origin: The client's address.
        """
        shape = _SHAPE.fullmatch(text)
        kept = self._store.tokens.by_id(shape[1]) if shape else None
        if hmac.compare_digest(digest(text), kept.digest if kept else digest("")) and kept and kept.is_good(at):
            if kept.used_at is None or at - kept.used_at >= _USED_EVERY:
                with suppress(StoreBusy):
                    self._store.tokens.used(kept.id, at=at)
            return Shown(kept)
        return Shown(None, self._counted(_called(kept) if kept else "", at, origin))

    def taken(self, token: Token, version: Version, *, at: datetime) -> None:
        """Note that a version is handed out: once a day of each token, as software asks all the time."""
        key = (token.id, version.id)
        if self._noted.get(key) != at.date():
            detail = f"api: {version.decision_number}"
            self._store.accounts.note(Entry(at, _called(token), Event.EXPORT, version.catalogue_id, detail))
            self._noted[key] = at.date()

    def _counted(self, known: str, at: datetime, origin: str) -> timedelta:
        """Count a wrong token, and say how long what comes from there is not looked at."""
        if (until := self._waiting.get(origin, at)) > at:
            return until - at
        claim = self._store.tokens.claim(origin, at=at)
        if claim.wait > timedelta():
            self._waiting[origin] = at + claim.wait
            return claim.wait
        self._store.accounts.note(Entry(at, known, Event.TOKEN_WRONG, detail=origin, ok=False))
        if claim.last:
            self._store.accounts.note(Entry(at, known, Event.LOCK_OUT, detail=origin, ok=False))
        return timedelta()


class _Few(OrderedDict[Key, Value]):
    """What was said last of some thousand keys."""

    def __setitem__(self, key: Key, value: Value) -> None:
        super().__setitem__(key, value)
        while len(self) > _MOST:
            self.popitem(last=False)


def _called(token: Token) -> str:
    """A token in the audit log, so that nobody takes it for a person of that name."""
    return f"{token.name} [api {token.id}]"
