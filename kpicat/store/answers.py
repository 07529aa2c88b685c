"""A request that comes twice is answered as the first time and written once.

The browser or the network may repeat a gesture whose answer got lost. What the
first answer said beyond the log itself (writes left undone, conflicts) is kept
with its batch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from kpicat.model import Conflict, Outcome, Write
from kpicat.store import schema
from kpicat.store.cells import disputed, text_of
from kpicat.store.deciding import Gesture, only_asks


def kept(gesture: Gesture) -> str:
    """What a repeated request must be told besides its batch, as JSON."""
    return json.dumps({"left": gesture.left, "conflicts": [_packed(c) for c in gesture.conflicts]}, ensure_ascii=False)


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
    applied = [write for position, write in enumerate(writes) if position not in left and not only_asks(write)]
    return Outcome(row.last_seq, row.id, applied, [_unpacked(packed) for packed in answer["conflicts"]], row.at)


def _packed(conflict: Conflict) -> dict[str, Any]:
    fields = asdict(conflict) | {"at": conflict.at.isoformat()}
    if conflict.field:
        known = disputed(conflict.item_id, conflict.field)
        fields |= {"mine": text_of(known, conflict.mine), "theirs": text_of(known, conflict.theirs)}
    return fields


def _unpacked(fields: dict[str, Any]) -> Conflict:
    fields |= {"at": datetime.fromisoformat(fields["at"])}
    if fields["field"]:
        known = disputed(fields["item_id"], fields["field"])
        fields |= {"mine": known.decode(fields["mine"]), "theirs": known.decode(fields["theirs"])}
    return Conflict(**fields)
