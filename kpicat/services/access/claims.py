"""People whom an identity provider signs in: who they are by its claims, and what they are by these or by our table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from kpicat import settings
from kpicat.access import EVERY, Role, Who
from kpicat.access.records import Account, Entry, Event
from kpicat.errors import SignInRefused
from kpicat.language import _
from kpicat.services.access import names
from kpicat.services.access.installation import new_account
from kpicat.services.access.signing_in import who_of

if TYPE_CHECKING:
    from kpicat.store import Store

_ADMIN = "admin"
_noted: dict[str, str] = {}  # account -> the word of the provider that this server has noted last
_ROLES = frozenset(role.value for role in Role)


def who_of_claims(store: Store, claims: Mapping[str, Any], *, at: datetime) -> Who | None:
    """Who a provider says is there; an account is made when they first come. None where it is disabled.

    Only ``iss`` and ``sub`` together say who it is: names and addresses are given anew to others. Where
    ``KPICAT_OIDC_ROLES`` names a claim, its values are roles: "admin" of the installation, "editor" in every
    catalogue, "<catalogue>:chair" in one. In a catalogue of which the claim says nothing the members' table holds.

    Raises:
        SignInRefused: The claims name nobody.
    """
    issuer, subject = _text(claims.get("iss")), _text(claims.get("sub"))
    if not issuer or not subject:
        raise SignInRefused(_("The identity provider does not say who you are; ask the IT officer to look at it."))
    account = store.accounts.by_subject(issuer, subject) or _made(store, claims, issuer, subject, at)
    if account.disabled:
        return None
    _note(store, account, f"{claims.get('iat')}", at)
    who = who_of(store, account)
    admin, roles = _told(claims)
    if admin or roles:
        return replace(who, admin=who.admin or admin, roles={**who.roles, **roles})
    return who


def _note(store: Store, account: Account, issued: str, at: datetime) -> None:
    """Note a sign-in once: the provider's word is shown again at each gesture, and says when it was given."""
    if _noted.get(account.id) != issued:
        store.accounts.note(Entry(at, account.name, Event.SIGN_IN, detail=str(account.issuer)))
        _noted[account.id] = issued


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
