"""Who was there before: asked of the log when two people meet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from kpicat.model import ChangeKind
from kpicat.store import schema
from kpicat.store.rows import Touch


class Log:
    """The witness: who was there before, from the log of one catalogue; see :class:`kpicat.store.rows.Witness`."""

    def __init__(self, connection: Connection, catalogue_id: str, creation: Touch) -> None:
        self._connection = connection
        self._catalogue_id = catalogue_id
        self._creation = creation  # the catalogue's own fields were first set then

    def of_cell(self, item_id: str, field: str) -> Touch:
        """The last change of a cell, or the addition of its item."""
        change = schema.change.c
        edited = and_(change.kind == ChangeKind.EDIT.value, change.field == field)
        return self._last(item_id, or_(edited, change.kind == ChangeKind.ADD.value)) or self._creation

    def of_said(self, kind: ChangeKind, item_id: str, key: str) -> Touch:
        """The last change of a comment, or of a decision."""
        change = schema.change.c
        return self._last(item_id, change.kind == kind.value, change.field == key) or self._creation

    def of_deletion(self, item_id: str) -> Touch:
        """The last deletion of an item."""
        return self._last(item_id, schema.change.c.kind == ChangeKind.DELETE.value) or self._creation

    def of_others(self, item_id: str, actor: str, after: int) -> Touch | None:
        """The last change of an item after a seq by anybody but ``actor``."""
        return self._last(item_id, schema.change.c.seq > after, schema.change.c.actor != actor)

    def _last(self, item_id: str, *conditions: ColumnElement[bool]) -> Touch | None:
        change = schema.change.c
        query = (
            select(change.actor, change.at)
            .where(change.catalogue_id == self._catalogue_id, change.item_id == item_id, *conditions)
            .order_by(change.seq.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return Touch(*row) if row else None
