"""People whom an identity provider signs in: who they are by its claims, and what they are by these or by our table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from kpicat import settings
from kpicat.access import EVERY, Role, Who
from kpicat.access.records import Account, Entry, Event
from kpicat.errors import SignInRefused
from kpicat.language import _
from kpicat.services.access import names
from kpicat.services.access.installation import new_account
from kpicat.services.access.signing_in import digest, who_of, whose

if TYPE_CHECKING:
    from kpicat.store import Store

_ADMIN = "admin"
_ROLES = frozenset(role.value for role in Role)


def who_of_claims(
    store: Store, claims: Mapping[str, Any], *, at: datetime, origin: str | None = None, is_gesture: bool = True
) -> Who | None:
    """Who a provider says is there; an account is made when they first come. None where it is disabled.

    What the provider says when somebody signs in is of one session, which ends as any other does: by signing out, here
    or everywhere, or without a gesture for long. Then the same words let nobody in again.

    Only ``iss`` and ``sub`` together say who it is: names and addresses are given anew to others. Where
    ``KPICAT_OIDC_ROLES`` names a claim, its values are roles: "admin" of the installation, "editor" in every
    catalogue, "<catalogue>:chair" in one. In a catalogue of which the claim says nothing the members' table holds.

    Args:
        origin: The client's address, where words that are new may begin a session; None where they may not.
        is_gesture: As in :func:`~kpicat.services.access.whose`.

    Raises:
        SignInRefused: The claims name nobody.
    """
    issuer, subject = _text(claims.get("iss")), _text(claims.get("sub"))
    if not issuer or not subject:
        raise SignInRefused(_("The identity provider does not say who you are; ask the IT officer to look at it."))
    who = whose(store, word(claims), at=at, is_gesture=is_gesture)
    if who is None and origin is not None:
        account = store.accounts.by_subject(issuer, subject) or _made(store, claims, issuer, subject, at)
        who = None if account.disabled else _begun(store, account, word(claims), at, origin)
    if who is None:
        return None
    admin, roles = _told(claims)
    if admin or roles:
        return replace(who, admin=who.admin or admin, roles={**who.roles, **roles})
    return who


def word(claims: Mapping[str, Any]) -> str:
    """What a provider says as the token of its session: of two sign-ins it is never the same (OIDC's nonce)."""
    return json.dumps(claims, sort_keys=True, default=str)


def _begun(store: Store, account: Account, token: str, at: datetime, origin: str) -> Who | None:
    """Who begins the session of a word that is new; None where it has ended already."""
    noted = Entry(at, account.name, Event.SIGN_IN, detail=origin)
    until = at + timedelta(minutes=settings.session_minutes())
    called = names.folded(account.name)
    if store.accounts.let_in(account.id, called, digest(token), origin=origin, expires_at=until, noted=noted):
        return who_of(store, account)
    return whose(store, token, at=at)  # another page of that browser was sooner


def _told(claims: Mapping[str, Any]) -> tuple[bool, dict[str, Role]]:
    """Whether a claim says admin, and the roles it names by catalogue; what is no role says nothing."""
    admin, roles = False, dict[str, Role]()
    for said in _values(claims):
        catalogue_id, _colon, role = said.rpartition(":")
        if said == _ADMIN:
            admin = True
        elif role in _ROLES:
            roles[catalogue_id or EVERY] = Role(role)
    return admin, roles


def _values(claims: Mapping[str, Any]) -> Iterator[str]:
    found = claims.get(settings.role_claim()) if settings.role_claim() else None
    if isinstance(found, str):
        found = found.replace(",", " ").split()
    yield from (one for one in found or () if isinstance(one, str))


def _made(store: Store, claims: Mapping[str, Any], issuer: str, subject: str, at: datetime) -> Account:
    """A new account, under the name the provider gives, made another where somebody is called so."""
    given = (_text(claims.get(name)) for name in ("name", "preferred_username", "email"))
    called = next((name for name in map(_fit, given) if name), "OIDC")
    for n in count(1):
        name = called if n == 1 else f"{called} ({n})"
        account = new_account(name, "", at=at, issuer=issuer, subject=subject)
        noted = Entry(at, name, Event.ACCOUNT, detail=issuer)
        if store.accounts.add(account, names.folded(name), noted):
            return account
        if (there := store.accounts.by_subject(issuer, subject)) is not None:
            return there  # who opened two pages at once
    raise AssertionError("unreachable")


def _fit(text: str) -> str:
    """A name among what a provider says, without what no name has."""
    kept = names.tidy("".join(one for one in text if one.isprintable()))[: names.LONGEST - 6]
    return kept if any(map(str.isalpha, kept)) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
