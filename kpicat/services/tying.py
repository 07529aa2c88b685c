"""Cells that mean something only together: of these, all of what one person wants is written, or none of it.

A tier without its points is a wrong number, and so is a second standard unit. Cells
that say nothing of each other are written each for itself, so that two people in
different cells of a row never meet.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kpicat.model import COMMENT, DECISION, Add, Conflict, Decide, Edit, Outcome, Remark, Write
from kpicat.services import yardsticks
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

VALUED = ("tier", "points", "coefficient")
"""These are of one line together: the tier of one with the points of another would say nothing."""


def tie(item_id: str, field: str) -> Hashable:
    """What a cell is tied to: equal for cells that are written together."""
    if field == "standard_unit":  # there is one in a catalogue, or in a part of it
        return field
    return item_id, "tier" if field in VALUED else field


def save_tied(
    store: Store,
    view: View,
    writes: Sequence[Write],
    *,
    actor: str,
    at: datetime,
    label: str = "edit",
    request: str | None = None,
    typed: Collection[tuple[str, str]] = (),
) -> Outcome:
    """Commit writes decided on a view as one batch, what is tied together whole or not at all.

    Args:
        writes: Edits that change nothing say what was read; what is tied to them rests on it.
        typed: Item and field of the edits their author typed: these are wanted though they change nothing,
            and are asked about instead of what follows from them.

    Returns:
        What became of them; where something was left, the conflicts are about cells its author wanted otherwise.
        A request that comes twice is answered with its batch, and asks nothing the second time.

    Raises:
        StoreBusy: Nothing was written; the same call may be repeated.
    """
    outcome, left = commit_tied(store, view, writes, actor=actor, at=at, label=label, request=request)
    if not left:
        return outcome
    now = View(store.reading(view.catalogue.id))
    asked = [
        question
        for tied, met in left.items()
        for question in _questions(now, [w for w in writes if _tie_of(w) == tied], met, typed)
    ]
    return dataclasses.replace(outcome, conflicts=asked)


def commit_tied(
    store: Store,
    view: View,
    writes: Sequence[Write],
    *,
    actor: str,
    at: datetime,
    label: str,
    request: str | None = None,
    undoes: str | None = None,
) -> tuple[Outcome, Mapping[Hashable, Sequence[Conflict]]]:
    """Commit what nobody stands in the way of, without all that is tied to what somebody does.

    Returns:
        What became of that, and tie -> the conflicts for which what is so tied was left.
    """
    left: dict[Hashable, list[Conflict]] = {}
    writes = [*_others_unmarked(view, writes), *writes]
    while True:
        rest = [write for write in writes if _tie_of(write) not in left]
        outcome = store.commit(
            view.catalogue.id, rest, actor=actor, at=at, label=label, request=request, undoes=undoes, whole=True
        )
        if outcome.batch or not outcome.conflicts:
            return outcome, left
        for conflict in outcome.conflicts:
            left.setdefault(tie(conflict.item_id, conflict.field), []).append(conflict)


def _others_unmarked(view: View, writes: Sequence[Write]) -> list[Edit]:
    """What a row that becomes the standard unit rests on: that none of its part is which the writes are silent of."""
    marks = {write.item_id: write.new for write in writes if isinstance(write, Edit) and write.field == "standard_unit"}
    made = [item_id for item_id, mark in marks.items() if mark]
    others = [item_id for item_id in yardsticks.within(view, made) if item_id not in marks] if made else []
    return [Edit(item_id, "standard_unit", False, False) for item_id in others]


def _tie_of(write: Write) -> Hashable:
    match write:
        case Edit():
            return tie(write.item_id, write.field)
        case Add():
            return tie(write.item.id, "")
        case Remark():
            return tie(write.item_id, COMMENT)
        case Decide():
            return tie(write.item_id, DECISION)
        case _:
            return tie(write.item_id, "")


def _questions(
    now: View, writes: Sequence[Write], met: Sequence[Conflict], typed: Collection[tuple[str, str]]
) -> Sequence[Conflict]:
    """What to ask of tied writes that were left: about the cells wanted, else about the first of them."""
    edits = [write for write in writes if isinstance(write, Edit)]
    undone = [write for write in writes if not (isinstance(write, Edit) and write.seen == write.new)]
    wanted = [edit for edit in edits if (edit.item_id, edit.field) in typed] or [e for e in edits if e.seen != e.new]
    if not wanted:
        return met if undone else ()  # what was only read is no question
    first = wanted[0]
    own = {(edit.item_id, edit.field) for edit in wanted if edit.item_id == first.item_id}
    if asked := [conflict for conflict in met if (conflict.item_id, conflict.field) in own]:
        return asked
    is_there = first.item_id in now.items.index
    theirs = now.value(first.item_id, first.field) if is_there else first.seen
    return [Conflict(first.item_id, first.field, first.new, theirs, met[0].by, met[0].at, gone=not is_there)]
