"""Tables in HTML, from a clipboard or a file: read and never shown, so nothing in it does anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

from kpicat.exchange.tables.columns import is_heading
from kpicat.exchange.tables.grid import MOST_COLUMNS, Cell, Merge, is_blank
from kpicat.text.normalise import one_line

MOST_CELLS = 4_000_000  # that cells spanning others may blow a table up to
_LOOKED_AT = 30  # rows in which column headings are looked for
_HEADINGS = 2  # in one row
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AMOUNT = re.compile(r"-?[\d.,\s\u00a0\u202f]+")
# Not the head: what Google Sheets puts before its table, the parser takes for part of it.
_UNSEEN = frozenset({"style", "script", "template", "title", "noscript", "iframe", "object", "svg", "select"})
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table"})


class TooLarge(Exception):
    """A table has more than :data:`kpicat.exchange.tables.grid.MOST_COLUMNS` columns or too many cells."""


def root_of(html: bytes, encoding: str) -> etree._Element | None:
    """The page, whatever is wrong with it; None for nothing at all."""
    parser = etree.HTMLParser(encoding=encoding, recover=True, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(html, parser)


def tables(element: etree._Element, beside: list[str]) -> Iterator[HtmlTable]:
    """Tables that hold text of their own; a table that only frames others is stepped into.

    Args:
        beside: Takes what stands outside them as it comes, with a line break at the end of a block.
    """
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN:
            pass
        elif child.tag == "table" and not _is_frame(child):
            yield HtmlTable(child)
        else:
            ends = "\n" if child.tag in _BLOCKS or child.tag == "br" else ""
            beside += [ends, child.text or ""]
            yield from tables(child, beside)
            beside.append(ends)
        beside.append(child.tail or "")


def _is_frame(table: etree._Element) -> bool:
    """It has no words of its own, or column headings stand in a table inside it and not in itself."""
    inner = list(table.iterdescendants("table"))
    if not inner:
        return False
    bare = not _SPACES.sub("", _text(table, nested=False)).strip("\u00a0")
    return bare or (any(map(_has_headings, inner)) and not _has_headings(table))


def _has_headings(table: etree._Element) -> bool:
    rows = (_cells(row) for row in _own_rows(table)[:_LOOKED_AT])
    return any(sum(is_heading(one_line(_text(cell, nested=False))) for cell in cells) >= _HEADINGS for cells in rows)


def _own_rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


class HtmlTable:
    """One table with every cell in its place: what spans others leaves their cells blank."""

    def __init__(self, table: etree._Element) -> None:
        self.rows: list[list[Cell]] = []
        self.merges: list[Merge] = []
        own = _own_rows(table)
        covered: dict[int, int] = {}  # column -> last row that a cell above reaches down to
        cells = 0
        for place, row in enumerate(own):
            self.rows.append(self._row(place, row, len(own) - place, covered))
            cells += len(self.rows[-1])
            if cells > MOST_CELLS:
                raise TooLarge

    def _row(self, place: int, row: etree._Element, deepest: int, covered: dict[int, int]) -> list[Cell]:
        cells: list[Cell] = []
        for cell in _cells(row):
            while covered.get(len(cells), -1) >= place:
                cells.append(None)
            left, right = len(cells), len(cells) + _span(cell, "colspan", MOST_COLUMNS) - 1
            bottom = place + _span(cell, "rowspan", deepest) - 1
            cells += [_cell(cell), *[None] * (right - left)]
            if bottom > place:
                covered |= dict.fromkeys(range(left, right + 1), bottom)
            if (bottom, right) != (place, left):
                self.merges.append(Merge(place + 1, left, bottom + 1, right))
            if len(cells) > MOST_COLUMNS:
                raise TooLarge
        while covered.get(len(cells), -1) >= place:
            cells.append(None)
        return cells

    @property
    def has_text(self) -> bool:
        """Something stands in one of its cells."""
        return any(not is_blank(cell) for row in self.rows for cell in row)


def _span(cell: etree._Element, name: str, most: int) -> int:
    said = cell.get(name, "").strip()
    if not said.isdecimal():
        return 1
    return max(1, min(int(said[:6]), most))


def _cell(cell: etree._Element) -> Cell:
    """What the cell shows; an amount as the exact number behind it, where the program says which."""
    text = _text(cell).strip(" \n")
    if _AMOUNT.fullmatch(text.strip()) and (behind := _behind(cell)):
        try:
            value = float(behind)
        except ValueError:
            return text
        if _digits(format(value, ".15g")) == _digits(text):  # else it is a date, or shown rounded
            return value
    return text


def _behind(cell: etree._Element) -> str:
    """LibreOffice says ``sdval``, Excel ``x:num``, Google Sheets a little JSON."""
    if said := cell.get("sdval") or cell.get("x:num") or cell.get("num"):
        return str(said)
    try:
        sheets = json.loads(cell.get("data-sheets-value") or "{}")
    except ValueError:
        return ""
    return str(sheets.get("3", "")) if isinstance(sheets, dict) else ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")


def _text(element: etree._Element, *, nested: bool = True) -> str:
    """The words of an element, a line for each of its paragraphs."""
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n{2,}", "\n", "".join(_pieces(element, nested))))


def _pieces(element: etree._Element, nested: bool) -> Iterator[str]:
    yield _SPACES.sub(" ", element.text or "")
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else "script"
        if tag == "br":
            yield "\n"
        elif tag not in _UNSEEN and (nested or tag != "table"):
            yield "\n" if tag in _BLOCKS else " " if tag in ("td", "th") else ""
            yield from _pieces(child, nested)
            yield "\n" if tag in _BLOCKS else ""
        yield _SPACES.sub(" ", child.tail or "")
