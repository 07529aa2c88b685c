"""What cells were last written by: which gesture."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, select

from kpicat.model import ChangeKind
from kpicat.store import schema


def last_set_by(
    connection: Connection, catalogue_id: str, *, label: str, fields: Collection[str], until: int
) -> set[str]:
    """Ids of the items of whose ``fields`` the last one written, up to a seq, was written by a batch of this label.

    What an undo brought back counts as written by the undo. Time grows with what the gesture wrote, not with the log.
    """
    change, later, made = schema.change.alias(), schema.change.alias(), schema.batch.c
    within = and_(change.c.seq >= made.first_seq, change.c.seq <= made.last_seq)
    after = and_(
        later.c.catalogue_id == catalogue_id,
        later.c.item_id == change.c.item_id,
        later.c.field.in_(fields),
        later.c.seq > made.last_seq,
        later.c.seq <= until,
    )
    query = (
        select(change.c.item_id)
        .select_from(schema.batch.join(change, and_(change.c.catalogue_id == catalogue_id, within)))
        .where(
            made.catalogue_id == catalogue_id,
            made.label == label,
            change.c.kind == ChangeKind.EDIT.value,
            change.c.field.in_(fields),
            change.c.seq <= until,
            ~select(later.c.seq).where(after).exists(),
        )
    )
    return set(connection.execute(query).scalars())
