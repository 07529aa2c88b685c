"""What is known of accounts and members, and a line of the audit log."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    CONFIGURED = "configured"
    REFUSED = "refused"
    TOKEN = "token"
    TOKEN_ENDED = "token_ended"
    TOKEN_WRONG = "token_wrong"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log.

    Attributes:
        who: A name; "" for somebody unknown.
        act: An :class:`Event`.
        catalogue_id: "" where it is about none.
        detail: Whom or what it is about, as keys and names; no content of a catalogue.
        id: Of a line that is kept; of those of one moment it says which came first.
    """

    at: datetime
    who: str
    act: str
    catalogue_id: str = ""
    detail: str = ""
    ok: bool = True
    id: str = ""


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


@dataclass(frozen=True, slots=True)
class Token:
    """By which other software reads what was approved.

    Attributes:
        digest: What is kept of the text that it shows.
        catalogues: Ids of those it reads; None for all, those of tomorrow too.
        expires_at: From when on it is none any more; None for never.
        revoked_at: When it was withdrawn; None where it was not.
        used_at: When it was last seen in use, to the hour; None for never.
    """

    id: str
    name: str
    digest: str = field(repr=False)
    catalogues: frozenset[str] | None
    created_by: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        """Whether it lets anybody in at a moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    def reads(self, catalogue_id: str) -> bool:
        """Whether a catalogue is one of those it is for."""
        return self.catalogues is None or catalogue_id in self.catalogues
