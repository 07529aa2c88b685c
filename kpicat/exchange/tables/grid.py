"""A sheet as a grid of cells: what every reader of tables yields, whatever the file."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from kpicat.model import plain
from kpicat.text.normalise import canonical, one_line, tidy

Cell = str | int | float | bool | date | time | timedelta | None
MOST_ROWS = 200_000
"""Rows with something in them that one file may have; a country's catalogue has fewer."""
MOST_COLUMNS = 1_000
"""Columns a row may reach; real catalogues have up to 25."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it; ``number`` is what the user sees beside it."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells, ends included: row numbers as seen, zero-based columns."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Blemish:
    """A cell whose value the file does not give.

    Attributes:
        error: The spreadsheet's own error, "#REF!"; "" for a formula never computed.
    """

    row: int
    column: int
    error: str = ""


@dataclass
class _Seen:
    """Texts of the sheet's first rows: canonical words -> place of the first row that has them."""

    rows: int = 0
    places: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the top, those that are empty left out.

    Attributes:
        hidden: The spreadsheet does not show the sheet.
        hidden_rows: Numbers of rows that it does not show.
        hidden_columns: Zero-based columns that it does not show.
        over: The body that stands over it alone, where other tables stand beside it.
    """

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()
    blemishes: Sequence[Blemish] = ()
    hidden: bool = False
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    over: str = ""

    @cached_property
    def merges_from(self) -> dict[int, list[Merge]]:
        """Row number -> the merged cells whose top row it is."""
        found: dict[int, list[Merge]] = {}
        for merge in self.merges:
            found.setdefault(merge.top, []).append(merge)
        return found

    @cached_property
    def _seen(self) -> _Seen:
        return _Seen()

    def says_above(self, text: str, place: int) -> bool:
        """A row above ``place`` has a cell of these words; each row is looked at once, and only if it is asked for."""
        seen = self._seen
        for at in range(seen.rows, place):
            for words in filter(None, map(text_of, self.rows[at].cells)):
                seen.places.setdefault(canonical(words), at)
        seen.rows = max(seen.rows, place)
        return seen.places.get(canonical(text), place) < place


def text_of(cell: Cell) -> str:
    """A cell as the text a person sees, tidied; "" for an empty one."""
    if isinstance(cell, str):
        return tidy(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, (int, float)):
        return plain(exact(cell)) if math.isfinite(cell) else str(cell)
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.strftime("%d/%m/%Y %H:%M")
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def exact(number: float) -> Decimal:
    """A spreadsheet's number with the fifteen digits it shows: 0.1 + 0.2 is 0.3."""
    return Decimal(number) if isinstance(number, int) else Decimal(format(number, ".15g"))


def column_letters(column: int) -> str:
    """The letters over a zero-based column: 0 -> "A", 27 -> "AB"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(cell: Cell) -> bool:
    """Nothing a person would see stands in the cell."""
    if isinstance(cell, str):
        return not cell or (not cell.isalnum() and not tidy(cell))
    return cell is None


def preview(sheet: Sheet, rows: int = 15) -> list[list[str]]:
    """The first rows as texts, empty ones too, so that place n is row number n + 1."""
    texts: list[list[str]] = [[] for _row in range(rows)]
    for row in sheet.rows:
        if row.number > rows:
            break
        texts[row.number - 1] = [one_line(text_of(cell)) for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts
