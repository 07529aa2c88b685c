"""Signing in and out, and the password: what nobody can guess, and what nobody keeps but as a hash or digest."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpicat import settings
from kpicat.access import Who
from kpicat.access.records import Account, Entry, Event
from kpicat.errors import InputError, SignInRefused, StoreBusy
from kpicat.language import _, ngettext, number
from kpicat.services.access import passwords
from kpicat.services.access.names import folded

if TYPE_CHECKING:
    from kpicat.store import Store

_NOTED_EVERY = timedelta(minutes=1)  # that a session is in use: not at each gesture
_MOST = 2_000
_known: OrderedDict[str, Who] = OrderedDict()  # by stamp, which another state of anybody's rights never has


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who is in.

    Attributes:
        token: What the browser shows from now on, and nobody else has.
    """

    token: str = field(repr=False)
    who: Who


def sign_in(store: Store, name: str, password: str, *, at: datetime, origin: str) -> Signed:
    """Let somebody in by name and password.

    Args:
        origin: The client's address.

    Raises:
        SignInRefused: Name or password is wrong, or they have to wait; which of the first two is not told.
    """
    account = proven(store, name, password, at=at, origin=origin)
    if passwords.is_cheap(account.password):
        store.accounts.set_password(account.id, passwords.hashed(password), None, at=at)
    return let_in(store, account, at=at, origin=origin)


def let_in(store: Store, account: Account, *, at: datetime, origin: str) -> Signed:
    """Begin a session of somebody who has proved who they are."""
    token = secrets.token_urlsafe(32)
    expires_at = at + timedelta(minutes=settings.session_minutes())
    noted = Entry(at, account.name, Event.SIGN_IN, detail=origin)
    store.accounts.let_in(
        account.id, folded(account.name), digest(token), origin=origin, expires_at=expires_at, noted=noted
    )
    return Signed(token, who_of(store, account))


def proven(store: Store, name: str, password: str, *, at: datetime, origin: str) -> Account:
    """The account whose name and password these are; the try is counted until it is forgiven.

    Raises:
        SignInRefused: They are of none that is in use, or it was tried too often.
    """
    claim = store.accounts.claim(folded(name), origin, at=at)
    if claim.wait > timedelta():
        raise _wait(claim.wait)
    account = store.accounts.by_name(folded(name))
    if passwords.fits(password, account.password if account else "") and account and not account.disabled:
        return account
    known = account.name if account else ""  # what is typed there may be a password
    store.accounts.note(Entry(at, known, Event.SIGN_IN, detail=origin, ok=False))
    if claim.last:
        store.accounts.note(Entry(at, known, Event.LOCK_OUT, detail=origin, ok=False))
    raise SignInRefused(_("Name or password is wrong; type both again, or ask for a new password."))


def whose(store: Store, token: str, *, at: datetime, is_gesture: bool = True) -> Who | None:
    """Who shows a token; None where it is no session's, or the session has ended or run out.

    One read by keys where nothing changed, so it can be asked at each gesture.

    Args:
        is_gesture: Whether the person has just done something, or else a page asks by itself as long as it is open.
    """
    own = digest(token)
    session = store.accounts.session(own)
    idle = timedelta(minutes=settings.idle_minutes())
    if session is None or at >= session.expires_at or at - session.used_at >= idle:
        return None
    if is_gesture and at - session.used_at >= min(_NOTED_EVERY, idle / 2):
        with suppress(StoreBusy):
            store.accounts.used(own, at=at)
    return who_of(store, session.account)


def who_of(store: Store, account: Account) -> Who:
    """An account with its roles, as the rest of kpicat knows somebody."""
    if (known := _known.get(account.stamp)) is not None:
        return known
    roles = MappingProxyType(store.accounts.roles(account.id))
    who = Who(account.name, account.id, account.admin, roles)
    _known[account.stamp] = who
    while len(_known) > _MOST:
        _known.popitem(last=False)
    return who


def sign_out(store: Store, token: str, *, at: datetime) -> None:
    """End the session of a token; nothing where it is none's."""
    own = digest(token)
    if (session := store.accounts.session(own)) is not None:
        account = session.account
        store.accounts.sign_out(account.id, Entry(at, account.name, Event.SIGN_OUT), digest=own)


def sign_out_everywhere(store: Store, who: Who, *, at: datetime) -> None:
    """End every session of somebody."""
    if who.account is not None:
        store.accounts.sign_out(who.account, Entry(at, who.name, Event.SIGN_OUT, detail="everywhere"))


def change_password(store: Store, who: Who, old: str, new: str, *, token: str, at: datetime, origin: str) -> None:
    """Another password; every session but that of ``token`` ends.

    Raises:
        SignInRefused: The old one is wrong, or was tried too often: a browser left open must not try on.
        InputError: The new one cannot be one.
    """
    passwords.insist_on_good(new, who.name)
    account = proven(store, who.name, old, at=at, origin=origin)
    if account.id != who.account:
        raise InputError(_("Sign in again, then change your password."))
    noted = Entry(at, who.name, Event.PASSWORD, detail=origin)
    store.accounts.set_password(account.id, passwords.hashed(new), noted, at=at, keep=digest(token))
    store.accounts.forgive(folded(who.name), origin)


def seated(store: Store, voting_token: str) -> Who:
    """Who shows the token that a meeting's code gave: a voter in that meeting while it lasts, else nobody."""
    seat = store.ballots.seat(voting_token)
    if seat is None or seat[0].ended_at is not None or seat[1].left_at is not None:
        return Who.nobody()
    return Who.voter(seat[1].name, seat[0].id)


def digest(token: str) -> str:
    """What is kept of a token: who reads the database cannot show it."""
    return hashlib.sha256(token.encode(errors="ignore")).hexdigest()


def _wait(wait: timedelta) -> SignInRefused:
    seconds = max(1, math.ceil(wait.total_seconds()))
    if seconds < 60:
        said = ngettext("{n} second", "{n} seconds", seconds).format(n=number(seconds))
    else:
        minutes = math.ceil(seconds / 60)
        said = ngettext("{n} minute", "{n} minutes", minutes).format(n=number(minutes))
    words = _("Too many wrong passwords were typed for this name; wait {time}, then try again.")
    return SignInRefused(words.format(time=said))
