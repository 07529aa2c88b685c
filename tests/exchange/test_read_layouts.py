"""What the rows of a layout mean, beside which columns it has."""

import pytest

from kpicat.exchange import Pointed
from tests.exchange.found import column, reasons

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm đầu ra", "Điểm"]
ONE = [1, "Tiếp công dân định kỳ", "Sổ tiếp công dân", 100]
TWO = [2, "Lập báo cáo tháng", "Báo cáo tháng", 120]


@pytest.mark.parametrize("mark", ["x", "X", "✓", "*", "+", "ü"])
def test_a_tick_under_a_tier_is_the_lines_tier(taken, mark):
    head = ["STT", "Nhiệm vụ", "Sản phẩm", "Mức 1", "Mức 2", "Mức 3", "Mức 4"]
    read = taken(
        [head, [1, "Tiếp dân", "Sổ", mark], [2, "Thẩm tra", "Hồ sơ", None, None, mark], [3, "Họp", "Biên bản"]]
    )
    assert column(read, "tier") == [1, 3, None]
    assert not read.report.remarks


def test_two_ticks_are_no_tier_and_are_kept_in_words(taken):
    read = taken([["STT", "Nhiệm vụ", "Sản phẩm", "Mức 1", "Mức 2"], [1, "Tiếp dân", "Sổ", "x", "x"], TWO[:3]])
    assert column(read, "tier") == [None, None]
    assert "Mức 1; Mức 2" in read.items[0]["note"]
    assert any(remark.row == 2 for remark in read.report.remarks)


def test_points_under_the_tiers_are_the_lines_points_and_say_its_tier(taken):
    rows = [
        ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm chấm", None, None],
        [None, None, None, "Mức 1", "Mức 2 (120)", "Mức 3"],
        [1, "Tiếp dân", "Sổ", 100, None, None],
        [2, "Thẩm tra", "Hồ sơ", None, "120 ", None],
        [3, "Họp", "Biên bản", 100, None, 150],
    ]
    read = taken(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:F1"])
    assert column(read, "points") == [100, 120, None]
    assert column(read, "tier") == [1, 2, None]
    assert "Mức 1: 100; Mức 3: 150" in read.items[2]["note"]


def test_quantities_under_the_tiers_are_no_points(taken):
    head = ["STT", "Nhiệm vụ", "Sản phẩm", "Mức 1", "Mức 2"]
    read = taken([head, [1, "Tiếp dân", "Sổ", 12, 3], [2, "Thẩm tra", "Hồ sơ", 5, None]])
    assert column(read, "points") == [None, None]
    assert any("Mức 2" in remark.reason for remark in read.report.remarks)


def test_ticks_stand_under_a_common_heading_too(taken):
    rows = [
        ["STT", "Nhiệm vụ", "Sản phẩm", "Mức độ", None],
        [None, None, None, "Thường xuyên", "Tổng hợp"],
        [1, "Tiếp dân", "Sổ", "x", None],
        [2, "Thẩm tra", "Hồ sơ", None, "x"],
    ]
    assert column(taken(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1"]), "tier") == [1, 2]


@pytest.mark.parametrize("text", ["Ví dụ: Soạn công văn", "(VD: soạn công văn)", "Mẫu: Soạn công văn"])
def test_an_example_left_in_the_form_is_no_line(taken, text):
    read = taken([HEAD, [None, text, "Công văn", 100], ONE, TWO])
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert list(reasons(read)) == [2]


@pytest.mark.parametrize("task", ["Mẫu hóa các văn bản thường dùng", "Vận động quỹ", "Tiếp theo dõi kiến nghị cử tri"])
def test_a_work_that_begins_like_an_example_or_a_page_is_a_line(taken, task):
    assert column(taken([HEAD, ONE, [2, task, "Văn bản", 100]]), "task") == [ONE[1], task]


@pytest.mark.parametrize("text", ["Trang 2/5", "(tiếp theo)", "- 3 -", "DANH MỤC CÔNG VIỆC"])
def test_what_is_printed_on_each_page_heads_nothing(taken, text):
    read = taken([["DANH MỤC CÔNG VIỆC"], HEAD, ONE, [text], HEAD, TWO])
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert column(read, "group") == column(read, "department") == ["", ""]
    assert list(reasons(read)) == [4, 5]


def test_a_body_named_over_the_table_and_in_it_heads_its_lines(taken):
    read = taken([["VĂN PHÒNG ĐẢNG ỦY"], HEAD, ["VĂN PHÒNG ĐẢNG ỦY"], ONE, TWO], merges=["A3:D3"])
    assert column(read, "department") == ["VĂN PHÒNG ĐẢNG ỦY"] * 2


def test_a_form_that_gives_people_points_is_left_out_with_that_reason(taken):
    form = [["TT", "Nội dung đánh giá", "Điểm tối đa", "Tự chấm"], [1, "Chấp hành kỷ luật", 5, 5], [2, "Ý thức", 5, 4]]
    read = taken(sheets={"Danh mục": [HEAD, ONE, TWO], "Phiếu": form})
    (left,) = read.report.left_out
    (other,) = taken(
        sheets={"Danh mục": [HEAD, ONE, TWO], "Khác": [["Họ tên", "Ngày sinh"], ["A", "B"]]}
    ).report.left_out
    assert (left.sheet, left.row) == ("Phiếu", None)
    assert left.reason != other.reason
    assert len(read.items) == 2


def test_a_cell_that_lists_several_products_stays_one_line_and_is_named(taken):
    read = taken([HEAD, [1, "Tổ chức hội nghị", "a) Kế hoạch\nb) Giấy mời\nc) Tài liệu", 120], ONE])
    assert column(read, "product")[0] == "a) Kế hoạch\nb) Giấy mời\nc) Tài liệu"
    (remark,) = read.report.remarks
    assert remark.row == 2


def test_a_sentence_broken_over_lines_is_joined_and_a_list_is_not(taken):
    read = taken([HEAD, [1, "Lập báo\ncáo công\ntác", "- Báo\ncáo\n- Biểu số liệu", 100], TWO])
    assert column(read, "task")[0] == "Lập báo cáo công tác"
    assert column(read, "product")[0] == "- Báo cáo\n- Biểu số liệu"


def test_a_column_taken_by_its_cells_is_named_with_its_field(taken):
    tasks = ["Thẩm định hồ sơ dự án", "Tổ chức hội nghị quý", "Kiểm tra an toàn thực phẩm", "Lập kế hoạch năm"]
    names = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Châu", "Phạm Thu Dung"]
    products = ["Báo cáo thẩm định", "Biên bản hội nghị", "Kết luận kiểm tra", "Kế hoạch năm"]
    lines = [[n, *cells] for n, cells in enumerate(zip(tasks, products, names, strict=True), start=1)]
    read = taken([["STT", "Nhiệm vụ", "Cái ấy", "Ai"], *lines])
    assert column(read, "responsible") == names
    assert read.report.tables[0].grounds == {1: "heading", 2: "cells", 3: "cells"}
    assert [remark.row for remark in read.report.remarks] == [1]


def test_what_cells_cannot_tell_is_left_to_the_person(taken):
    read = taken([["STT", "Nhiệm vụ", "Sản phẩm", "Cột riêng", "Cột lạ"], [*ONE[:3], 7, "abc"], [*TWO[:3], 9, "xyz"]])
    assert read.report.tables[0].columns == {0: "", 1: "task", 2: "product", 3: "", 4: ""}
    assert len(read.report.remarks) == 2


def test_a_table_above_one_with_more_headings_is_read_too(taken):
    rows = [["STT", "Nhiệm vụ", "Sản phẩm"], ONE[:3], [], [*HEAD, "Ghi chú"], TWO]
    read = taken(rows)
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert [table.header_row for table in read.report.tables] == [1, 4]


def test_of_two_tables_the_one_put_right_by_hand_is_and_the_other_stays(taken):
    rows = [["STT", "Nhiệm vụ", "Sản phẩm", "Cột lạ"], [*ONE[:3], "abc"], [], ["TT", "Công việc", "Thời hạn", "Điểm"],
            [1, "Rà soát văn bản", "Quý II", 100]]  # fmt: skip
    read = taken(rows, pointed={"Danh mục": Pointed(1, {1: "task", 2: "product", 3: "note"})})
    assert column(read, "note") == ["abc", ""]
    assert column(read, "deadline") == ["", "Quý II"]


# -- whose lines these are, in the first column ---------------------------------------

BY_UNIT = ["Phòng, ban", "Nhiệm vụ", "Sản phẩm", "Điểm"]
OFFICE, ECONOMY = "Văn phòng", "Phòng Kinh tế"


@pytest.mark.parametrize(
    "heads",
    [
        [["", "I. CÔNG TÁC ĐẢNG"], ["", "II. CÔNG TÁC KHÁC"]],
        [["I. CÔNG TÁC ĐẢNG"], ["II. CÔNG TÁC KHÁC"]],
        [["CÔNG TÁC ĐẢNG"], ["CÔNG TÁC KHÁC"]],
        [[OFFICE, "I. CÔNG TÁC ĐẢNG"], [ECONOMY, "II. CÔNG TÁC KHÁC"]],
        [[OFFICE, "CÔNG TÁC ĐẢNG"], [ECONOMY, "CÔNG TÁC KHÁC"]],
    ],
)
def test_a_group_row_heads_its_lines_whatever_stands_in_the_column_of_departments(taken, heads):
    rows = [[OFFICE, *ONE[1:]], [OFFICE, *TWO[1:]], [ECONOMY, "Kiểm tra thực địa", "Biên bản", 150]]
    read = taken([BY_UNIT, heads[0], *rows[:2], heads[1], rows[2]])
    assert column(read, "group") == ["CÔNG TÁC ĐẢNG", "CÔNG TÁC ĐẢNG", "CÔNG TÁC KHÁC"]
    assert column(read, "department") == [OFFICE, OFFICE, ECONOMY]
    assert list(reasons(read)) == [2, 5]


def test_a_department_beside_the_title_of_a_group_is_that_of_the_lines_under_it(taken):
    lines = [["", *ONE[1:]], ["", *TWO[1:]]]
    read = taken([BY_UNIT, [OFFICE, "I. CÔNG TÁC ĐẢNG"], lines[0], [ECONOMY, "I. CÔNG TÁC KHÁC"], lines[1]])
    assert column(read, "department") == [OFFICE, ECONOMY]
    assert column(read, "group") == ["CÔNG TÁC ĐẢNG", "CÔNG TÁC KHÁC"]


def test_a_work_with_only_a_department_beside_it_is_a_line(taken):
    rows = [[OFFICE, *ONE[1:]], [OFFICE, "Trực cơ quan"], [OFFICE, *TWO[1:]]]
    assert column(taken([BY_UNIT, *rows]), "task") == [ONE[1], "Trực cơ quan", TWO[1]]


def test_an_unlisted_body_alone_on_its_row_is_the_department_of_lines_without_one(taken):
    lines = [["", *ONE[1:]], ["", *TWO[1:]]]
    assert column(taken([BY_UNIT, ["Khối Dân vận"], *lines]), "department") == ["Khối Dân vận"] * 2


# -- bare numbers under a common heading ----------------------------------------------


@pytest.mark.parametrize(("over", "tiers"), [("Mức độ", [1, 3]), ("Quý thực hiện", [None, None])])
def test_bare_numbers_are_tiers_only_under_a_heading_of_tiers(taken, over, tiers):
    rows = [
        ["STT", "Nhiệm vụ", "Sản phẩm", over],
        [None, None, None, 1, 2, 3, 4],
        [*ONE[:3], "x"],
        [*TWO[:3], None, None, "x"],
    ]
    read = taken(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:G1"])
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert column(read, "tier") == tiers


def test_numbers_of_the_columns_and_titles_tell_nothing_of_what_a_column_holds(taken):
    head = ["Nơi làm", "STT", "Nhiệm vụ", "Sản phẩm", "Điểm"]
    rows = [["(1)", "(2)", "(3)", "(4)", "(5)"], ["Trang 2"], *([OFFICE, *line] for line in (ONE, TWO))]
    assert column(taken([head, *rows]), "department") == [OFFICE, OFFICE]


def test_a_key_to_the_tiers_beside_the_catalogue_gives_its_lines_none(taken):
    key = [["Mức", "Điểm"], ["Mức 1", 100], ["Mức 2", 120]]
    read = taken([[*HEAD, None, None, *key[0]], [*ONE, None, None, *key[1]], [*TWO, None, None, *key[2]], [3, "Họp"]])
    assert column(read, "tier") == [None, None, None]
    assert column(read, "points") == [100, 120, None]
    assert [(left.sheet, left.row) for left in read.report.left_out] == [("Danh mục (2)", None)]


def test_a_key_that_repeats_no_heading_is_known_by_saying_each_tier_once(taken):
    key = [["Mức", "Nghĩa là"], ["Mức 1", "thường xuyên"], ["Mức 2", "tổng hợp"]]
    rows = [[*HEAD, None, *key[0]], [*ONE, None, *key[1]], [*TWO, None, *key[2]], [3, "Họp giao ban", "Biên bản"]]
    assert column(taken(rows), "tier") == [None, None, None]


def test_tiers_of_the_lines_stand_behind_a_blank_column_too(taken):
    rows = [[*HEAD, None, "Mức"], [*ONE, None, "Mức 1"], [*TWO, None, "Mức 2"]]
    assert column(taken(rows), "tier") == [1, 2]


def test_a_heading_with_a_later_number_stands_beside_the_one_before_it(taken):
    read = taken([HEAD, ["I", "VĂN PHÒNG"], ONE, ["II", "CÔNG TÁC TỔ CHỨC"], TWO])
    assert [(item["department"], item["group"]) for item in read.items] == [("VĂN PHÒNG", ""), ("", "CÔNG TÁC TỔ CHỨC")]


def test_headings_numbered_anew_stand_under_the_department(taken):
    rows = [HEAD, ["I", "VĂN PHÒNG"], ["I", "CÔNG TÁC VĂN THƯ"], ONE, ["II", "CÔNG TÁC LƯU TRỮ"], TWO]
    said = [(item["department"], item["group"]) for item in taken(rows).items]
    assert said == [("VĂN PHÒNG", "CÔNG TÁC VĂN THƯ"), ("VĂN PHÒNG", "CÔNG TÁC LƯU TRỮ")]


def test_parts_numbered_under_a_line_are_parts_of_its_work(taken):
    head = ["STT", "Nhiệm vụ", "Công việc chi tiết", "Sản phẩm"]
    rows = [head, [1, "Công tác lưu trữ", None, "Hồ sơ"], ["a", None, "Chỉnh lý", "Hồ sơ"], ["2", None, None, "Sổ"]]
    read = taken(rows)
    assert column(read, "task") == ["Công tác lưu trữ", "Công tác lưu trữ", ""]
    assert [remark.row for remark in read.report.remarks] == [3]


def test_words_in_the_column_of_numbers_are_named(taken):
    read = taken([HEAD, ["Bổ sung", *ONE[1:]], ["*", *TWO[1:]]])
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert [(remark.row, remark.text) for remark in read.report.remarks] == [(2, "Bổ sung")]
