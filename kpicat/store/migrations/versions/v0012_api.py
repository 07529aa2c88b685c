"""Tokens of other software, and the order in which it is told of approvals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("name", "digest"),
        sa.Column("every", sa.Boolean, nullable=False),
        *_texts("created_by"),
        sa.Column("created_at", _MOMENT, nullable=False),
        *(sa.Column(name, _MOMENT) for name in ("expires_at", "revoked_at", "used_at")),
    )
    op.create_table(
        "token_catalogue",
        sa.Column("token_id", sa.Text, sa.ForeignKey("api_token.id"), primary_key=True),
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), primary_key=True),
    )
    op.create_table(
        "announced",
        sa.Column("serial", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version_id", sa.Text, sa.ForeignKey("version.id"), nullable=False),
        *_texts("chain"),
        sa.UniqueConstraint("version_id", name="announced_once"),
        sa.UniqueConstraint("chain", name="announced_by_chain"),
    )
