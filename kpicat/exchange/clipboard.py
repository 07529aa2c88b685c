"""What a spreadsheet, Word or a web page puts on the clipboard, as a grid of cells.

Two forms come at once. ``text/html`` holds a table with its merged cells; it is
read and never shown, so no script, style or address in it does anything.
``text/plain`` holds lines with tabs; a cell with line breaks stands between
quotation marks there, one that merely contains such marks does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from kpicat import settings
from kpicat.errors import InputError
from kpicat.exchange.archive import parsing
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Cell, Merge, Row, Sheet, is_blank
from kpicat.language import _, number
from kpicat.text.normalise import one_line

_MEGABYTE = 1024 * 1024
_MOST_CELLS = 4_000_000  # that cells spanning others may blow a table up to
_FIELD = re.compile(r'"(?P<quoted>(?:[^"\t]|"")*)"(?=\t|\r?\n|\Z)|(?P<plain>[^\t\n]*)')
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AMOUNT = re.compile(r"-?[\d.,\s\u00a0\u202f]+")
# Not the head: what Google Sheets puts before its table, the parser takes for part of it.
_UNSEEN = frozenset({"style", "script", "template", "title", "noscript", "iframe", "object", "svg", "select"})
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table"})


@dataclass(frozen=True)
class Block:
    """A block from the clipboard.

    Attributes:
        sheet: Its cells; rows are numbered from 1, several tables stand one under the other.
        height: Number of its last row, blank ones counted.
        width: Columns of its widest row.
        tables: How many tables it was put together from; 0 where it came as plain text.
        beside: What stood outside the tables.
    """

    sheet: Sheet
    height: int
    width: int
    tables: int = 0
    beside: str = ""


def block(text: str, html: str = "") -> Block:
    """The block that was copied: the tables of ``html`` where it has any, else the lines of ``text``.

    Raises:
        InputError: There is nothing in it, or more than kpicat takes at once.
    """
    size = len(text) + len(html)
    if size > settings.upload_limit():
        raise InputError(
            _("The pasted block is {size} MB, more than the limit of {limit} MB; paste it in parts.").format(
                size=number(size / _MEGABYTE, 1), limit=number(settings.upload_limit() / _MEGABYTE)
            )
        )
    with parsing(_("Pasted block")):
        found = _of_html(_clean(html)) if "<table" in html.lower() else None
        found = found or _block(_lines(_clean(text)), [])
    if not found.sheet.rows:
        raise InputError(_("Nothing was pasted; copy the cells in the spreadsheet first, then paste them here."))
    return found


def _clean(text: str) -> str:
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def _block(rows: list[list[Cell]], merges: list[Merge], tables: int = 0, beside: str = "") -> Block:
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise _too_large()
    filled = [Row(n, cells) for n, cells in enumerate(rows, start=1) if not all(map(is_blank, cells))]
    return Block(Sheet("", filled, merges), len(rows), width, tables, beside)


def _too_large() -> InputError:
    sentence = _("The pasted block has more than {rows} rows or {columns} columns; paste it in parts.")
    return InputError(sentence.format(rows=number(MOST_ROWS), columns=number(MOST_COLUMNS)))


# -- lines with tabs ---------------------------------------------------------------


def _lines(text: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[]]
    at = 0
    while at < len(text):
        found = _FIELD.match(text, at)
        assert found is not None  # it matches nothing too
        quoted = found["quoted"]
        if quoted is not None and not ("\n" in quoted or '""' in quoted):
            quoted = None  # marks that belong to the text: no spreadsheet adds them without need
        if quoted is None:
            end = min((e for e in (text.find("\t", at), text.find("\n", at)) if e >= 0), default=len(text))
            rows[-1].append(text[at:end].removesuffix("\r"))
        else:
            end = found.end()
            rows[-1].append(quoted.replace('""', '"'))
        if text.startswith("\r", end):
            end += 1
        if text.startswith("\n", end):
            rows.append([])
        elif end == len(text) - 1:
            rows[-1].append("")  # a tab at the very end: one more cell, blank
        at = end + 1
    if not rows[-1]:
        rows.pop()  # the line break after the last row
    return rows


# -- tables in HTML ------------------------------------------------------------------


def _of_html(html: str) -> Block | None:
    """The tables one under the other; None where there is none with something in it."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode("utf-8"), parser)
    if root is None:
        return None
    beside: list[str] = []
    tables = [table for table in map(_Table, _outermost(root, beside)) if table.has_text]
    if not tables:
        return None
    starts = accumulate((len(table.rows) for table in tables), initial=0)
    merges = [
        Merge(m.top + start, m.left, m.bottom + start, m.right)
        for start, table in zip(starts, tables, strict=False)
        for m in table.merges
    ]
    rows = [row for table in tables for row in table.rows]
    return _block(rows, merges, len(tables), one_line(" ".join(beside)))


def _outermost(element: etree._Element, beside: list[str]) -> Iterator[etree._Element]:
    """Tables that hold text of their own; a table that only frames others is stepped into."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN:
            pass
        elif child.tag == "table" and not _is_frame(child):
            yield child
        else:
            beside.append(child.text or "")
            yield from _outermost(child, beside)
        beside.append(child.tail or "")


def _is_frame(table: etree._Element) -> bool:
    inner = next(table.iterdescendants("table"), None)
    return inner is not None and not _SPACES.sub("", _text(table, nested=False)).strip("\u00a0")


class _Table:
    """One table with every cell in its place: what spans others leaves their cells blank."""

    def __init__(self, table: etree._Element) -> None:
        self.rows: list[list[Cell]] = []
        self.merges: list[Merge] = []
        own = [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table]
        covered: dict[int, int] = {}  # column -> last row that a cell above reaches down to
        cells = 0
        for place, row in enumerate(own):
            self.rows.append(self._row(place, row, len(own) - place, covered))
            cells += len(self.rows[-1])
            if cells > _MOST_CELLS:
                raise _too_large()

    def _row(self, place: int, row: etree._Element, deepest: int, covered: dict[int, int]) -> list[Cell]:
        cells: list[Cell] = []
        for cell in (child for child in row if child.tag in ("td", "th")):
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
                raise _too_large()
        while covered.get(len(cells), -1) >= place:
            cells.append(None)
        return cells

    @property
    def has_text(self) -> bool:
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
