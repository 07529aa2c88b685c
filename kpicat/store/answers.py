"""A request that comes twice is answered as the first time and written once.

The browser or the network may repeat a gesture whose answer got lost. What the
first answer said beyond the log itself (writes left undone, conflicts) is kept
with its batch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from kpicat.model import Conflict, Outcome, Write
from kpicat.store import schema
from kpicat.store.deciding import Gesture, cell, text_of


def kept(gesture: Gesture) -> str:
    """What a repeated request must be told besides its batch."""
    conflicts = [
        (
            c.item_id,
            c.field,
            text_of(cell(c.item_id, c.field), c.mine) if c.field else None,
            text_of(cell(c.item_id, c.field), c.theirs) if c.field else None,
            c.by,
            c.at.isoformat(),
            c.gone,
        )
        for c in gesture.conflicts
    ]
    return json.dumps({"left": gesture.left, "conflicts": conflicts}, ensure_ascii=False)


def given(connection: Connection, catalogue_id: str, request: str, writes: Sequence[Write]) -> Outcome | None:
    """The outcome already given to this request, or None when it is the first time."""
    batch = schema.batch.c
    row = connection.execute(
        select(batch.id, batch.last_seq, batch.at, batch.answer).where(
            batch.catalogue_id == catalogue_id, batch.request == request
        )
    ).one_or_none()
    if row is None:
        return None
    answer = json.loads(row.answer)
    left = set(answer["left"])
    conflicts = []
    for item_id, field, mine, theirs, by, at, gone in answer["conflicts"]:
        known = cell(item_id, field) if field else None
        values = (known.decode(mine), known.decode(theirs)) if known else (None, None)
        conflicts.append(Conflict(item_id, field, *values, by, datetime.fromisoformat(at), gone))
    applied = [write for position, write in enumerate(writes) if position not in left]
    return Outcome(row.last_seq, row.id, applied, conflicts, row.at)
