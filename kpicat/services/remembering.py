"""How the columns of a file were taken by hand, remembered for the next file of the same shape.

The shape of a table is its headings from left to right, without case, diacritics and
marks; blank columns between them are none of it. It is remembered for everybody on
the database, when a file that was put right by hand has been brought in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from kpicat.exchange import Pointed
from kpicat.exchange.tables import columns
from kpicat.model import FIELDS, TableFound
from kpicat.text.normalise import fold

if TYPE_CHECKING:
    from kpicat.store import Store

_FEWEST = 2  # headings; fewer are no shape


def recalled(store: Store, tables: Iterable[TableFound], but: Collection[str] = ()) -> dict[str, Pointed]:
    """Sheet -> how its table is to be taken, where one of the same shape was put right by hand.

    Args:
        but: Sheets of which the person has already said something.
    """
    shapes = {shape: table for table in tables if table.sheet not in but and (shape := _shape(table))}
    found = store.remembered(shapes) if shapes else {}
    said = {}
    for shape, table in shapes.items():
        fields = _read(found.get(shape, ""))
        chosen = dict(zip(_headed(table), fields, strict=False))
        if fields and any(table.columns.get(column, "") != field for column, field in chosen.items()):
            said[table.sheet] = Pointed(table.header_row, {**table.columns, **chosen})
    return said


def remember(store: Store, tables: Iterable[TableFound], pointed: Mapping[str, Pointed]) -> None:
    """Remember the columns of those tables that somebody put right by hand."""
    for table in tables:
        said = pointed.get(table.sheet)
        if said is None or said.columns is None or said.header_row != table.header_row:
            continue
        if shape := _shape(table):
            store.remember(shape, json.dumps([table.columns.get(column, "") for column in _headed(table)]))


def forget(store: Store, table: TableFound) -> None:
    """Take tables of this shape as kpicat finds them again."""
    if shape := _shape(table):
        store.remember(shape, None)


def _headed(table: TableFound) -> list[int]:
    return sorted(column for column, words in table.headers.items() if words)


def _shape(table: TableFound) -> str:
    """A name for all tables with these headings; "" where there are too few."""
    words = [fold(columns.key(table.headers[column])) for column in _headed(table)]
    if len(words) < _FEWEST:
        return ""
    return "columns:" + hashlib.sha256("\n".join(words).encode()).hexdigest()


def _read(kept: str) -> list[str]:
    """Fields in the order of the headings; a field this kpicat does not have is taken for none."""
    try:
        fields = json.loads(kept or "[]")
    except ValueError:
        return []
    return [field if field in FIELDS else "" for field in fields] if isinstance(fields, list) else []
