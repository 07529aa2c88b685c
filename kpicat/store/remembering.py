"""What an office's people once said and need not say again: a name, and the words kept under it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from kpicat.store import schema
from kpicat.store.passing import insert

_FIRST = "said:"  # of the name of each: secrets stand in the same table


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
    put = insert(connection, schema.setting)
    renewed = put.on_conflict_do_update(index_elements=[setting.name], set_={"value": put.excluded.value})
    connection.execute(renewed, {"name": _FIRST + name, "value": value})
