"""Every part of a dossier opens and says the same numbers; what is missing is said."""

from __future__ import annotations

import hashlib
import io
import json
from decimal import Decimal

import openpyxl
import pypdfium2

from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.numerals import number
from kpicat.services import appraising
from kpicat.services.dossier import dossier_name
from tests.services.dossier.filed import cells, parts, words


def test_its_files_are_ordered_and_named_so_that_every_program_shows_them(whole):
    names = list(parts(whole[1]))
    assert names == sorted(names) == [
        "00-muc-luc-ho-so.docx", "01-to-trinh.docx", "02-danh-muc-quy-doi.docx", "03-danh-muc-quy-doi.pdf",
        "04-danh-muc-quy-doi.xlsx", "05-phat-hien-va-giai-trinh.docx", "06-bien-ban-bieu-quyet.docx",
        "07-thay-doi-so-voi-ban-truoc.docx", "08-noi-dung-danh-muc.json", "09-ma-kiem-tra.json",
    ]  # fmt: skip
    desk, _content = whole
    assert dossier_name(desk.view) == "ho-so-trinh-danh-muc-nam-2026-2026.zip"


def test_every_total_is_the_one_of_the_workbook_to_the_last_digit(whole):
    desk, content = whole
    files = parts(content)
    book = openpyxl.load_workbook(io.BytesIO(files["04-danh-muc-quy-doi.xlsx"]), data_only=True)
    (total,) = [Decimal(str(row[4])) for row in book["Theo mức"].iter_rows(values_only=True) if row[0] == "Tổng cộng"]
    assert total == desk.view.figures.converted_total == Decimal("33.30518505")
    written = number(total)
    content_of = json.loads(files["08-noi-dung-danh-muc.json"], parse_float=Decimal, parse_int=Decimal)
    assert sum(each["converted"].get("converted_quantity", 0) for each in content_of["items"]) == total
    told = json.loads(files["09-ma-kiem-tra.json"])
    assert (Decimal(told["converted_total"]), told["items"]) == (total, 3)
    pdf = pypdfium2.PdfDocument(files["03-danh-muc-quy-doi.pdf"])
    assert written in "".join(page.get_textpage().get_text_bounded() for page in pdf)
    for name in ("00-muc-luc-ho-so", "01-to-trinh", "02-danh-muc-quy-doi", "07-thay-doi-so-voi-ban-truoc"):
        assert written in words(files[f"{name}.docx"]), name
    tiers = next(rows for rows in (cells(files["01-to-trinh.docx"], n) for n in range(3)) if rows[0][0] == "Mức")
    assert tiers[-1][-2:] == ["3", written]


def test_nothing_that_people_typed_is_a_formula_or_markup(whole):
    files = parts(whole[1])
    book = openpyxl.load_workbook(io.BytesIO(files["04-danh-muc-quy-doi.xlsx"]))
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "2+5" in str(cell.value)]
    assert typed and not [cell for cell in typed if cell.data_type == "f"]
    for name in ("02-danh-muc-quy-doi", "05-phat-hien-va-giai-trinh", "06-bien-ban-bieu-quyet"):
        assert "=2+5 <w:p> {{ 7*7 }}" in words(files[f"{name}.docx"]), name
    assert "Kính gửi: Ban Thường vụ <b>" in words(files["01-to-trinh.docx"])


def test_the_letter_says_what_is_known_and_dots_what_is_not(whole):
    letter = words(parts(whole[1])["01-to-trinh.docx"])
    for said in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ ÍCH", "Số ……-TTr/……", "Ích, ngày … tháng … năm ……", "TỜ TRÌNH",
                 "Căn cứ Phụ lục 3: gợi ý", "Căn cứ …………;", "PL3 §2 bước 3", "BÍ THƯ",
                 "So với bản 1 (Quyết định số 12-QĐ/ĐU ngày 22 tháng 11 năm 2026): thêm 1 dòng, bỏ 1 dòng, sửa 1 dòng",
                 "1 cuộc họp, 1 nội dung được biểu quyết"):  # fmt: skip
        assert said in letter, said
    assert "CỘNG HÒA" not in letter and "{" not in letter.replace("{{ 7*7 }}", "") and "None" not in letter


def test_the_list_of_contents_says_where_it_stands_and_how_to_check_it(whole):
    files = parts(whole[1])
    first = words(files["00-muc-luc-ho-so.docx"])
    assert "đã trình phê duyệt lúc" in first and "người trình: Lan" in first
    hashed = hashlib.sha256(files["08-noi-dung-danh-muc.json"]).hexdigest()
    assert hashed in first and hashed in words(files["01-to-trinh.docx"])
    assert "certutil -hashfile 08-noi-dung-danh-muc.json SHA256" in first
    assert all(name in first for name in files)


def test_each_change_since_the_last_version_is_said_cell_by_cell(whole):
    rows = cells(parts(whole[1])["07-thay-doi-so-voi-ban-truoc.docx"], 1)
    told = {row[1]: row[3:] for row in rows[1:4]}
    assert told["01"] == [
        "sửa", "Thời hạn hoàn thành: – → Ngày 5 hằng tháng\nSố lượng: 24 → 30", "24", "30", "+6",
    ]  # fmt: skip
    assert (told["04"][0], told["04"][2:]) == ("thêm", ["", "0,12", "+0,12"])
    assert (told["03"][0], told["03"][2:]) == ("bỏ", ["", "", "0"])
    assert rows[4][5:] == ["27,18518505", "33,30518505", "+6,12"]


def test_findings_are_told_with_the_reasons_for_letting_them_stand(whole):
    desk, content = whole
    files = parts(content)
    told = words(files["05-phat-hien-va-giai-trinh.docx"])
    assert told.count("Đã báo cáo") == len(appraising.settled(desk.view)) > 0 and "Hoa" in told
    assert "còn 0 phát hiện phải sửa" in told
    assert "Ủy viên" in words(files["06-bien-ban-bieu-quyet.docx"])


def test_the_same_state_and_moment_make_the_same_bytes(whole):
    desk, content = whole
    assert desk.made(to="Ban Thường vụ <b>", head=Decision(place="Ích", office="Bí thư")) == content
