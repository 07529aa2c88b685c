"""What a catalogue that is before the authority, or approved, lets be written: comments, and the lawful next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from kpicat.approval import MOVES, State, Step, is_locked
from kpicat.approval.steps import ON_THE_WAY
from kpicat.errors import InputError, Locked
from kpicat.language import _
from kpicat.model import CATALOGUE, COMMENT, ChangeKind
from kpicat.store import schema
from kpicat.store.deciding import Gesture
from kpicat.store.rows import Touch
from kpicat.store.witness import Log

_SHELF = (CATALOGUE, "removed")  # a catalogue is taken off the shelf and put back wherever it stands


def insist(
    connection: Connection, own: Mapping[str, Any], gesture: Gesture, *, step: Step | None, undoes: str | None
) -> None:
    """Refuse a gesture that writes what is not to be written now, within the transaction that would write it.

    Args:
        own: The catalogue's row, held, as it was before the gesture.
        step: The step that the gesture is; only :mod:`kpicat.store.approvals` takes one.
        undoes: The batch that it takes back.

    Raises:
        Locked: The catalogue is before the authority, or approved.
        InputError: The gesture takes back a step, or what was approved.
    """
    wanted = {(line.item_id, line.field) for line in gesture.lines if line.kind is not ChangeKind.COMMENT}
    steps = {(CATALOGUE, name) for name in ON_THE_WAY}
    met = {(conflict.item_id, conflict.field) for conflict in gesture.conflicts if conflict.field != COMMENT}
    wanted |= met - steps  # who meets another's step is told so
    if wanted & steps and (step is None or own["status"] != MOVES[step][0]):
        words = _("Submitting, returning and approving are not undone; take the next step under “Submit and approve”.")
        raise InputError(words)
    if is_locked(own["status"]) and wanted - steps - {_SHELF}:
        raise refusal(own["status"], who_moved(connection, own).by)
    if undoes is not None and _first_seq(connection, undoes) <= approved_until(connection, own["id"]):
        raise InputError(_("What was approved is not undone; change the lines and have them approved anew."))


def refusal(status: str, who: str) -> Locked:
    """Why nothing can be changed now, and what to do, in one sentence."""
    if status == State.SUBMITTED:
        words = _("{who} submitted the catalogue for approval, so nothing can be changed; have it returned first.")
    else:
        words = _("The catalogue is approved ({who}), so nothing can be changed; begin a supplement or a new "
                  "version first.")  # fmt: skip
    return Locked(words.format(who=who))


def who_moved(connection: Connection, own: Mapping[str, Any]) -> Touch:
    """Who took the last step of a catalogue, and when."""
    return Log(connection, own["id"], Touch(own["created_by"], own["created_at"])).of_cell(CATALOGUE, "status")


def approved_until(connection: Connection, catalogue_id: str) -> int:
    """Seq of the change that approved the last version; 0 where there is none."""
    version = schema.version.c
    found = connection.execute(select(func.max(version.seq)).where(version.catalogue_id == catalogue_id)).scalar()
    return int(found or 0)


def _first_seq(connection: Connection, batch_id: str) -> int:
    batch = schema.batch.c
    return int(connection.execute(select(batch.first_seq).where(batch.id == batch_id)).scalar_one())
