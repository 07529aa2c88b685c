""".xls: values by the fast reader; errors, formulas never computed and hidden rows from the records.

Source: [MS-XLS] Excel Binary File Format (.xls) Structure.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kpicat.exchange.archive import damaged, protected
from kpicat.exchange.ole import Compound
from kpicat.exchange.spreadsheets import fast
from kpicat.exchange.spreadsheets.opened import Opened, Told
from kpicat.exchange.spreadsheets.reach import ERRORS, Reach
from kpicat.exchange.tables.grid import MOST_COLUMNS, Row, Sheet

_BOF, _EOF, _FILE_PASS, _BOUND_SHEET, _SUP_BOOK = 0x809, 0x0A, 0x2F, 0x85, 0x1AE
_FORMULA, _BOOL_ERR, _MUL_RK, _ROW, _OBJECT, _PICTURE = 0x06, 0x205, 0xBD, 0x208, 0x5D, 0x7F
_ONE_VALUE = frozenset({0x203, 0x204, 0xD6, 0x27E, 0xFD, _FORMULA, _BOOL_ERR})
_WORKSHEET = 0
_OWN_SHEETS, _ADD_IN = b"\x01\x04", b"\x01\x3a"  # what a record of another book says where it is none
_PICTURE_OBJECT = 8
_COLUMNS, _NOTE = 0x7D, 0x1C
_HIDDEN = 0x20
_RECOMPUTED = 2  # "to be computed when opened"
_NOTHING = bytes(8)  # the number 0


@dataclass
class _Book:
    """What the records before the sheets say."""

    sheets: list[int] = field(default_factory=list)  # where each worksheet's records begin
    linked: bool = False


def opened(content: bytes, name: str, told: Told) -> Opened:
    """The workbook's sheets.

    Raises:
        InputError: It cannot be taken.
    """
    compound = Compound(content, name)
    stream = compound.read(("Workbook", "Book"))
    book = _book(stream, name)
    scans: list[Reach] = []
    pictured: list[bool] = []
    for done, start in enumerate(book.sheets, start=1):
        scan = Reach(name)
        pictured.append(_scan(stream, start, scan))
        scan.check()
        scans.append(scan)
        told(done / len(book.sheets) / 2)
    tables = fast.tables(content, name)
    if len(tables) != len(scans):
        raise damaged(name)
    return Opened(
        [_sheet(table, scan) for table, scan in zip(tables, scans, strict=True)],
        pictured=frozenset(table.name for table, holds in zip(tables, pictured, strict=True) if holds),
        macros="_VBA_PROJECT_CUR" in compound,
        linked=book.linked,
        comments=sum(scan.comments for scan in scans),
    )


def _sheet(table: fast.Table, scan: Reach) -> Sheet:
    """The sheet, without the noughts that stand for formulas never computed."""
    never = {(blemish.row, blemish.column) for blemish in scan.blemishes if not blemish.error}
    hidden_rows = scan.hidden_rows & scan.rows
    found = fast.sheet(table, scan.blemishes, hidden_rows, hidden_columns=scan.hidden_columns)
    if not never:
        return found
    rows = [
        Row(row.number, [None if (row.number, c) in never else v for c, v in enumerate(row.cells)])
        for row in found.rows
    ]
    return replace(found, rows=rows)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from a place on."""
    header, end = struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= end:
        kind, length = header(stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _book(stream: bytes, name: str) -> _Book:
    book = _Book()
    for kind, at, length in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _FILE_PASS:
            raise protected(name)
        if kind == _BOUND_SHEET and length >= 8 and stream[at + 5] == _WORKSHEET:
            book.sheets.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _SUP_BOOK and length > 4 and stream[at + 2 : at + 4] not in (_OWN_SHEETS, _ADD_IN):
            book.linked = True
    return book


def _scan(stream: bytes, start: int, scan: Reach) -> bool:
    """Look through a sheet's records; whether it holds a picture."""
    where, depth, pictured = struct.Struct("<HH").unpack_from, 0, False
    for kind, at, length in _records(stream, start):
        if kind in _ONE_VALUE and length >= 6:
            row, column = where(stream, at)
            scan.fill(row + 1, column)
            if kind == _FORMULA:
                _look_at_formula(stream[at : at + length], scan, row + 1, column)
            elif kind == _BOOL_ERR and length >= 8 and stream[at + 7]:
                scan.note(row + 1, column, ERRORS.get(stream[at + 6], "#"))
        elif kind == _MUL_RK and length >= 6:
            row, column = where(stream, at)
            scan.fill(row + 1, column)
            scan.fill(row + 1, struct.unpack_from("<H", stream, at + length - 2)[0])
        elif kind == _ROW and length >= 16 and stream[at + 12] & _HIDDEN:
            scan.hidden_rows.add(where(stream, at)[0] + 1)
        elif kind == _COLUMNS and length >= 10 and stream[at + 8] & 1:
            first, last = where(stream, at)
            scan.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif kind == _NOTE:
            scan.comments += 1
        elif kind == _PICTURE or (kind == _OBJECT and length >= 6 and stream[at + 4] == _PICTURE_OBJECT):
            pictured = True
        elif kind == _BOF:
            depth += 1  # a chart that lies on the sheet has a beginning and an end of its own
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
    return pictured


def _look_at_formula(record: bytes, scan: Reach, row: int, column: int) -> None:
    if len(record) < 20:
        return
    value, flags = record[6:14], record[14]
    if value[6:] == b"\xff\xff":
        if value[0] == 2:
            scan.note(row, column, ERRORS.get(value[2], "#"))
    elif value == _NOTHING and flags & _RECOMPUTED:
        scan.note(row, column)
