"""Blocks as Excel, Word, LibreOffice and Google Sheets put them on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import Pointed
from kpicat.exchange.clipboard import block
from kpicat.exchange.read_pasted import NO_HEADINGS, read_pasted, starting_at
from kpicat.exchange.tables.grid import Merge, text_of

GRID = ("code", "department", "task", "product", "quantity", "tier", "points", "coefficient")
EXCEL = """Version:1.0\r\nStartHTML:0000000105\r\n<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Excel">
<style><!--table {mso-displayed-decimal-separator:"\\,";} td {mso-style-parent:style0; mso-number-format:General;}
.xl65 {white-space:normal;}--></style></head><body link="#0563C1"><table border=0 cellpadding=0 width=320
style='border-collapse:collapse'><!--StartFragment--><col width=64 style='mso-width-source:userset'>
 <tr height=40 style='height:30.0pt'><td rowspan=2 height=60 class=xl65>Văn phòng</td>
  <td class=xl65>Tiếp<br>
    công dân<span style='mso-spacerun:yes'>&nbsp;</span></td><td align=right x:num="1200">1.200</td></tr>
 <tr height=20><td colspan=2 class=xl65>Báo&nbsp;cáo &lt;b&gt;</td></tr>
<!--EndFragment--></table></body></html>"""
WORD = """<html><body lang=VI><!--StartFragment--><p class=MsoNormal>Phụ lục kèm theo<o:p></o:p></p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal align=center><b>Nhiệm vụ<o:p></o:p></b></p></td>
<td><p class=MsoNormal><b>Sản phẩm</b></p></td></tr><tr><td><p>Soạn báo cáo:</p><p class=MsoListParagraph>- quý;</p>
<p>- năm<o:p></o:p></p></td><td><p><![if !supportLists]>Báo cáo<![endif]></p></td></tr></table></body>"""
SHEETS = """<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px}--></style>
<table xmlns="http://www.w3.org/1999/xhtml" dir="ltr" data-sheets-root="1">
<colgroup><col width="100"/></colgroup><tbody>
<tr><td data-sheets-value='{"1":2,"2":"Tiếp dân"}'>Tiếp dân</td><td data-sheets-value='{"1":3,"3":1.5}'>1.5</td>
<td data-sheets-value='{"1":3,"3":46188}'>15/06/2026</td></tr></tbody></table>"""


@pytest.fixture
def scale():
    return guidance.get("phu_luc_3")


def cells(text, html=""):
    return [[text_of(cell) for cell in row.cells] for row in block(text, html).sheet.rows]


# -- plain text --


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ('"Soạn:\n- quý"\tb\r\n', [["Soạn:\n- quý", "b"]]),
        ('"Soạn ""nhanh"":\n- quý"\tb', [['Soạn "nhanh":\n- quý', "b"]]),
        ('Sổ "A"\t5" ống\n', [['Sổ "A"', '5" ống']]),
        ('"Sổ tay"\tb\n', [['"Sổ tay"', "b"]]),
        ('"Sổ tay\tb\nc\td"\n', [['"Sổ tay', "b"], ["c", 'd"']]),
        ("a\t\t\n", [["a", "", ""]]),
        ("một dòng\nhai dòng\n", [["một dòng"], ["hai dòng"]]),
        ("a\0\tb\ud800\n", [["a", "b"]]),
    ],
)
def test_lines_with_tabs(text, found):
    assert cells(text) == found


_TEXTS = st.text('ab "\n').map(str.strip).filter(lambda text: "\n" in text or '"' not in text[:1])


@given(st.lists(st.lists(_TEXTS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_excel_writes_comes_back(rows):
    def written(text):
        doubled = text.replace('"', '""')
        return f'"{doubled}"' if "\n" in text else text

    rows = [["x", *row] for row in rows]
    text = "".join("\t".join(map(written, row)) + "\r\n" for row in rows)
    assert [list(row.cells) for row in block(text).sheet.rows] == rows


def test_rows_keep_their_numbers_also_after_blank_ones():
    caught = block("a\tb\n\t\nc\td\n\n")
    assert [row.number for row in caught.sheet.rows] == [1, 3]
    assert (caught.height, caught.width) == (4, 2)


# -- HTML --


def test_excels_table_with_merges_breaks_and_its_own_noise():
    caught = block("không dùng", EXCEL)
    assert cells("", EXCEL) == [["Văn phòng", "Tiếp công dân", "1200"], ["", "Báo cáo <b>", ""]]
    assert caught.sheet.merges == [Merge(1, 0, 2, 0), Merge(2, 1, 2, 2)]


def test_words_table_with_paragraphs_and_what_stands_beside_it(scale):
    found = read_pasted(block("", WORD), scale)
    assert [dict(item.values) for item in found.read.items] == [
        {"task": "Soạn báo cáo: - quý; - năm", "product": "Báo cáo"}
    ]
    assert [left.text for left in found.read.report.left_out] == ["Phụ lục kèm theo"]


def test_google_sheets_exact_numbers_but_not_the_number_behind_a_date():
    assert cells("", SHEETS) == [["Tiếp dân", "1.5", "15/06/2026"]]
    assert block("", SHEETS).sheet.rows[0].cells[1] == 1.5


@pytest.mark.parametrize(("shown", "behind", "meant"), [("1,200", "1200", 1200.0), ("1,3", "1.25", "1,3")])
def test_a_thousands_comma_is_told_by_the_number_behind_it(shown, behind, meant):
    assert block("", f"<table><tr><td sdval='{behind}'>{shown}</table>").sheet.rows[0].cells == [meant]


def test_a_table_that_only_frames_another_is_stepped_into():
    assert cells("", "<table><tr><td><table><tr><td>a<td>b</table></td></tr></table>") == [["a", "b"]]


def test_a_table_inside_a_cell_is_words_of_that_cell():
    inner = "<table><tr><td>x<td>y<tr><td>z</table>"
    assert cells("", f"<table><tr><td>a {inner}<td>b</table>") == [["a x y z", "b"]]


def test_several_tables_are_read_one_under_the_other_and_it_is_said(scale):
    found = read_pasted(block("", "<table><tr><td>Nhiệm vụ<td>Sản phẩm<tr><td>A<td>B</table>" * 2), scale)
    assert [item["task"] for item in found.read.items] == ["A", "A"]
    assert any("2" in note.reason for note in found.read.report.remarks if note.row is None)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a<script>alert(1)</script><style>b</style><td>c</table>",
        "<table><tr><td onclick=x>a<img src=x onerror=alert(1)><td>c<iframe src='//x'>d</iframe></table>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><table><tr><td>a<td>c</table>",
        "<table><tr><td colspan=-1 rowspan=x>a<td colspan='1e9'>c",
        "<table><tr><td>a<!-- <td>b --><td>c</tr></table></table></td>",
    ],
)
def test_hostile_markup_is_only_words(html):
    assert cells("", html) == [["a", "c"]]


def test_what_comes_from_markup_is_bounded():
    with pytest.raises(InputError):
        block("", "<table><tr>" + "<td colspan=1000>a" * 2 + "</table>")
    assert len(cells("", "<table><tr><td rowspan=99999999>a</table>")) == 1
    deep = "<table><tr><td>" * 3000
    with pytest.raises(InputError):
        block("", deep)


def test_html_without_a_table_leaves_the_text():
    assert cells("a\tb", "<p>a b</p>") == [["a", "b"]]


@pytest.mark.parametrize(("text", "html"), [("", ""), (" \n\t\n", ""), ("", "<table><tr><td>&nbsp;</table>")])
def test_nothing_is_said_in_one_sentence(text, html):
    with pytest.raises(InputError):
        block(text, html)


def test_more_than_an_upload_may_be_is_refused(monkeypatch):
    monkeypatch.setenv("KPICAT_UPLOAD_MB", "1")
    with pytest.raises(InputError, match="1"):
        block("a" * 1_100_000)


# -- what columns are --


def taken(text, scale, columns=GRID, pointed=None, html=""):
    return read_pasted(block(text, html), scale, columns, pointed=pointed)


def test_rows_without_headings_are_the_grids_columns_when_as_wide(scale):
    found = taken("VP.01\tVăn phòng\tTiếp dân\tSổ\t12\t3\t150\t1,5\n", scale)
    assert found.fields == GRID
    assert (found.read.items[0]["task"], found.read.items[0]["tier"], found.unclear) == ("Tiếp dân", 3, False)


def test_a_running_number_before_the_grids_columns_is_no_field(scale):
    found = taken("4\tTiếp dân\tSổ\n5\tBáo cáo\tBáo cáo\n", scale, ("task", "product"))
    assert found.fields == ("task", "product")
    assert not found.unclear


def test_as_wide_as_the_grid_but_other_things_in_it_is_no_match(scale):
    found = taken("Tiếp công dân định kỳ\tSổ\nHọp giao ban tuần\tSổ\n", scale, ("task", "quantity"))
    assert "quantity" not in found.fields


@pytest.mark.parametrize("number", ["", "4\t"])
def test_a_block_that_ends_before_the_grid_does_is_its_first_columns_where_it_plainly_begins_like_it(scale, number):
    lines = ["VP.01\tVăn phòng\tTiếp dân\tSổ\t12\t3\t150", "VP.02\tBan Tổ chức\tHọp giao ban\tSổ\t52\t1\t100"]
    text = "\n".join(number.replace("4", str(4 + n)) + line for n, line in enumerate(lines))
    found = taken(text, scale)
    assert found.fields == GRID[:7]
    assert [item["points"] for item in found.read.items] == [150, 100]
    assert not found.unclear


def test_a_narrower_block_of_which_a_column_is_something_else_does_not_begin_like_the_grid(scale):
    found = taken("VP.01\tVăn phòng\tTiếp dân\tMức 2\nVP.02\tBan Tổ chức\tHọp giao ban\tMức 3\n", scale)
    assert "product" not in found.fields


def test_columns_that_can_only_be_one_thing_are_named_and_the_rest_asked(scale):
    found = taken("VP.01\tTiếp công dân định kỳ\tMức 2\t12\nVP.02\tBáo cáo tháng của xã\tMức 3\t14\n", scale)
    assert found.fields == ("code", "task", "tier")
    assert found.unclear
    (note,) = found.read.report.remarks
    assert "D" in note.reason and note.text == "12"


@pytest.mark.parametrize(
    "text", ["12\n13\n15\n", "Sổ\nBiên bản\n", "2\t5\n3\t4\n", "Báo cáo quý gửi xã\tBáo cáo năm gửi xã\n"]
)
def test_what_could_be_several_things_is_left_for_a_person(scale, text):
    found = taken(text, scale)
    assert found.fields == ()
    assert found.unclear


def test_of_two_columns_that_could_be_the_same_thing_neither_is_taken(scale):
    found = taken("VP.01\tKT.07\nVP.02\tKT.09\n", scale)
    assert found.fields == ()


def test_a_row_of_headings_alone_tells_columns_without_a_work_among_them(scale):
    found = taken("Số lượng\tMức\n12\t3\n\t\n5\t2\n", scale)
    assert found.fields == ("quantity", "tier")
    assert [(line.row, dict(line.cells)) for line in found.lines] == [
        (2, {"quantity": "12", "tier": "3"}),
        (3, {}),
        (4, {"quantity": "5", "tier": "2"}),
    ]


def test_headings_and_group_rows_are_told_apart_as_in_a_file(scale):
    found = taken("STT\tNhiệm vụ\tSản phẩm\nI\tVăn phòng Đảng ủy\t\n1\tTiếp dân\tSổ\n", scale)
    assert [(item["task"], item["department"]) for item in found.read.items] == [("Tiếp dân", "Văn phòng Đảng ủy")]
    assert [left.row for left in found.read.report.left_out] == [2]
    assert not found.unclear


def test_columns_chosen_by_hand_stand(scale):
    found = taken("1\tTiếp dân\n2\tBáo cáo\n", scale, pointed=Pointed(NO_HEADINGS, {0: "", 1: "product"}))
    assert [dict(item.values) for item in found.read.items] == [{"product": "Tiếp dân"}, {"product": "Báo cáo"}]


def test_headings_can_be_denied(scale):
    text = "Nhiệm vụ\tSản phẩm\nTiếp dân\tSổ\n"
    assert len(taken(text, scale).lines) == 1
    assert len(taken(text, scale, ("task", "product"), Pointed(NO_HEADINGS)).read.items) == 2


def test_a_text_merged_down_stands_in_every_line(scale):
    html = "<table><tr><td>Phòng ban<td>Nhiệm vụ<tr><td rowspan=2>Văn phòng<td>A<tr><td>B</table>"
    found = taken("", scale, html=html)
    assert [line.cells.get("department") for line in found.lines] == ["Văn phòng", "Văn phòng"]


@pytest.mark.parametrize(
    ("field", "width", "meant"),
    [
        ("deadline", 2, ["deadline", "responsible"]),
        ("responsible", 3, ["responsible", "note", ""]),
        ("quality", 2, ["quality", "position"]),
        ("task", 1, ["task"]),
    ],
)
def test_columns_follow_the_first_as_in_the_grid_or_as_in_a_catalogue(field, width, meant):
    grid = ("task", "deadline", "status", "responsible", "note")
    assert starting_at(field, width, grid) == Pointed(NO_HEADINGS, dict(enumerate(meant)))
