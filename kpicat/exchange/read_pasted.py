"""Read a pasted block: like a file where it becomes new items, line by line where it goes over items there are.

People mostly copy rows without their headings. Then the columns are those of the
grid pasted into, where it has as many or plainly begins like it; else those that
can only be one thing; the rest waits for a person to say, and the report names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpicat.exchange import Pointed, Progress, Read, no_progress
from kpicat.exchange.clipboard import Block
from kpicat.exchange.tables import columns as known
from kpicat.exchange.tables import headers
from kpicat.exchange.tables.columns import ORDER
from kpicat.exchange.tables.evidence import fits
from kpicat.exchange.tables.grid import Cell, Row, Sheet, is_blank, text_of
from kpicat.exchange.tables.guessing import guess, holds_order
from kpicat.exchange.tables.items import read_sheets
from kpicat.exchange.tables.layout import FILLED_DOWN
from kpicat.exchange.tables.recoding import recoded
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import FIELDS, LeftOut, TableFound

NO_HEADINGS = 0
"""Stands for the row of headings of a block that has none."""
_FEWEST_SURE = 2  # columns that tell that a narrower block begins as the grid does


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One row under the headings, for itself; ``cells`` holds the fields that are not blank."""

    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Pasted:
    """What a block says.

    Attributes:
        read: Its items as those of a file: headings of groups, totals and signatures told apart.
        lines: Every row under the headings, also blank ones, so that the third is the third.
        fields: What its columns hold, in their order.
    """

    read: Read
    lines: Sequence[PastedLine]
    fields: Sequence[str]

    @property
    def unclear(self) -> bool:
        """A column holds something and nobody has said, or can tell, what."""
        return any(
            bool(texts) and not table.columns[c] and not known.fields_named(table.headers[c]) and not holds_order(texts)
            for table in self.read.report.tables
            for c, texts in table.samples.items()
        )


def read_pasted(
    block: Block,
    guidance: Guidance,
    columns: Sequence[str] = (),
    *,
    pointed: Pointed | None = None,
    progress: Progress = no_progress,
) -> Pasted:
    """Read a block.

    Args:
        block: As :func:`kpicat.exchange.clipboard.block` gives it.
        guidance: Whose tier words and frames it may use.
        columns: Of the grid it is pasted into, in order; "" or what is no field for one that takes nothing.
        pointed: What the user said of it; its header row is :data:`NO_HEADINGS` where it has none.
        progress: Told now and then how far it is.

    Raises:
        InputError: The user pointed at a blank row.
    """
    sheet, remarks = recoded(block.sheet)
    block = replace(block, sheet=sheet)
    pointed = _pointed(sheet, guidance, columns, pointed)
    if pointed is not None and pointed.header_row == NO_HEADINGS:
        sheet = replace(sheet, rows=[Row(NO_HEADINGS, ()), *sheet.rows])
    said = {} if pointed is None else {sheet.name: pointed}
    read = read_sheets([sheet], _("Pasted block"), guidance, pointed=said, progress=progress)
    read.report.remarks[:0] = remarks
    read.report.tables[:] = [_whole(table, block.width, pointed) for table in read.report.tables]
    if block.beside:
        read.report.left_out.append(LeftOut("", None, _("Stands outside the table."), block.beside[:500]))
    if block.tables > 1:
        sentence = _("{n} tables were pasted; they were read one under the other.").format(n=number(block.tables))
        read.report.remarks.append(LeftOut("", None, sentence))
    mapped = {name: None for table in read.report.tables for name in table.columns.values() if name}
    return Pasted(read, _lines(block, read), tuple(mapped))


def starting_at(field: str, width: int, columns: Sequence[str]) -> Pointed:
    """A block without headings whose first column goes into ``field`` and each further one into the next.

    Args:
        width: Columns of the block; those past the last field are not taken.
        columns: Of the grid; a field it does not show is followed by the next in a catalogue's own order.
    """
    order = [name for name in columns if name in FIELDS] if field in columns else list(FIELDS)
    following = order[order.index(field) :]
    return Pointed(NO_HEADINGS, {c: following[c] if c < len(following) else "" for c in range(width)})


def _whole(table: TableFound, width: int, pointed: Pointed | None) -> TableFound:
    """The table with its blank columns too: laid over items, they may empty cells."""
    named = {c: name for c, name in ((pointed and pointed.columns) or {}).items() if name in FIELDS}
    columns = {c: table.columns.get(c, named.get(c, "")) for c in range(width)}
    return replace(table, columns=columns, headers={c: table.headers.get(c, "") for c in range(width)})


def _pointed(sheet: Sheet, guidance: Guidance, columns: Sequence[str], said: Pointed | None) -> Pointed | None:
    """Where the headings are and what the columns hold; None for the core to find out."""
    if said is None and headers.find(sheet, guidance):
        return None
    if said is None and _are_headings(sheet.rows[0]):
        return Pointed(sheet.rows[0].number)
    if said is not None and said.header_row != NO_HEADINGS:
        return said
    samples = headers.samples(sheet, 0)
    if said is None or said.columns is None:
        return Pointed(NO_HEADINGS, _of_grid(sheet, columns, samples, guidance) or guess(samples, guidance))
    order = {column: ORDER for column in samples if not said.columns.get(column) and holds_order(samples[column])}
    return Pointed(NO_HEADINGS, {**said.columns, **dict(list(order.items())[:1])})


def _are_headings(row: Row) -> bool:
    texts = [text for cell in row.cells if (text := text_of(cell))]
    return all(map(known.is_heading, texts))


def _of_grid(
    sheet: Sheet, columns: Sequence[str], samples: Mapping[int, Sequence[str]], guidance: Guidance
) -> dict[int, str]:
    """The grid's columns in order, if the block has as many (or a running number more) and its cells fit them.

    A block that ends sooner, as one without the coefficient does, has to say so itself: two columns or more can
    only be what stands at their places in the grid, and none is something else.
    """
    width = max(len(row.cells) for row in sheet.rows)
    numbered = [[ORDER, *columns]] if holds_order(samples.get(0, ())) else []
    for names in [list(columns), *numbered]:
        whole, names = width == len(names), names[:width]
        fitting = width == len(names) and all(fits(name, samples.get(c, ()), guidance) for c, name in enumerate(names))
        if fitting and (whole or _are_surely(names, guess(samples, guidance))):
            return {column: name for column, name in enumerate(names) if name in FIELDS or name == ORDER}
    return {}


def _are_surely(names: Sequence[str], sure: Mapping[int, str]) -> bool:
    told = set(sure.values()) - {ORDER}
    return len(told) >= _FEWEST_SURE and all(names[column] == name for column, name in sure.items())


def _lines(block: Block, read: Read) -> list[PastedLine]:
    """Each row by the columns of its table; a text merged down stands in every row it covers."""
    by_number = {row.number: row for row in block.sheet.rows}
    tables = read.report.tables
    ends = [*(table.header_row for table in tables[1:]), block.height + 1]
    lines: list[PastedLine] = []
    for table, end in zip(tables, ends, strict=True):
        fields = {column: name for column, name in table.columns.items() if name}
        down: dict[int, tuple[int, Cell]] = {}  # column -> last row of a merged cell, what it says
        for n in range(table.header_row + 1, end):
            cells = by_number[n].cells if n in by_number else ()
            said = {c: cells[c] for c in fields if c < len(cells) and not is_blank(cells[c])}
            for merge in block.sheet.merges_from.get(n, ()):
                if merge.left in said and fields[merge.left] in FILLED_DOWN:
                    down[merge.left] = merge.bottom, said[merge.left]
            above = {c: cell for c, (bottom, cell) in down.items() if n <= bottom}
            lines.append(PastedLine(n, {fields[c]: _tidied(cell) for c, cell in (above | said).items()}))
    return lines


def _tidied(cell: Cell) -> Cell:
    return text_of(cell) if isinstance(cell, str) else cell
