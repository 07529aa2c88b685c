"""The Word and the PDF form say what the catalogue holds, on the right paper, and nothing typed is markup."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kpicat import guidance, language
from kpicat.exchange import read, write
from kpicat.exchange.forms import paper, pdf
from kpicat.exchange.forms.columns import PAPER_WIDTH
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.numerals import letters, number, roman, written_day
from kpicat.model import FIELDS, Catalogue, Form, Item, Kind, Reading, items_frame
from kpicat.text.normalise import tidy

PL3, FRAMES = guidance.get("phu_luc_3"), guidance.get("khung_xa")
PDFTOTEXT, PDFFONTS, PDFINFO = map(shutil.which, ("pdftotext", "pdffonts", "pdfinfo"))
needs_poppler = pytest.mark.skipif(
    not (PDFTOTEXT and PDFFONTS and PDFINFO), reason="POPPLER IS MISSING: what the PDF says was NOT looked at"
)
DECISION = Decision(
    superior="Tỉnh ủy",
    number="12-QĐ/ĐU",
    day=date(2026, 2, 5),
    place="An Bình",
    on_behalf="Ban Thường vụ",
    office="Bí thư",
    signer="Trần Văn Mẫu",
    recipients=("Ban Tổ chức Tỉnh ủy,", "Lưu Văn phòng."),
)
NASTY = ["{{ 7*7 }}", "{% for %}", "{_{ x }_}", "<w:p>", "a & b < c", "#strong[x]", "$x$ *y* _z_", "&amp;", '"\\n"']


def reading(*rows, form=Form.PARTY, body="Đảng ủy xã An Bình", **about):
    items = items_frame(Item(str(n), row) for n, row in enumerate(rows))
    return Reading(Catalogue("c", "Danh mục", body, "2026", form=form, **about), items)


def words(content):
    """Every paragraph of a .docx, tables included, in order."""
    body = docx.Document(io.BytesIO(content)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def rows_of(content):
    """The rows of the catalogue's table, without that of who signs, which has no lines around it."""
    tables = docx.Document(io.BytesIO(content)).tables
    (table,) = [table for table in tables if table._tbl.xpath("./w:tr/w:trPr/w:tblHeader")]
    return [row for row in table._tbl.findall(qn("w:tr")) if not row.xpath("./w:tc/w:tcPr/w:tcBorders")]


def cells(row):
    return ["\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in c.iter(qn("w:p"))) for c in row.tc_lst]


def pdf_words(content, *more):
    told = subprocess.run([PDFTOTEXT, *more, "-", "-"], input=content, capture_output=True, check=True)
    return told.stdout.decode()


LINE = {"code": "VP.01", "task": "Tiếp công dân", "product": "Biên bản", "tier": 3, "quantity": Decimal("1250.5")}


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("suffix", [".docx", pytest.param(".pdf", marks=needs_poppler)])
def test_never_ones_heading_on_the_others_paper(form, suffix):
    content = write(reading(LINE, form=form), PL3, suffix, decision=DECISION)
    text = "\n".join(words(content)) if suffix == ".docx" else pdf_words(content)
    party = ("ĐẢNG CỘNG SẢN VIỆT NAM", "T/M BAN THƯỜNG VỤ", "Số 12-QĐ/ĐU")
    state = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "TM. BAN THƯỜNG VỤ", "Số: 12-QĐ/ĐU")
    there, absent = (party, state) if form is Form.PARTY else (state, party)
    assert all(said in text for said in there)
    assert not any(said in text for said in absent)


@pytest.mark.parametrize("form", Form)
def test_the_decision_stands_in_its_places(form):
    text = words(write(reading(LINE, form=form), PL3, ".docx", decision=DECISION))
    for said in (
        "TỈNH ỦY",
        "ĐẢNG ỦY XÃ AN BÌNH",
        "An Bình, ngày 05 tháng 02 năm 2026",
        "(Kèm theo Quyết định số 12-QĐ/ĐU ngày 05 tháng 02 năm 2026 của Đảng ủy xã An Bình)",
        "BÍ THƯ",
        "Trần Văn Mẫu",
        "- Ban Tổ chức Tỉnh ủy,",
        "- Lưu Văn phòng.",
        "Đơn vị sản phẩm/công việc chuẩn (100 điểm, hệ số 1): chưa chọn",
    ):
        assert said in text, said


def test_what_is_not_known_is_dotted():
    text = "\n".join(words(write(reading(LINE), PL3, ".docx")))
    assert "Số ……-QĐ/……" in text and "ngày … tháng … năm ……" in text
    assert "None" not in text


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_paper_is_vietnamese_whoever_takes_it_out(spoken, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: spoken)
    header, line, *_rest = rows_of(write(reading(LINE), PL3, ".docx"))
    assert cells(header) == [
        "STT", "Mã", "Nhiệm vụ/Công việc", "Sản phẩm đầu ra", "Số lượng", "Mức", "Điểm", "Hệ số", "SL quy đổi",
    ]  # fmt: skip
    assert cells(line) == ["1", "VP.01", "Tiếp công dân", "Biên bản", "1.250,5", "3", "150", "1,50", "1.875,75"]


def test_the_total_is_the_exact_sum():
    rows = [{"task": "a", "tier": 2, "quantity": Decimal("0.1")}] * 30
    assert cells(rows_of(write(reading(*rows), PL3, ".docx"))[-1])[:2] == ["Cộng", "3,6"]


def test_headings_stand_once_over_all_their_items_and_the_number_goes_through():
    rows = [
        {"task": task, "department": department, "group": group}
        for task, department, group in (
            ("một", "Văn phòng", "Văn thư"),
            ("hai", "Ban Xây dựng Đảng", "Tổ chức"),
            ("ba", "Văn phòng", "Tổng hợp"),
            ("bốn", "Văn phòng", "Văn thư"),
            ("năm", "", "Văn thư"),
        )
    ]
    made = rows_of(write(reading(*rows), PL3, ".docx"))[1:-1]
    table = [[text.upper() if row.xpath(".//w:caps") else text for text in cells(row)[:2]] for row in made]
    assert table == [
        ["A", "VĂN PHÒNG"], ["I", "Văn thư"], ["1", "một"], ["2", "bốn"], ["II", "Tổng hợp"], ["3", "ba"],
        ["B", "BAN XÂY DỰNG ĐẢNG"], ["I", "Tổ chức"], ["4", "hai"],
        ["C", "CHƯA GHI PHÒNG, BAN"], ["I", "Văn thư"], ["5", "năm"],
    ]  # fmt: skip


def test_columns_nobody_filled_are_left_out_and_the_others_fill_the_page():
    full = {name: "chữ" for name, field in FIELDS.items() if field.kind is Kind.TEXT} | LINE
    for rows in ([LINE], [full], [], [{"task": "x" * 300, "note": "ghi chú rất dài " * 40}, full]):
        made = paper.paper(reading(*rows), PL3, Decision())
        assert sum(made.layout.widths) == pytest.approx(PAPER_WIDTH)
        assert min(made.layout.widths) > 8
    assert [column.heading for column in paper.paper(reading(LINE), PL3, Decision()).columns].count("Ghi chú") == 0


def test_the_table_repeats_its_header_and_keeps_rows_whole():
    header, *others = rows_of(write(reading(*[LINE] * 40), PL3, ".docx"))
    assert header.xpath("./w:trPr/w:tblHeader")
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in others)


def test_the_page_lies_down_with_the_margins_of_an_office_and_is_numbered_from_the_second():
    section = docx.Document(io.BytesIO(write(reading(LINE), PL3, ".docx"))).sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [297, 210]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    assert section.different_first_page_header_footer
    assert "PAGE" in etree.tostring(section.header._element).decode()
    assert not section.first_page_header.paragraphs or not section.first_page_header.paragraphs[0].text


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("form", Form)
def test_what_people_typed_is_never_markup_in_word(text, form):
    rows = {name: text for name, field in FIELDS.items() if field.kind is Kind.TEXT} | {"standard_unit": True}
    told = Decision(
        superior=text, number=text, place=text, on_behalf=text, office=text, signer=text, recipients=(text,)
    )
    said = words(write(reading(rows, body=text, form=form), PL3, ".docx", decision=told))
    assert said.count(text) >= 4  # a cell, the signer, …
    assert f"- {text}" in said
    assert not any("49" in line for line in said)


@needs_poppler
@pytest.mark.parametrize("text", NASTY)
def test_what_people_typed_is_never_markup_in_pdf(text):
    told = Decision(signer=text, recipients=(text,))
    content = pdf_words(write(reading({"task": text, "note": "x"}), PL3, ".pdf", decision=told), "-raw")
    assert " ".join(content.split()).count(text) >= 2


@given(st.text(max_size=30))
@settings(max_examples=40)
def test_any_text_makes_a_document_that_opens(text):
    content = write(reading({"task": text, "group": text}, body=text), PL3, ".docx", decision=Decision(signer=text))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        etree.fromstring(parts.read("word/document.xml"))
    assert docx.Document(io.BytesIO(content)).tables


@given(st.text(max_size=30))
@settings(max_examples=25)
def test_any_text_makes_a_pdf(text):
    assert write(reading({"task": text, "group": text}, body=text), PL3, ".pdf").startswith(b"%PDF")


def test_what_typst_remembers_is_not_kept_in_the_server():
    write(reading(LINE), PL3, ".pdf")
    assert "typst" not in sys.modules


def test_a_template_that_cannot_be_laid_out_is_no_empty_file():
    with pytest.raises(RuntimeError, match=r"form\.typ"):
        pdf.compiled("form.typ", {"paper": {}})


@needs_poppler
def test_the_pdf_brings_its_fonts_and_its_title_and_its_text_can_be_found():
    content = write(reading(LINE | {"note": "Ưu tiên, ghi rõ hạn: ẩ ẫ ậ ặ ễ ỗ ợ ữ ỵ Đ đ"}), PL3, ".pdf")
    fonts = subprocess.run([PDFFONTS, "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert all("LiberationSerif" in line and " yes yes yes " in line for line in fonts.splitlines()[2:])
    about = subprocess.run([PDFINFO, "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert "DANH MỤC SẢN PHẨM/CÔNG VIỆC QUY ĐỔI của Đảng ủy xã An Bình năm 2026" in about
    text = " ".join(pdf_words(content).split())
    assert "Tiếp công dân" in text and "ẩ ẫ ậ ặ ễ ỗ ợ" in text and "1.875,75" in text


def test_brought_in_again_the_pdf_says_that_texts_in_one_cell_are_not_told_apart(in_english):
    said = [("Ban Xây dựng Đảng", "Đoàn thể, hội quần chúng"), ("TỔNG HỢP", "Công tác tổ chức")]
    lines = [LINE | {"detail": "Ghi sổ", "department": unit, "group": group} for unit, group in said]
    found = read(write(reading(*lines), PL3, ".pdf"), "a.pdf", PL3)
    assert [item["code"] for item in found.items] == ["VP.01"] * 2
    assert [(item["department"].upper(), item["group"]) for item in found.items] == [(u.upper(), g) for u, g in said]
    assert sum("share a cell" in remark.reason for remark in found.report.remarks) == 1


@needs_poppler
def test_the_pdf_repeats_the_header_on_each_page_and_numbers_from_the_second():
    pages = pdf_words(write(reading(*[LINE] * 80), PL3, ".pdf"), "-layout").split("\f")[:-1]
    assert len(pages) > 2
    assert all("Nhiệm vụ/Công việc" in page for page in pages[:-1])
    assert [page.strip().splitlines()[0].strip() for page in pages[1:]] == [str(n + 2) for n in range(len(pages) - 1)]
    assert pages[0].strip().splitlines()[0].strip() != "1"


@needs_poppler
def test_nobody_signs_the_pdf_on_a_page_that_holds_nothing_else():
    lines = [{"task": f"Việc {n}", "product": "Sổ"} for n in range(14)]  # with the total they fill the first page
    first, last = pdf_words(write(reading(*lines), PL3, ".pdf", decision=DECISION)).split("\f")[:-1]
    assert "Việc 12" in first and "Nơi nhận" in last
    assert "Việc 13" in last and "Cộng" in last and "Cộng" not in first  # the last line goes with the total


@needs_poppler
def test_a_text_longer_than_a_page_and_a_word_wider_than_its_column_are_printed_whole():
    long, wide = " ".join(f"chữ{n}" for n in range(2_000)), "DAI" * 20
    text = pdf_words(write(reading({"task": long, "code": wide, "note": "x"}), PL3, ".pdf"), "-raw")
    assert all(f"chữ{n}" in text for n in range(2_000))
    assert text.count("DAI") + text.count("DA") >= 20


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1234.5", 0, "1.234,5"),
        ("1.5", 2, "1,50"),
        ("-0.5", 0, "-0,5"),
        ("1E+6", 0, "1.000.000"),
        ("1.125", 2, "1,125"),
    ],
)
def test_numbers_the_vietnamese_way(value, decimals, text):
    assert number(Decimal(value), decimals) == text


def test_days_and_marks_as_documents_write_them():
    assert written_day(date(2026, 10, 9)) == "ngày 09 tháng 10 năm 2026"
    assert written_day(date(2026, 3, 31)) == "ngày 31 tháng 3 năm 2026"
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["I", "IV", "IX", "XIV", "XL", "XCIX"]
    assert [letters(n) for n in (1, 26, 27, 53)] == ["A", "Z", "AA", "BA"]


def test_the_scale_is_the_catalogues_own():
    made = paper.paper(reading(LINE), PL3.adjusted('{"complex": {"points": 160}}'), Decision())
    assert made.scale[2] == ("3", "Khó, phức tạp, mới phát sinh", "160", "1,60")
    assert paper.paper(reading(LINE), FRAMES, Decision()).scale[0] == ("1", "Nhóm N1", "1–10", "0,20–2,00")


ON_PAPER = tuple(name for name in FIELDS if name != "coefficient")  # ours is computed, not kept


@pytest.mark.parametrize("form", Form)
def test_what_stands_on_the_paper_to_be_signed_comes_back_field_by_field(form):
    whole = {name: f"{name} số một" for name, field in FIELDS.items() if field.kind is Kind.TEXT} | LINE
    lines = [
        whole | {"department": "Văn phòng", "group": "Mặt trận"},
        {"code": "A2", "task": "Trực", "quality": "Đủ ca", "detail": "Ngày\nĐêm"} | {"department": "Văn phòng"},
        {"code": "A3", "detail": "Chỉ có chi tiết", "position": "Bí thư", "points": Decimal(137)},
    ]
    found = read(write(reading(*lines, form=form), PL3, ".docx"), "a.docx", PL3)
    assert on_paper(found.items) == [
        {name: line.get(name, FIELDS[name].empty) for name in ON_PAPER}
        | {"points": line.get("points", Decimal(150) if line.get("tier") else None)}
        for line in lines
    ]
    assert "bản để ký" in found.report.remarks[0].reason


def on_paper(items):
    return [{name: item[name] for name in ON_PAPER} for item in items]


def said_of(name):
    """Words no two fields share, which no reader takes for a heading, a total or a number."""
    signs = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ,.;:%/-", max_size=30)
    return signs.map(lambda text: tidy(f"Soạn {text} cho {name}"))


LINES = st.fixed_dictionaries(
    {"task": said_of("task")},
    optional={name: said_of(name) for name, field in FIELDS.items() if field.kind is Kind.TEXT and name != "task"}
    | {
        "tier": st.integers(1, 4),
        "quantity": st.integers(0, 9_999).map(Decimal),
        "standard_unit": st.just(True),
        "detail": st.lists(said_of("detail"), min_size=1, max_size=3).map("\n".join),
    },
)


@given(st.lists(LINES, min_size=1, max_size=6))
@settings(max_examples=25)
def test_whatever_a_line_says_comes_back_from_the_paper(lines):
    catalogue = reading(*lines)
    found = read(write(catalogue, PL3, ".docx"), "a.docx", PL3)
    wanted = [Item("", {**line, "points": PL3.tier(line["tier"]).lowest if "tier" in line else None}) for line in lines]
    by_words = sorted(on_paper(wanted), key=repr)
    assert sorted(on_paper(found.items), key=repr) == by_words


@pytest.mark.parametrize("form", Form)
def test_the_line_that_is_the_standard_unit_has_the_sign_of_the_sentence_that_names_it(form):
    lines = [LINE, LINE | {"code": "VP.02", "task": "Họp", "standard_unit": True}]
    content = write(reading(*lines, form=form), PL3, ".docx")
    assert "(*) Đơn vị sản phẩm/công việc chuẩn (100 điểm, hệ số 1): VP.02 – Họp" in words(content)
    assert [cells(row)[0] for row in rows_of(content)[1:-1]] == ["1", "2\n(*)"]
    assert "(*)" not in "".join(words(write(reading(LINE, form=form), PL3, ".docx")))


def test_duty_frequency_and_grounds_are_said_where_the_form_has_no_column_for_them():
    line = LINE | {"duty": "Tiếp công dân theo Luật", "frequency": "02 lần/tháng", "rationale": "Có quy trình rõ"}
    header, first, *_rest = rows_of(write(reading(line), PL3, ".docx"))
    said = dict(zip(cells(header), cells(first), strict=True))
    assert said["Nhiệm vụ/Công việc"] == "Tiếp công dân\nNhiệm vụ được giao: Tiếp công dân theo Luật"
    assert said["Thời hạn hoàn thành"] == "Tần suất: 02 lần/tháng"
    assert said["Ghi chú"] == "Căn cứ xếp mức: Có quy trình rõ"


@pytest.mark.parametrize("form", Form)
def test_in_word_the_last_line_the_total_and_who_signs_stay_on_one_page(form):
    for lines in ([], [LINE], [LINE] * 40, [LINE | {"group": "Văn thư"}] * 3):
        content = write(reading(*lines, form=form), PL3, ".docx", decision=DECISION)
        body = docx.Document(io.BytesIO(content)).element.body
        rows = body.findall(qn("w:tbl"))[-1].findall(qn("w:tr"))
        *_others, line, total, signed = rows
        assert "Trần Văn Mẫu" in "".join(cells(signed)) and "Cộng" in cells(total)
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
        assert all(kept(paragraph) for row in (line, total) for paragraph in row.iter(qn("w:p")))


def kept(paragraph):
    return paragraph.xpath("./w:pPr/w:keepNext[not(@w:val='0')]")
