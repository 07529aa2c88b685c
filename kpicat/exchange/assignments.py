"""Read what a person was assigned and completed from a workbook or a .csv; columns are found by their headings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from kpicat.errors import InputError
from kpicat.exchange import kinds, read_csv, read_spreadsheet
from kpicat.exchange.archive import check_size, parsing
from kpicat.exchange.kinds import Kind
from kpicat.exchange.tables.columns import key
from kpicat.exchange.tables.grid import Row, Sheet, text_of
from kpicat.kpi import Entry
from kpicat.kpi.words import COLUMNS, lexicon
from kpicat.language import _
from kpicat.text.normalise import fold

_WORKBOOKS = {Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS, Kind.FLAT_ODS, Kind.XML_2003}
_LOOKED_AT = 40  # rows from the top among which the headings are looked for
_NUMBERED = re.compile(r"\(?\d{1,2}\)?")
_END = re.compile(r"tong(?: cong| so)?|cong(?: don)?")
"""What the row of totals says, without diacritics."""


def read(content: bytes, name: str) -> dict[str, list[Entry]]:
    """The rows of each sheet that has a table of work assigned and done.

    Args:
        content: The file, hostile until read.
        name: Its name.

    Returns:
        Sheet -> its rows, by the numbers a spreadsheet shows beside them.

    Raises:
        InputError: It cannot be read, or no sheet has such a table.
    """
    check_size(content, name)
    kind = kinds.of(content)
    if kind is not Kind.TEXT and kind not in _WORKBOOKS:
        say = _("“{name}” is no workbook and no .csv; copy its table into one of these, or into the table here.")
        raise InputError(say.format(name=name))
    with parsing(name):
        if kind is Kind.TEXT:
            text = read_csv.decode(content, name)
            rows = read_csv.rows_of(text, read_csv.separator(text), name)
            sheets: Sequence[Sheet] = [Sheet(PurePath(name).stem, rows)]
        else:
            sheets = read_spreadsheet.opener(content)(content, name, lambda share: None).sheets
    found = {
        sheet.name: entries for sheet in sheets if (entries := _entries(sheet, split=kind is Kind.TEXT)) is not None
    }
    if not found:
        say = _(
            "“{name}” has no table of work assigned and done; give it the headings code or work, assigned, done, "
            "late, failed."
        )
        raise InputError(say.format(name=name))
    return found


def _entries(sheet: Sheet, *, split: bool) -> list[Entry] | None:
    """The rows under the headings; None where there are none."""
    for place, row in enumerate(sheet.rows[:_LOOKED_AT]):
        two_rows = sheet.rows[place : place + 2]
        for over in ([row], two_rows):
            columns = _columns(over)
            if ("code" in columns or "work" in columns) and {"assigned", "done"} <= columns.keys():
                last = over[-1].number
                return list(_read([each for each in sheet.rows if each.number > last], columns, split=split))
    return None


def _columns(rows: Iterable[Row]) -> dict[str, int]:
    """Column of each field that headings name, the lower heading of a column before the upper one."""
    found: dict[str, int] = {}
    for row in reversed(list(rows)):
        for column, cell in enumerate(row.cells):
            field = _known().get(key(text_of(cell)))
            if field and column not in found.values():
                found.setdefault(field, column)
    return found


@functools.cache
def _known() -> Mapping[str, str]:
    return {key(word): field for field in COLUMNS for word in lexicon()[field]}


def _read(rows: Iterable[Row], columns: Mapping[str, int], *, split: bool) -> Iterator[Entry]:
    width = max(columns.values()) + 1
    for row in rows:
        texts = {field: text_of(row.cells[at]) if at < len(row.cells) else "" for field, at in columns.items()}
        said = [text for text in texts.values() if text]
        if not said or all(_NUMBERED.fullmatch(text) for text in said) or _END.fullmatch(fold(texts.get("work", ""))):
            continue  # the numbers of the columns, the row of totals
        if split and len(row.cells) > width and any(map(text_of, row.cells[width:])):
            texts |= {"assigned": "; ".join(map(text_of, row.cells))}  # no number: the row is named with what it says
        yield Entry(row.number, **texts)
