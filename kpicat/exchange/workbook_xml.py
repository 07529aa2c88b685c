"""What a workbook's XML says beside its values: cells without one, errors, and how far the cells reach.

The fast reader of values says nothing of formulas never computed or of errors, and
takes memory for the whole rectangle the cells span, so this looks first.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kpicat.errors import InputError
from kpicat.exchange.archive import Archive, damaged, too_far, too_many_rows
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Blemish
from kpicat.language import _

MOST_SPANNED = 8_000_000
"""Cells of the rectangle from the first to the last cell that holds something."""
_MOST_BLEMISHES = 100_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def sheet_parts(archive: Archive, name: str) -> dict[str, str]:
    """Sheet name -> the part that holds it.

    Raises:
        InputError: The zip holds no workbook.
    """
    root = _target(archive, "_rels/.rels", "/officeDocument", "xl/workbook.xml")
    if root not in archive:
        raise InputError(_("“{name}” is not a workbook; choose an .xlsx or .csv file.").format(name=name))
    folder, base = posixpath.split(root)
    relations = posixpath.join(folder, "_rels", base + ".rels")
    targets = {
        attributes.get("Id", ""): posixpath.normpath(_joined(folder, attributes.get("Target", "")))
        for attributes in elements_of(archive, relations, "Relationship", name)
    }
    parts = {}
    for attributes in elements_of(archive, root, "sheet", name):
        relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        parts[attributes.get("name", "")] = targets.get(relation, "")
    return parts


def _target(archive: Archive, relations: str, kind: str, default: str) -> str:
    if relations not in archive:
        return default
    for attributes in elements_of(archive, relations, "Relationship", default):
        if attributes.get("Type", "").endswith(kind):
            return _joined("", attributes.get("Target", default))
    return default


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)


def elements_of(archive: Archive, part: str, tag: str, name: str) -> list[dict[str, str]]:
    """Attributes of every element called ``tag`` (whatever its prefix)."""
    found: list[dict[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == tag:
            found.append(attributes)

    parser = xml_parser(name)
    parser.StartElementHandler = start
    feed_xml(parser, archive.chunks(part), name)
    return found


def xml_parser(name: str) -> expat.XMLParserType:
    """A parser of XML from a stranger: it expands no entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_declared: object) -> None:
        raise damaged(name)  # workbooks declare no document type; entities are how XML bombs are built

    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed_xml(parser: expat.XMLParserType, chunks: Iterator[bytes], name: str) -> None:
    """Let a parser read a part piece by piece.

    Raises:
        InputError: It is not well formed.
    """
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(name) from error


@dataclass
class SheetScan:
    """One pass over a sheet's XML.

    Attributes:
        name: The file's name, for what is said of it.
        blemishes: Cells whose value the file does not give.
        rows: Rows that hold a value.
        hidden_rows: Numbers of those of them that the spreadsheet does not show.
        hidden_columns: Zero-based columns that it does not show.
    """

    name: str
    blemishes: list[Blemish] = field(default_factory=list)
    rows: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    _hidden: bool = False
    _rows_reached: tuple[int, int] = (1 << 20, 0)  # first and last row that hold something
    _columns_reached: tuple[int, int] = (1 << 20, 0)
    _reference: str = ""
    _row: int = 0
    _column: int = -1
    _kind: str = ""
    _formula: bool = False
    _value: str = ""
    _filled_row: int = 0

    def run(self, archive: Archive, part: str) -> SheetScan:
        """Read the part.

        Raises:
            InputError: It is damaged, has too many rows, or its cells reach too far.
        """
        self._parser = parser = xml_parser(self.name)
        parser.StartElementHandler = self._start
        feed_xml(parser, archive.chunks(part), self.name)
        self._close()
        check_reach(self.name, self._rows_reached, self._columns_reached)
        return self

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            if self._formula or self._kind == "e":
                self._close()
            self._open(attributes)
        elif tag in ("v", "is"):
            self._fill()
            if self._formula or self._kind == "e":
                self._parser.CharacterDataHandler = self._read
        elif tag == "f":
            self._formula = True
            self._fill()
        elif tag == "row":
            self._close()
            self._row = int(attributes.get("r") or self._row + 1)
            self._column, self._reference = -1, ""
            self._hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden_columns |= columns_between(attributes.get("min", ""), attributes.get("max", ""))

    def _open(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r", "")
        if not reference:
            if self._reference:
                self._locate()
            self._column += 1
        self._reference = reference
        self._kind = attributes.get("t", "")

    def _read(self, text: str) -> None:
        self._value += text.strip()

    def _close(self) -> None:
        """End of a cell: note what its value is not."""
        if self._formula or self._kind == "e":
            self._parser.CharacterDataHandler = None
            if self._kind == "e":
                self._note(self._value or "#")
            elif not self._value and self._kind != "str":
                self._note("")
        self._formula, self._kind, self._value = False, "", ""

    def _note(self, error: str) -> None:
        if self._reference:
            self._locate()
        if len(self.blemishes) < _MOST_BLEMISHES:
            self.blemishes.append(Blemish(self._row, self._column, error[:20]))

    def _locate(self) -> None:
        """Row and zero-based column of the cell from its reference."""
        found = _REFERENCE.fullmatch(self._reference)
        if not found:
            raise damaged(self.name)
        self._row, self._column = int(found[2]), _column_number(found[1])

    def _fill(self) -> None:
        """The cell holds something: the cells reach at least this far."""
        if self._reference:
            self._locate()
        row, column = self._row, self._column
        if row != self._filled_row:
            self._filled_row = row
            self.rows += 1
            if self._hidden:
                self.hidden_rows.add(row)
            if self.rows > MOST_ROWS:
                raise too_many_rows(self.name)
            self._rows_reached = min(self._rows_reached[0], row), max(self._rows_reached[1], row)
        if not self._columns_reached[0] <= column <= self._columns_reached[1]:
            self._columns_reached = min(self._columns_reached[0], column), max(self._columns_reached[1], column)


def columns_between(first: str, last: str) -> set[int]:
    """Zero-based columns from the one of these numbers to the other, as far as a table reaches."""
    if not all(text.isascii() and text.isdecimal() and len(text) < 8 for text in (first, last)):
        return set()
    return set(range(int(first) - 1, min(int(last), MOST_COLUMNS)))


def check_reach(name: str, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """See that the rectangle from the first to the last cell that holds something is of a size for memory.

    Args:
        name: The file's.
        rows: Numbers of the first and the last row; the last is 0 where there is none.
        columns: The first and the last column, zero-based.

    Raises:
        InputError: It is not; the sentence names the cell.
    """
    if rows[1] and (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) > MOST_SPANNED:
        raise too_far(name, rows[1], columns[1])


@functools.lru_cache(maxsize=20_000)
def _column_number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
