"""What people decided about findings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of decisions."""
    op.create_table(
        "decision",
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
    )
