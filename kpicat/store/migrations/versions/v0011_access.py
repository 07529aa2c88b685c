"""Who may come in, who is in, who is what in which catalogue, and the log of what was done about it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from kpicat.store import guarding

revision = "0011"
down_revision = "0010"

_MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moments(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, _MOMENT, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables, and the guard of the audit log."""
    op.create_table(
        "account",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("name", "folded", "password"),
        sa.Column("issuer", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        *_texts("stamp"),
        *_moments("created_at"),
        sa.UniqueConstraint("folded", name="account_by_name"),
        sa.UniqueConstraint("issuer", "subject", name="account_by_subject"),
    )
    op.create_table(
        "membership",
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("account.id"), primary_key=True),
        *_texts("role"),
        sa.Index("membership_of_account", "account_id"),
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, sa.ForeignKey("account.id"), nullable=False),
        *_moments("created_at", "used_at", "expires_at"),
        sa.Column("revoked_at", _MOMENT),
        *_texts("origin"),
        sa.Index("session_of_account", "account_id"),
    )
    op.create_table(
        "invitation",
        sa.Column("digest", sa.Text, primary_key=True),
        *_texts("roles"),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("invited_by", sa.Text, sa.ForeignKey("account.id"), nullable=False),
        *_moments("created_at", "expires_at"),
        sa.Column("used_at", _MOMENT),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Text, primary_key=True),
        *_moments("at"),
        *_texts("who", "act", "catalogue_id", "detail"),
        sa.Column("ok", sa.Boolean, nullable=False),
        sa.Index("audit_in_order", "at"),
        sa.Index("audit_of_catalogue", "catalogue_id", "at"),
    )
    op.create_table(
        "attempt",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("name", "origin")),
        sa.Column("wrong", sa.Integer, nullable=False),
        *_moments("first_at", "last_at"),
        sa.Index("attempt_by_age", "last_at"),
    )
    guarding.put(op.get_bind(), guarding.AUDIT)
