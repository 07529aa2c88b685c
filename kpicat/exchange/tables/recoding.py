"""A sheet's legacy text put into Unicode, and said; each cell by its own words, unclear ones as their column is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kpicat.exchange.tables.grid import Cell, Row, Sheet, column_letters
from kpicat.language import ngettext, number
from kpicat.model import LeftOut
from kpicat.text.legacy import Legacy, Verdict, decoded, judge


class _Evidence:
    """What is sure of a sheet's cells: column -> how many are legacy, and the columns where some is not."""

    def __init__(self, sheet: Sheet) -> None:
        self.columns: dict[int, Counter[Legacy]] = defaultdict(Counter)
        self.modern: set[int] = set()
        for column, text in _marked_cells(sheet):
            verdict = judge(text)
            if verdict.sure and verdict.possible:
                self.columns[column][verdict.possible[0]] += 1
            elif verdict.sure:
                self.modern.add(column)
        self.whole: Counter[Legacy] = sum(self.columns.values(), Counter())

    def of(self, column: int, verdict: Verdict) -> Legacy | None:
        """What a cell of the column is; None to leave it as it stands."""
        if verdict.sure:
            return verdict.possible[0] if verdict.possible else None
        around = self.columns.get(column)
        if column in self.modern or (verdict.stands and not around and self.modern):
            return None
        ((most, _cells),) = (around or self.whole).most_common(1)
        return most if most in verdict.possible else None


def recoded(sheet: Sheet) -> tuple[Sheet, list[LeftOut]]:
    """The sheet with its legacy text in Unicode, and a remark for each old way it was kept in."""
    evidence = _Evidence(sheet)
    if not evidence.whole:
        return sheet, []
    changed: dict[Legacy, Counter[int]] = defaultdict(Counter)

    def read(column: int, cell: Cell) -> Cell:
        if not isinstance(cell, str) or cell.isascii():
            return cell
        legacy = evidence.of(column, judge(cell))
        if legacy is None:
            return cell
        text = decoded(cell, legacy)
        if text != cell:
            changed[legacy][column] += 1
        return text

    rows = [Row(row.number, [read(column, cell) for column, cell in enumerate(row.cells)]) for row in sheet.rows]
    return replace(sheet, rows=rows), [_remark(sheet, legacy, cells) for legacy, cells in changed.items()]


def _marked_cells(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            if isinstance(cell, str) and not cell.isascii():
                yield column, cell


def _remark(sheet: Sheet, legacy: Legacy, cells: Counter[int]) -> LeftOut:
    sentence = ngettext(
        "{count} cell in the old {encoding} letters was put into Unicode (columns {columns}); look it over.",
        "{count} cells in the old {encoding} letters were put into Unicode (columns {columns}); look some over.",
        cells.total(),
    ).format(count=number(cells.total()), encoding=legacy.value, columns=", ".join(map(column_letters, sorted(cells))))
    return LeftOut(sheet.name, None, sentence)
