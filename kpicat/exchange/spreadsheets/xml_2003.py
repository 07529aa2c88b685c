"""XML Spreadsheet 2003, which much office software writes and calls .xls.

Source: Microsoft, XML Spreadsheet Reference (Office XP and 2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from kpicat.exchange.spreadsheets.growing import Growing
from kpicat.exchange.spreadsheets.opened import Opened, Told
from kpicat.exchange.tables.grid import Cell
from kpicat.exchange.workbook_xml import feed_xml, xml_parser

_PIECES = 256 * 1024
_LINKED = re.compile(r"\[[^\]]+\.xls", re.IGNORECASE)
_MOST_SKIPPED = 1 << 20


def opened(content: bytes, name: str, told: Told) -> Opened:
    """The workbook's sheets.

    Raises:
        InputError: It cannot be taken.
    """
    return _Pass(name).run(content, told)


class _Pass:
    """One pass over the file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._done: list[Growing] = []
        self._sheet: Growing | None = None
        self._row: Mapping[str, str] = {}
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._text: list[str] = []
        self._reading = self._in_comment = self._in_visible = self._linked = False
        self._parser = xml_parser(name)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read

    def run(self, content: bytes, told: Told) -> Opened:
        def pieces() -> Iterator[bytes]:
            for at in range(0, len(content), _PIECES):
                told(at / len(content))
                yield content[at : at + _PIECES]

        feed_xml(self._parser, pieces(), self._name)
        count = sum(sheet.comments for sheet in self._done)
        return Opened([sheet.finished() for sheet in self._done], linked=self._linked, comments=count)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        sheet = self._sheet
        match tag.rpartition(":")[2]:
            case "Worksheet":
                self._sheet = Growing(self._name, attributes.get("ss:Name", ""))
            case "Row" if sheet:
                sheet.row = max(sheet.row, _number(attributes, "ss:Index", sheet.row))
                self._row = attributes
            case "Cell" if sheet:
                sheet.column = max(sheet.column, _number(attributes, "ss:Index", sheet.column + 1) - 1)
                self._cell, self._kind, self._text = attributes, "", []
            case "Column" if sheet:
                sheet.columns_told = max(sheet.columns_told, _number(attributes, "ss:Index", 1) - 1)
                sheet.tell_columns(1 + _number(attributes, "ss:Span", 0), hidden=attributes.get("ss:Hidden") == "1")
            case "Comment":
                self._in_comment = True
                if sheet:
                    sheet.comments += 1
            case "Data" if not self._in_comment:
                self._kind, self._reading = attributes.get("ss:Type", "String"), True
            case "Visible":
                self._in_visible = True

    def _read(self, text: str) -> None:
        if self._reading:
            self._text.append(text)
        elif self._in_visible and self._sheet and text.strip() in ("SheetHidden", "SheetVeryHidden"):
            self._sheet.hidden = True

    def _end(self, tag: str) -> None:
        sheet = self._sheet
        match tag.rpartition(":")[2]:
            case "Data":
                self._reading = False
            case "Comment":
                self._in_comment = False
            case "Visible":
                self._in_visible = False
            case "Cell" if sheet:
                self._take(sheet)
            case "Row" if sheet:
                sheet.end_row(hidden=self._row.get("ss:Hidden") == "1")
                sheet.row += _number(self._row, "ss:Span", 0)
            case "Worksheet" if sheet:
                self._done.append(sheet)
                self._sheet = None

    def _take(self, sheet: Growing) -> None:
        across = _number(self._cell, "ss:MergeAcross", 0)
        sheet.merge(_number(self._cell, "ss:MergeDown", 0), across)
        formula = self._cell.get("ss:Formula", "")
        if _LINKED.search(formula):
            self._linked = True
        text = "".join(self._text)
        value: Cell = None
        if self._kind == "Error":
            sheet.note(text or "#")
        elif formula and not text and self._kind != "String":
            sheet.note()
        else:
            value = _value(self._kind, text)
        sheet.put(value)
        sheet.column += across


def _number(attributes: Mapping[str, str], name: str, default: int) -> int:
    said = attributes.get(name, "")
    return min(int(said), _MOST_SKIPPED) if said.isascii() and said.isdecimal() else default


def _value(kind: str, text: str) -> Cell:
    """The cell's value; its text where it is none of its kind."""
    try:
        match kind:
            case "Number":
                return int(text) if text.isascii() and text.lstrip("-").isdecimal() else float(text)
            case "DateTime":
                return datetime.fromisoformat(text)
            case "Boolean":
                return text.strip() == "1"
    except (ValueError, OverflowError):
        return text
    return text
