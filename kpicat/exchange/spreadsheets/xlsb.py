""".xlsb: values by the fast reader; errors, merged cells and hidden rows from the records.

Source: [MS-XLSB] Excel Binary File Format (.xlsb) Structure.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator

from kpicat.exchange.archive import Archive, damaged, too_many_rows
from kpicat.exchange.spreadsheets import fast, xlsx
from kpicat.exchange.spreadsheets.opened import Opened, Told
from kpicat.exchange.spreadsheets.reach import ERRORS, Reach
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Merge
from kpicat.exchange.workbook_xml import elements_of

_BOOK = "xl/workbook.bin"
_ROW, _ERROR, _FORMULA_ERROR, _MERGE, _SHEET = 0x00, 0x03, 0x0B, 0xB0, 0x9C
_COLUMN, _COMMENT = 0x3C, 0x27B
_RICH_TEXT = 0x3E  # a text with fonts of its own, which the fast reader passes over
_VALUES = frozenset({*range(0x02, 0x0C), _RICH_TEXT})
_HIDDEN = 0x10
_MOST_MERGES = 100_000


def opened(content: bytes, name: str, told: Told) -> Opened:
    """The workbook's sheets.

    Raises:
        InputError: It cannot be taken.
    """
    archive = Archive(content, name)
    for part in archive.parts:
        for _chunk in archive.chunks(part):
            pass  # counted
    parts = _sheet_parts(archive, name)
    scans: dict[str, tuple[Reach, list[Merge]]] = {}
    for done, (title, part) in enumerate(parts.items(), start=1):
        if part in archive:
            scans[title] = _scan(archive.read(part), name)
        told(done / len(parts) / 2)
    if sum(len(scan.rows) for scan, _merges in scans.values()) > MOST_ROWS:
        raise too_many_rows(name)
    sheets = []
    for table in fast.tables(content, name):
        scan, merges = scans.get(table.name, (Reach(name), []))
        if table.rows and not scan.rows:
            raise damaged(name)
        hidden_rows = scan.hidden_rows & scan.rows
        sheets.append(fast.sheet(table, scan.blemishes, hidden_rows, merges, scan.hidden_columns))
    notes = (archive.read(part) for part in archive.parts if "comments" in part and part.endswith(".bin"))
    count = sum(kind == _COMMENT for part in notes for kind, _at, _length in _records(part))
    return xlsx.around(archive, name, parts, sheets_opened=Opened(sheets, comments=count))


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record."""
    at, end = 0, len(part)
    while at < end - 1:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | part[at] << 7
            at += 1
        length = shift = 0
        while at < end:
            piece = part[at]
            at += 1
            length |= (piece & 0x7F) << shift
            shift += 7
            if not piece & 0x80 or shift == 28:
                break
        if at + length > end:
            return
        yield kind, at, length
        at += length


def _sheet_parts(archive: Archive, name: str) -> dict[str, str]:
    """Sheet name -> the part that holds it."""
    relations = "xl/_rels/workbook.bin.rels"
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in (elements_of(archive, relations, "Relationship", name) if relations in archive else ())
    }
    parts = {}
    book = archive.read(_BOOK)
    for kind, at, length in _records(book):
        if kind == _SHEET and length >= 16:
            relation, after = _text(book, at + 8, name)
            title, _after = _text(book, after, name)
            parts[title] = posixpath.normpath(posixpath.join("xl", targets.get(relation, ""))).lstrip("/")
    return parts


def _text(part: bytes, at: int, name: str) -> tuple[str, int]:
    """A text with its length before it, and where what follows begins."""
    if at + 4 > len(part):
        raise damaged(name)
    (length,) = struct.unpack_from("<I", part, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(part):
        raise damaged(name)
    return part[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _scan(part: bytes, name: str) -> tuple[Reach, list[Merge]]:
    scan, row = Reach(name), 0
    merges: list[Merge] = []
    one = struct.Struct("<I").unpack_from
    for kind, at, length in _records(part):
        if kind in _VALUES and length >= 8:
            column = one(part, at)[0]
            scan.fill(row, column)
            if kind == _RICH_TEXT and length >= 13:  # named, since it is not read
                scan.note(row, column, "#TEXT")
            elif kind in (_ERROR, _FORMULA_ERROR) and length >= 9:
                scan.note(row, column, ERRORS.get(part[at + 8], "#"))
        elif kind == _ROW and length >= 12:
            row = one(part, at)[0] + 1
            if part[at + 11] & _HIDDEN:
                scan.hidden_rows.add(row)
        elif kind == _COLUMN and length >= 18 and part[at + 16] & 1:
            first, last = struct.unpack_from("<2I", part, at)
            scan.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif kind == _MERGE and length >= 16 and len(merges) < _MOST_MERGES:
            top, bottom, left, right = struct.unpack_from("<4I", part, at)
            merges.append(Merge(top + 1, left, bottom + 1, right))
    scan.check()
    return scan, merges
