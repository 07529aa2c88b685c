"""A sheet from the values that the fast reader gives and what it does not tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kpicat.exchange.apart import Table, tables
from kpicat.exchange.tables.grid import Blemish, Merge, Row, Sheet

__all__ = ["Table", "sheet", "tables"]


def sheet(
    table: Table,
    blemishes: Sequence[Blemish] = (),
    hidden_rows: Collection[int] = (),
    merges: Sequence[Merge] | None = None,
    hidden_columns: Collection[int] = (),
) -> Sheet:
    """The sheet; ``merges`` where the fast reader knows none of this format."""
    if merges is None:
        merges = [Merge(a + 1, b, c + 1, d) for (a, b), (c, d) in table.merges]
    rows = [Row(number, cells) for number, cells in table.rows]
    return Sheet(table.name, rows, merges, blemishes, not table.visible, hidden_rows, hidden_columns)
