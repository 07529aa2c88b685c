"""Which tables of a document are one: those a page break, a heading or an editor has split.

A table that repeats the headings of the one before it, or has none and the same
columns, goes on with it. Its rows are counted on, so that "Tables 3–7, row 120" is
found by counting from the first of them. Headings repeated on every page stay
rows: the core knows them and accounts for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kpicat.exchange.documents.parts import Paragraph, Part, Table, filled
from kpicat.exchange.tables import columns, headers, lines
from kpicat.exchange.tables.grid import Cell, Merge, Sheet, is_blank, text_of
from kpicat.exchange.tables.headers import Header
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import LeftOut
from kpicat.text.normalise import one_line

_OFF = 300  # twips (5 mm) by which the edges of one column differ from page to page
_HEADINGS = 2  # cells with known headings that begin another table
_DEEPEST = 4  # rows of a header
_LINE = 25  # points by which full pages end apart, as no row breaks within a line
_LOOKED_AT = 10  # rows of a table that tell its header


@dataclass
class Joined:
    """Tables that are one.

    Attributes:
        header: Of the first of them; None where it has no column of works or products.
        above: Row number from which on, and what stands right above the table that begins there.
        asides: What was put together, and what was not taken.
        breaks: Places of the rows that begin a page, and whether the page before is full to its foot.
    """

    tables: list[Table]
    header: Header | None
    above: list[tuple[int, list[Paragraph]]]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    asides: list[tuple[int, str, str]] = field(default_factory=list)
    breaks: list[tuple[int, bool]] = field(default_factory=list)

    def add(self, table: Table, above: list[Paragraph], *, full: bool = False) -> None:
        """Put a table under the others; ``full`` where these fill their page to its foot."""
        start = len(self.rows)
        if start:
            if table.page > self.tables[-1].page:
                self.breaks.append((start, full))
            self.tables.append(table)
            self.above.append((start + 1, above))
        self.rows += table.rows
        self.merges += [replace(m, top=m.top + start, bottom=m.bottom + start) for m in table.merges]
        self.asides += [(row + start, sentence, text) for row, sentence, text in table.asides]

    def mend(self) -> None:
        """Give the first row without a number after each page break to the row before it, where it is its rest."""
        if 2 * sum(not is_blank(row[0]) for row in self.rows if row) <= len(self.rows):
            return
        for start, full in self.breaks:
            place = next((n for n in range(start, len(self.rows)) if self._is_line(self.rows[n])), None)
            before = next((n for n in reversed(range(start)) if self._is_line(self.rows[n])), None)
            if place is not None and before is not None and self._is_rest(place, before, full=full):
                self._put_together(before, place)

    def _is_rest(self, place: int, before: int, *, full: bool) -> bool:
        """The row goes on in the middle of a sentence; or where all others are numbered, after a full page."""
        if not _adds_words(self.rows[place], self.rows[before]):
            return False
        rest = _texts(self.rows[place])
        return any(map(lines.goes_on_mid_sentence, rest.values())) or (
            full and not self._may_head(rest) and self._numbered_but_after_breaks
        )

    def _put_together(self, before: int, place: int) -> None:
        rest = _texts(self.rows[place])
        whole = _padded(self.rows[before], max(rest) + 1)
        for column, text in rest.items():
            whole[column] = text_of(whole[column]) + (" " if lines.goes_on_mid_sentence(text) else "\n") + text
        self.rows[before], self.rows[place] = whole, []
        sentence = _("The page ends in the middle of this row; its two parts were put together, check them by eye.")
        self.asides.append((before + 1, sentence, one_line(" | ".join(rest.values()))))

    def _is_line(self, row: Sequence[Cell]) -> bool:
        assert self.header is not None
        return not all(map(is_blank, row)) and not _repeats(row, self.header)

    @cached_property
    def _numbered_but_after_breaks(self) -> bool:
        """Every row that says more than one thing has a number, or stands right after a page break."""
        first = {
            next((n for n in range(start, len(self.rows)) if self._is_line(self.rows[n])), None)
            for start, _full in self.breaks
        }
        several = [n for n, row in enumerate(self.rows) if self._is_line(row) and len(_texts(row)) > 1]
        return all(n in first or not is_blank(self.rows[n][0]) for n in several)

    def _may_head(self, rest: Mapping[int, str]) -> bool:
        """A row with these texts alone may be the heading of what follows."""
        assert self.header is not None
        ((column, text), *others) = rest.items()
        names = min((c for c, name in self.header.columns.items() if name in columns.NAMES), default=column)
        return not others and (column <= names or text.isupper() or lines.is_organisation(text))

    @property
    def name(self) -> str:
        """What a person calls it: "Table 3", "Tables 3–7, pages 2–6"."""
        first, last = self.tables[0], self.tables[-1]
        told = {"first": first.number, "last": last.number, "page": first.page, "end": last.page}
        if not first.page:
            return (_("Table {first}") if first is last else _("Tables {first}–{last}")).format(**told)
        if first is last:
            return _("Table {first}, page {page}").format(**told)
        if first.page == last.page:
            return _("Tables {first}–{last}, page {page}").format(**told)
        return _("Tables {first}–{last}, pages {page}–{end}").format(**told)

    def as_sheet(self) -> Sheet:
        """All of it."""
        return Sheet(self.name, filled(self.rows), self.merges)

    def remarks(self) -> Iterator[LeftOut]:
        """What the tables hold beside their cells."""
        for row, sentence, text in self.asides:
            yield LeftOut(self.name, row, sentence, text)


def joined(parts: Sequence[Part], guidance: Guidance) -> list[Joined]:
    """The tables of a document in order, those that belong together put together."""
    found: list[Joined] = []
    catalogue: Joined | None = None  # the last one
    foot = max((part.ends for part in parts if isinstance(part, Table)), default=0.0)
    above: list[Paragraph] = []
    for part in parts:
        if isinstance(part, Paragraph):
            above.append(part)
            continue
        if not part.as_sheet().rows:
            continue
        if catalogue and catalogue.header and _goes_on(catalogue, catalogue.header, part, above):
            catalogue.add(part, above, full=0 < foot < catalogue.tables[-1].ends + _LINE)
        else:
            own = Joined([part], _header(part, catalogue, guidance), [(1, above)])
            own.add(part, above)
            found.append(own)
            catalogue = own if own.header else catalogue
        above = []
    for tables in found:
        tables.mend()
    return found


def _goes_on(before: Joined, header: Header, table: Table, above: Sequence[Paragraph]) -> bool:
    sheet = table.as_sheet()
    if table.width > before.tables[0].width or not _same_edges(before.tables[-1], table):
        return False
    if _repeats(sheet.rows[0].cells, header):
        # In a file with pages what stands between is as often the foot of the page.
        return not any(p.depth is not None or not table.page for p in above if not p.text.isdecimal() and p.text)
    # Not by the shape of its first rows: lines of a catalogue, too, may look like headings of what follows.
    return not any(_headings(row.cells) >= _HEADINGS for row in sheet.rows[:_DEEPEST])


def _header(table: Table, before: Joined | None, guidance: Guidance) -> Header | None:
    """The table's header; the one of the table before, where it is the same again: looking is dear."""
    sheet = table.as_sheet()
    if before and before.header and before.header.first == 0 and _repeats(sheet.rows[0].cells, before.header):
        return before.header
    return headers.find(replace(sheet, rows=sheet.rows[:_LOOKED_AT]), guidance)


def _same_edges(one: Table, other: Table) -> bool:
    if not one.edges or not other.edges:
        return one.width == other.width
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) <= _OFF for a, b in zip(one.edges, other.edges, strict=True)
    )


def _repeats(row: Sequence[Cell], header: Header) -> bool:
    texts = [text for cell in row if (text := text_of(cell))]
    return len(texts) > 1 and header.words.issuperset(texts)


def _headings(row: Sequence[Cell]) -> int:
    return sum(isinstance(cell, str) and columns.is_heading(text_of(cell)) for cell in row)


def _adds_words(row: Sequence[Cell], before: Sequence[Cell]) -> bool:
    """The row has no number of its own and words only where the one before it has, and adds to no amount."""
    if not row or not is_blank(row[0]) or is_blank(before[0]):
        return False
    told = _texts(row)
    above = {n: text_of(before[n]) if n < len(before) else "" for n in told}
    return all(above.values()) and not any(
        lines.is_number_text(told[n]) and lines.is_number_text(above[n]) for n in told
    )


def _texts(row: Sequence[Cell]) -> dict[int, str]:
    return {column: text for column, cell in enumerate(row) if (text := text_of(cell))}


def _padded(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row, *[None] * (width - len(row))]
