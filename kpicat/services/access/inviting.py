"""Invitations: a link that gives whoever opens it an account, or who has one further roles. Once, and for a week."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kpicat.access import Act, Forbidden, Role, Who, allowed, managers_of, require
from kpicat.access.records import Entry, Event, Invited
from kpicat.errors import InputError
from kpicat.language import _
from kpicat.services.access import names, passwords
from kpicat.services.access.installation import new_account
from kpicat.services.access.signing_in import Signed, digest, let_in, who_of

if TYPE_CHECKING:
    from kpicat.store import Store

LASTS = timedelta(days=7)


def invite(store: Store, who: Who, roles: Mapping[str, Role], *, at: datetime, admin: bool = False) -> str:
    """An invitation to an account, and to roles in catalogues.

    Args:
        roles: Catalogue id -> role; none for an account alone, which only who looks after the installation offers.
        admin: Whether to look after the installation, too.

    Returns:
        The token for the link; it is nowhere else.

    Raises:
        Forbidden: ``who`` may not give one of these.
        UnknownCatalogue: There is no such catalogue.
    """
    author = store.accounts.by_id(who.account) if who.account else None
    if author is None:
        raise Forbidden(_("Only somebody who has an account can invite others."))
    invited = Invited(dict(roles), admin, author.id, at + LASTS)
    for act, catalogue_id in _needed(invited):
        require(who, act, catalogue_id)
    for catalogue_id in roles:
        store.catalogue(catalogue_id)
    token = secrets.token_urlsafe(32)
    offer = ", ".join(f"{id}: {role}" for id, role in sorted(roles.items()))
    noted = Entry(at, who.name, Event.INVITE, _only(roles), f"{offer} admin".strip() if admin else offer)
    store.accounts.invite(digest(token), invited, noted)
    return token


def invitation(store: Store, token: str, *, at: datetime) -> Invited | None:
    """What a link offers; None where it was used, has run out, never was, or its author may offer it no more."""
    found = store.accounts.invitation(digest(token), at=at)
    if found is None:
        return None
    author = store.accounts.by_id(found.by)
    if author is None or author.disabled:
        return None
    by = who_of(store, author)
    return found if all(allowed(by, act, catalogue_id) for act, catalogue_id in _needed(found)) else None


def accept(store: Store, token: str, name: str, password: str, *, at: datetime, origin: str) -> Signed:
    """Take an invitation with a new account, and be signed in.

    Raises:
        InputError: The invitation is none (any more), the name is another's or none, the password cannot be one.
    """
    offer = _insist(store, token, at)
    name = names.insist_on_name(name)
    passwords.insist_on_good(password, name)
    if store.accounts.by_name(names.folded(name)) is not None:
        raise names.taken(name)  # before a hash is made of it
    account = new_account(name, passwords.hashed(password), at=at)
    noted = Entry(at, name, Event.ACCEPT, _only(offer.roles), origin)
    if not store.accounts.accept(digest(token), account.id, noted, new=account, folded=names.folded(name)):
        _insist(store, token, at)
        raise names.taken(name)
    kept = store.accounts.by_id(account.id)
    assert kept is not None
    return let_in(store, kept, at=at, origin=origin)


def accept_as(store: Store, who: Who, token: str, *, at: datetime) -> None:
    """Take an invitation with the account somebody is signed in with: it never makes them less than they are.

    Raises:
        InputError: The invitation is none (any more), they have no account, or are something there already.
    """
    offer = _insist(store, token, at)
    if who.account is None:
        raise InputError(_("Sign in first, then open the invitation again."))
    if any(who.roles.get(id, role) is not role for id, role in offer.roles.items()):
        words = _("You have another role there already; ask who invited you to change it instead.")
        raise InputError(words)
    if not store.accounts.accept(digest(token), who.account, Entry(at, who.name, Event.ACCEPT, _only(offer.roles))):
        raise _no_invitation()


def _insist(store: Store, token: str, at: datetime) -> Invited:
    if (found := invitation(store, token, at=at)) is None:
        raise _no_invitation()
    return found


def _no_invitation() -> InputError:
    return InputError(_("This invitation was used, has run out or was taken back; ask for another one."))


def _needed(invited: Invited) -> list[tuple[Act, str | None]]:
    """What its author must be allowed."""
    each: list[tuple[Act, str | None]] = [(managers_of(role), id) for id, role in invited.roles.items()]
    return each if each and not invited.admin else [*each, (Act.MANAGE_INSTALLATION, None)]


def _only(roles: Mapping[str, Role]) -> str:
    """The catalogue that the audit log names: the only one, else none."""
    return next(iter(roles)) if len(roles) == 1 else ""
