"""Accounts, who is signed in, and who is what in which catalogue.

Whether somebody may is asked by :mod:`kpicat.services.access`, who calls these; what is done about it, and its line of
the audit log, are one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kpicat.access import Role
from kpicat.access.configured import Moved, moved
from kpicat.access.records import Account, Entry, Invited, Member, Session
from kpicat.store import attempts, auditing, memberships, passing
from kpicat.store.attempts import Claim
from kpicat.store.database import Database
from kpicat.store.memberships import new_stamp
from kpicat.store.schema_access import account, invitation, membership, session

_CONFIGURED = "settings"
_ABOUT = tuple(account.c[name] for name in Account.__dataclass_fields__)

REMEMBERED = timedelta(days=90)
"""How long after a session ran out it is known where somebody has signed in (:mod:`kpicat.store.attempts`)."""


class Accounts:
    """The accounts in a database; safe to share between threads. Fails as :class:`~kpicat.store.Store` does.

    Attributes:
        moves: Another number whenever this process may have changed somebody's rights or sessions.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.moves = 0

    # -- accounts ------------------------------------------------------------

    def by_name(self, folded: str) -> Account | None:
        """The account of a name, folded."""
        return self._one(account.c.folded == folded)

    def by_id(self, id: str) -> Account | None:
        """The account of an id."""
        return self._one(account.c.id == id)

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        """The account of somebody whom another signs in."""
        return self._one((account.c.issuer == issuer) & (account.c.subject == subject))

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.peek() as connection:
            return [Account(*row) for row in connection.execute(select(*_ABOUT).order_by(account.c.folded))]

    def add(self, new: Account, folded: str, noted: Entry) -> bool:
        """Keep a new account; False, and nothing done, where the name, or the subject, has one."""
        with suppress(_Refused), self._noting(noted) as connection:
            _add(connection, new, folded)
            return True
        return False

    def set_password(self, id: str, hashed: str, noted: Entry | None, *, at: datetime, keep: str = "") -> None:
        """Another hash; sessions end, but that of the digest ``keep``, where it is another password (is noted)."""
        with self._database.write() as connection:
            connection.execute(update(account).where(account.c.id == id).values(password=hashed))
            if noted is not None:
                _end(connection, (session.c.account_id == id) & (session.c.digest != keep), at)
                auditing.note(connection, noted)
        self.moves += 1

    def set_flags(self, id: str, noted: Entry, *, at: datetime, **flags: bool) -> None:
        """Set ``disabled`` or ``admin``; who is disabled is signed out."""
        with self._noting(noted) as connection:
            connection.execute(update(account).where(account.c.id == id).values(**flags, stamp=new_stamp()))
            if flags.get("disabled"):
                _end(connection, session.c.account_id == id, at)

    # -- signing in ----------------------------------------------------------

    def claim(self, folded: str, origin: str, *, at: datetime) -> Claim:
        """Whether a password of a name may be tried from there; where so, it is counted as wrong beforehand."""
        with self._database.write_passing() as connection:
            return attempts.claim(connection, folded, origin, at)

    def let_in(self, id: str, folded: str, digest: str, *, origin: str, expires_at: datetime, noted: Entry) -> bool:
        """Begin a session, and forget the tries; False, and nothing done, where one of that digest was begun."""
        with suppress(_Refused), self._noting(noted) as connection:
            attempts.forgive(connection, folded, origin)
            forgotten = session.c.expires_at < noted.at - REMEMBERED
            connection.execute(delete(session).where(session.c.account_id == id, forgotten))
            row = {"digest": digest, "account_id": id, "created_at": noted.at, "used_at": noted.at}
            _put(connection, session, row | {"expires_at": expires_at, "origin": origin[:100]})
            return True
        return False

    def forgive(self, folded: str, origin: str) -> None:
        """Forget a try whose password was right."""
        with self._database.write_passing() as connection:
            attempts.forgive(connection, folded, origin)

    def session(self, digest: str) -> Session | None:
        """A session that was not ended, of an account that is not disabled: one read by keys."""
        columns = (*_ABOUT, session.c.used_at, session.c.expires_at)
        query = select(*columns).join_from(session, account).where(session.c.digest == digest)
        with self._database.peek() as connection:
            row = connection.execute(query.where(session.c.revoked_at.is_(None), ~account.c.disabled)).one_or_none()
        return None if row is None else Session(Account(*row[: len(_ABOUT)]), *row[len(_ABOUT) :])

    def used(self, digest: str, *, at: datetime) -> None:
        """Know that a session is in use."""
        with self._database.write_passing() as connection:
            connection.execute(update(session).where(session.c.digest == digest).values(used_at=at))

    def sign_out(self, id: str, noted: Entry, *, digest: str | None = None) -> None:
        """End a session of an account, or all."""
        with self._noting(noted) as connection:
            which = session.c.account_id == id
            _end(connection, which if digest is None else which & (session.c.digest == digest), noted.at)

    # -- roles ---------------------------------------------------------------

    def roles(self, id: str) -> dict[str, Role]:
        """Catalogue id -> role of an account."""
        query = select(membership.c.catalogue_id, membership.c.role).where(membership.c.account_id == id)
        with self._database.peek() as connection:
            return {row[0]: Role(row[1]) for row in connection.execute(query)}

    def members(self, catalogue_id: str) -> list[Member]:
        """Who has a role in a catalogue, by name."""
        query = select(account.c.id, account.c.name, membership.c.role, account.c.disabled).join_from(
            membership, account
        )
        with self._database.peek() as connection:
            found = connection.execute(
                query.where(membership.c.catalogue_id == catalogue_id).order_by(account.c.folded)
            )
            return [Member(row[0], row[1], Role(row[2]), row[3]) for row in found]

    def chaired(self) -> set[str]:
        """Ids of the catalogues that somebody chairs."""
        query = select(membership.c.catalogue_id).where(membership.c.role == Role.CHAIR.value)
        with self._database.peek() as connection:
            return set(connection.execute(query.distinct()).scalars())

    def set_role(self, catalogue_id: str, id: str, role: Role | None, noted: Entry) -> None:
        """Give somebody a role in a catalogue instead of what they are there, or none.

        Raises:
            InputError: The catalogue would be without a chair.
        """
        with self._noting(noted) as connection:
            memberships.put(connection, catalogue_id, id, role)

    # -- invitations ---------------------------------------------------------

    def invite(self, digest: str, invited: Invited, noted: Entry) -> None:
        """Keep an invitation."""
        row = {"digest": digest, "roles": json.dumps(dict(invited.roles)), "admin": invited.admin}
        row |= {"invited_by": invited.by, "created_at": noted.at, "expires_at": invited.expires_at}
        with self._noting(noted) as connection:
            connection.execute(insert(invitation), row)

    def invitation(self, digest: str, *, at: datetime) -> Invited | None:
        """An invitation that was not used and has not run out."""
        with self._database.peek() as connection:
            return _invitation(connection, digest, at)

    def accept(self, digest: str, id: str, noted: Entry, *, new: Account | None = None, folded: str = "") -> bool:
        """Use an invitation for an account, made now where ``new`` is one; False, and nothing done, where that fails.

        It fails where the invitation was used meanwhile, or the name of the new account is another's.
        """
        with suppress(_Refused), self._noting(noted) as connection:
            invited = _invitation(connection, digest, noted.at)
            mine = (invitation.c.digest == digest) & invitation.c.used_at.is_(None)
            used = connection.execute(update(invitation).where(mine).values(used_at=noted.at)).rowcount
            if invited is None or used != 1:
                raise _Refused
            if new is not None:
                _add(connection, new, folded)
            for catalogue_id, role in sorted(invited.roles.items()):
                memberships.put(connection, catalogue_id, id, role)
            if invited.admin:
                connection.execute(update(account).where(account.c.id == id).values(admin=True, stamp=new_stamp()))
            return True
        return False

    # -- the audit log -------------------------------------------------------

    def note(self, entry: Entry) -> None:
        """Add a line to the audit log."""
        with self._database.write() as connection:
            auditing.note(connection, entry)

    def entries(self, catalogue_id: str | None, *, limit: int, before: Entry | None) -> list[Entry]:
        """Lines of the audit log, the newest first: about one catalogue or all, those that come after one of them."""
        with self._database.peek() as connection:
            return auditing.entries(connection, catalogue_id, limit, before)

    def configured(
        self, server: str, told: Mapping[str, str], usual: Mapping[str, str], noted: Callable[[Moved], Entry]
    ) -> None:
        """Note which settings a server is started with otherwise than before (:func:`kpicat.access.configured.moved`).

        Args:
            noted: The line of the audit log about one of them.
        """
        with self._database.write() as connection:
            state, found = moved(json.loads(passing.held(connection, _CONFIGURED, "{}")), server, told, usual)
            passing.hold(connection, _CONFIGURED, json.dumps(state))
            for one in found:
                auditing.note(connection, noted(one))

    # ------------------------------------------------------------------------

    def _one(self, which: ColumnElement[bool]) -> Account | None:
        with self._database.peek() as connection:
            row = connection.execute(select(*_ABOUT).where(which)).one_or_none()
        return None if row is None else Account(*row)

    @contextmanager
    def _noting(self, noted: Entry) -> Iterator[Connection]:
        """A transaction that ends with its line of the audit log."""
        with self._database.write() as connection:
            yield connection
            auditing.note(connection, noted)
        self.moves += 1


class _Refused(Exception):
    """What was to be written cannot be: all of it is taken back."""


def _add(connection: Connection, new: Account, folded: str) -> None:
    _put(connection, account, asdict(new) | {"folded": folded})


def _put(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Put a row in; nothing of the transaction is done where one like it is there."""
    try:
        with connection.begin_nested():
            connection.execute(insert(table), row)
    except IntegrityError as error:
        raise _Refused from error


def _end(connection: Connection, which: ColumnElement[bool], at: datetime) -> None:
    connection.execute(update(session).where(which, session.c.revoked_at.is_(None)).values(revoked_at=at))


def _invitation(connection: Connection, digest: str, at: datetime) -> Invited | None:
    own = invitation.c
    query = select(own.roles, own.admin, own.invited_by, own.expires_at).where(
        own.digest == digest, own.used_at.is_(None), own.expires_at > at
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Invited({id: Role(role) for id, role in json.loads(row[0]).items()}, *row[1:])
