"""Decisions as a gesture meets them, and their table, read and written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from kpicat.model import DECISION, Decide, Decision, Write
from kpicat.model.decisions import in_order
from kpicat.store import schema
from kpicat.store.cells import refuse_broken
from kpicat.store.pieces import pieces
from kpicat.store.rows import Ruled

Key = tuple[str, str]
"""Item id and key."""


def told(decide: Decide, there: dict[Key, Ruled]) -> tuple[Ruled, str | None, str | None]:
    """What stands where ``decide`` is about (put among ``there`` if new), and its bodies as seen and as wanted.

    Raises:
        ValueError: They are not of one decision (a programmer's mistake).
        InputError: The new one holds a character that no database keeps.
    """
    named = {(each.item_id, each.key) for each in (decide.seen, decide.new) if each is not None}
    at = (decide.item_id, decide.key)
    if not decide.key or not named <= {at}:
        raise ValueError(f"not one decision: {decide}")
    if new := decide.new:
        refuse_broken(DECISION, "".join((new.key, new.check, new.reason, new.by, new.other)))
    return there.setdefault(at, Ruled(*at)), _body(decide.seen), _body(decide.new)


def _body(decision: Decision | None) -> str | None:
    return None if decision is None else decision.encode()


def concerned(connection: Connection, catalogue_id: str, writes: Iterable[Write]) -> dict[Key, Ruled]:
    """By item and key, the decisions about the items that ``writes`` decide on."""
    ids = {write.item_id for write in writes if isinstance(write, Decide)}
    decision = schema.decision.c
    query = select(decision.item_id, decision.key, decision.body, decision.last_seq).where(
        decision.catalogue_id == catalogue_id, decision.item_id.in_(bindparam("ids", expanding=True))
    )
    found = (row for some in pieces(sorted(ids)) for row in connection.execute(query, {"ids": some}))
    return {(row.item_id, row.key): Ruled(*row) for row in found}


def write(connection: Connection, catalogue_id: str, ruled: Iterable[Ruled]) -> None:
    """Write the decisions that were changed."""
    changed = [each for each in ruled if each.changed]
    if not changed:
        return
    decision = schema.decision.c
    gone = delete(schema.decision).where(
        decision.catalogue_id == catalogue_id,
        decision.item_id == bindparam("of_item"),
        decision.key == bindparam("under"),
    )
    connection.execute(gone, [{"of_item": each.item_id, "under": each.key} for each in changed])
    there: list[dict[str, Any]] = [
        {
            "catalogue_id": catalogue_id,
            "item_id": each.item_id,
            "key": each.key,
            "body": each.body,
            "last_seq": each.last_seq,
        }
        for each in changed
        if each.body is not None
    ]
    if there:
        connection.execute(insert(schema.decision), there)


def bodies(connection: Connection, catalogue_id: str) -> dict[Key, str]:
    """Every decision of a catalogue: item and key -> body."""
    decision = schema.decision.c
    query = select(decision.item_id, decision.key, decision.body).where(decision.catalogue_id == catalogue_id)
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def read(found: Mapping[Key, str], items: Container[str]) -> tuple[Decision, ...]:
    """The decisions among :func:`bodies` about ``items``, the oldest first."""
    return in_order(Decision.decode(*key, body) for key, body in found.items() if key[0] in items)
