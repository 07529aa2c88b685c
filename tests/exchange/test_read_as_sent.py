"""Layouts as clerks of communes send them, each thing that once went wrong in one of them."""

import pytest

from kpicat.exchange.tables.tiers import tier_word
from kpicat.guidance import get
from tests.exchange.found import column, reasons

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm đầu ra", "Điểm"]
ONE = [1, "Tiếp công dân định kỳ", "Sổ tiếp công dân", 100]
TWO = [2, "Lập báo cáo tháng", "Báo cáo tháng", 120]
PL3 = get("phu_luc_3")


def accounted(read, rows, header=1):
    """Items and rows left out are the rows under the header."""
    told = sorted([*(item.source.row for item in read.items), *(row for row in reasons(read) if row)])
    assert told == list(range(header + 1, rows + 1))
    return read


# -- rows that only go on with the line above --------------------------------------------


def test_a_sentence_broken_over_two_rows_is_one_line_and_is_told(taken):
    rows = [
        HEAD,
        [1, "Tham mưu xây dựng chương trình", "Chương trình", 200],
        [None, "công tác năm của Đảng ủy", None, None],
        [2, "Tiếp nhận, xử lý văn bản đến", "Văn bản được", 100],
        [None, None, "xử lý"],
        [3, "Thẩm tra hồ sơ kết nạp", "Hồ sơ", 120],
        [None, "đảng viên", "thẩm tra"],
    ]
    read = accounted(taken(rows), len(rows))
    assert column(read, "task") == [
        "Tham mưu xây dựng chương trình công tác năm của Đảng ủy",
        "Tiếp nhận, xử lý văn bản đến",
        "Thẩm tra hồ sơ kết nạp đảng viên",
    ]
    assert column(read, "product") == ["Chương trình", "Văn bản được xử lý", "Hồ sơ thẩm tra"]
    assert column(read, "group") == [""] * 3
    assert list(reasons(read)) == [3, 5, 7]


@pytest.mark.parametrize(
    "row",
    [
        [None, None, "kế hoạch"],  # another product of the work: nothing says that the table breaks its sentences
        [None, None, "Kế hoạch"],
        [None, "công tác khác", "Kế hoạch"],
        [None, "lập biểu", "biểu", 100],  # it has points of its own
    ],
)
def test_a_row_that_says_more_than_the_rest_of_a_sentence_is_a_line(taken, row):
    assert len(taken([HEAD, ONE, row, TWO]).items) == 3


def test_works_in_small_letters_under_another_are_lines_of_their_own(taken):
    rows = [
        ["STT", "Nhiệm vụ", "Sản phẩm", "Số lượng"],
        [1, "Công tác văn thư", "Văn bản", 100],
        [None, "tiếp nhận văn bản đến", "văn bản đến"],
        [None, "phát hành văn bản đi", "văn bản đi"],
        [2, "Soạn báo cáo", "Báo cáo", 12],
    ]
    read = taken(rows)
    assert column(read, "task") == [row[1] for row in rows[1:]]
    assert column(read, "product") == [row[2] for row in rows[1:]]
    assert [remark.row for remark in read.report.remarks] == [3]
    assert column(taken([row[:2] for row in rows]), "task") == [row[1] for row in rows[1:]]


def test_steps_under_a_work_are_kept_among_its_details(taken):
    rows = [HEAD, ONE, ["-", "Bố trí lịch"], ["+", "Ghi sổ"], TWO]
    read = accounted(taken(rows), len(rows))
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert read.items[0]["detail"] == "- Bố trí lịch\n- Ghi sổ"


def test_bulleted_rows_with_points_of_their_own_are_lines(taken):
    read = taken([HEAD, ["I", "VĂN PHÒNG"], ["-", *ONE[1:]], ["-", *TWO[1:]]])
    assert column(read, "task") == [ONE[1], TWO[1]]


def test_what_a_row_of_its_own_says_of_the_work_above_is_the_works(taken):
    head = ["STT", "Nội dung công việc", "Điểm"]
    rows = [head, [1, ONE[1], 100], [None, "Sản phẩm: Sổ tiếp công dân"], [2, TWO[1], 120], [None, "Số lượng: 12"]]
    read = accounted(taken(rows), 5)
    assert [(item["product"], item["quantity"]) for item in read.items] == [("Sổ tiếp công dân", None), ("", 12)]
    assert column(read, "group") == ["", ""]


def test_rows_that_wait_to_be_filled_in_are_no_lines(taken):
    read = accounted(taken([HEAD, ONE, [2, "…", "…"], [3], ["…"], [4, *TWO[1:]]]), 6)
    assert column(read, "task") == [ONE[1], TWO[1]]


# -- rows between the lines ----------------------------------------------------------------


@pytest.mark.parametrize("note", ["(Ghi chú: do Chủ tịch giao)", "Lưu ý: chỉ ghi việc thường xuyên"])
def test_a_note_between_the_lines_is_none_and_heads_nothing(taken, note):
    read = accounted(taken([HEAD, ONE, [None, note], TWO]), 4)
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert column(read, "group") == ["", ""]


def test_a_title_that_goes_on_over_pages_heads_nothing(taken):
    read = taken([["DANH MỤC CÔNG VIỆC"], HEAD, ONE, ["DANH MỤC CÔNG VIỆC (tiếp theo)"], HEAD, TWO])
    assert column(read, "group") == ["", ""]


def test_numbers_of_the_columns_again_on_a_page_without_headings_are_no_line(taken):
    read = accounted(taken([HEAD, ONE, ["1", "2", "3", "4"], TWO]), 4)
    assert column(read, "task") == [ONE[1], TWO[1]]


def test_the_sentence_that_ends_the_paper_is_none_of_its_headings(taken):
    read = taken([HEAD, ONE, TWO, ["Danh mục này có 02 công việc./."], [None, "Người lập biểu"]])
    said = reasons(read)
    assert said[4] == said[5]


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_work_that_ends_as_a_paper_does_is_a_line_and_so_is_every_one_below(taken, width, place):
    rows = [[ONE[1], "Sổ"], [TWO[1], "Báo cáo"], ["Thẩm tra hồ sơ", "Hồ sơ"], ["Tham mưu kế hoạch", "Kế hoạch"]]
    rows[place][0] += "./."
    read = accounted(taken([HEAD[1:3], *rows] if width == 2 else [[HEAD[1]], *(row[:1] for row in rows)]), 5)
    assert len(read.items) == 4


def test_the_last_work_without_a_number_is_a_line_though_it_ends_the_paper(taken):
    rows = [HEAD[:2], ONE[:2], TWO[:2], [None, "Thực hiện nhiệm vụ khác khi được giao./."], [None, "Người lập biểu"]]
    read = accounted(taken(rows), 5)
    assert len(read.items) == 3
    assert list(reasons(read)) == [5]


def test_works_below_one_that_begins_as_signatures_do_are_lines(taken):
    rows = [
        HEAD[1:3],
        [ONE[1], "Sổ"],
        ["Lập biểu thống kê", "Bảng"],
        ["Giám đốc sở giao", "Công văn"],
        [TWO[1], "Báo cáo"],
    ]
    assert len(taken([*rows, ["Nơi nhận:", "Bí thư"], ["Như trên", "Nguyễn Thị A"]]).items) == 4


@pytest.mark.parametrize("words", ["Danh mục này có 02 công việc./.", "Tổng cộng: 02 công việc./."])
def test_the_sentence_under_the_works_is_none_of_them(taken, words):
    assert column(taken([HEAD, ONE, TWO, [None, words]]), "task") == [ONE[1], TWO[1]]


def test_a_work_numbered_over_others_heads_them_also_beside_its_group(taken):
    head = ["Lĩnh vực", *HEAD]
    rows = [head, ["TỔNG HỢP", 1, "Công tác văn phòng"], [None, "1.1", *ONE[1:]], [None, "1.2", *TWO[1:]]]
    read = accounted(taken(rows, merges=["A2:A4"]), 4)
    assert column(read, "group") == ["TỔNG HỢP"] * 2
    assert column(read, "duty") == ["Công tác văn phòng"] * 2


# -- a table for each post ------------------------------------------------------------------


def test_each_table_under_its_post_says_whose_works_they_are(taken):
    rows = [["MÔ TẢ VỊ TRÍ"], ["1. Vị trí việc làm: Chánh Văn phòng"], HEAD, ONE,
            ["2. Vị trí việc làm: Văn thư"], HEAD, TWO]  # fmt: skip
    read = taken(rows)
    assert column(read, "position") == ["Chánh Văn phòng", "Văn thư"]
    assert column(read, "group") == ["", ""]
    assert any("Chánh Văn phòng" in remark.reason for remark in read.report.remarks)


@pytest.mark.parametrize("said", [["Tên VTVL:", "Văn thư viên"], ["1. Chức danh: Văn thư viên", None, "Mã: 02"]])
def test_the_head_of_a_job_description_names_the_post(taken, said):
    read = taken([["BẢN MÔ TẢ VỊ TRÍ VIỆC LÀM"], said, ["Ngày bắt đầu:", "01/01/2026"], HEAD, ONE, TWO])
    assert column(read, "position") == ["Văn thư viên"] * 2


def test_headings_of_a_list_above_name_no_post(taken):
    above = [["STT", "Họ tên", "Chức vụ", "Ghi chú"], [1, "Người thứ nhất", "Trưởng phòng", "x"], []]
    assert column(taken([*above, HEAD, ONE, TWO]), "position") == ["", ""]


def test_what_stands_over_the_first_headings_heads_as_what_stands_over_their_repetition(taken):
    rows = [["I. CÔNG TÁC ĐẢNG"], HEAD, ONE, ["II. CÔNG TÁC CHÍNH QUYỀN"], HEAD, TWO]
    assert column(taken(rows), "group") == ["CÔNG TÁC ĐẢNG", "CÔNG TÁC CHÍNH QUYỀN"]


def test_a_title_over_headings_that_stand_once_heads_nothing(taken):
    assert column(taken([["I. DANH MỤC CÔNG TÁC ĐẢNG"], HEAD, ONE, TWO]), "group") == ["", ""]


def test_a_heading_over_a_further_table_with_headings_of_its_own_heads_it(taken):
    other = ["STT", "Tên công việc", "Kết quả", "Đơn vị tính", "Số lượng"]
    rows = [HEAD, ONE, TWO, ["II. CÔNG TÁC CHÍNH QUYỀN"], other, [1, "Đăng ký khai sinh", "Giấy", "giấy", 3]]
    assert column(taken(rows), "group") == ["", "", "CÔNG TÁC CHÍNH QUYỀN"]


def test_headings_after_the_many_grounds_of_a_decision_are_found(taken):
    grounds = [[f"Căn cứ văn bản số {n} của Chính phủ về việc đánh giá;"] for n in range(25)]
    assert column(taken([*grounds, HEAD, ONE, TWO]), "task") == [ONE[1], TWO[1]]


# -- one of several columns ticked --------------------------------------------------------------


@pytest.mark.parametrize("over", ["Điểm", "Mức điểm"])
def test_the_tiers_points_alone_head_columns_to_be_ticked(taken, over):
    rows = [["STT", "Nhiệm vụ", "Sản phẩm", over], [None, None, None, 100, 120, 150, 200]]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:G1"]
    lines = [[1, "Tiếp dân", "Sổ", "x"], [2, "Thẩm tra", "Hồ sơ", None, None, "(x)"], [3, "Họp", "Biên bản", None, "X"]]
    read = taken([*rows, *lines], merges=merges)
    assert column(read, "tier") == [1, 3, 2]
    assert column(read, "points") == [100, 150, 120]


def test_who_does_it_is_ticked_under_a_heading_merged_across(taken):
    rows = [
        ["STT", "Tên công việc", "Sản phẩm", "Người thực hiện", None, None],
        [None, None, None, "Chánh Văn phòng", "Phó Chánh Văn phòng", "Chuyên viên"],
        [1, "Soạn lịch công tác tuần", "Lịch", "x", None, "x"],
        [2, "Tiếp nhận văn bản đến", "Văn bản", None, None, "x"],
        [3, "Chủ trì giao ban tuần", "Thông báo", None, "x", None],
    ]
    read = accounted(taken(rows, merges=["D1:F1"]), 5, header=2)
    assert column(read, "position") == ["Chánh Văn phòng; Chuyên viên", "Chuyên viên", "Phó Chánh Văn phòng"]
    assert column(read, "responsible") == [""] * 3


def test_when_it_is_done_is_ticked_under_the_quarters(taken):
    head = ["STT", "Tên công việc", "Sản phẩm", "Thời gian thực hiện"]
    rows = [head, [None, None, None, "Quý I", "Quý II", "Quý III"],
            [*ONE[:3], "x", "x"], [*TWO[:3], None, None, "x"]]  # fmt: skip
    assert column(taken(rows, merges=["D1:F1"]), "deadline") == ["Quý I; Quý II", "Quý III"]


def test_bodies_that_help_are_no_persons(taken):
    rows = [["STT", "Tên công việc", "Sản phẩm", "Đơn vị thực hiện"], [None, None, None, "Chủ trì", "Phối hợp"],
            [*ONE[:3], "Văn phòng", "Phòng Kinh tế"], [*TWO[:3], "Phòng Kinh tế", "Ban Xây dựng Đảng"]]  # fmt: skip
    read = taken(rows, merges=["D1:E1"])
    assert column(read, "department") == ["Văn phòng", "Phòng Kinh tế"]
    assert column(read, "responsible") == ["", ""]
    assert len(read.report.remarks) == 1


def test_the_quantities_of_units_are_added_up_and_to_be_checked(taken):
    rows = [
        ["STT", "Nhiệm vụ", "Sản phẩm", "Số lượng", None, None],
        [None, None, None, "Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa"],
        [*ONE[:3], 1, None, 2],
        [*TWO[:3], 12, 4, None],
    ]
    read = accounted(taken(rows, merges=["D1:F1"]), 4, header=2)
    assert column(read, "quantity") == [3, 16]
    assert len(read.report.remarks) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_of_the_quantities_of_units_the_whole_bodys_is_taken_alone_and_told(taken, order):
    columns = [["Văn phòng Đảng ủy", 2, 4], ["Ban Tổ chức", 3, 5], ["Đảng ủy xã", 5, 9]]
    names, first, second = zip(*(columns[place] for place in order), strict=True)
    rows = [
        ["STT", "Nhiệm vụ", "Sản phẩm", "Số lượng"],
        [None, None, None, *names],
        [*ONE[:3], *first],
        [*TWO[:3], *second],
    ]
    read = taken(rows, merges=["D1:F1"])
    assert column(read, "quantity") == [5, 9]
    letter = "DEF"[order.index(2)]
    assert any(letter in remark.reason and "Ban Tổ chức" in remark.reason for remark in read.report.remarks)


def test_of_quantities_under_one_heading_the_sum_is_the_lines(taken):
    rows = [["STT", "Nhiệm vụ", "Sản phẩm", "Số lượng", None, None], [None, None, None, "Quý I", "Quý II", "Cộng"],
            [*ONE[:3], 1, 2, 3], [*TWO[:3], 12, 4, 16]]  # fmt: skip
    assert column(taken(rows, merges=["D1:F1"]), "quantity") == [3, 16]


def test_outlines_by_columns_are_read_as_those_in_one(taken):
    rows = [
        ["STT", None, "Nội dung công việc", None, "Sản phẩm", "Điểm"],
        ["I", None, "Văn phòng Đảng ủy"],
        [None, 1, None, *ONE[1:]],
        [None, 2, None, *TWO[1:]],
        ["II", None, "Ban Xây dựng Đảng"],
        [None, 1, None, "Thẩm tra hồ sơ kết nạp", "Hồ sơ", 150],
    ]
    read = accounted(taken(rows, merges=["A1:B1", "C1:D1"]), 6)
    assert column(read, "task") == [ONE[1], TWO[1], "Thẩm tra hồ sơ kết nạp"]
    assert column(read, "department") == ["Văn phòng Đảng ủy"] * 2 + ["Ban Xây dựng Đảng"]
    assert not read.report.remarks


# -- headings ------------------------------------------------------------------------------------


def test_headings_whose_words_stand_on_two_rows_are_read_together(taken):
    rows = [["STT", "Tên", "Sản phẩm", "Đơn vị", "Số"], [None, "công việc", "đầu ra", "tính", "lượng"],
            [*ONE[:3], "buổi", 12], [*TWO[:3], "báo cáo", 4]]  # fmt: skip
    read = accounted(taken(rows), 4, header=2)
    assert [(item["task"], item["measure"], item["quantity"]) for item in read.items] == [
        (ONE[1], "buổi", 12),
        (TWO[1], "báo cáo", 4),
    ]


def test_answers_to_a_form_on_the_web_are_read(csv_taken):
    head = "Dấu thời gian,Tên công việc đồng chí thực hiện,Sản phẩm đầu ra là gì?,Thời hạn hoàn thành"
    read = csv_taken(
        f"{head}\n22/11/2026 08:00:11,{ONE[1]},Sổ,Hằng tháng\n22/11/2026 08:01:11,{TWO[1]},Báo cáo,Quý I\n"
    )
    assert [(item["task"], item["deadline"]) for item in read.items] == [(ONE[1], "Hằng tháng"), (TWO[1], "Quý I")]


def test_duties_a_line_beside_products_are_the_works(taken):
    read = taken([["STT", "Chức danh", "Nhiệm vụ", "Sản phẩm"], [1, "Văn thư", *ONE[1:3]], [2, "Kế toán", *TWO[1:3]]])
    assert column(read, "task") == [ONE[1], TWO[1]]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("N3: 51-100 điểm", 3),
        ("Đặc biệt khó, phức tạp", 4),
        ("Rất khó và phức tạp", 4),
        ("Khó, phức tạp", 3),
        ("Rất khó hoặc khó", None),
    ],
)
def test_a_tier_in_more_words_is_that_tier(words, level):
    assert tier_word(words, PL3).level == level
