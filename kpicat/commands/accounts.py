"""``accounts``: who may sign in, from the machine itself; so the first administrator comes in."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kpicat import settings
from kpicat.access import Role
from kpicat.errors import InputError
from kpicat.language import _

if TYPE_CHECKING:
    from kpicat.store import Store

NO_ROLE = "none"


def describe(accounts: ArgumentParser) -> list[ArgumentParser]:
    """Say what may be typed after ``accounts``; returns the parser of each command."""
    commands = accounts.add_subparsers(metavar=_("COMMAND"), required=True)

    def command(name: str, about: str, does: Callable[[Namespace], int], *, named: bool = True) -> ArgumentParser:
        made: ArgumentParser = commands.add_parser(name, help=about, description=about)
        made.set_defaults(command=does)
        if named:
            made.add_argument("name", metavar=_("NAME"), help=_("the name somebody signs in with"))
        return made

    added = command("add", _("Make an account; the password is asked for, or read from standard input."), add)
    added.add_argument("--admin", action="store_true", help=_("who looks after the installation"))
    listed = command("list", _("List the accounts, one a line."), list_, named=False)
    again = command("reset", _("Give somebody another password and sign them out everywhere."), reset)
    out = command("disable", _("Let somebody in no more and end their sessions; their roles stay."), disable)
    back = command("enable", _("Let somebody in again."), enable)
    given = command("grant", _("Give somebody a role in a catalogue, or take theirs away."), grant)
    given.add_argument("catalogue", metavar=_("CATALOGUE"), help=_("its id, as the address of its pages has it"))
    given.add_argument("role", choices=(*(role.value for role in Role), NO_ROLE), help=_("what they are there"))
    return [added, listed, again, out, back, given]


def add(asked: Namespace) -> int:
    """Make an account."""
    from kpicat.services import access

    with opened() as store:
        password = _password()
        made = access.add_account(store, access.CONSOLE, asked.name, password, admin=asked.admin, at=_now())
    print(_("{name} can sign in.").format(name=made.name))
    return 0


def list_(asked: Namespace) -> int:
    """Print each account: name, what it is, when it was made."""
    from kpicat.services import access

    with opened() as store:
        for account in access.accounts(store, access.CONSOLE):
            said = [word for word, so in (("admin", account.admin), ("disabled", account.disabled)) if so]
            print(account.name, " ".join(said), f"{account.created_at:%Y-%m-%d}", sep="\t")
    return 0


def reset(asked: Namespace) -> int:
    """Give somebody another password."""
    from kpicat.services import access

    with opened() as store:
        access.reset_password(store, access.CONSOLE, asked.name, _password(), at=_now())
    print(_("{name} has another password and is signed out everywhere.").format(name=asked.name))
    return 0


def disable(asked: Namespace) -> int:
    """Let somebody in no more."""
    _set_disabled(asked, True)
    print(_("{name} is let in no more.").format(name=asked.name))
    return 0


def enable(asked: Namespace) -> int:
    """Let somebody in again."""
    _set_disabled(asked, False)
    print(_("{name} can sign in.").format(name=asked.name))
    return 0


def grant(asked: Namespace) -> int:
    """Give somebody a role, or take theirs away."""
    from kpicat.services import access

    with opened() as store:
        store.catalogue(asked.catalogue)
        if asked.role == NO_ROLE:
            access.revoke(store, access.CONSOLE, asked.catalogue, asked.name, at=_now())
        else:
            access.grant(store, access.CONSOLE, asked.catalogue, asked.name, Role(asked.role), at=_now())
    print(_("{name}: {role} of “{catalogue}”.").format(name=asked.name, role=asked.role, catalogue=asked.catalogue))
    return 0


def _set_disabled(asked: Namespace, disabled: bool) -> None:
    from kpicat.services import access

    with opened() as store:
        access.set_disabled(store, access.CONSOLE, asked.name, disabled, at=_now())


@contextmanager
def opened() -> Iterator[Store]:
    """The store of this installation, as long as the command works on it."""
    from kpicat.store import open_store

    store = open_store(settings.database_url())
    try:
        yield store
    finally:
        store.close()


def _password() -> str:
    """A password, never from the command line, which every user of the machine can read.

    Raises:
        InputError: What was typed twice differs.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Once more: ")) != typed:
        raise InputError(_("The two passwords differ; nothing was done."))
    return typed


def _now() -> datetime:
    return datetime.now(UTC)
