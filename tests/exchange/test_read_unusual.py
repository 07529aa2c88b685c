"""Further layouts of communes: labels over several works, parts of a year, covers; each once went wrong."""

import pytest

from tests.exchange.found import column
from tests.exchange.test_read_as_sent import HEAD, ONE, TWO, accounted


def test_a_label_over_several_works_is_said_of_each_of_them_and_of_none_above(taken):
    rows = [
        HEAD,
        [None, "Người thực hiện: Nguyễn Thị Lan"],
        ONE,
        TWO,
        [None, "Người thực hiện: Trần Văn Bình"],
        [1, "Quản lý hồ sơ", "Hồ sơ", 100],
    ]
    read = accounted(taken(rows), len(rows))
    assert column(read, "responsible") == ["Nguyễn Thị Lan", "Nguyễn Thị Lan", "Trần Văn Bình"]
    assert column(read, "group") == [""] * 3


def test_numbered_headings_right_under_one_without_a_number_stand_under_it(taken):
    part = (
        [1, "Công tác thi đua, khen thưởng"],
        ["a", "Bình xét danh hiệu", "Hồ sơ", 100],
        [2, "Lập báo cáo", "Báo cáo"],
    )
    read = taken([HEAD, [None, "LĨNH VỰC NỘI VỤ"], *part, [None, "LĨNH VỰC TƯ PHÁP"], *part])
    assert column(read, "group") == ["LĨNH VỰC NỘI VỤ"] * 2 + ["LĨNH VỰC TƯ PHÁP"] * 2
    assert column(read, "duty") == ["Công tác thi đua, khen thưởng", ""] * 2


def test_the_rest_of_a_name_brings_its_rest_of_the_product_whatever_that_begins_with(taken):
    rows = [HEAD, [1, "Tham mưu nghị quyết về", "Nghị quyết của Ban", 100], [None, "kinh tế số", "Thường vụ"], TWO]
    read = accounted(taken(rows), len(rows))
    assert column(read, "task") == ["Tham mưu nghị quyết về kinh tế số", TWO[1]]
    assert column(read, "product") == ["Nghị quyết của Ban Thường vụ", TWO[2]]


@pytest.mark.parametrize("words", ["DANH MỤC", "DANH MỤC CÔNG VIỆC"])
def test_a_cover_is_no_list_of_works(taken, words):
    read = taken(sheets={"Bìa": [["ỦY BAN NHÂN DÂN XÃ"], [words], ["Năm 2026"]], "DM": [HEAD, ONE]})
    assert column(read, "task") == [ONE[1]]


def test_a_title_over_the_column_of_numbers_makes_no_works_of_them(taken):
    spread = [[None, cells[0], None, cells[1], None, *cells[2:]] for cells in (HEAD, ONE, TWO)]
    read = taken([[None, "DANH MỤC"], *spread])
    assert column(read, "task") == [ONE[1], TWO[1]]
    assert column(read, "points") == [100, 120]


@pytest.mark.parametrize(
    "parts", [["6 tháng đầu năm", "6 tháng cuối năm"], ["Quý I/2026", "Quý II/2026"], ["T1", "T2"]]
)
def test_the_quantities_of_parts_of_a_year_are_added_up_and_told(taken, parts):
    rows = [["STT", "Công việc", "Sản phẩm", "Số lượng", None], [None, None, None, *parts], [*ONE[:3], 3, 4]]
    read = taken(rows, merges=["D1:E1"])
    assert column(read, "quantity") == [7]
    assert any(parts[1] in remark.reason for remark in read.report.remarks)


def test_the_whole_year_beside_its_parts_is_the_quantity_and_years_are_not_added_up(taken):
    head = ["STT", "Công việc", "Sản phẩm", "Số lượng", None, None]
    whole = taken([head, [None, None, None, "Quý I", "Quý II", "Cả năm"], [*ONE[:3], 3, 4, 7]], merges=["D1:F1"])
    assert column(whole, "quantity") == [7]
    years = taken([head, [None, None, None, "Năm 2025", "Năm 2026"], [*ONE[:3], 3, 4]], merges=["D1:E1"])
    assert column(years, "quantity") != [7]
