"""Places, comments, the batch a log stands at, who is here, secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give every row a place and every catalogue its last batch; make the new tables."""
    op.add_column("item", sa.Column("place", sa.Text, nullable=False, server_default=""))
    digits = "'0000000000' || rank"
    op.execute(f"UPDATE item SET place = substr({digits}, length({digits}) - 9)")
    op.add_column("catalogue", sa.Column("head_batch", sa.Text, nullable=False, server_default=""))
    last = "SELECT id FROM batch WHERE batch.catalogue_id = catalogue.id AND batch.last_seq = catalogue.head"
    op.execute(f"UPDATE catalogue SET head_batch = coalesce(({last}), '')")
    op.create_table(
        "comment",
        sa.Column("catalogue_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["catalogue_id", "item_id"], ["item.catalogue_id", "item.id"]),
        sa.Index("comment_of_item", "catalogue_id", "item_id"),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("catalogue_id", "actor", "page", "item")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("server", sa.Text, nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
