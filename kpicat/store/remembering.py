"""What an office's people once said and need not say again: a name, and the words kept under it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, delete, select

from kpicat.store import schema
from kpicat.store.passing import insert

_FIRST = "said:"  # of the name of each: secrets stand in the same table
SAID = schema.setting.c.name.startswith(_FIRST, autoescape=True)
"""What of the settings goes into a backup and comes back: no secret, as whoever has the file could sign with it."""


def remembered(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """Name -> what is kept under it, of those names under which something is."""
    setting = schema.setting.c
    query = select(setting.name, setting.value).where(setting.name.in_([_FIRST + name for name in names]))
    return {name.removeprefix(_FIRST): value for name, value in connection.execute(query)}


def remember(connection: Connection, name: str, value: str | None) -> None:
    """Keep ``value`` under a name instead of what is kept there; None forgets it."""
    setting = schema.setting.c
    if value is None:
        connection.execute(delete(schema.setting).where(setting.name == _FIRST + name))
        return
    put(connection, [{"name": _FIRST + name, "value": value}])


def said(connection: Connection) -> list[dict[str, str]]:
    """Everything that is kept so, as rows of the table."""
    found = connection.execute(select(schema.setting).where(SAID).order_by(schema.setting.c.name))
    return [dict(row) for row in found.mappings()]


def put(connection: Connection, rows: Sequence[Mapping[str, str]]) -> None:
    """Keep these, each instead of what is kept under its name."""
    new = insert(connection, schema.setting)
    renewed = new.on_conflict_do_update(index_elements=[schema.setting.c.name], set_={"value": new.excluded.value})
    if rows:
        connection.execute(renewed, rows)
