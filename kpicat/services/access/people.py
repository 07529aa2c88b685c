"""Members of a catalogue: who is what in it, and who says so."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.access import Act, Role, Who, allowed, managers_of, require
from kpicat.access.records import Account, Entry, Event, Member
from kpicat.errors import InputError
from kpicat.language import _
from kpicat.services.access.names import folded, tidy

if TYPE_CHECKING:
    from kpicat.store import Store


def members(store: Store, who: Who, catalogue_id: str) -> list[Member]:
    """Who is what in a catalogue, by name: whoever reads it may know with whom, and who looks after members.

    Raises:
        Forbidden: They are no member, and do not look after members.
    """
    require(who, Act.MANAGE_MEMBERS if who.admin else Act.READ, catalogue_id)
    return store.accounts.members(catalogue_id)


def grant(store: Store, who: Who, catalogue_id: str, name: str, role: Role, *, at: datetime) -> None:
    """Give somebody who has an account a role in a catalogue, instead of what they are there.

    Raises:
        Forbidden: ``who`` may not give this role, or may not take away what they are.
        InputError: Nobody has an account of that name, or the catalogue would be without a chair.
        UnknownCatalogue: There is no such catalogue.
    """
    require(who, managers_of(role), catalogue_id)
    store.catalogue(catalogue_id)
    account = account_of(store, name)
    if (before := _role(store, catalogue_id, account)) is not None:
        require(who, managers_of(before), catalogue_id)
    noted = Entry(at, who.name, Event.GRANT, catalogue_id, f"{account.name}: {role}")
    store.accounts.set_role(catalogue_id, account.id, role, noted)


def revoke(store: Store, who: Who, catalogue_id: str, name: str, *, at: datetime) -> None:
    """Take somebody's role in a catalogue away; who has none there stays so.

    Raises:
        Forbidden: ``who`` may not take it away.
        InputError: Nobody has an account of that name, or the catalogue would be without a chair.
    """
    if not allowed(who, Act.NAME_AUTHORITY, catalogue_id):
        require(who, Act.MANAGE_MEMBERS, catalogue_id)
    account = account_of(store, name)
    role = _role(store, catalogue_id, account)
    require(who, managers_of(role), catalogue_id)
    if role is not None:
        noted = Entry(at, who.name, Event.REVOKE, catalogue_id, f"{account.name}: {role}")
        store.accounts.set_role(catalogue_id, account.id, None, noted)


def account_of(store: Store, name: str) -> Account:
    """The account of a name.

    Raises:
        InputError: Nobody has one of that name.
    """
    if (found := store.accounts.by_name(folded(name))) is None:
        raise InputError(_("Nobody has an account called {name}; invite them first.").format(name=tidy(name)))
    return found


def _role(store: Store, catalogue_id: str, account: Account) -> Role | None:
    return store.accounts.roles(account.id).get(catalogue_id)
