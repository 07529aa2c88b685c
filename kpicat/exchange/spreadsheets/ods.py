""".ods, .ots and .fods, in one pass: what the fast reader does not tell of them is most of what is asked.

Source: OASIS OpenDocument 1.3, part 3, §9 (tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from kpicat.exchange.archive import Archive, damaged, protected
from kpicat.exchange.spreadsheets.growing import Growing
from kpicat.exchange.spreadsheets.opened import Opened, Told
from kpicat.exchange.tables.grid import Cell
from kpicat.exchange.workbook_xml import elements_of, feed_xml, xml_parser

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_PIECES = 256 * 1024  # bytes; what is told of the progress is told this often
_UNREAD = frozenset({"annotation", "tracked-changes", "frame", "forms", "shapes", "named-expressions", "dde-links"})
"""What stands among the cells and is none of their text."""
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
_LINKED = re.compile(r"'file:|\bDDE\(")
_UNSEEN_ROWS = frozenset({"collapse", "filter"})


def opened(content: bytes, name: str, told: Told) -> Opened:
    """The workbook's sheets.

    Raises:
        InputError: It cannot be taken.
    """
    if not content.startswith(b"PK"):
        pieces: Iterable[bytes] = (content[at : at + _PIECES] for at in range(0, len(content), _PIECES))
        return _Pass(name).run(pieces, max(1, len(content)), told)
    archive = Archive(content, name)
    if _CONTENT not in archive:
        raise damaged(name)
    if _MANIFEST in archive and elements_of(archive, _MANIFEST, "encryption-data", name):
        raise protected(name)
    found = _Pass(name).run(archive.chunks(_CONTENT), 20 * len(content), told)
    macros = any(part.startswith("basic/") and part.endswith(".xml") and "-l" not in part for part in archive.parts)
    return replace(found, macros=macros or found.macros)


class _Pass:
    """One pass over the content."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._done: list[Growing] = []
        self._sheet: Growing | None = None
        self._unread = 0  # depth within what is not read
        self._in_text = False
        self._text: list[str] = []
        self._cell: Mapping[str, str] = {}
        self._row: Mapping[str, str] = {}
        self._style = ""
        self._unseen: set[str] = set()  # table styles that are not shown
        self._linked = self._macros = False
        self._parser = xml_parser(name)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read

    def run(self, pieces: Iterable[bytes], size: int, told: Told) -> Opened:
        def heard() -> Iterable[bytes]:
            done = 0
            for piece in pieces:
                done += len(piece)
                told(min(1.0, done / size))
                yield piece

        feed_xml(self._parser, iter(heard()), self._name)
        return Opened(
            [sheet.finished() for sheet in self._done],
            frozenset(sheet.name for sheet in self._done if sheet.pictured),
            self._macros,
            self._linked,
            sum(sheet.comments for sheet in self._done),
        )

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if self._unread or tag in _UNREAD:
            self._unread += 1
            if tag == "image" and self._sheet:
                self._sheet.pictured = True
            elif tag == "annotation" and self._sheet:
                self._sheet.comments += 1
            return
        if self._sheet is None:
            self._before_sheets(tag, attributes)
            return
        match tag:
            case "table-cell" | "covered-table-cell":
                self._cell, self._text = attributes, []
            case "p":
                self._text.append("\n" if self._text else "")
                self._in_text = True
            case "s":
                self._text.append(" " * min(_count(attributes, "text:c"), 1000))
            case "tab":
                self._text.append("\t")
            case "line-break":
                self._text.append("\n")
            case "table-row":
                self._row = attributes
            case "table-column":
                hidden = attributes.get("table:visibility") in _UNSEEN_ROWS
                self._sheet.tell_columns(_count(attributes, "table:number-columns-repeated"), hidden=hidden)

    def _before_sheets(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "table":
                hidden = attributes.get("table:style-name") in self._unseen
                self._sheet = Growing(self._name, attributes.get("table:name", ""), hidden)
            case "style":
                self._style = attributes.get("style:name", "")
            case "table-properties":
                if attributes.get("table:display") == "false":
                    self._unseen.add(self._style)
            case "library" | "module":
                self._macros = True

    def _read(self, text: str) -> None:
        if self._in_text and not self._unread:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        if self._unread:
            self._unread -= 1
            return
        sheet = self._sheet
        if sheet is None:
            return
        match tag.rpartition(":")[2]:
            case "p":
                self._in_text = False
            case "table-cell" | "covered-table-cell":
                self._take(sheet)
            case "table-row":
                hidden = self._row.get("table:visibility") in _UNSEEN_ROWS
                sheet.end_row(_count(self._row, "table:number-rows-repeated"), hidden=hidden)
            case "table":
                self._done.append(sheet)
                self._sheet = None

    def _take(self, sheet: Growing) -> None:
        cell = self._cell
        if not cell and not self._text:
            sheet.column += 1
            return
        text = "".join(self._text)
        value: Cell = None
        if cell.get("calcext:value-type") == "error":
            sheet.note(text or "#")
        elif kind := cell.get("office:value-type") or cell.get("calcext:value-type"):
            value = _value(kind, cell, text)
        elif "table:formula" in cell and not self._text:  # one computed to an empty text has an empty paragraph
            sheet.note()
        elif text:
            value = text
        if "table:formula" in cell and _LINKED.search(cell["table:formula"]):
            self._linked = True
        sheet.merge(_count(cell, "table:number-rows-spanned") - 1, _count(cell, "table:number-columns-spanned") - 1)
        sheet.put(value, _count(cell, "table:number-columns-repeated"))


def _count(attributes: Mapping[str, str], name: str) -> int:
    """How often; 1 where nothing sensible is said."""
    said = attributes.get(name, "1")
    return max(1, int(said)) if said.isascii() and said.isdecimal() and len(said) < 8 else 1


def _value(kind: str, cell: Mapping[str, str], text: str) -> Cell:
    """The cell's value; what it says as a text where its value is none."""
    try:
        match kind:
            case "float" | "percentage" | "currency":
                said = cell["office:value"]
                return int(said) if said.isascii() and said.lstrip("-").isdecimal() else float(said)
            case "date":
                said = cell["office:date-value"]
                return datetime.fromisoformat(said) if "T" in said else date.fromisoformat(said)
            case "time":
                return _duration(cell["office:time-value"])
            case "boolean":
                return cell["office:boolean-value"] == "true"
    except (KeyError, ValueError, OverflowError):
        return text
    return cell.get("office:string-value") or text


def _duration(said: str) -> time | timedelta:
    found = _DURATION.fullmatch(said)
    if not found:
        raise ValueError(said)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    lasting = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return (datetime.min + lasting).time() if lasting < timedelta(days=1) else lasting
