"""What people try on a catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table of scenarios."""
    op.create_table(
        "scenario",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "note", "body", "author")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("seq", "version")),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted", sa.Integer),
        sa.Index("scenario_of_catalogue", "catalogue_id"),
    )
