"""Which comments a person has read: nobody else's business, so on no log and in no backup."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from kpicat.store import schema
from kpicat.store.passing import insert


def read(connection: Connection, catalogue_id: str, person: str) -> set[str]:
    """Ids of the comments of a catalogue that are marked."""
    mark = schema.read_mark.c
    query = select(mark.comment_id).where(mark.catalogue_id == catalogue_id, mark.person == person)
    return set(connection.execute(query).scalars())


def write(connection: Connection, catalogue_id: str, person: str, comment_ids: Collection[str]) -> None:
    """Mark comments, also some that are marked."""
    rows = [
        {"catalogue_id": catalogue_id, "person": person, "comment_id": comment_id}
        for comment_id in sorted(comment_ids)  # in one order, so that no two lock each other
    ]
    if rows:
        connection.execute(insert(connection, schema.read_mark).on_conflict_do_nothing(), rows)
