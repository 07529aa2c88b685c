"""The values of a workbook as the fast reader gives them, put beside what it does not tell."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import python_calamine as calamine

from kpicat.exchange.tables.grid import Blemish, Cell, Merge, Row, Sheet, is_blank


@dataclass(frozen=True)
class Table:
    """A sheet's cells: rows with something in them, numbered from 1, their columns from A."""

    name: str
    visible: bool
    rows: Sequence[tuple[int, Sequence[Cell]]]
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]]


def tables(content: bytes, name: str) -> list[Table]:
    """The sheets of any workbook the fast reader knows."""
    with calamine.load_workbook(io.BytesIO(content)) as workbook:
        return [
            _table(workbook.get_sheet_by_index(place), about)
            for place, about in enumerate(workbook.sheets_metadata)
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]


def _table(values: calamine.CalamineSheet, about: calamine.SheetMetadata) -> Table:
    top, left = values.start or (0, 0)
    before: list[Cell] = [None] * left
    rows = [
        (number, [*before, *cells] if before else cells)
        for number, cells in enumerate(values.to_python(skip_empty_area=True), start=top + 1)
        if not all(map(is_blank, cells))
    ]
    visible = about.visible == calamine.SheetVisibleEnum.Visible
    return Table(about.name, visible, rows, values.merged_cell_ranges or ())


def sheet(
    table: Table,
    blemishes: Sequence[Blemish] = (),
    hidden_rows: Collection[int] = (),
    merges: Sequence[Merge] | None = None,
) -> Sheet:
    """The sheet; ``merges`` where the fast reader knows none of this format."""
    if merges is None:
        merges = [Merge(a + 1, b, c + 1, d) for (a, b), (c, d) in table.merges]
    rows = [Row(number, cells) for number, cells in table.rows]
    return Sheet(table.name, rows, merges, blemishes, not table.visible, hidden_rows)
