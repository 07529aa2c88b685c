"""A file that asks the fast reader for more memory than there is is refused in a sentence; nobody else is harmed."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from kpicat.errors import InputError
from kpicat.exchange import apart

ROOT = Path(__file__).parents[2]
ROWS = [["Nhiệm vụ", "Sản phẩm"], ["Tiếp công dân", "Sổ"]]
MANY = b"99999999999"
READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from pathlib import Path
from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import read
for file in map(Path, sys.argv[1:]):
    try:
        read(file.read_bytes(), file.name, guidance.get("phu_luc_3"))
    except InputError as refused:
        print(refused)
"""


def workbook(sheets: int = 1) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for n in range(sheets):
            sheet = book.add_worksheet(f"DM {n}")
            for row, cells in enumerate(ROWS):
                sheet.write_row(row, 0, cells)
    return content.getvalue()


def changed(part: str, change) -> bytes:
    """A workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def with_cells(cells: bytes) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return changed("xl/worksheets/sheet1.xml", lambda _data: head + cells + b"</sheetData></worksheet>")


def shared(uniquely: str) -> bytes:
    """A workbook whose shared texts are of a number that they are not."""
    return changed("xl/sharedStrings.xml", lambda data: re.sub(rb'uniqueCount="\d+"', uniquely.encode(), data))


def ods(rows: str) -> bytes:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:spreadsheet><table:table table:name="DM">{rows}</table:table></office:spreadsheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        new.writestr("META-INF/manifest.xml", "<manifest/>")
        new.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body>{body}</office:body></office:document-content>",
        )
    return out.getvalue()


def ods_row(times: int, columns: int, text: str = "<text:p>x</text:p>") -> str:
    kind = ' office:value-type="string"' if text else ""
    cell = f'<table:table-cell{kind} table:number-columns-repeated="{columns}">{text}</table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>'


def xls() -> bytes:
    """An .xls whose list of streams leads back to where it begins."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", head, 44, 1, 1)  # one sector of chains, the streams begin in sector 1
    struct.pack_into("<IIII", head, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head[76:] = struct.pack("<I", 0) + b"\xff" * 432
    chains = struct.pack("<II", 0xFFFFFFFD, 1).ljust(512, b"\xff")
    return bytes(head) + chains + "Workbook".encode("utf-16-le").ljust(512, b"\0")


HOSTILE = {
    "shared-texts.xlsx": lambda: shared(f'uniqueCount="{MANY.decode()}"'),
    "far-row-and-column.xlsx": lambda: with_cells(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "columns-without-end.xlsx": lambda: with_cells(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>'
    ),
    "rows-without-end.xlsx": lambda: with_cells(
        b'<row r="1"><c><v>1</v></c></row><row r="4294967295"><c r="CV4294967295"><v>1</v></c></row>'
    ),
    "repeated.ods": lambda: ods(ods_row(1_048_576, 16_384)),
    "repeated-within-its-limits.ods": lambda: ods(ods_row(6_000, 16_384)),
    "many-wide-rows.ods": lambda: ods(ods_row(1, 16_384) * 6_000),
    "streams-in-a-circle.xls": xls,
}


@pytest.mark.parametrize("file", HOSTILE)
def test_a_file_that_asks_for_memory_is_refused_in_a_sentence(monkeypatch, file):
    monkeypatch.setattr(apart, "MOST_MEMORY", apart.MOST_MEMORY // 8)  # the same, sooner
    with pytest.raises(InputError) as said:
        apart.tables(HOSTILE[file](), file)
    assert file in str(said.value)
    assert "\n" not in str(said.value)


@pytest.mark.skipif(sys.platform == "win32", reason="the memory of a process is limited in another way there")
def test_whoever_reads_such_files_goes_on_to_the_next(tmp_path):
    for file, made in HOSTILE.items():
        (tmp_path / file).write_bytes(made())
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run([sys.executable, "-c", READ, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stdout.splitlines()) == len(HOSTILE)


def test_cells_are_counted_over_all_sheets(monkeypatch):
    monkeypatch.setattr(apart, "MOST_SPANNED", 20)
    assert len(apart.tables(workbook(sheets=5), "a.xlsx")) == 5
    with pytest.raises(InputError, match=r"a\.xlsx.*B2"):
        apart.tables(workbook(sheets=6), "a.xlsx")


def test_rows_to_the_end_of_the_sheet_that_are_only_formatted_are_no_cells():
    plain = apart.tables(ods(ods_row(1, 2) + ods_row(1_048_575, 16_384, text="")), "a.ods")
    assert [(table.name, table.rows) for table in plain] == [("DM", [(1, ["x", "x"])])]


@pytest.mark.parametrize("promised", ["", 'uniqueCount="1"', 'uniqueCount="many"'])
def test_a_number_of_texts_that_is_merely_wrong_takes_nothing_away(promised):
    (table,) = apart.tables(shared(promised), "a.xlsx")
    assert [cells for _n, cells in table.rows] == ROWS


def test_cells_keep_their_places_whatever_stands_before_them():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("DM")
        sheet.write_row(4, 2, ["a", "", 1.5, True, " "])
        sheet.merge_range(6, 2, 7, 3, "b")
        book.add_worksheet("ẩn").hide()
        book.add_chartsheet("hình")
    shown, hidden = apart.tables(content.getvalue(), "a.xlsx")
    assert [(number, list(cells)) for number, cells in shown.rows] == [
        (5, [None, None, "a", "", 1.5, True, " "]),
        (7, [None, None, "b"]),
    ]
    assert shown.merges == [((6, 2), (7, 3))]
    assert (shown.visible, hidden.visible, hidden.rows) == (True, False, [])


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(apart, "_PROGRAM", endless)
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.1)
    with pytest.raises(InputError, match=r"a\.xlsx"):
        apart.tables(workbook(), "a.xlsx")
