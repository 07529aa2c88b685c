"""Where lines first came from, as a workbook says that kpicat wrote: the unit's file, its sheet and row."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from kpicat.exchange.tables import columns
from kpicat.exchange.tables.grid import Cell, Sheet, text_of
from kpicat.exchange.tables.headers import Header
from kpicat.model import Item, Source
from kpicat.text.normalise import one_line

_LONGEST = 300  # characters of a name
_FILE, _SHEET, _ROW = "source_file", "source_sheet", "source_row"


def origins(sheet: Sheet, header: Header, items: Sequence[Item]) -> dict[str, Source]:
    """Item id -> where the line says that it came from; nothing where the table has no such column."""
    named = {_headings().get(columns.key(heading), ""): column for column, heading in header.headings.items()}
    if _FILE not in named:
        return {}
    cells = {row.number: row.cells for row in sheet.rows}
    told = {item.id: _source(cells[item.source.row], named) for item in items if item.source.row in cells}
    return {item_id: source for item_id, source in told.items() if source.file}


def _source(cells: Sequence[Cell], named: Mapping[str, int]) -> Source:
    file, sheet, row = (
        one_line(text_of(cells[column])) if (column := named.get(name)) is not None and column < len(cells) else ""
        for name in (_FILE, _SHEET, _ROW)
    )
    number = int(row) if row.isascii() and row.isdecimal() and len(row) < 8 else None
    return Source(file[:_LONGEST], sheet[:_LONGEST], number)


@functools.cache
def _headings() -> Mapping[str, str]:
    return {columns.key(word): name for name, entry in columns.lexicon("origin").items() for word in entry["words"]}
