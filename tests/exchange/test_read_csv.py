"""Text tables: whatever the encoding and the separator."""

import unicodedata

import pytest

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import Pointed, read

TEXT = 'Mã CV,Nhiệm vụ,Sản phẩm,Số lượng\nVP.01,"Tiếp công dân, định kỳ",Sổ,"1,5"\nVP.02,Báo cáo,Báo cáo,12\n'


def as_cp1258_spells(letter):
    """The code page has ê and ô, and tone marks that follow their letter."""
    marks = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones)) + tones


def check(found):
    assert [item["task"] for item in found.items] == ["Tiếp công dân, định kỳ", "Báo cáo"]
    assert [str(item["quantity"]) for item in found.items] == ["1.5", "12"]
    assert [item.source.row for item in found.items] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_unicode(csv_taken, encoding):
    check(csv_taken(TEXT, encoding))


def test_the_old_vietnamese_code_page(csv_taken):
    check(csv_taken("".join(map(as_cp1258_spells, TEXT)), "cp1258"))


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_every_separator(csv_taken, separator):
    check(csv_taken(TEXT.replace('"Tiếp công dân, định kỳ"', "\0").replace('"1,5"', "\1").replace(",", separator)
                    .replace("\0", '"Tiếp công dân, định kỳ"').replace("\1", "1,5")))  # fmt: skip


def test_a_spreadsheets_own_line_about_the_separator(csv_taken):
    found = csv_taken("sep=;\ncode;task\nVP.01;Tiếp dân\n")
    assert found.items[0]["task"] == "Tiếp dân"
    assert found.items[0].source.row == 3


def test_identifiers_of_the_fields_head_a_scripts_file(csv_taken):
    found = csv_taken("id,task,product,deadline,tier,standard_unit\np1,Tiếp dân,Sổ,quý I,2,x\np2,,Báo cáo,,,\n")
    first, second = found.items
    assert (first["code"], first["deadline"], first["tier"], first["standard_unit"]) == ("p1", "quý I", 2, True)
    assert (second["code"], second["task"]) == ("p2", "")


def test_in_a_scripts_file_each_row_stands_for_itself(csv_taken):
    found = csv_taken("code,task,product\nA,BÁO CÁO QUÝ,Báo cáo\nB,TIẾP CÔNG DÂN,\nC,,Sổ\n,,Biên bản\n")
    assert [item["task"] for item in found.items] == ["BÁO CÁO QUÝ", "TIẾP CÔNG DÂN", "", ""]


def test_one_column_of_works_is_enough(csv_taken):
    assert [item["task"] for item in csv_taken("task\nTiếp dân\nBáo cáo\n").items] == ["Tiếp dân", "Báo cáo"]


def test_the_apostrophe_that_disarms_a_formula_is_taken_off(csv_taken):
    assert csv_taken("task,product\nTiếp dân,'=Sổ\n").items[0]["product"] == "=Sổ"


def test_a_quotation_mark_never_closed_is_named_with_its_line(csv_taken):
    with pytest.raises(InputError, match="3"):
        csv_taken('task,product\nA,B\nC,"D\nE,F\n')


def test_rows_are_numbered_as_a_spreadsheet_shows_them(csv_taken):
    found = csv_taken('task,product\n\n"Tiếp\ndân",Sổ\nBáo cáo,Báo cáo\n')
    assert [item.source.row for item in found.items] == [3, 4]


def test_a_workbook_called_csv_is_read_as_what_it_is(book):
    content = book([["Nhiệm vụ", "Sản phẩm"], ["Tiếp dân", "Sổ"]])
    assert read(content, "a.csv", guidance.get("phu_luc_3")).items[0]["task"] == "Tiếp dân"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\0\0\0\0", b"\x81\x8d\x8f\x90" * 9, b" \n,,\n"])
def test_what_is_no_text_is_refused_in_one_sentence(content):
    with pytest.raises(InputError):
        read(content, "a.csv", guidance.get("phu_luc_3"))


def test_a_row_longer_than_the_header_is_named_because_a_comma_has_split_a_value(csv_taken):
    found = csv_taken("Công việc,Sản phẩm,Số lượng,Điểm\nHọp,Biên bản,2,100\nTiếp dân,Sổ,1,5,100\nTrực,Sổ,1,100,,\n")
    assert len(found.items) == 3
    (remark,) = [remark for remark in found.report.remarks if remark.row == 3]
    assert remark.text == "Tiếp dân | Sổ | 1 | 5 | 100"


def test_a_header_of_two_rows_is_as_wide_as_both(csv_taken):
    found = csv_taken("STT,Công việc,Kết quả,,Điểm\n,,Sản phẩm,ĐVT,\n1,Tiếp công dân,Sổ,lượt,100\n")
    assert not found.report.remarks


def test_a_title_longer_than_the_header_is_no_matter(csv_taken):
    found = csv_taken("DANH MỤC, năm 2026, ban hành, kèm theo, QĐ\nCông việc,Sản phẩm,Điểm\nHọp,Biên bản,100\n")
    assert not found.report.remarks


def test_a_table_that_is_left_out_is_said_to_be():
    found = read(TEXT.encode(), "a.csv", guidance.get("phu_luc_3"), pointed={"a": Pointed(None)})
    assert not found.items and [entry.sheet for entry in found.report.left_out] == ["a"]
