"""What a spreadsheet, Word or a web page puts on the clipboard, as a grid of cells.

Two forms come at once. ``text/html`` holds a table with its merged cells; it is
read and never shown, so no script, style or address in it does anything.
``text/plain`` holds lines with tabs; a cell with line breaks stands between
quotation marks there, one that merely contains such marks does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from kpicat import settings
from kpicat.errors import InputError
from kpicat.exchange import html_tables
from kpicat.exchange.archive import parsing
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Cell, Merge, Row, Sheet, is_blank
from kpicat.language import _, number
from kpicat.text.normalise import one_line

_MEGABYTE = 1024 * 1024
_FIELD = re.compile(r'"(?P<quoted>(?:[^"\t]|"")*)"(?=\t|\r?\n|\Z)|(?P<plain>[^\t\n]*)')


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
    root = html_tables.root_of(html.encode("utf-8"), "utf-8")
    if root is None:
        return None
    beside: list[str] = []
    try:
        tables = [table for table in html_tables.tables(root, beside) if table.has_text]
    except html_tables.TooLarge:
        raise _too_large() from None
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
