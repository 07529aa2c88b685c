"""What was approved, and where a catalogue stands on its way there.

That a catalogue was taken off the shelf was one of its statuses; it becomes a field of its own, so that an approved one
can be off the shelf, too. The log says so in the new words, with author and moment as they were: replayed it leads to
the table.
"""

import sqlalchemy as sa
from alembic import op

from kpicat.store import guarding

revision = "0010"
down_revision = "0009"

_BEFORE = """
SELECT old FROM change WHERE change.catalogue_id = catalogue.id AND item_id = '' AND field = 'status'
AND new = 'removed' ORDER BY seq DESC LIMIT 1
"""
_REMOVED = (
    f"UPDATE catalogue SET removed = '1', status = coalesce(({_BEFORE}), 'draft') WHERE status = 'removed'",
    "UPDATE change SET field = 'removed', old = '1', new = NULL"
    " WHERE item_id = '' AND field = 'status' AND old = 'removed'",
    "UPDATE change SET field = 'removed', old = NULL, new = '1'"
    " WHERE item_id = '' AND field = 'status' AND new = 'removed'",
)


def upgrade() -> None:
    """Make the table and its guard, and a field of what was a status."""
    for name in ("removed", "amends", "remarks", "approved"):
        op.add_column("catalogue", sa.Column(name, sa.Text))
    for statement in _REMOVED:
        op.execute(statement)
    op.create_table(
        "version",
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("basis", sa.Integer),
        sa.Column("seq", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("hash", "content", "decision_number")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("decided_on", "effective_on")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("signatory", "approved_by")),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("id", name="version_by_id"),
    )
    guarding.put(op.get_bind())
