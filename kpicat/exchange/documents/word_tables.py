"""A Word file from its first paragraph to its last, row by row, so that a long one takes little memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from kpicat.errors import InputError
from kpicat.exchange.archive import Archive, too_many_rows
from kpicat.exchange.documents import word_columns
from kpicat.exchange.documents.parts import Paragraph, Part, Table
from kpicat.exchange.documents.word_text import Words
from kpicat.exchange.documents.word_xml import child, child_says, events, kind, said
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Cell, Merge, text_of
from kpicat.labels import field_label
from kpicat.language import _, number
from kpicat.text.normalise import one_line

MOST_CELLS = 4_000_000
_TAGS = ("{*}tbl", "{*}tr", "{*}p", "{*}Fallback", "{*}altChunk")
_INSIDE = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_UNKNOWN_WIDTH = 1_000  # twips, where the file does not say how wide a column is


@dataclass(slots=True)
class _Cell:
    left: int  # places in the table's grid
    right: int
    text: str
    label: str
    above: bool = False  # goes on with the cell above it
    beside: bool = False  # goes on with the cell before it, as in older files
    apart: Mapping[str, str] = field(default_factory=dict)  # what in it is of other fields, in a form of kpicat's


@dataclass
class _Rows:
    """A table while its rows come by."""

    number: str
    rows: list[list[_Cell]] = field(default_factory=list)
    asides: list[tuple[int, str, str]] = field(default_factory=list)
    inner: list[Table] = field(default_factory=list)
    marks: bool = False  # a form of kpicat's, which says of each line whether it is the standard unit


@dataclass
class Body:
    """The body of a Word file on its way into parts.

    Attributes:
        is_catalogue: Whether a table inside a cell is one of its own; other ones are words of their cell.
        embedded: Pieces in another format, which are not read.
    """

    words: Words
    name: str
    is_catalogue: Callable[[Table], bool]
    embedded: int = 0
    _open: list[_Rows] = field(default_factory=list)
    _tables: int = 0
    _count: int = 0
    _cells: int = 0
    _own_fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._own_fields = frozenset(self.words.fields.values())

    def parts(self, archive: Archive, part: str) -> Iterator[Part]:
        """Paragraphs and tables in order, those inside a cell after the table around them.

        Raises:
            InputError: The file is damaged, or has more rows or cells than kpicat takes.
        """
        rows = unread = 0
        for event, element in events(archive, part, _TAGS, self.name):
            tag, begins = kind(element), event == "start"
            if tag == "Fallback":  # the same again for older programs
                unread += 1 if begins else -1
                if not begins:
                    element.clear()
            elif unread:
                pass
            elif tag == "tr":
                rows += 1 if begins else -1
                if not begins and not rows and self._open:
                    self._row(element, self._open[-1])
                    element.clear(keep_tail=False)
            elif rows:
                pass
            elif tag == "altChunk":
                self.embedded += begins
            elif tag == "tbl" and begins:
                self._tables += 1
                self._open.append(_Rows(str(self._tables)))
            elif tag == "tbl" and self._open:
                yield from self._closed(element, self._open.pop())
            elif tag == "p" and not begins:
                text = one_line(self.words.paragraph(element))
                yield Paragraph(text, self.words.numbering.depth(child(element, "pPr")) if text else None)
                self.words.noted.clear()
                element.clear()

    def _closed(self, table: etree._Element, rows: _Rows) -> Iterator[Table]:
        yield _table(rows, _grid(table))
        yield from rows.inner

    def _row(self, row: etree._Element, table: _Rows) -> None:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self.words.changes += 1
            return
        self._count += 1
        if self._count > MOST_ROWS:
            raise too_many_rows(self.name)
        table.marks |= "standard_unit" in self._own_fields and child(properties, "tblHeader") is not None
        place = _places(child_says(properties, "gridBefore"), 0)
        cells: list[_Cell] = []
        for cell in _cells(row):
            taken = self._cell(cell, place, table)
            if cells and taken.beside:
                cells[-1].right = taken.right
                cells[-1].text = f"{cells[-1].text}\n{taken.text}".strip("\n")
            else:
                cells.append(taken)
            place = taken.right
        self._cells += len(cells)
        if self._cells > MOST_CELLS or len(cells) > MOST_COLUMNS:
            raise InputError(
                _("“{name}”: a table has more than {columns} columns or {cells} cells; split the file.").format(
                    name=self.name, columns=number(MOST_COLUMNS), cells=number(MOST_CELLS)
                )
            )
        table.rows.append(cells)
        for note in self.words.noted:
            sentence = _("The footnote “{text}” was not taken; where it belongs to the line, add it to the note.")
            table.asides.append((len(table.rows), sentence.format(text=note), note))
        self.words.noted.clear()

    def _cell(self, cell: etree._Element, place: int, table: _Rows) -> _Cell:
        properties = child(cell, "tcPr")
        about = {} if properties is None else {kind(one): said(one, "val") or "" for one in properties}
        right = place + _places(about.get("gridSpan"), 1)
        if about.get("vMerge", "restart") != "restart":
            return _Cell(place, right, "", "", above=True)
        if "cellDel" in about:
            self.words.changes += 1
            return _Cell(place, right, "", "")
        label, text = self.words.cell(cell, lambda inner: self._nested(inner, table))
        beside = about.get("hMerge", "restart") != "restart"
        return _Cell(place, right, text, label, beside=beside, apart=self.words.apart)

    def _nested(self, element: etree._Element, around: _Rows) -> str:
        """A table inside a cell: a catalogue stands for itself, anything else is words of the cell."""
        own = _Rows(f"{around.number}.{len(around.inner) + 1}")
        before = len(around.inner)
        for row in _inside(element, "tr"):
            self._row(row, own)
        table = _table(own, _grid(element))
        if self.is_catalogue(table):
            around.inner[before:] = [table, *own.inner]
            return ""
        around.inner += own.inner
        around.asides += [(len(around.rows) + 1, sentence, text) for _row, sentence, text in own.asides]
        return "\n".join(" ".join(filter(None, map(text_of, row))) for row in table.rows)


def _table(own: _Rows, grid: list[int]) -> Table:
    edges_of = [_edges(cells, grid) for cells in own.rows]
    spans, edges = word_columns.spans(edges_of)
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    tall: dict[int, int] = {}  # first column of a cell -> place of its merge
    for place, (cells, columns) in enumerate(zip(own.rows, spans, strict=True), start=1):
        alone = sum(bool(cell.text.strip() or cell.label) for cell in cells) == 1
        row: list[Cell] = [None] * (columns[-1][0] + 1 if columns else 0)
        for cell, (first, last) in zip(cells, columns, strict=True):
            above = merges[tall[first]] if first in tall else None
            if cell.above and above and above.bottom == place - 1:
                merges[tall[first]] = Merge(above.top, first, place, above.right)
                continue
            tall[first] = len(merges)
            merges.append(Merge(place, first, place, last))
            row[first] = _labelled(cell, alone) or None
        rows.append(row)
    _widen(rows, own.rows, {"standard_unit"} if own.marks else set())
    left = edges[0] if edges else 0
    merged = [m for m in merges if (m.top, m.left) != (m.bottom, m.right)]
    return Table(own.number, rows, merged, [edge - left for edge in edges], asides=own.asides)


def _widen(rows: list[list[Cell]], cells: Sequence[Sequence[_Cell]], always: Collection[str]) -> None:
    """Give columns of their own, headed in the first row, to what shares the cells of others in a form of kpicat's."""
    apart = [{name: text for cell in row for name, text in cell.apart.items()} for row in cells]
    if not (names := list(dict.fromkeys([*(name for own in apart for name in own), *always]))):
        return
    width = max(map(len, rows))
    for row, own in zip(rows, apart, strict=True):
        row += [*[None] * (width - len(row)), *(own.get(name) for name in names)]
    rows[0][width:] = map(field_label, names)


def _labelled(cell: _Cell, alone: bool) -> str:
    """A list's plain number beside a text numbers the row, and is no part of the text."""
    if cell.text.strip() and not alone and (not cell.label.strip(".()").isalpha() or cell.label.islower()):
        return cell.text
    return f"{cell.label} {cell.text}".strip()


def _edges(cells: list[_Cell], grid: list[int]) -> word_columns.Edges:
    if not cells:
        return ()
    return *(_at(cell.left, grid) for cell in cells), _at(cells[-1].right, grid)


def _at(place: int, grid: list[int]) -> int:
    known = len(grid) - 1
    return grid[place] if place <= known else grid[known] + (place - known) * _UNKNOWN_WIDTH


def _grid(table: etree._Element) -> list[int]:
    """Edges of the table's grid in twips; those that are told to have no width get one."""
    edges, grid = [0], child(table, "tblGrid")
    for column in () if grid is None else grid.iterchildren("{*}gridCol"):
        told = said(column, "w") or ""
        wide = int(told) if told.isdecimal() and len(told) < 6 else 0
        edges.append(edges[-1] + (wide or _UNKNOWN_WIDTH))
        if len(edges) > MOST_COLUMNS:
            break
    return edges


def _places(told: str | None, otherwise: int) -> int:
    return min(int(told), MOST_COLUMNS) if told and told.isdecimal() and len(told) < 6 else otherwise


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _inside(row, "tc")


def _inside(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Children of one kind, also those that a control or a tracked change wraps."""
    for one in element:
        tag = kind(one)
        if tag == wanted:
            yield one
        elif tag in _INSIDE:
            yield from _inside(one, wanted)
