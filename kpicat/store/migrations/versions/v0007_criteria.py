"""The marks an item was given criterion by criterion."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room for them beside the item's other cells."""
    op.add_column("item", sa.Column("criteria", sa.Text))
