"""The bed as real files: workbooks with a sheet for each layout, documents with a table for each."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl

from tests.exchange.bed.shapes import Layout


def workbook(layouts: Sequence[Layout]) -> bytes:
    """An .xlsx; the sheets are called 1, 2, 3 …"""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, layout in enumerate(layouts, start=1):
        sheet = book.create_sheet(str(n))
        for row in layout.sheet.rows:
            for column, cell in enumerate(row.cells, start=1):
                sheet.cell(row.number, column, cell)
        for merge in layout.sheet.merges:
            sheet.merge_cells(
                start_row=merge.top, start_column=merge.left + 1, end_row=merge.bottom, end_column=merge.right + 1
            )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def document(layout: Layout) -> bytes:
    """A .docx with what stands over the header as paragraphs, and the table under it."""
    made = docx.Document()
    first = next(row.number for row in layout.sheet.rows if len([c for c in row.cells if c is not None]) > 1)
    for row in layout.sheet.rows:
        if row.number < first:
            made.add_paragraph(str(row.cells[0]))
    rows = [row for row in layout.sheet.rows if row.number >= first]
    width = max(len(row.cells) for row in rows)
    table = made.add_table(len(rows), width)
    places = [row.cells for row in table.rows]
    for place, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            if cell is not None:
                places[place][column].text = str(cell).replace(".0", "") if isinstance(cell, float) else str(cell)
    for merge in layout.sheet.merges:
        if merge.top >= first:
            places[merge.top - first][merge.left].merge(places[merge.bottom - first][merge.right])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()
