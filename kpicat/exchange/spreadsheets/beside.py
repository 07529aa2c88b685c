"""Two tables side by side in one sheet: read as two sheets, each with its own heading rows.

They are two only where a column without anything parts them, both have headings of works or
products in the same row, and some heading stands over both: a gap within one table repeats
none. The cells of each keep their columns, so that every remark names the place a person sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kpicat.exchange.tables import columns, headers
from kpicat.exchange.tables.grid import Cell, Row, Sheet, is_blank, text_of
from kpicat.guidance import Guidance

_NAMES = frozenset(columns.NAMES)


def apart(sheet: Sheet, guidance: Guidance) -> list[Sheet]:
    """The sheet, or its parts that are tables side by side; the first keeps the sheet's name."""
    header = headers.find(sheet, guidance) if sheet.rows else None
    if header is None:
        return [sheet]
    place = header.first
    cuts = list(_cuts(sheet, place))
    if not cuts:
        return [sheet]
    width = max(len(row.cells) for row in sheet.rows)
    spans = pairwise([0, *cuts, width])
    return [_part(sheet, place, n, left, right) for n, (left, right) in enumerate(spans)]


def _cuts(sheet: Sheet, place: int) -> Iterator[int]:
    """Columns without anything from the heading row on, between two tables' headings."""
    rows = sheet.rows[place:]
    heads = rows[0].cells
    named = [c for c, cell in enumerate(heads) if not is_blank(cell)]
    start = named[0] if named else 0
    for column in range(start + 1, named[-1] if named else 0):
        if not is_blank(heads[column]):
            continue
        if any(column < len(row.cells) and not is_blank(row.cells[column]) for row in rows):
            continue
        if any(m.left <= column <= m.right and m.top >= rows[0].number for m in sheet.merges):
            continue
        before, after = _fields(heads[start:column]), _fields(heads[column + 1 :])
        if before & after and before & _NAMES and after & _NAMES:
            yield column
            start = column + 1


def _fields(heads: Sequence[Cell]) -> set[str]:
    """Fields that the headings name."""
    texts = (text for cell in heads if isinstance(cell, str) and (text := text_of(cell)))
    return {field for text in texts if columns.is_heading(text) for field in columns.fields_named(text)}


def _part(sheet: Sheet, place: int, n: int, left: int, right: int) -> Sheet:
    """The columns of one table; what stands over the headings belongs to the first."""
    rows = []
    for at, row in enumerate(sheet.rows):
        if at < place:
            cells = row.cells if n == 0 else ()
        else:
            cells = [None] * min(left, len(row.cells)) + list(row.cells[left:right])
        if not all(map(is_blank, cells)):
            rows.append(Row(row.number, cells))
    merges = [m for m in sheet.merges if left <= m.left < right or (n == 0 and m.top < sheet.rows[place].number)]
    blemishes = [b for b in sheet.blemishes if left <= b.column < right]
    name = sheet.name if n == 0 else f"{sheet.name} ({n + 1})"
    return replace(sheet, name=name, rows=rows, merges=merges, blemishes=blemishes)
