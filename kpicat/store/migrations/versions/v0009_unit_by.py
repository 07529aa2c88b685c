"""For what there is a standard unit each: the whole catalogue, or each position, department or group."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make room for it among what a catalogue says of itself."""
    op.add_column("catalogue", sa.Column("unit_by", sa.Text))
