"""What is known of accounts and members, and a line of the audit log."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kpicat.access.table import Role


class Event(enum.StrEnum):
    """What the audit log tells of."""

    SIGN_IN = "sign_in"
    LOCK_OUT = "lock_out"
    SIGN_OUT = "sign_out"
    PASSWORD = "password"
    ACCOUNT = "account"
    DISABLED = "disabled"
    ENABLED = "enabled"
    ADMIN = "admin"
    INVITE = "invite"
    ACCEPT = "accept"
    GRANT = "grant"
    REVOKE = "revoke"
    EXPORT = "export"
    RESTORE = "restore"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log.

    Attributes:
        who: A name; "" for somebody unknown.
        act: An :class:`Event`.
        catalogue_id: "" where it is about none.
        detail: Whom or what it is about, as keys and names; no content of a catalogue.
    """

    at: datetime
    who: str
    act: str
    catalogue_id: str = ""
    detail: str = ""
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in.

    Attributes:
        password: The hash; "" where another signs them in.
        stamp: Another one whenever their rights may have changed.
    """

    id: str
    name: str
    password: str
    admin: bool
    disabled: bool
    stamp: str
    created_at: datetime
    issuer: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in."""

    account: Account
    used_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role in a catalogue."""

    account: str
    name: str
    role: Role
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation offers.

    Attributes:
        roles: Catalogue id -> role.
        by: Id of the account that invited.
    """

    roles: Mapping[str, Role]
    admin: bool
    by: str
    expires_at: datetime
