"""Forms of one work each, their headings under each other, as the line each of them is."""

import io

import docx

from kpicat.exchange import read
from kpicat.guidance import get
from tests.exchange.found import column, reasons

PL3 = get("phu_luc_3")
FIRST = [
    ["Tên công việc:", "Rà soát biên chế"],
    ["Sản phẩm:", "Báo cáo rà soát"],
    ["Thời hạn:", "Trước ngày 15/6"],
    ["Số lượng:", "1.200 hồ sơ"],
]
SECOND = [
    ["Tên công việc", "Trả kết quả thủ tục hành chính"],
    ["Sản phẩm", "Kết quả được trả"],
    ["Người thực hiện", "Lê Văn Tư"],
    ["Số lượng", "3"],
]


def test_forms_under_each_other_are_a_line_each_and_every_row_is_told(taken):
    rows = [["PHIẾU GIAO VIỆC", None], *FIRST, ["Phòng Nội vụ", None], *SECOND, [None, "TRƯỞNG PHÒNG"]]
    found = taken(rows)
    assert column(found, "task") == ["Rà soát biên chế", "Trả kết quả thủ tục hành chính"]
    assert column(found, "product") == ["Báo cáo rà soát", "Kết quả được trả"]
    assert column(found, "quantity") == [1200, 3]
    assert column(found, "deadline") == ["Trước ngày 15/6", ""]
    assert column(found, "responsible") == ["", "Lê Văn Tư"]
    assert column(found, "department") == ["", "Phòng Nội vụ"]
    assert [item.source.row for item in found.items] == [2, 7]
    assert sorted(reasons(found)) == [3, 4, 5, 6, 8, 9, 10, 11]


def test_two_headings_of_a_form_may_stand_in_a_row_and_be_numbered(taken):
    rows = [
        [1, "Tên công việc", "Tuyển dụng công chức"],
        [2, "Sản phẩm", "Quyết định", None, "Điểm", 20],
        [3, "Mã vạch", "A-17"],
    ]
    (item,) = taken(rows).items
    assert (item["task"], item["product"], item["points"]) == ("Tuyển dụng công chức", "Quyết định", 20)


def test_a_heading_and_what_it_says_may_stand_in_one_cell(taken):
    (item,) = taken([["Công việc: Kiểm kê tài sản"], ["Sản phẩm: Biên bản"], ["Định kỳ: Hằng quý"]]).items
    assert (item["task"], item["product"], item["frequency"]) == ("Kiểm kê tài sản", "Biên bản", "Hằng quý")


def test_each_table_of_a_document_may_be_such_a_form():
    document = docx.Document()
    for form in (FIRST, SECOND):
        table = document.add_table(rows=0, cols=2)
        for texts in form:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Các ý kiến khác")
    content = io.BytesIO()
    document.save(content)
    found = read(content.getvalue(), "a.docx", PL3)
    assert column(found, "task") == ["Rà soát biên chế", "Trả kết quả thủ tục hành chính"]
    assert column(found, "quantity") == [1200, 3]


def test_a_guide_to_the_columns_of_a_form_is_no_work(taken):
    guide = [
        ["Tên công việc", "Ghi đúng tên việc được giao"],
        ["Sản phẩm", "Ghi kết quả cuối cùng"],
        ["Thời hạn", "Ghi thời điểm phải xong"],
        ["Số lượng", "Ghi bằng số"],
    ]
    catalogue = [["STT", "Tên công việc", "Sản phẩm"], [1, "Cấp giấy phép", "Giấy phép"]]
    assert column(taken(sheets={"Hướng dẫn": guide, "DM": catalogue}), "task") == ["Cấp giấy phép"]


def test_labels_under_the_works_of_a_table_make_no_form_of_it(taken):
    labels = [[None, "Sản phẩm: Sổ"], [None, "Thời hạn: Mỗi quý một lần"], [None, "Số lượng: 4"]]
    works = [[1, "Vận hành một cửa điện tử"], *labels, [2, "Bảo trì mạng nội bộ"], *labels]
    found = taken([["STT", "Nội dung công việc"], *works])
    assert column(found, "task") == ["Vận hành một cửa điện tử", "Bảo trì mạng nội bộ"]
    assert column(found, "quantity") == [4, 4]
