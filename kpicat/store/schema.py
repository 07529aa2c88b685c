"""The tables. ``change`` is the append-only log; ``item``, ``comment`` and ``decision`` are where it leads.

A cell holds the canonical text of :meth:`kpicat.model.Field.encode`, NULL when
empty, in ``item`` and in the log alike. ``seq`` counts the changes of one
catalogue from 1 without gaps; a batch is a run of consecutive changes.
``meeting``, ``voter``, ``question`` and ``ballot`` are a vote on tiers (:mod:`kpicat.store.ballots`): what it comes to
is written to the log as any edit is; before that it is no change of the catalogue.
``scenario`` is what people try: no change of the catalogue either, until it is adopted.
``version`` is what was approved, never changed (:mod:`kpicat.store.guarding`).
``presence``, ``setting`` and ``read_mark`` belong to an installation: no log, and of them
only what people said once (:mod:`kpicat.store.remembering`) goes into a backup.
Who may do what is in :mod:`kpicat.store.schema_access`; which tables a backup holds in :mod:`kpicat.store.kept`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from kpicat.model import CATALOGUE_FIELDS, CELLS, PLACE

metadata = MetaData()


def utc(at: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        TypeError: ``at`` has no time zone (a programmer's mistake: it would be guessed).
    """
    if at.tzinfo is None:
        raise TypeError(f"{at!r} has no time zone")
    return at.astimezone(UTC)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC (SQLite itself forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring ``value`` to UTC."""
        return None if value is None else utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


catalogue = Table(
    "catalogue",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text) for name in CATALOGUE_FIELDS),
    Column("head", Integer, nullable=False),
    Column("head_batch", Text, nullable=False),  # id of the batch the head belongs to, "" at 0
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("catalogue_id", ForeignKey(catalogue.c.id), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rank", Integer, nullable=False),  # seq of the change that added it
    Column("deleted", Boolean, nullable=False),
    *(Column(name, Text, nullable=name != PLACE.name) for name in CELLS),
    Column("source_file", Text, nullable=False),
    Column("source_sheet", Text, nullable=False),
    Column("source_row", Integer),
    Column("last_seq", Integer, nullable=False),
    Index("item_in_order", "catalogue_id", "rank", unique=True),
)

batch = Table(
    "batch",
    metadata,
    Column("id", Text, primary_key=True),
    Column("catalogue_id", ForeignKey(catalogue.c.id), nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", ForeignKey("batch.id")),
    Column("request", Text),
    Column("answer", Text),  # JSON of what was left undone, kept where a request may be repeated
    UniqueConstraint("catalogue_id", "request", name="batch_once_per_request"),
    Index("batch_in_order", "catalogue_id", "first_seq", unique=True),
    Index("batch_undoes", "undoes"),
)

SAID = text("kind = 'comment'")
"""Changes that are comments: a small part of the log, with an index of its own."""

change = Table(
    "change",
    metadata,
    Column("catalogue_id", ForeignKey(catalogue.c.id), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("batch", ForeignKey(batch.c.id), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Index("change_of_item", "catalogue_id", "item_id", "seq"),
    Index("change_said", "catalogue_id", "field", "seq", sqlite_where=SAID, postgresql_where=SAID),
)

comment = Table(
    "comment",
    metadata,
    Column("catalogue_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("item_id", Text, nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON of kpicat.model.Comment.encode
    Column("last_seq", Integer, nullable=False),
    ForeignKeyConstraint(["catalogue_id", "item_id"], [item.c.catalogue_id, item.c.id]),
    Index("comment_of_item", "catalogue_id", "item_id"),
)

decision = Table(
    "decision",
    metadata,
    Column("catalogue_id", ForeignKey(catalogue.c.id), primary_key=True),
    Column("item_id", Text, primary_key=True),  # "" for the catalogue as a whole
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),  # canonical JSON of kpicat.model.Decision.encode
    Column("last_seq", Integer, nullable=False),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Text, primary_key=True),
    Column("catalogue_id", ForeignKey(catalogue.c.id), nullable=False),
    Column("chair", Text, nullable=False),  # digest of the chair's key
    Column("code", Text, nullable=False),  # salted digest of the code that lets members in, "" once it has ended
    Column("opened_by", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("asked", Integer, nullable=False),  # see kpicat.model.Pulse
    Column("heard", Integer, nullable=False),
    UniqueConstraint("chair", name="meeting_by_chair"),
    Index("meeting_of_catalogue", "catalogue_id", "opened_at"),
)

voter = Table(
    "voter",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", ForeignKey(meeting.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the name as it must not occur twice
    Column("token", Text, nullable=False),  # digest
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment),  # name and token admit nobody any more
    UniqueConstraint("meeting_id", "folded", name="voter_by_name"),
    UniqueConstraint("token", name="voter_by_token"),
)

question = Table(
    "question",
    metadata,
    Column("id", Text, primary_key=True),
    Column("meeting_id", ForeignKey(meeting.c.id), nullable=False),
    Column("place", Integer, nullable=False),  # the order they were put in
    Column("item_id", Text, nullable=False),
    Column("words", Text, nullable=False),  # JSON: the item's texts by field
    Column("state", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("revealed", Integer, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("tier", Integer),
    Column("batch", Text, nullable=False),
    UniqueConstraint("meeting_id", "place", name="question_in_order"),
)

ballot = Table(
    "ballot",
    metadata,
    Column("question_id", ForeignKey(question.c.id), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("voter_id", ForeignKey(voter.c.id), primary_key=True),
    Column("tier", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

scenario = Table(
    "scenario",
    metadata,
    Column("id", Text, primary_key=True),
    Column("catalogue_id", ForeignKey(catalogue.c.id), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("name", "note", "body", "author")),  # see kpicat.model.scenarios
    Column("seq", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("adopted", Integer),
    Index("scenario_of_catalogue", "catalogue_id"),
)

version = Table(
    "version",
    metadata,
    Column("catalogue_id", ForeignKey(catalogue.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("basis", Integer),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("content", Text, nullable=False),  # see kpicat.approval.content
    Column("decision_number", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("signatory", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_at", Moment, nullable=False),
    UniqueConstraint("id", name="version_by_id"),
)

presence = Table(
    "presence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("catalogue_id", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("server", Text, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

read_mark = Table(
    "read_mark",
    metadata,
    Column("catalogue_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("comment_id", Text, primary_key=True),
)
