"""A document as it is read from top to bottom: paragraphs, and tables as grids of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpicat.exchange.tables.grid import Cell, Merge, Row, Sheet, is_blank


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words between tables.

    Attributes:
        text: On one line, with the number its list gives it.
        depth: Of a heading by its style, 0 the outermost; None for plain text.
    """

    text: str
    depth: int | None = None


@dataclass(slots=True)
class Table:
    """One table.

    Attributes:
        number: Its place among the document's tables, as a person counts them: "3", "3.1" for one inside it.
        rows: Every row, blank ones too; a merged cell's text stands in its first cell.
        merges: Rows numbered from 1.
        edges: Of its columns in twips (1/1440 inch) from its left edge; empty where nobody knows.
        page: Where it stands, from 1; 0 where the file has no pages.
        ends: How far down its page it reaches, in points; 0 where nobody knows.
        asides: Row number, sentence and text of what stands in the table and was not taken into a cell.
    """

    number: str
    rows: Sequence[Sequence[Cell]]
    merges: Sequence[Merge] = ()
    edges: Sequence[int] = ()
    page: int = 0
    ends: float = 0
    asides: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(map(len, self.rows), default=0)

    def as_sheet(self, name: str = "") -> Sheet:
        """The table by itself, blank rows left out."""
        return Sheet(name, filled(self.rows), self.merges)


Part = Paragraph | Table


def filled(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """Rows with something in them, numbered by their places."""
    return [Row(n, cells) for n, cells in enumerate(rows, start=1) if not all(map(is_blank, cells))]
