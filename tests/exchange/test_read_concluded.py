"""What is concluded from other cells is concluded only where it is plain, and said."""

import pytest

from kpicat.exchange.tables import lines
from tests.exchange.found import column

HEAD = ["STT", "Phòng, ban", "Nhiệm vụ", "Sản phẩm", "Điểm"]
FRAMED = ["STT", "Nhiệm vụ", "Sản phẩm", "Nhóm", "Khung điểm", "Điểm chấm"]
SAID = ["Sản phẩm chuẩn = 100 điểm = hệ số 1,00"]


def remarks(read):
    return [(entry.row, entry.reason) for entry in read.report.remarks]


def work(number, department):
    return [number, department, f"Việc số {number}", "Sổ", 120]


# -- a department written once ---------------------------------------------------


def test_a_department_written_once_is_given_to_the_lines_under_it_and_that_is_said(taken):
    read = taken([HEAD, work(1, "Văn phòng"), work(2, None), work(3, "Ban Tổ chức"), work(4, None)])
    assert column(read, "department") == ["Văn phòng", "Văn phòng", "Ban Tổ chức", "Ban Tổ chức"]
    ((row, sentence),) = remarks(read)
    assert row == 3
    assert "Phòng, ban" in sentence
    assert "2" in sentence


@pytest.mark.parametrize(
    ("why", "departments"),
    [
        ("the first line has none", [None, "Văn phòng", None, "Ban Tổ chức", None, None]),
        ("one stands twice, so it is typed line by line", ["Văn phòng", None, "Văn phòng", None, "Ban Tổ chức", None]),
        ("hardly any is missing", ["Văn phòng", "Ban Tổ chức", "Ban Dân vận", None]),
        ("only the first line has one", ["Văn phòng", None, None, None]),
    ],
)
def test_blank_departments_stay_blank_where(why, departments, taken):
    read = taken([HEAD, *(work(n, name) for n, name in enumerate(departments, start=1))])
    assert column(read, "department") == [name or "" for name in departments], why
    assert not remarks(read)


def test_a_department_is_not_carried_over_a_heading(taken):
    above, below = [work(1, "Văn phòng"), work(2, None)], [work(1, None), work(2, "Ban Tổ chức"), work(3, None)]
    read = taken([HEAD, ["I", None, "CÔNG TÁC ĐẢNG"], *above, ["II", None, "CÔNG TÁC KHÁC"], *below])
    assert column(read, "department") == ["Văn phòng", "", "", "Ban Tổ chức", ""]


def test_each_part_under_its_heading_is_filled_from_its_own_lines(taken):
    one = [work(1, "Văn phòng"), work(2, None), work(3, None)]
    two = [work(1, "Ban Tổ chức"), work(2, None)]
    read = taken([HEAD, ["I", None, "CÔNG TÁC ĐẢNG"], *one, ["II", None, "CÔNG TÁC KHÁC"], *two])
    assert column(read, "department") == [*["Văn phòng"] * 3, *["Ban Tổ chức"] * 2]


def test_lines_that_a_script_wrote_are_taken_as_they_stand(csv_taken):
    read = csv_taken("id,department,task\n1,Văn phòng,A\n2,,B\n3,Ban Tổ chức,C\n4,,D\n")
    assert column(read, "department") == ["Văn phòng", "", "Ban Tổ chức", ""]


# -- the standard unit -------------------------------------------------------------


def test_a_standard_unit_that_was_cleared_in_its_column_does_not_come_back(taken):
    lines_of_two = [[1, "Ghi sổ", "Sổ", 100, None], [2, "Lập báo cáo", "Báo cáo", 120, None]]
    read = taken([SAID, ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm", "Đơn vị chuẩn"], *lines_of_two])
    assert column(read, "standard_unit") == [False, False]
    assert not remarks(read)
    without = taken([SAID, ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm", "Khác"], *lines_of_two])
    assert column(without, "standard_unit") == [True, False]


# -- frames of points ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "tier", "points", "said"),
    [
        ("11-50", "N2", 60, "60"),
        ("11 – 50 điểm", "N2", 10.5, "10,5"),
        ("từ 51 đến 100", "N2", 60, "mức 3"),
        ("51-100", "N4", None, "mức 3"),
    ],
)
def test_a_frame_that_contradicts_the_line_is_remarked_on(frame, tier, points, said, taken):
    read = taken([FRAMED, [1, "Ghi sổ", "Sổ", tier, frame, points]], edition="khung_xa")
    ((row, sentence),) = remarks(read)
    assert row == 2
    assert frame in sentence
    assert said.removeprefix("mức ") in sentence


@pytest.mark.parametrize(
    ("frame", "tier", "points"),
    [
        ("11-50", "N2", 11),
        ("11-50", "N2", 50),
        ("1-10", None, 5),
        ("cao", "N2", 20),
        ("11-50", "N2", None),
        (30, "N2", 30),
    ],
)
def test_a_frame_that_fits_or_is_none_passes_in_silence(frame, tier, points, taken):
    read = taken([FRAMED, [1, "Ghi sổ", "Sổ", tier, frame, points]], edition="khung_xa")
    assert not remarks(read)


def test_a_frame_of_another_scale_says_nothing_of_the_tier(taken):
    assert not remarks(taken([FRAMED, [1, "Ghi sổ", "Sổ", "Mức 1", "51-100", 100]]))


# -- totals --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ["Tổng cộng"],
        [None, None, "TỔNG CỘNG: 3 công việc"],
        [None, None, "Tổng cộng", "3 sản phẩm", 360],
        [None, None, "Tổng số sản phẩm", None, 3],
        [None, None, "Tổng số công việc: 3"],
        [None, None, None, "Cộng (I+II)", 360],
    ],
)
@pytest.mark.parametrize("place", [1, 2])
def test_a_totals_row_is_left_out_and_called_one(cells, place, taken):
    rows = [work(1, "Văn phòng"), work(2, "Văn phòng")]
    rows.insert(place, cells)
    read = taken([HEAD, *rows])
    assert column(read, "task") == ["Việc số 1", "Việc số 2"]
    ((row, reason),) = [(entry.row, entry.reason) for entry in read.report.left_out]
    assert row == place + 2
    assert "tổng" in reason.lower() or "total" in reason


@pytest.mark.parametrize("task", ["Tổng hợp báo cáo tháng", "Tổng kết công tác năm", "Cộng tác viên dân số"])
def test_work_that_begins_like_a_total_is_work(task, taken):
    assert not lines.is_total(task)
    assert column(taken([HEAD, [1, None, task, None, 120]]), "task") == [task]
