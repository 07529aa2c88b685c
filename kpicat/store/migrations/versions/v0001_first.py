"""The first tables: catalogue, item, batch, change.

Written out in full: a revision says what was true on its day, whatever
``schema.py`` says later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CATALOGUE_FIELDS = ("name", "body", "period", "form", "guidance", "marks", "status")
ITEM_FIELDS = (
    *("code", "group", "department", "duty", "task", "detail", "product", "measure", "quantity", "frequency"),
    *("deadline", "quality", "position", "responsible", "tier", "points", "coefficient", "rationale"),
    *("standard_unit", "note"),
)


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text) for name in CATALOGUE_FIELDS),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
    )
    op.create_table(
        "item",
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text) for name in ITEM_FIELDS),
        sa.Column("source_file", sa.Text, nullable=False),
        sa.Column("source_sheet", sa.Text, nullable=False),
        sa.Column("source_row", sa.Integer),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Index("item_in_order", "catalogue_id", "rank", unique=True),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), nullable=False),
        sa.Column("first_seq", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("undoes", sa.Text, sa.ForeignKey("batch.id")),
        sa.Column("request", sa.Text),
        sa.Column("answer", sa.Text),
        sa.UniqueConstraint("catalogue_id", "request", name="batch_once_per_request"),
        sa.Index("batch_in_order", "catalogue_id", "first_seq", unique=True),
        sa.Index("batch_undoes", "undoes"),
    )
    op.create_table(
        "change",
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch", sa.Text, sa.ForeignKey("batch.id"), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
        sa.Index("change_of_item", "catalogue_id", "item_id", "seq"),
    )
