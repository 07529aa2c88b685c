"""What every writing to a meeting does: hold it against other writers, ask who chairs it, let its pulse move."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from kpicat.errors import NotAllowed
from kpicat.language import _
from kpicat.store import admitting, schema
from kpicat.store.balloted import MEETING


def held_by(connection: Connection, key: str) -> str:
    """The meeting that a key chairs, held."""
    found = connection.execute(select(MEETING.id).where(MEETING.chair == admitting.digest(key))).scalar()
    if found is None or not hold(connection, found):
        raise not_chaired()
    return str(found)


def not_chaired() -> NotAllowed:
    """The error that a key chairs no meeting that lasts."""
    return NotAllowed(_("Only who opened the meeting can do this, and only while it lasts."))


def hold(connection: Connection, meeting_id: str) -> bool:
    """Have the meeting's other writers wait (SQLite has one writer anyway); whether it lasts."""
    lasts = select(MEETING.id).where(MEETING.id == meeting_id, MEETING.ended_at.is_(None))
    return connection.execute(lasts.with_for_update()).first() is not None


def tell(connection: Connection, meeting_id: str, *, asked: bool = True) -> None:
    """Let the pulse move."""
    moved = {"asked": MEETING.asked + 1} if asked else {"heard": MEETING.heard + 1}
    connection.execute(update(schema.meeting).where(MEETING.id == meeting_id).values(moved))
