"""Comments in the order of the log; what each person has read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Find what was said in the log without reading all of it; make the table of what was read."""
    said = sa.text("kind = 'comment'")
    columns = ["catalogue_id", "field", "seq"]
    op.create_index("change_said", "change", columns, sqlite_where=said, postgresql_where=said)
    op.create_table(
        "read_mark",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("catalogue_id", "person", "comment_id")),
    )
