"""A file that cannot be taken is refused in one clear sentence; one that can is read whole."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
import xlsxwriter

from kpicat import guidance
from kpicat.errors import InputError, NeedsPointing
from kpicat.exchange import archive, read, workbook_xml
from kpicat.exchange.spreadsheets import fast, xlsx
from kpicat.exchange.tables import grid
from tests.exchange.other_formats import compound, xls, zipped

PROTECTED = compound({"EncryptionInfo": b"", "EncryptedPackage": b""})
ROWS = [["Nhiệm vụ", "Sản phẩm", "Điểm"], ["Tiếp công dân", "Sổ", 100]]


@pytest.fixture
def refused():
    """The sentence with which some bytes are refused as a workbook."""

    def build(content, kind=InputError):
        with pytest.raises(InputError) as said:
            read(content, "danh-muc.xlsx", guidance.get("phu_luc_3"))
        assert type(said.value) is kind
        sentence = str(said.value)
        assert "danh-muc.xlsx" in sentence
        assert "\n" not in sentence
        return sentence

    return build


def rezipped(content, change):
    """The workbook with ``change(name, data)`` applied to each part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def with_sheet_xml(content, change):
    return rezipped(content, lambda name, data: change(data) if name == "xl/worksheets/sheet1.xml" else data)


def with_cells(content, cells):
    """The workbook whose only sheet has just these cells."""
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    return with_sheet_xml(content, lambda _data: sheet % cells)


def test_each_kind_of_wrong_file_has_its_own_sentence(refused, book):
    good = book(ROWS)
    files = [
        b"",
        zipped({"ppt/presentation.xml": b""}),
        zipped({"anh.png": b""}),
        b"\x89PNG\r\n\x1a\n",
        b"Rar!\x1a\x07\x00",
        bytes(range(1, 60)),
        PROTECTED,
        xls({"DM": ROWS})[:3000],
        book([]),
    ]
    sentences = [refused(content) for content in files]
    assert len(set(sentences)) == len(sentences)
    assert refused(good[: len(good) // 2]) == refused(xls({"DM": ROWS})[:3000])


def test_a_zip_with_a_password_is_called_protected(refused, book):
    content = bytearray(book(ROWS))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    assert refused(bytes(content)) == refused(PROTECTED)


def test_a_zip_of_a_later_version_than_is_known_is_called_damaged(refused, book):
    good = book(ROWS)
    content = bytearray(good)
    content[content.index(b"PK\x01\x02") + 6] = 99  # later than zipfile knows
    assert refused(bytes(content)) == refused(good[: len(good) // 2])


def test_a_file_over_the_limit_names_the_limit(refused, book, monkeypatch):
    monkeypatch.setenv("KPICAT_UPLOAD_MB", "1")
    assert "1" in refused(book(ROWS) + bytes(1024 * 1024))


def test_sizes_declared_beyond_reason_are_not_unpacked(refused, book):
    bomb = with_sheet_xml(book(ROWS), lambda data: data + b" " * (archive.MOST_RATIO * 200_000))
    assert len(bomb) < 200_000
    refused(bomb)


def test_more_bytes_than_declared_stop_the_unpacking(refused, book):
    content = bytearray(book(ROWS))
    central = content.index(b"PK\x01\x02")
    while b"sheet1.xml" not in content[central + 46 : central + 46 + 40]:
        central = content.index(b"PK\x01\x02", central + 4)
    (size,) = struct.unpack_from("<I", content, central + 24)
    struct.pack_into("<I", content, central + 24, size - 50)
    refused(bytes(content))


def test_a_part_that_declares_too_little_is_unpacked_no_further_than_that():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.xml", bytes(8_000_000))
    content = bytearray(bomb.getvalue())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 1_000)
    unpacked = []
    with pytest.raises(InputError):
        unpacked.extend(map(len, archive.Archive(bytes(content), "danh-muc.xlsx").chunks("a.xml")))
    assert sum(unpacked) <= 1_000


def test_two_parts_of_one_name_are_refused_because_no_two_readers_agree_on_them(refused, book):
    content = io.BytesIO(book(ROWS))
    with zipfile.ZipFile(content, "a") as doubled:
        doubled.writestr("XL/Worksheets/sheet1.xml", "<worksheet/>")
    refused(content.getvalue())


def test_unpacking_ends_with_what_was_declared(book):
    content = book(ROWS)
    zipped = archive.Archive(content, "a.xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as plain:
        assert all(zipped.read(part) == plain.read(part) for part in plain.namelist())


def test_entities_are_not_expanded(refused, book):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    refused(with_sheet_xml(book(ROWS), lambda data: bomb + data[data.index(b"<worksheet") :]))


def test_a_cell_at_the_end_of_the_sheet_does_not_fill_the_memory(refused, book):
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "XFD1048576" in refused(with_cells(book(ROWS), far))


def test_cells_without_references_are_counted_from_their_place(book):
    cells = b'<row><c r="C1"/><c t="inlineStr"><is><t>x</t></is></c></row><row><c><f>1</f></c></row>'
    scan = workbook_xml.SheetScan("a.xlsx").run(
        archive.Archive(with_cells(book(ROWS), cells), "a.xlsx"), "xl/worksheets/sheet1.xml"
    )
    assert scan.rows == 2
    assert [(b.row, b.column) for b in scan.blemishes] == [(2, 0)]


def test_too_many_rows_are_refused_with_the_limit(refused, book, monkeypatch):
    for module in (grid, workbook_xml, xlsx, archive):
        monkeypatch.setattr(module, "MOST_ROWS", 50)
    assert "50" in refused(book(ROWS * 30))


def test_a_row_without_end_is_refused():
    with pytest.raises(InputError, match=r"1[.,]000"):
        read(b"task,product\nA,B" + b"," * 2000 + b"C\n", "danh-muc.csv", guidance.get("phu_luc_3"))


def test_rows_that_are_only_formatted_do_not_count(monkeypatch):
    monkeypatch.setattr(workbook_xml, "MOST_ROWS", 50)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True})
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
        for row in range(2, 300):
            sheet.write_blank(row, 0, None, bold)
    assert len(read(content.getvalue(), "a.xlsx", guidance.get("phu_luc_3")).items) == 1


def test_a_header_never_found_shows_the_rows(refused, book):
    refused(book([["a", "b"], ["c", "d"]]), NeedsPointing)


def test_an_error_cell_is_empty_and_named_with_sheet_row_and_column():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet("DM")
        sheet.write_row(0, 0, ROWS[0])
        sheet.write_row(1, 0, ["Tiếp công dân", "Sổ"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    found = read(content.getvalue(), "a.xlsx", guidance.get("phu_luc_3"))
    assert found.items[0]["points"] is None
    (remark,) = found.report.remarks
    assert (remark.sheet, remark.row) == ("DM", 2)
    assert "C2" in remark.reason
    assert "#DIV/0!" in remark.reason


def test_formulas_never_computed_are_empty_and_named_once_a_column(taken):
    found = taken(
        [[*ROWS[0], "Hệ số"], ["Tiếp công dân", "Sổ", 100, "=C2/100"], ["Báo cáo", "Báo cáo", 120, "=C3/100"]]
    )
    assert [item["coefficient"] for item in found.items] == [None, None]
    (remark,) = found.report.remarks
    assert "D2, D3" in remark.reason


def test_a_computed_formula_gives_its_stored_value():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ROWS[0])
        sheet.write_row(1, 0, ["Tiếp công dân", "Sổ"])
        sheet.write_formula(1, 2, "=60*2", None, 120)
    found = read(content.getvalue(), "a.xlsx", guidance.get("phu_luc_3"))
    assert found.items[0]["points"] == 120
    assert not found.report.remarks


def test_a_parser_that_breaks_down_becomes_one_sentence(refused, book, monkeypatch):
    class PanicException(BaseException):
        pass

    def breaks(_content, _name):
        raise PanicException("index out of bounds")

    monkeypatch.setattr(fast, "tables", breaks)
    refused(book(ROWS))


def test_somebody_stopping_the_work_is_not_a_damaged_file(book):
    class StopAsked(BaseException):
        pass

    def stop(_share, _doing):
        raise StopAsked

    with pytest.raises(StopAsked):
        read(book(ROWS), "a.xlsx", guidance.get("phu_luc_3"), progress=stop)


def test_progress_goes_from_nothing_to_all(book):
    heard = []
    read(book(ROWS), "a.xlsx", guidance.get("phu_luc_3"), progress=lambda share, doing: heard.append((share, doing)))
    shares = [share for share, _doing in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(doing for _share, doing in heard)


def test_every_known_ending_is_in_lower_or_upper_case(book):
    assert read(book(ROWS), "DANH MUC.XLSX", guidance.get("phu_luc_3")).items


def test_a_damaged_stream_is_refused(refused, book):
    content = bytearray(book(ROWS))
    start = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 30] = zlib.compress(b"nonsense")[:14].ljust(30, b"\xff")
    refused(bytes(content))


def test_openpyxl_opens_what_the_tests_build(book):
    assert openpyxl.load_workbook(io.BytesIO(book(ROWS))).active["A1"].value == "Nhiệm vụ"
