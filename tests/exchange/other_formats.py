"""Workbooks of the other formats, written record by record: what a test says is what stands in the file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

Rows = Sequence[Sequence[object]]
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


class Error(str):
    """A cell that shows a spreadsheet's error."""


class Never(str):
    """A formula that no spreadsheet has computed."""


CODES = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}


def compound(streams: Mapping[str, bytes], folders: Sequence[str] = ()) -> bytes:
    """A compound file; streams are made long enough to lie in sectors of their own."""
    body, table, entries = b"", [], []
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        first = len(table)
        table += [*range(first + 1, first + len(padded) // 512), END]
        entries.append(_entry(name, 2, first, max(4096, len(stream))))
        body += padded
    entries += [_entry(name, 1, 0, 0) for name in folders]
    root = _entry("Root Entry", 5, END, 0, child=1)
    directory = b"".join([root, *entries]).ljust(-(-128 * (len(entries) + 1) // 512) * 512, b"\0")
    start = len(table)
    table += [*range(start + 1, start + len(directory) // 512), END]
    fats = further = 0
    while (len(table) + fats + further) > fats * 128:
        fats += 1
        further = -(-max(0, fats - 109) // 127)  # sectors that tell where the table lies, as the header has no room
    where = [len(table) + n for n in range(fats)]
    more = len(table) + fats
    table += [0xFFFFFFFD] * fats + [0xFFFFFFFC] * further
    fat = struct.pack(f"<{len(table)}I", *table).ljust(fats * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fats, start, 0, 4096, END, 0, more if further else END, further)
    header += struct.pack("<109I", *where[:109], *[FREE] * (109 - fats))
    for n in range(further):
        told = where[109 + 127 * n : 109 + 127 * (n + 1)]
        fat += struct.pack("<128I", *told, *[FREE] * (127 - len(told)), more + n + 1 if n + 1 < further else END)
    return header + body + directory + fat


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2, kind, 1)
    return head + struct.pack("<III", FREE, FREE, child) + bytes(36) + struct.pack("<IQ", start, size)


# -- .xls ----------------------------------------------------------------------


def xls_record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
    before: bytes = b"",
    within: bytes = b"",
    folders: Sequence[str] = (),
) -> bytes:
    """A workbook of Excel 97-2003; ``merges`` are zero-based (top, bottom, left, right)."""
    bodies = [_xls_sheet(rows, hidden_rows, merges, within) for rows in sheets.values()]
    begin = xls_record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    formats = xls_record(0xE0, struct.pack("<HH", 0, 0) + bytes(16)) + xls_record(
        0xE0, struct.pack("<HH", 0, 14) + bytes(16)
    )
    names = [_xls_text(name, "B") for name in sheets]
    length = len(begin + before + formats) + sum(len(name) + 10 for name in names) + 4
    bound = b""
    for name, words, body in zip(sheets, names, bodies, strict=True):
        bound += xls_record(0x85, struct.pack("<IBB", length, name in hidden, 0) + words)
        length += len(body)
    stream = begin + before + formats + bound + xls_record(0x0A) + b"".join(bodies)
    return compound({"Workbook": stream}, folders)


def _xls_text(text: str, length: str = "H") -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _xls_sheet(
    rows: Rows, hidden_rows: Sequence[int], merges: Sequence[tuple[int, int, int, int]], within: bytes
) -> bytes:
    out = xls_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    width = max(map(len, rows), default=0)
    out += xls_record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for n in hidden_rows:
        out += xls_record(0x208, struct.pack("<HHHHHHI", n - 1, 0, width, 255, 0, 0, 0x20 | 0x100))
    out += b"".join(_xls_cell(r, c, cell) for r, cells in enumerate(rows) for c, cell in enumerate(cells))
    if merges:
        out += xls_record(0xE5, struct.pack("<H", len(merges)) + b"".join(struct.pack("<4H", *m) for m in merges))
    return out + within + xls_record(0x0A)


def _xls_cell(row: int, column: int, cell: object) -> bytes:
    where = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, Error):
        return xls_record(0x205, where + bytes([CODES[cell], 1]))
    if isinstance(cell, Never):
        return xls_record(0x06, where + bytes(8) + struct.pack("<HIH", 2, 0, 0))
    if isinstance(cell, str):
        return xls_record(0x204, where + _xls_text(cell)) if cell else b""
    if isinstance(cell, bool):
        return xls_record(0x205, where + bytes([cell, 0]))
    return b"" if cell is None else xls_record(0x203, where + struct.pack("<d", cell))


# -- .xlsb ---------------------------------------------------------------------


def xlsb_record(kind: int, data: bytes = b"") -> bytes:
    out = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    while length > 0x7F:
        out += bytes([length & 0x7F | 0x80])
        length >>= 7
    return out + bytes([length]) + data


def xlsb(
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
    columns: bytes = b"",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A binary workbook; ``merges`` are zero-based (top, bottom, left, right)."""
    bundle = b"".join(
        xlsb_record(0x9C, struct.pack("<II", name in hidden, n) + _wide(f"rId{n}") + _wide(name))
        for n, name in enumerate(sheets, start=1)
    )
    book = xlsb_record(0x83) + xlsb_record(0x8F) + bundle + xlsb_record(0x90) + xlsb_record(0x9D) + xlsb_record(0x84)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    held = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="xl/workbook.bin"/>'
        "</Relationships>".encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f"<Relationships>{relations}</Relationships>".encode(),
    }
    for n, rows in enumerate(sheets.values(), start=1):
        held[f"xl/worksheets/sheet{n}.bin"] = _xlsb_sheet(rows, hidden_rows, merges, columns)
    return zipped(held | dict(parts or {}))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_sheet(
    rows: Rows, hidden_rows: Sequence[int], merges: Sequence[tuple[int, int, int, int]], columns: bytes
) -> bytes:
    width = max(map(len, rows), default=1)
    out = xlsb_record(0x81) + xlsb_record(0x93) + xlsb_record(0x94, struct.pack("<4I", 0, len(rows), 0, width))
    out += columns + xlsb_record(0x91)
    lines = []
    for r, cells in enumerate(rows):
        flags = 0x10 if r + 1 in hidden_rows else 0
        lines.append(xlsb_record(0x00, struct.pack("<IIHBBBI", r, 0, 300, 0, flags, 0, 0)))
        lines += [_xlsb_cell(c, cell) for c, cell in enumerate(cells)]
    out += b"".join(lines) + xlsb_record(0x92)
    if merges:
        out += xlsb_record(0xB1, struct.pack("<I", len(merges)))
        out += b"".join(xlsb_record(0xB0, struct.pack("<4I", *merge)) for merge in merges) + xlsb_record(0xB2)
    return out + xlsb_record(0x82)


def _xlsb_cell(column: int, cell: object) -> bytes:
    where = struct.pack("<II", column, 0)
    if isinstance(cell, Error):
        return xlsb_record(0x03, where + bytes([CODES[cell]]))
    if isinstance(cell, str):
        return xlsb_record(0x06, where + _wide(cell)) if cell else b""
    if isinstance(cell, bool):
        return xlsb_record(0x04, where + bytes([cell]))
    return b"" if cell is None else xlsb_record(0x05, where + struct.pack("<d", cell))


# -- XML -----------------------------------------------------------------------


def zipped(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return content.getvalue()


NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style")
)


def ods(body: str, *, styles: str = "", manifest: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of LibreOffice; ``body`` is what stands in its spreadsheet, see :func:`ods_table`."""
    document = (
        f'<office:document-content {NAMESPACES} xmlns:calcext="c" xmlns:draw="d" xmlns:dc="dc">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": document.encode(),
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="m">{manifest}</manifest:manifest>'.encode(),
        }
        | dict(parts or {})
    )


def ods_cell(cell: object, more: str = "") -> str:
    if isinstance(cell, Error):
        kind = 'office:value-type="string" calcext:value-type="error"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    if isinstance(cell, Never):
        return f'<table:table-cell table:formula="of:={cell}"/>'
    if isinstance(cell, str):
        words = "".join(f"<text:p>{line}</text:p>" for line in cell.split("\n")) if cell else ""
        return f'<table:table-cell {more} office:value-type="string">{words}</table:table-cell>'
    if cell is None:
        return f"<table:table-cell {more}/>"
    return f'<table:table-cell {more} office:value-type="float" office:value="{cell}"/>'


def ods_table(rows: Rows, name: str = "DM", style: str = "") -> str:
    lines = "".join(f"<table:table-row>{''.join(map(ods_cell, cells))}</table:table-row>" for cells in rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{lines}</table:table>'


def xml_2003(rows: str, *, name: str = "DM", options: str = "") -> bytes:
    """XML Spreadsheet 2003; ``rows`` is what stands in its table, see :func:`xml_row`."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    ).encode()


def xml_row(cells: Sequence[object], more: str = "") -> str:
    def one(cell: object) -> str:
        if isinstance(cell, Error):
            return f'<Cell ss:Formula="=1/0"><Data ss:Type="Error">{cell}</Data></Cell>'
        if isinstance(cell, Never):
            return f'<Cell ss:Formula="={cell}"><Data ss:Type="Number"></Data></Cell>'
        if cell is None:
            return "<Cell/>"
        kind = "String" if isinstance(cell, str) else "Number"
        return f'<Cell><Data ss:Type="{kind}">{cell}</Data></Cell>'

    return f"<Row {more}>{''.join(map(one, cells))}</Row>"
