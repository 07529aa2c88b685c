"""The accounts of an installation, as its administrator sees them, and the audit log."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.access import Act, Who, require
from kpicat.access.records import Account, Entry, Event
from kpicat.services.access import names, passwords
from kpicat.services.access.people import account_of
from kpicat.store.memberships import new_stamp

if TYPE_CHECKING:
    from kpicat.store import Store

CONSOLE = Who("kpicat", account="console", admin=True)
"""Whoever may run commands on the machine itself, where the database lies."""


def accounts(store: Store, who: Who) -> list[Account]:
    """Every account, by name.

    Raises:
        Forbidden: ``who`` does not look after the installation. So all functions of this module.
    """
    require(who, Act.MANAGE_INSTALLATION)
    return store.accounts.all()


def add_account(store: Store, who: Who, name: str, password: str, *, admin: bool = False, at: datetime) -> Account:
    """A new account.

    Raises:
        InputError: The name is another's or none, or the password cannot be one.
    """
    require(who, Act.MANAGE_INSTALLATION)
    name = names.insist_on_name(name)
    passwords.insist_on_good(password, name)
    account = new_account(name, passwords.hashed(password), at=at, admin=admin)
    noted = Entry(at, who.name, Event.ACCOUNT, detail=f"{name}{': admin' if admin else ''}")
    if not store.accounts.add(account, names.folded(name), noted):
        raise names.taken(name)
    return account


def reset_password(store: Store, who: Who, name: str, password: str, *, at: datetime) -> None:
    """Another password for somebody who forgot theirs; they are signed out everywhere.

    Raises:
        InputError: Nobody is called so, or the password cannot be one.
    """
    require(who, Act.MANAGE_INSTALLATION)
    account = account_of(store, name)
    passwords.insist_on_good(password, account.name)
    noted = Entry(at, who.name, Event.PASSWORD, detail=account.name)
    store.accounts.set_password(account.id, passwords.hashed(password), noted, at=at)


def set_disabled(store: Store, who: Who, name: str, disabled: bool, *, at: datetime) -> None:
    """Let somebody in no more, and end their sessions, or let them in again; roles and log stay.

    Raises:
        InputError: Nobody is called so.
    """
    require(who, Act.MANAGE_INSTALLATION)
    account = account_of(store, name)
    noted = Entry(at, who.name, Event.DISABLED if disabled else Event.ENABLED, detail=account.name)
    store.accounts.set_flags(account.id, noted, at=at, disabled=disabled)


def set_admin(store: Store, who: Who, name: str, admin: bool, *, at: datetime) -> None:
    """Let somebody look after the installation, or no more.

    Raises:
        InputError: Nobody is called so.
    """
    require(who, Act.MANAGE_INSTALLATION)
    account = account_of(store, name)
    noted = Entry(at, who.name, Event.ADMIN, detail=f"{account.name}: {'yes' if admin else 'no'}")
    store.accounts.set_flags(account.id, noted, at=at, admin=admin)


def every_catalogue(store: Store, who: Who) -> dict[str, str]:
    """Catalogue id -> name, body and period of all there are, read from the plain store: to give one its chair."""
    require(who, Act.MANAGE_INSTALLATION)
    return {each.id: " · ".join(filter(None, (each.name, each.body, each.period))) for each in store.catalogues()}


def without_chair(store: Store, who: Who) -> set[str]:
    """Ids of catalogues in which nobody is chair, as of those that were begun before people signed in."""
    chaired = store.accounts.chaired()
    return {id for id in every_catalogue(store, who) if id not in chaired}


def audit(
    store: Store, who: Who, catalogue_id: str | None = None, *, limit: int = 100, before: Entry | None = None
) -> list[Entry]:
    """Lines of the audit log, the newest first: about one catalogue, for who looks after its members, or all.

    Args:
        before: The last line of the page before: only those older than that one.

    Raises:
        Forbidden: ``who`` looks after neither.
    """
    require(who, Act.MANAGE_INSTALLATION if catalogue_id is None else Act.MANAGE_MEMBERS, catalogue_id)
    return store.accounts.entries(catalogue_id, limit=limit, before=before)


def exported(store: Store, who: Who, catalogue_id: str, what: str, *, at: datetime) -> None:
    """Note that a catalogue leaves as a file; asked before it does.

    Args:
        what: The file's name.

    Raises:
        Forbidden: They may not take it out.
    """
    require(who, Act.EXPORT, catalogue_id)
    store.accounts.note(Entry(at, who.name, Event.EXPORT, catalogue_id, what))


def restored(store: Store, who: Who, backup: str, *, at: datetime) -> None:
    """Note that a backup was put back: accounts and roles are those of then."""
    require(who, Act.MANAGE_INSTALLATION)
    store.accounts.note(Entry(at, who.name, Event.RESTORE, detail=backup))


def new_account(
    name: str,
    password: str,
    *,
    at: datetime,
    admin: bool = False,
    issuer: str | None = None,
    subject: str | None = None,
) -> Account:
    """An account that is not kept yet."""
    id, stamp = uuid.uuid4().hex, new_stamp()
    return Account(id, name, password, admin, False, stamp, at, issuer, subject)
