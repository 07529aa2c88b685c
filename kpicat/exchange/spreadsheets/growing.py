"""A sheet that grows cell by cell while its XML is read; what would take too much memory is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from kpicat.exchange.archive import too_many_rows
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Blemish, Cell, Merge, Row, Sheet, is_blank
from kpicat.exchange.workbook_xml import MOST_SPANNED, check_reach

_MOST_NOTES = 100_000


@dataclass
class Growing:
    """A sheet as far as it has been read.

    Attributes:
        file: The file's name, for what is said of it.
        name: The sheet's.
        row: Number of the row that is being read.
        column: Zero-based column of the next cell.
        hidden_columns: Zero-based columns that the spreadsheet does not show.
        comments: How many notes are pinned to its cells.
        columns_told: How many columns something has been said of.
    """

    file: str
    name: str
    hidden: bool = False
    row: int = 1
    column: int = 0
    pictured: bool = False
    hidden_columns: set[int] = field(default_factory=set)
    comments: int = 0
    columns_told: int = 0
    _rows: list[Row] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _merges: list[Merge] = field(default_factory=list)
    _blemishes: list[Blemish] = field(default_factory=list)
    _hidden_rows: set[int] = field(default_factory=set)
    _held: int = 0

    def put(self, cell: Cell, times: int = 1) -> None:
        """The next cells of the row, all the same; blank ones take no room at the end of a row."""
        if not is_blank(cell):
            if self.column > MOST_COLUMNS:  # the core refuses the row; it need not be longer for that
                times = 1
            missing = min(self.column, MOST_COLUMNS + 1) - len(self._cells)
            self._cells += [None] * missing + [cell] * min(times, MOST_COLUMNS + 1)
        self.column += times

    def merge(self, down: int, across: int) -> None:
        """The next cell is merged with as many more rows and columns."""
        if (down > 0 or across > 0) and len(self._merges) < _MOST_NOTES:
            self._merges.append(Merge(self.row, self.column, self.row + down, self.column + across))

    def note(self, error: str = "") -> None:
        """The file gives no value for the next cell, see :class:`Blemish`."""
        if len(self._blemishes) < _MOST_NOTES:
            self._blemishes.append(Blemish(self.row, self.column, error[:20]))

    def tell_columns(self, times: int, *, hidden: bool) -> None:
        """As many further columns are hidden, or are not."""
        end = self.columns_told + times
        if hidden:
            self.hidden_columns.update(range(self.columns_told, min(end, MOST_COLUMNS)))
        self.columns_told = end

    def end_row(self, times: int = 1, *, hidden: bool = False) -> None:
        """The row ends, and stands there as often.

        Raises:
            InputError: There are too many rows, or too many cells.
        """
        cells = self._cells
        if cells:
            if len(self._rows) + times > MOST_ROWS:
                raise too_many_rows(self.file)
            self._held += len(cells) * times
            if self._held > MOST_SPANNED:
                check_reach(self.file, (1, self.row), (0, MOST_SPANNED))
            for number in range(self.row, self.row + times):
                self._rows.append(Row(number, cells))
                if hidden:
                    self._hidden_rows.add(number)
            self._cells = []
        self.row += times
        self.column = 0

    def finished(self) -> Sheet:
        """The sheet."""
        hidden = self.hidden, self._hidden_rows, self.hidden_columns
        return Sheet(self.name, self._rows, self._merges, self._blemishes, *hidden)
