"""What people can carry, for the load that a catalogue plans."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room for it among what a catalogue says of itself."""
    op.add_column("catalogue", sa.Column("capacity", sa.Text))
