"""How far the cells of a sheet reach, told while it is scanned: what takes memory is refused before."""

from __future__ import annotations

from dataclasses import dataclass, field

from kpicat.exchange.archive import too_many_rows
from kpicat.exchange.tables.grid import MOST_ROWS, Blemish
from kpicat.exchange.workbook_xml import check_reach

_MOST_BLEMISHES = 100_000


@dataclass
class Reach:
    """One sheet as far as it has been scanned.

    Attributes:
        name: The file's name, for what is said of it.
        rows: Numbers of the rows that hold a value.
        hidden_rows: Those of all its rows that the spreadsheet does not show.
        hidden_columns: Zero-based columns that it does not show.
        comments: How many notes are pinned to its cells.
        blemishes: Cells whose value the file does not give.
    """

    name: str
    rows: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: int = 0
    blemishes: list[Blemish] = field(default_factory=list)
    _columns: tuple[int, int] = (1 << 20, 0)

    def fill(self, row: int, column: int) -> None:
        """A cell holds something; ``column`` is zero-based.

        Raises:
            InputError: There are too many rows.
        """
        if row not in self.rows:
            self.rows.add(row)
            if len(self.rows) > MOST_ROWS:
                raise too_many_rows(self.name)
        if not self._columns[0] <= column <= self._columns[1]:
            self._columns = min(self._columns[0], column), max(self._columns[1], column)

    def note(self, row: int, column: int, error: str = "") -> None:
        """The file gives no value for a cell, see :class:`Blemish`."""
        if len(self.blemishes) < _MOST_BLEMISHES:
            self.blemishes.append(Blemish(row, column, error))

    def check(self) -> None:
        """See that a rectangle around all cells is of a size for memory.

        Raises:
            InputError: It is not; the sentence names the cell.
        """
        if self.rows:
            check_reach(self.name, (min(self.rows), max(self.rows)), self._columns)


ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
          0x2A: "#N/A", 0x2B: "#GETTING_DATA"}  # fmt: skip
"""Code in a binary workbook -> the error a person sees."""
