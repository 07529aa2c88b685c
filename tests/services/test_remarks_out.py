"""The sheet of remarks and the letters: on the right paper, by unit, with decisions, and never read as a catalogue."""

import io
import json
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from kpicat import guidance, language, services
from kpicat.errors import InputError, NeedsPointing
from kpicat.exchange import read
from kpicat.exchange.forms.decision import Decision as Head
from kpicat.model import Catalogue, Form, Item, Level, Reading, Ruling, items_frame
from kpicat.services import appraising, remarks_out
from kpicat.services.view import View

WORD, EXCEL = remarks_out.SUFFIXES
NASTY = ["{{ 7*7 }}", "{% for %}", "<w:p>", "a & b < c", "=1+1", "@SUM(A1)"]
SOUND = {
    "group": "Văn thư", "duty": "Quy chế làm việc", "product": "Văn bản đã vào sổ", "measure": "văn bản",
    "quantity": Decimal(30), "deadline": "Ngày 5 hằng tháng", "quality": "Không quá 2 lần sửa",
    "responsible": "Chánh Văn phòng", "tier": 1,
}  # fmt: skip
ROWS = (
    {"code": "VP.01", "task": "Đăng ký văn bản đến", "department": "Văn phòng", "standard_unit": True},
    {"code": "VP.02", "task": "Soạn nghị quyết chuyên đề", "department": "Văn phòng", "deadline": "Kịp thời"},
    {"code": "XD.01", "task": "Phát hành văn bản đi của Đảng ủy", "department": "Ban Xây dựng Đảng", "quality": "Tốt"},
    {
        "code": "XD.02",
        "task": "Thực hiện phát hành VB đi của Đảng uỷ",
        "department": "Ban Xây dựng Đảng",
        "responsible": "",
    },
)


def view(*rows, form=Form.PARTY, decisions=(), **about):
    items = items_frame(Item(f"i{n}", {**SOUND, **row}) for n, row in enumerate(rows or ROWS))
    return View(
        Reading(Catalogue("c", "Danh mục", "Đảng ủy xã", "2026", form=form, **about), items, decisions=decisions)
    )


def decided(at, **about):
    """With “Kịp thời” waived, and the last two lines said to be two works."""
    first = view(**about)
    vague, pair = (
        next(one for one in first.findings if one.check == id) for id in ("vague-deadline", "near-duplicate")
    )
    writes = appraising.waive(first, [vague], "Việc cấp bách.", actor="Lan", at=at)
    writes += appraising.decide(first, pair, Ruling.DIFFERENT, actor="Hoa", at=at)
    return view(decisions=tuple(write.new for write in writes), **about)


def words(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def rows_of(content, n):
    """The cells of the n-th table that has a header."""
    tables = [t for t in docx.Document(io.BytesIO(content)).tables if t._tbl.xpath("./w:tr/w:trPr/w:tblHeader")]
    cells = [[[p.text for p in cell.paragraphs] for cell in row.cells] for row in tables[n].rows]
    return [["\n".join(texts) for texts in row] for row in cells]


def sheet_rows(content, n=0):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[n].iter_rows(min_row=3, values_only=True)]


def test_each_unit_has_its_remarks_with_grounds_and_a_blank_for_the_reply():
    header, *rows = rows_of(remarks_out.remarks(view(), WORD)[1], 0)
    assert header == ["STT", "Mã", "Tên công việc", "Nội dung góp ý", "Căn cứ", "Đề nghị sửa", "Ý kiến giải trình"]
    assert [row[:2] for row in rows] == [
        ["A", "VĂN PHÒNG"], ["1", "VP.02"], ["B", "BAN XÂY DỰNG ĐẢNG"], ["2", "XD.01"], ["3", "XD.02"], ["4", "XD.02"],
    ]  # fmt: skip
    assert rows[1][2:] == [
        "Soạn nghị quyết chuyên đề", "“Kịp thời” không cho biết khi nào là trễ hạn.", "PL3 lưu ý (3)\nPhải sửa",
        "Ghi ngày, hoặc số ngày kể từ một mốc xác định.", "",
    ]  # fmt: skip


@pytest.mark.parametrize("form", Form)
def test_remarks_and_letters_never_have_ones_heading_on_the_others_paper(form):
    head = Head(issuer="Ban Xây dựng Đảng", number="7-CV/BXD", office="Trưởng ban", signer="Trần Văn Mẫu")
    for _name, content in (
        remarks_out.remarks(view(form=form), WORD, head),
        remarks_out.letters(view(form=form), head),
    ):
        text = "\n".join(words(content))
        party, state = "ĐẢNG CỘNG SẢN VIỆT NAM" in text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert (party, state) == (form is Form.PARTY, form is Form.STATE)
        assert "BAN XÂY DỰNG ĐẢNG" in text and "7-CV/BXD" in text and "TRƯỞNG BAN\nTrần Văn Mẫu" in text
        assert "ĐẢNG ỦY XÃ" in text  # the catalogue's own body stands above the one that appraises
        assert "T/M" not in text and "TM." not in text


def test_what_people_decided_stands_in_a_table_of_its_own(at):
    content = remarks_out.remarks(decided(at), WORD)[1]
    assert "VP.02" not in [row[1] for row in rows_of(content, 0)]
    _header, waived, pair = rows_of(content, 1)
    assert waived[1:] == [
        "VP.02", "Soạn nghị quyết chuyên đề", "“Kịp thời” không cho biết khi nào là trễ hạn.", "giữ nguyên",
        "Việc cấp bách.", "Lan\n22/11/2026 14:30",
    ]  # fmt: skip
    assert (pair[1], pair[3:5], pair[6]) == (
        "XD.01", ["Giống công việc của XD.02.", "hai việc khác nhau"], "Hoa\n22/11/2026 14:30",
    )  # fmt: skip
    assert len(sheet_rows(remarks_out.remarks(decided(at), EXCEL)[1], 1)) == 3


def test_only_what_is_open_can_be_asked_for(at):
    content = remarks_out.remarks(decided(at), WORD, open_only=True)[1]
    assert "Các phát hiện đã có ý kiến quyết định" not in words(content)
    assert (
        len(openpyxl.load_workbook(io.BytesIO(remarks_out.remarks(decided(at), EXCEL, open_only=True)[1])).sheetnames)
        == 1
    )


def test_one_unit_alone_hears_only_of_its_lines(at):
    assert remarks_out.units(view()) == ["Văn phòng", "Ban Xây dựng Đảng"]
    for suffix in remarks_out.SUFFIXES:
        name, content = remarks_out.remarks(decided(at), suffix, unit="Ban Xây dựng Đảng")
        assert "ban-xay-dung-dang" in name and name.endswith(suffix)
        text = "\n".join(
            words(content) if suffix == WORD else [str(cell) for row in sheet_rows(content) for cell in row]
        )
        assert "XD.01" in text and "VP.02" not in text and "Lan" not in text


def test_a_workbook_of_remarks_can_be_filtered_and_holds_no_formula():
    content = remarks_out.remarks(view({"task": "=1+1", "department": "@x", "deadline": "-2"}), EXCEL)[1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("A4", "A3")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    header, *rows = sheet_rows(content)
    assert header[-1] == "Ý kiến giải trình" and {row[3] for row in rows} >= {"=1+1"}
    assert min(sheet.column_dimensions[letter].width for letter in "DFH") > 30


def test_each_unit_gets_a_letter_that_asks_politely_and_begins_on_a_page_of_its_own():
    name, content = remarks_out.letters(view(), answer_by=date(2026, 11, 30))
    text = words(content)
    assert name == "hoi-lai-don-vi-danh-muc-2026.docx"
    assert [line for line in text if line.startswith("Kính gửi")] == [
        "Kính gửi: Văn phòng", "Kính gửi: Ban Xây dựng Đảng",
    ]  # fmt: skip
    asked = "- “Kịp thời” không cho biết khi nào là trễ hạn; đề nghị ghi ngày, hoặc số ngày kể từ một mốc xác định."
    assert text.index(asked) == text.index("Dòng 2 · VP.02 · Soạn nghị quyết chuyên đề") + 1
    copied = appraising.letter(view(), "Văn phòng").splitlines()
    assert {line.strip() for line in copied[3:]} <= set(text), "what is copied and what is printed ask the same"
    assert sum("trước ngày 30 tháng 11 năm 2026" in line for line in text) == 2
    sections = docx.Document(io.BytesIO(content)).sections
    assert [section._sectPr.xpath("./w:pgNumType/@w:start") for section in sections] == [["1"], ["1"]]
    assert "{" not in "".join(text)


def test_a_catalogue_that_keeps_every_principle_leaves_nothing_to_ask(at):
    sound = view(ROWS[0])
    assert {one.level for one in sound.open_findings} <= {Level.INFO}
    with pytest.raises(InputError):
        remarks_out.letters(sound)
    assert rows_of(remarks_out.remarks(sound, WORD)[1], 0)[1][0] == "Không có nội dung góp ý."
    with pytest.raises(InputError):
        remarks_out.letters(view(), unit="Trạm Y tế")
    empty = View(Reading(Catalogue("c", "Danh mục"), items_frame([])))
    assert all(remarks_out.remarks(empty, suffix)[1] for suffix in remarks_out.SUFFIXES)


@pytest.mark.parametrize("text", NASTY)
def test_what_people_typed_is_never_markup(text, at):
    rows = {"task": text, "department": text, "deadline": "Kịp thời", "code": text}
    first = view(rows)
    (finding,) = [one for one in first.findings if one.check == "vague-deadline"]
    waived = appraising.waive(first, [finding], text, actor=text, at=at)
    nasty = view(rows | {"measure": ""}, decisions=tuple(write.new for write in waived), guidance="phu_luc_3")
    head = Head(issuer=text, number=text, place=text, office=text, signer=text, recipients=(text,))
    for _name, content in (remarks_out.remarks(nasty, WORD, head), remarks_out.letters(nasty, head)):
        said = words(content)
        assert f"- {text}" in said and not any("49" in line for line in said)


def test_the_paper_is_vietnamese_and_the_workbook_speaks_the_readers_language(monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: "en")
    paper = "\n".join(words(remarks_out.remarks(view(), WORD)[1]) + words(remarks_out.letters(view())[1]))
    assert "không cho biết khi nào là trễ hạn" in paper and "does not tell" not in paper
    header, *rows = sheet_rows(remarks_out.remarks(view(), EXCEL)[1])
    assert header[-1] == "Reply" and not any("trễ hạn" in str(row[5]) for row in rows)


@pytest.mark.parametrize("spoken", ["vi", "en"])
@pytest.mark.parametrize("suffix", remarks_out.SUFFIXES)
def test_a_sheet_of_remarks_is_not_read_as_a_catalogue(suffix, spoken, at, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: spoken)
    name, content = remarks_out.remarks(decided(at), suffix)
    with pytest.raises(NeedsPointing):
        read(content, name, guidance.get("phu_luc_3"))


def test_a_catalogue_with_columns_of_remarks_beside_it_is_read(tmp_path):
    columns = "Mã,Tên công việc,Sản phẩm,Đơn vị tính,Nội dung góp ý,Đề nghị sửa,Ý kiến giải trình"
    text = f"{columns}\nVP.01,Đăng ký văn bản,Văn bản,văn bản,Chưa rõ,Sửa lại,Đã sửa\n"
    (item,) = read(text.encode(), "a.csv", guidance.get("phu_luc_3")).items
    assert (item["task"], item["product"]) == ("Đăng ký văn bản", "Văn bản")


def test_a_catalogue_taken_out_says_what_was_decided(at):
    told = decided(at)
    rulings = json.loads(services.take_out(told, ".json"))["rulings"]
    assert [(one["line"], one["other_line"], one["verdict"], one["by"]) for one in rulings] == [
        (2, None, "waived", "Lan"),
        (3, 4, "different", "Hoa"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(services.take_out(told, ".xlsx")))
    rows = list(book["Phát hiện"].iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows if row[9]] == [2, 3]


def test_a_decision_about_words_that_changed_is_taken_out_no_more(at):
    before = decided(at)
    rows = [dict(row) for row in ROWS]
    rows[1]["deadline"] = "Sớm nhất có thể"
    after = view(*rows, decisions=before.reading.decisions)
    assert [one["by"] for one in json.loads(services.take_out(after, ".json"))["rulings"]] == ["Hoa"]
    assert "VP.02" in [row[1] for row in rows_of(remarks_out.remarks(after, WORD)[1], 0)]
