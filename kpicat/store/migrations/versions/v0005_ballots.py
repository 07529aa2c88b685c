"""Meetings, those who joined, questions put to the vote, votes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("catalogue_id", sa.Text, sa.ForeignKey("catalogue.id"), nullable=False),
        *_text("chair", "code", "opened_by"),
        _moment("opened_at"),
        _moment("ended_at", nullable=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("asked", "heard")),
        sa.UniqueConstraint("chair", name="meeting_by_chair"),
        sa.Index("meeting_of_catalogue", "catalogue_id", "opened_at"),
    )
    op.create_table(
        "voter",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("meeting_id", sa.Text, sa.ForeignKey("meeting.id"), nullable=False),
        *_text("name", "folded", "token"),
        _moment("joined_at"),
        _moment("left_at", nullable=True),
        sa.UniqueConstraint("meeting_id", "folded", name="voter_by_name"),
        sa.UniqueConstraint("token", name="voter_by_token"),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("meeting_id", sa.Text, sa.ForeignKey("meeting.id"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        *_text("item_id", "words", "state"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("round", "revealed")),
        *_text("opened_by"),
        _moment("opened_at"),
        sa.Column("tier", sa.Integer),
        *_text("batch"),
        sa.UniqueConstraint("meeting_id", "place", name="question_in_order"),
    )
    op.create_table(
        "ballot",
        sa.Column("question_id", sa.Text, sa.ForeignKey("question.id"), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("voter_id", sa.Text, sa.ForeignKey("voter.id"), primary_key=True),
        sa.Column("tier", sa.Integer, nullable=False),
        *_text("reason"),
        _moment("at"),
    )
