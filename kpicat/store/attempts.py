"""Tries of passwords: counted before the password is looked at, so that no flood of them buys more than it may.

A try counts for the name from that origin, for the origin and for the name; where one of these has had too many wrong
ones it is refused, and costs one small transaction and no hash. Right ones are taken off again.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update

from kpicat.store import passing, schema
from kpicat.store.schema_access import account, attempt, session

WITHIN = timedelta(minutes=15)
"""How long wrong tries are held against somebody."""
LOCKED_AFTER = 10
"""Wrong tries of one name from one origin until that name is locked out from there."""


class _Bound(NamedTuple):
    """How many wrong tries are free, the longest wait (seconds, doubling) after, and when it is enough."""

    free: int
    longest: float
    locked_after: int | None = None


_HERE = _Bound(3, 60, LOCKED_AFTER)
_OF_ORIGIN = _Bound(50, 8)  # an office, or a whole hall, shares one address
_OF_NAME = _Bound(20, 8)  # from many origins; not where that person has signed in before


class Claim(NamedTuple):
    """Whether a password may be tried.

    Attributes:
        wait: How long not; none where it may, and is counted.
        last: Whether it is the one after which that name is locked out from there.
    """

    wait: timedelta
    last: bool = False


def claim(connection: Connection, folded: str, origin: str, at: datetime) -> Claim:
    """Count a try as wrong beforehand, unless it has to wait."""
    at = schema.utc(at)
    connection.execute(delete(attempt).where(attempt.c.last_at < at - WITHIN))
    bounds = dict(zip(_keys(folded, origin), (_HERE, _OF_ORIGIN, _OF_NAME), strict=True))
    if _is_known(connection, folded, origin):
        bounds.popitem()
    counted = {key: _held(connection, key, at) for key in sorted(bounds)}  # in one order: no two lock each other
    wait = max(_wait(bounds[key], row, at) for key, row in counted.items())
    if wait > timedelta():
        return Claim(wait)
    for key, row in counted.items():
        again = at - row["first_at"] >= WITHIN
        now = {"wrong": 1, "first_at": at} if again else {"wrong": row["wrong"] + 1}
        connection.execute(update(attempt).where(*_at(key)).values(now | {"last_at": at}))
    return Claim(wait, counted[_keys(folded, origin)[0]]["wrong"] + 1 == LOCKED_AFTER)


def forgive(connection: Connection, folded: str, origin: str) -> None:
    """Take a try off that was right."""
    here, *others = _keys(folded, origin)
    connection.execute(delete(attempt).where(*_at(here)))
    for key in sorted(others):
        connection.execute(update(attempt).where(*_at(key), attempt.c.wrong > 0).values(wrong=attempt.c.wrong - 1))


def _wait(bound: _Bound, row: dict[str, Any], at: datetime) -> timedelta:
    wrong: int = row["wrong"]
    last: datetime = row["last_at"]
    if bound.locked_after is not None and wrong >= bound.locked_after:
        return last + WITHIN - at
    if wrong < bound.free or at - row["first_at"] >= WITHIN:
        return timedelta()
    seconds = min(2.0 ** min(wrong - bound.free, 20), bound.longest)
    return max(last + timedelta(seconds=seconds) - at, timedelta())


def _keys(folded: str, origin: str) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    """A name from an origin, the origin, the name; no name as it was typed is kept: it may be a password."""
    name, where = hashlib.sha256(folded.encode()).hexdigest(), origin[:100] or "?"
    return (name, where), ("", where), (name, "")


def _held(connection: Connection, key: tuple[str, str], at: datetime) -> dict[str, Any]:
    """A row of the table, made if need be, held until the transaction ends."""
    row = {"name": key[0], "origin": key[1], "wrong": 0, "first_at": at, "last_at": at}
    connection.execute(passing.insert(connection, attempt).on_conflict_do_nothing(), row)
    return dict(connection.execute(select(attempt).where(*_at(key)).with_for_update()).mappings().one())


def _at(key: tuple[str, str]) -> tuple[Any, Any]:
    return attempt.c.name == key[0], attempt.c.origin == key[1]


def _is_known(connection: Connection, folded: str, origin: str) -> bool:
    """Whether this person has signed in from there: strangers elsewhere do not keep them waiting."""
    own = session.join(account, account.c.id == session.c.account_id)
    query = select(session.c.digest).select_from(own).where(account.c.folded == folded, session.c.origin == origin)
    return connection.execute(query.limit(1)).first() is not None
