"""The tables of access: who may come in, who is in, who is what in which catalogue, and what was done about it.

Passwords are kept as argon2id hashes, tokens as SHA-256 digests: who has a copy of the database has neither.
``session``, ``invitation`` and ``attempt`` belong to an installation, as ``presence`` does: no backup has them, as one
that is put back must not bring back a right that was ended. ``audit`` is never changed (:mod:`kpicat.store.guarding`).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from kpicat.store.schema import Moment, metadata

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the name as it must not occur twice
    Column("password", Text, nullable=False),  # its hash; "" where another signs this person in
    Column("issuer", Text),  # who that is, and whom they call so
    Column("subject", Text),
    Column("admin", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("stamp", Text, nullable=False),  # another one whenever this person's rights may have changed
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("folded", name="account_by_name"),
    UniqueConstraint("issuer", "subject", name="account_by_subject"),
)

membership = Table(
    "membership",
    metadata,
    Column("catalogue_id", ForeignKey("catalogue.id"), primary_key=True),
    Column("account_id", ForeignKey(account.c.id), primary_key=True),
    Column("role", Text, nullable=False),
    Index("membership_of_account", "account_id"),
)

session = Table(
    "session",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account_id", ForeignKey(account.c.id), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("origin", Text, nullable=False),
    Index("session_of_account", "account_id"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("roles", Text, nullable=False),  # JSON: catalogue id -> role
    Column("admin", Boolean, nullable=False),
    Column("invited_by", ForeignKey(account.c.id), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("catalogue_id", Text, nullable=False),  # "" where it is about none
    Column("detail", Text, nullable=False),
    Column("ok", Boolean, nullable=False),
    Index("audit_in_order", "at"),
    Index("audit_of_catalogue", "catalogue_id", "at"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("name", Text, primary_key=True),  # digest of the name that was typed, "" for all of an origin
    Column("origin", Text, primary_key=True),  # "" for all of a name
    Column("wrong", Integer, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Index("attempt_by_age", "last_at"),
)
