"""Workbooks of every kind: the same catalogue reads the same, whatever it was saved as and is called."""

import io
import struct
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from PIL import Image

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import archive, read
from kpicat.exchange.documents import libreoffice
from kpicat.exchange.spreadsheets import growing, reach
from tests.exchange import office
from tests.exchange.other_formats import (
    Error,
    Never,
    compound,
    ods,
    ods_cell,
    ods_table,
    xls,
    xls_record,
    xlsb,
    xlsb_record,
    xml_2003,
    xml_row,
    zipped,
)

SCALE = guidance.get("phu_luc_3")
HEAD = ["Mã CV", "Nhiệm vụ", "Sản phẩm", "Điểm", "Hệ số"]
ROWS = [
    HEAD,
    ["VP.01", "Tiếp công dân", "Sổ", 100, 1],
    ["VP.02", "Báo cáo", "Báo cáo", 120.5, Error("#REF!")],
    ["VP.03", "Họp giao ban", "Biên bản", 150, None],
]


def codes(found):
    return [item["code"] for item in found.items]


def said(found):
    return " ".join(remark.reason for remark in [*found.report.remarks, *found.report.left_out])


def made(rows, kind):
    match kind:
        case "xls":
            return xls({"DM": rows})
        case "xlsb":
            return xlsb({"DM": rows})
        case "ods":
            return ods(ods_table(rows))
        case "xml":
            return xml_2003("".join(map(xml_row, rows)))


EACH = pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "xml"])


@EACH
def test_every_kind_of_workbook_is_read(kind):
    found = read(made(ROWS, kind), f"danh-muc.{kind}", SCALE)
    assert codes(found) == ["VP.01", "VP.02", "VP.03"]
    assert [str(item["points"]) for item in found.items] == ["100", "120.5", "150"]
    assert [item.source.row for item in found.items] == [2, 3, 4]
    assert found.items[0].source.sheet == "DM"


@EACH
def test_an_error_cell_is_empty_and_named(kind):
    found = read(made(ROWS, kind), f"danh-muc.{kind}", SCALE)
    assert found.items[1]["coefficient"] is None
    (remark,) = found.report.remarks
    assert "E3" in remark.reason
    assert "#REF!" in remark.reason


@pytest.mark.parametrize("kind", ["xls", "ods", "xml"])
def test_a_formula_never_computed_is_no_nought(kind):
    rows = [HEAD, ["VP.01", "Tiếp công dân", "Sổ", 100, Never("D2/100")]]
    found = read(made(rows, kind), f"danh-muc.{kind}", SCALE)
    assert found.items[0]["coefficient"] is None
    assert "E2" in found.report.remarks[0].reason


@EACH
@pytest.mark.parametrize("name", ["danh-muc.xlsx", "danh-muc.csv", "danh-muc", "danh-muc.docx"])
def test_the_content_decides_and_a_wrong_name_is_remarked_on(kind, name):
    found = read(made(ROWS, kind), name, SCALE)
    assert codes(found) == ["VP.01", "VP.02", "VP.03"]
    assert f".{kind}" in found.report.remarks[0].reason
    assert name in found.report.remarks[0].reason


def test_text_called_a_workbook_is_read_as_text(book):
    found = read("Mã CV;Nhiệm vụ;Sản phẩm\nVP.01;Tiếp công dân;Sổ\n".encode(), "danh-muc.xls", SCALE)
    assert codes(found) == ["VP.01"]
    assert ".csv" in said(found)


def test_a_workbook_called_xls_is_read(book):
    assert codes(read(book([HEAD, ["VP.01", "Họp", "Biên bản"]]), "danh-muc.xls", SCALE)) == ["VP.01"]


@pytest.mark.parametrize("name", ["a.XLSM", "a.xltx", "a.xlsx"])
def test_right_names_are_not_remarked_on(book, name):
    assert not read(book([HEAD, ["VP.01", "Họp", "Biên bản"]]), name, SCALE).report.remarks


# -- what stands beside the values ---------------------------------------------------


@pytest.mark.parametrize("make", [xls, xlsb])
def test_hidden_sheets_and_rows_are_read_and_named(make):
    found = read(make({"DM": ROWS, "Nháp": ROWS[:2]}, hidden=["Nháp"], hidden_rows=[4]), "a", SCALE)
    assert codes(found) == ["VP.01", "VP.02", "VP.03", "VP.01"]
    assert any(remark.sheet == "Nháp" and remark.row is None for remark in found.report.remarks)
    assert any(remark.sheet == "DM" and remark.row == 4 for remark in found.report.remarks)


def test_hidden_sheets_and_rows_of_open_document_are_read_and_named():
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    shown = ods_table(ROWS).replace("<table:table-row>", '<table:table-row table:visibility="filter">', 2)
    found = read(ods(shown + ods_table(ROWS[:2], "Nháp", "ta1"), styles=style), "a.ods", SCALE)
    assert any(remark.sheet == "Nháp" and remark.row is None for remark in found.report.remarks)
    assert any(remark.sheet == "DM" and remark.row == 2 for remark in found.report.remarks)


def test_hidden_sheets_and_rows_of_xml_are_read_and_named():
    options = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    rows = xml_row(HEAD) + xml_row(ROWS[1], 'ss:Hidden="1"')
    found = read(xml_2003(rows, options=options), "a.xml", SCALE)
    assert {(remark.sheet, remark.row) for remark in found.report.remarks} == {("DM", None), ("DM", 2)}


WORKS = [HEAD[:3], ["VP.01", "Tiếp công dân", "Sổ"], ["VP.02", "Lập báo cáo tháng", "Báo cáo"]]


def in_xlsx(book):
    """A column hidden, and a note pinned to a cell."""
    workbook = openpyxl.load_workbook(io.BytesIO(book(WORKS)))
    sheet = workbook.active
    sheet.column_dimensions["B"].hidden = True
    sheet["A2"].comment = openpyxl.comments.Comment("xem lại", "Lan")
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


HIDING = {
    "xlsx": in_xlsx,
    "xls": lambda _book: xls(
        {"DM": WORKS}, within=xls_record(0x7D, struct.pack("<6H", 1, 1, 0, 0, 1, 0)) + xls_record(0x1C, bytes(12))
    ),
    "xlsb": lambda _book: xlsb(
        {"DM": WORKS}, columns=xlsb_record(0x3C, struct.pack("<4IH", 1, 1, 0, 0, 1)),
        parts={"xl/comments1.bin": xlsb_record(0x27B, bytes(36))},
    ),
    "ods": lambda _book: ods(
        ods_table(WORKS)
        .replace("<table:table-row>", '<table:table-column/><table:table-column table:visibility="collapse"/>'
                 "<table:table-row>", 1)
        .replace("</table:table-cell>", "<office:annotation><text:p>xem lại</text:p></office:annotation>"
                 "</table:table-cell>", 1)
    ),
    "xml": lambda _book: xml_2003(
        '<Column ss:Index="2" ss:Hidden="1"/>' + "".join(map(xml_row, WORKS)).replace(
            "</Cell>", "<Comment><ss:Data>xem lại</ss:Data></Comment></Cell>", 1)
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HIDING)
def test_hidden_columns_and_comments_on_cells_are_named(book, kind, in_english):
    found = read(HIDING[kind](book), f"a.{kind}", SCALE)
    plain = read(book(WORKS), "a.xlsx", SCALE)
    assert [item.values for item in found.items] == [item.values for item in plain.items]
    first, last = (remark.reason for remark in found.report.remarks)
    assert first.startswith("1 comment")
    assert "B “Nhiệm vụ”" in last


@pytest.mark.parametrize("make", [xls, xlsb])
def test_cells_merged_down_are_carried_to_the_rows_they_cover(make):
    rows = [HEAD, ["VP.01", "Tiếp công dân", "Sổ"], ["VP.02", None, "Biên bản"], ["VP.03", "Họp", "Giấy mời"]]
    found = read(make({"DM": rows}, merges=[(1, 2, 1, 1)]), "a", SCALE)
    assert [item["task"] for item in found.items] == ["Tiếp công dân", "Tiếp công dân", "Họp"]


def test_cells_merged_down_in_open_document():
    body = ods_table([HEAD, ["VP.01", "x", "Sổ"], ["VP.02", None, "Biên bản"], ["VP.03", "Họp", "Giấy mời"]])
    body = body.replace(ods_cell("x"), ods_cell("Tiếp công dân", 'table:number-rows-spanned="2"'))
    found = read(ods(body), "a.ods", SCALE)
    assert [item["task"] for item in found.items] == ["Tiếp công dân", "Tiếp công dân", "Họp"]


def test_cells_merged_down_and_skipped_in_xml():
    def cell(text, more=""):
        return f'<Cell {more}><Data ss:Type="String">{text}</Data><Comment><ss:Data>ý kiến</ss:Data></Comment></Cell>'

    first = cell("VP.01") + cell("Tiếp <B>công</B> dân", 'ss:MergeDown="1"') + cell("Sổ")
    second = cell("VP.02") + cell("Biên bản", 'ss:Index="3"')
    found = read(xml_2003(f"{xml_row(HEAD)}<Row>{first}</Row><Row ss:Index='4'>{second}</Row>"), "a.xml", SCALE)
    assert [(item["task"], item["product"], item.source.row) for item in found.items] == [
        ("Tiếp công dân", "Sổ", 2),
        ("", "Biên bản", 4),
    ]


def test_macros_and_links_to_other_files_are_named():
    macros = read(xls({"DM": ROWS}, folders=["_VBA_PROJECT_CUR"]), "a.xls", SCALE)
    linked = read(xls({"DM": ROWS}, before=xls_record(0x1AE, b"\x01\x00\x04\x00\x00abcd")), "a.xls", SCALE)
    own = read(xls({"DM": ROWS}, before=xls_record(0x1AE, b"\x01\x00\x01\x04")), "a.xls", SCALE)
    both = xlsb({"DM": ROWS}, parts={"xl/vbaProject.bin": b"", "xl/externalLinks/externalLink1.bin": b""})
    assert [len(found.report.remarks) for found in (macros, linked, own)] == [2, 2, 1]
    assert said(macros) != said(linked)
    assert len(read(both, "a.xlsb", SCALE).report.remarks) == 3


def test_a_sheet_that_holds_only_a_picture_is_named():
    drawn = "<table:shapes><draw:frame><draw:image/></draw:frame></table:shapes>"
    picture = f'<table:table table:name="Ảnh">{drawn}</table:table>'
    found = read(ods(ods_table(ROWS) + picture), "a.ods", SCALE)
    assert found.report.left_out[-1].sheet == "Ảnh"
    with pytest.raises(InputError, match=r"a\.ods"):
        read(ods(picture), "a.ods", SCALE)
    seen = xls({"DM": ROWS[:2]}, within=xls_record(0x5D, b"\x15\x00\x12\x00\x08\x00" + bytes(16)))
    assert codes(read(seen, "a.xls", SCALE)) == ["VP.01"]


# -- tables side by side -------------------------------------------------------------


def test_two_tables_side_by_side_are_both_read(taken):
    head = ["Mã CV", "Nhiệm vụ", "Sản phẩm"]
    rows = [
        ["DANH MỤC CỦA HAI PHÒNG"],
        [*head, None, *head],
        ["VP.01", "Họp", "Biên bản", None, "KT.01", "Tiếp dân", "Sổ"],
        ["VP.02", "Trực", "Sổ trực", None, "KT.02", "Báo cáo", "Báo cáo"],
        [None, None, None, None, "KT.03", "Kiểm tra", "Kết luận"],
    ]
    found = taken(rows)
    assert codes(found) == ["VP.01", "VP.02", "KT.01", "KT.02", "KT.03"]
    assert [item.source.row for item in found.items] == [3, 4, 3, 4, 5]
    assert [table.columns for table in found.report.tables][1] == {4: "code", 5: "task", 6: "product"}
    assert found.report.remarks[0].sheet == found.items[2].source.sheet


@pytest.mark.parametrize("lower", [0, 3])
@pytest.mark.parametrize("longer", [0, 3])
def test_tables_side_by_side_begin_and_end_where_they_do(taken, lower, longer):
    left = [
        ["PHÒNG KINH TẾ"],
        *[[]] * (3 - lower),
        ["Mã CV", "Nhiệm vụ", "Sản phẩm"],
        *([f"KT.{n}", "Tiếp dân", "Sổ"] for n in range(1, 3 + longer)),
    ]
    right = [
        *[[]] * lower,
        ["TT", "Đầu việc", "Kết quả", "Điểm"],
        *([n, "Kiểm tra thực địa", "Biên bản", 100] for n in range(1, 4)),
    ]
    height = max(len(left), len(right))
    rows = [
        [*(left[n] if n < len(left) else []), *[None] * 6][:4] + (right[n] if n < len(right) else [])
        for n in range(height)
    ]
    found = taken(rows)
    assert [t.rows for t in found.report.tables] == [2 + longer, 3]
    assert codes(found) == [f"KT.{n}" for n in range(1, 3 + longer)] + [""] * 3
    assert {item["product"] for item in found.items[-3:]} == {"Biên bản"}


WORKS = [["STT", "Nhiệm vụ", "Sản phẩm"], [1, "Họp", "Biên bản"], [2, "Trực", "Sổ trực"], [3, "Tiếp dân", "Sổ"]]


@pytest.mark.parametrize(
    ("over", "departments"),
    [
        ([["Phòng Kinh tế", "", "", "", "Phòng Văn hóa – Xã hội"]], ["Phòng Kinh tế", "Phòng Văn hóa – Xã hội"]),
        ([["", "I. PHÒNG KINH TẾ", "", "", "", "II. VĂN PHÒNG"], []], ["PHÒNG KINH TẾ", "VĂN PHÒNG"]),
        ([["DANH MỤC"], ["Phòng Kinh tế", "", "", "", "", "Văn phòng"]], ["Phòng Kinh tế", "Văn phòng"]),
        ([["Phòng Kinh tế"]], ["", ""]),  # may be over both
        ([["DANH MỤC CỦA PHÒNG", "", "", "", "Kèm theo Quyết định"]], ["", ""]),
        ([["Phòng Kinh tế", "", "", "", "Văn phòng"], ["", "", "", "", "Năm 2026"]], ["", ""]),  # said of one only
    ],
)
def test_the_body_over_each_of_two_tables_is_the_department_of_its_lines(taken, over, departments):
    rows = [[*work, None, *work] for work in WORKS]
    found = taken([*([cell or None for cell in row] for row in over), *rows])
    assert [item["department"] for item in found.items] == [name for name in departments for _work in WORKS[1:]]
    said = [remark.text for remark in found.report.remarks]
    assert all(said.count(name) == 1 for name in departments if name)


def test_of_three_tables_without_a_gap_each_has_its_own_body_and_a_line_that_names_one_keeps_it(taken):
    heads = ["Nhiệm vụ", "Sản phẩm", "Phòng"]
    bodies = ["Văn phòng Đảng ủy", None, None, "Ban Xây dựng Đảng", None, None, "Ủy ban Kiểm tra"]
    found = taken([bodies, heads * 3, ["Họp", "Biên bản", None, "Trực", "Sổ", "Phòng Kinh tế", "Tiếp dân", "Sổ"]])
    assert {item["task"]: item["department"] for item in found.items} == {
        "Họp": "Văn phòng Đảng ủy",
        "Trực": "Phòng Kinh tế",
        "Tiếp dân": "Ủy ban Kiểm tra",
    }


def test_three_tables_side_by_side_without_a_gap_are_three(taken):
    head = ["STT", "Nhiệm vụ", "Sản phẩm"]
    found = taken([head * 3, [1, "Họp", "Biên bản", 2, "Trực", "Sổ", 3, "Tiếp dân", "Sổ tay"]])
    assert [item["task"] for item in found.items] == ["Họp", "Trực", "Tiếp dân"]
    assert len(found.report.tables) == 3


@pytest.mark.parametrize(
    "rows",
    [
        [["Mã CV", "Nhiệm vụ", "", "Sản phẩm", "Điểm"], ["VP.01", "Họp", "", "Biên bản", 100]],
        [["Nhiệm vụ", "Sản phẩm", "", "Nhiệm vụ", "Sản phẩm"], ["Họp", "Biên bản", "x", "Trực", "Sổ"]],
        [["Nhiệm vụ", "Sản phẩm", "", "Ghi chú", "Điểm"], ["Họp", "Biên bản", "", "x", 100]],
    ],
)
def test_an_empty_column_within_one_table_parts_nothing(taken, rows):
    found = taken(rows)
    assert len(found.report.tables) == 1
    assert len(found.items) == 1


# -- values of open document ---------------------------------------------------------


def test_values_of_open_document_are_what_a_person_sees():
    typed = [
        '<table:table-cell office:value-type="date" office:date-value="2026-03-31"/>',
        '<table:table-cell office:value-type="string" office:string-value="Mức 2"/>',
        '<table:table-cell office:value-type="percentage" office:value="0.5"/>',
        "<table:table-cell><office:annotation><text:p>ý kiến</text:p></office:annotation><text:p>a<text:s text:c='2'/>b"
        "<text:line-break/>c</text:p></table:table-cell>",
    ]
    head = ods_table([["Nhiệm vụ", "Thời hạn", "Mức", "Hệ số", "Ghi chú"]]).removesuffix("</table:table>")
    row = f"<table:table-row>{ods_cell('Họp')}{''.join(typed)}</table:table-row></table:table>"
    (item,) = read(ods(head + row), "a.ods", SCALE).items
    assert (item["deadline"], item["tier"], str(item["coefficient"])) == ("31/03/2026", 2, "0.5")
    assert item["note"] == "a b c"


def test_cells_and_rows_that_are_repeated_stand_where_a_person_sees_them():
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    row = f"<table:table-row>{gap}{ods_cell('Họp')}</table:table-row>"
    body = ods_table([["STT", "Mã CV", "Nhiệm vụ"]]).replace("</table:table>", f"{blank}{row}</table:table>")
    (item,) = read(ods(body), "a.ods", SCALE).items
    assert (item["task"], item.source.row) == ("Họp", 5)


def test_changes_that_a_workbook_keeps_are_not_its_cells():
    kept = "<table:tracked-changes><table:cell-content-change><table:table-cell><text:p>cũ</text:p></table:table-cell>"
    kept += "</table:cell-content-change></table:tracked-changes>"
    assert codes(read(ods(kept + ods_table(ROWS)), "a.ods", SCALE)) == ["VP.01", "VP.02", "VP.03"]


# -- files that cannot be taken ------------------------------------------------------


def test_a_workbook_under_a_password_is_called_protected_whatever_its_kind():
    files = {
        "a.xlsx": compound({"EncryptionInfo": b"", "EncryptedPackage": b""}),
        "a.xls": xls({"DM": ROWS}, before=xls_record(0x2F, bytes(6))),
        "a.ods": ods("", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
    }
    sentences = set()
    for name, content in files.items():
        with pytest.raises(InputError) as refused:
            read(content, name, SCALE)
        sentences.add(str(refused.value).replace(name, ""))
    assert len(sentences) == 1


@EACH
def test_a_workbook_that_breaks_off_is_refused(kind):
    content = made(ROWS, kind)
    for cut in range(1, len(content) - 1, len(content) // 23):
        with pytest.raises(InputError):
            read(content[:cut], f"a.{kind}", SCALE)


def test_repeats_beyond_reason_are_refused_before_they_take_memory():
    row = '<table:table-row table:number-rows-repeated="{}">' + ods_cell("x", 'table:number-columns-repeated="{}"')
    many = ods_table([HEAD]).replace("</table:table>", row.format(1_048_576, 1) + "</table:table-row></table:table>")
    wide = ods_table([HEAD]).replace("</table:table>", row.format(150_000, 900) + "</table:table-row></table:table>")
    for content in (many, wide):
        with pytest.raises(InputError):
            read(ods(content), "a.ods", SCALE)


def test_a_chain_of_sectors_that_runs_in_a_circle_is_refused():
    content = bytearray(xls({"DM": ROWS}))
    start = len(content) - 512
    content[start : start + 4] = bytes(4)  # the first sector follows itself
    with pytest.raises(InputError):
        read(bytes(content), "a.xls", SCALE)


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "xml"])
def test_too_many_rows_are_refused_whatever_the_kind(kind, monkeypatch):
    for module in (growing, reach, archive):
        monkeypatch.setattr(module, "MOST_ROWS", 50)
    with pytest.raises(InputError, match="50"):
        read(made([HEAD, *[ROWS[1]] * 60], kind), f"a.{kind}", SCALE)


def test_a_stray_cell_far_away_is_named():
    far = xls_record(0x203, b"\xff\xff\xff\x00\x00\x00" + bytes(8))
    with pytest.raises(InputError, match="IV65536"):
        read(xls({"DM": ROWS}, within=far), "a.xls", SCALE)
    assert xlsb_record(0xB0, bytes(200))[:4] == b"\xb0\x01\xc8\x01"
    assert zipped({"a": b""}).startswith(b"PK")


# -- what LibreOffice writes ---------------------------------------------------------


@pytest.mark.skipif(not libreoffice.program(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xls", "ods", "fods"])
def test_what_libreoffice_saves_reads_like_what_it_was_given(kind):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh mục"
    for cells in [
        ["DANH MỤC NĂM 2026"],
        [*HEAD, "Thời hạn"],
        ["VP.01", "Tiếp công dân", "Sổ", 100, "=D3/100", date(2026, 3, 31)],
        ["VP.02", None, "Báo cáo", 120, "=1/0", "Quý I"],
    ]:
        sheet.append(cells)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("B3:B4")
    sheet.row_dimensions[4].hidden = True
    content = io.BytesIO()
    book.save(content)
    (saved,) = office.converted([(content.getvalue(), ".xlsx")], kind)
    found = read(saved, f"danh-muc.{kind}", SCALE)
    assert [item["task"] for item in found.items] == ["Tiếp công dân", "Tiếp công dân"]
    assert [item["deadline"] for item in found.items] == ["31/03/2026", "Quý I"]
    assert found.items[0]["coefficient"] == 1
    assert found.items[1]["coefficient"] is None
    assert {remark.row for remark in found.report.remarks} == {4}
    assert len(found.report.remarks) == 2


def pictured(rows):
    """A workbook with a sheet that holds a picture, and one with the rows where there are any."""
    picture, content = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Ảnh").insert_image(0, 0, "a.png", {"image_data": picture})
        for n, cells in enumerate(rows):
            (book.get_worksheet_by_name("DM") or book.add_worksheet("DM")).write_row(n, 0, cells)
    return content.getvalue()


def test_a_workbook_of_a_picture_and_one_with_a_sheet_of_it():
    with pytest.raises(InputError, match=r"a\.xlsx"):
        read(pictured([]), "a.xlsx", SCALE)
    found = read(pictured([HEAD, ["VP.01", "Họp", "Biên bản", 100]]), "a.xlsx", SCALE)
    assert codes(found) == ["VP.01"]
    assert "Ảnh" in {left.sheet for left in found.report.left_out}


def test_a_web_page_called_xls_is_read_and_remarked_on():
    page = "<html><body><table><tr><th>Mã CV</th><th>Nhiệm vụ</th><th>Sản phẩm</th></tr>"
    page += "<tr><td>VP.01</td><td>Họp</td><td>Biên bản</td></tr></table></body></html>"
    found = read(page.encode(), "danh-muc.xls", SCALE)
    assert codes(found) == ["VP.01"]
    assert ".html" in found.report.remarks[0].reason


def test_a_text_with_fonts_of_its_own_is_named_where_it_is_not_read():
    with_row = xlsb({"DM": [HEAD, ["VP.01", "Họp", "Biên bản", 100]]})
    with zipfile.ZipFile(io.BytesIO(with_row)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    sheet = parts["xl/worksheets/sheet1.bin"]
    plain = struct.pack("<II", 1, 0) + struct.pack("<I", 3) + "Họp".encode("utf-16-le")
    rich = struct.pack("<II", 1, 0) + b"\0" + struct.pack("<I", 3) + "Họp".encode("utf-16-le")
    changed = sheet.replace(xlsb_record(0x06, plain), xlsb_record(0x3E, rich))
    assert changed != sheet
    found = read(zipped(parts | {"xl/worksheets/sheet1.bin": changed}), "a.xlsb", SCALE)
    assert "B2" in said(found)
