"""What stands over the first table of each sheet: it says whose the file is."""

from __future__ import annotations

from collections.abc import Sequence

from kpicat.exchange import Read
from kpicat.exchange.tables.grid import Sheet, text_of

_MOST = 40  # texts


def note_titles(found: Read, sheets: Sequence[Sheet]) -> None:
    """Put the texts over each sheet's first table into the report; headings of columns are none of them."""
    first = {table.sheet: table for table in reversed(found.report.tables)}
    for sheet in sheets:
        if (table := first.get(sheet.name)) is None:
            continue
        headings = " / ".join(table.headers.values())
        above = (row for row in sheet.rows if row.number < table.header_row)
        texts = [text for row in above for cell in row.cells if (text := text_of(cell)) and text not in headings]
        found.report.titles[sheet.name] = texts[:_MOST]
