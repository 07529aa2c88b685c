"""Read .csv and .tsv: the encoding and the separator are found out, tables by the common core."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.archive import check_size, parsing, too_many_rows
from kpicat.exchange.neutral import restore
from kpicat.exchange.tables import columns
from kpicat.exchange.tables.grid import MOST_ROWS, Row, Sheet, is_blank, text_of
from kpicat.exchange.tables.items import read_sheets
from kpicat.exchange.titles import note_titles
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model import LeftOut, TableFound

_SEPARATORS = ",;\t|"
_LOOKED_AT = 30  # records that tell the separator
_NAMED = 8  # rows named in one remark
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read a text table into items; the sheet is called after the file.

    Args:
        content: The file, hostile until read.
        name: Its name.
        guidance: Whose tier words and frames the file may use.
        pointed: Sheet name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No header row is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    check_size(content, name)
    progress(0.0, _("Opening “{name}”").format(name=name))
    with parsing(name):
        text = decode(content, name)
        rows = rows_of(text, separator(text), name)
    sheet = Sheet(PurePath(name).stem, rows)
    found = read_sheets([sheet], name, guidance, pointed=pointed, progress=progress)
    found.report.remarks.extend(_split_values(sheet, found.report.tables))
    note_titles(found, [sheet])
    return found


def _split_values(sheet: Sheet, tables: Sequence[TableFound]) -> Iterator[LeftOut]:
    """A remark where rows have more values than headings: one was cut in two, and the rest moved."""
    ends = [table.header_row for table in tables[1:]]
    for table, end in zip(tables, [*ends, sheet.rows[-1].number + 1], strict=False):  # a sheet left out has no table
        width = 1 + max((column for column, words in table.headers.items() if words), default=0)
        rows = [row for row in sheet.rows if table.header_row < row.number < end]
        longer = [row for row in rows if not all(map(is_blank, row.cells[width:]))]
        if not longer:
            continue
        sentence = ngettext(
            "Row {rows} has more values than the {headings} headings: a separator inside a value, as in 1,5, "
            "moves what follows it; put that value in quotation marks.",
            "Rows {rows} have more values than the {headings} headings: a separator inside a value, as in 1,5, "
            "moves what follows it; put that value in quotation marks.",
            len(longer),
        )
        named = ", ".join(str(row.number) for row in longer[:_NAMED]) + ("…" if len(longer) > _NAMED else "")
        text = " | ".join(map(text_of, longer[0].cells))
        yield LeftOut(sheet.name, longer[0].number, sentence.format(rows=named, headings=number(width)), text)


def decode(content: bytes, name: str) -> str:
    """The file's text: UTF-8 and UTF-16 with or without a mark at the beginning, else cp1258.

    Raises:
        InputError: It is no text in any of these.
    """
    encoding = next((encoding for mark, encoding in _BOMS.items() if content.startswith(mark)), None)
    for candidate in [encoding] if encoding else [*_unmarked_utf_16(content), "utf-8", "cp1258"]:
        try:
            text = content.decode(candidate)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        _("“{name}” is not text that can be read; save it from the spreadsheet as “CSV UTF-8”.").format(name=name)
    )


def _unmarked_utf_16(content: bytes) -> list[str]:
    """Every other byte of Latin text in UTF-16 is zero."""
    sample = content[:400]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) * 4 < len(sample) // 2:
        return []
    return ["utf-16-le" if odd > even else "utf-16-be"]


def separator(text: str) -> str:
    """The separator that gives the most known headings, then the most even rows."""
    first = text[:10].lower()
    if first.startswith("sep=") and len(text) > 4:
        return text[4]

    def merit(sign: str) -> tuple[int, int]:
        records = list(islice(_records(text[:200_000], sign), _LOOKED_AT))
        known = max((sum(map(columns.is_heading, record)) for record in records), default=0)
        widths = [len(record) for record in records if len(record) > 1]
        return known, max(map(widths.count, widths), default=0)

    return max(_SEPARATORS, key=merit)


def _records(text: str, sign: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error:
        return


def rows_of(text: str, sign: str, name: str) -> list[Row]:
    """Records with something in them; a record's number is the row a spreadsheet shows."""
    _check_quotes(text, sign, name)
    rows: list[Row] = []
    for place, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
        if place == 1 and record and record[0].lower().startswith("sep="):
            continue
        if not all(map(is_blank, record)):
            rows.append(Row(place, [restore(cell) for cell in record]))
            if len(rows) > MOST_ROWS:
                raise too_many_rows(name)
    return rows


def _check_quotes(text: str, sign: str, name: str) -> None:
    """Refuse a quotation mark that is never closed: it would swallow the lines after it."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    started = 1
    try:
        for _record in records:
            started = records.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise InputError(
                _("“{name}”, line {line}: a quotation mark is opened and not closed; close it or delete it.").format(
                    name=name, line=started
                )
            ) from error
