"""Tables are found by what stands in them, and every row is accounted for."""

import io
from decimal import Decimal

import pytest
import xlsxwriter

from kpicat import guidance
from kpicat.errors import NeedsPointing
from kpicat.exchange import Pointed, read
from tests.exchange.found import column, reasons

HEAD = ["STT", "Mã CV", "Nhiệm vụ", "Công việc chi tiết", "Sản phẩm đầu ra", "Nhóm", "Điểm", "Ghi chú"]
ONE = [1, "VP.01", "Tiếp công dân", "Ghi sổ", "Sổ tiếp công dân", "N1", 100, None]
TWO = [2, "VP.02", "Lập báo cáo tháng", "Tổng hợp", "Báo cáo tháng", "N2", 120, None]


def test_a_header_under_a_title_is_found_and_every_cell_taken(taken):
    read = taken([["PHỤ LỤC II"], ["(Kèm theo Quyết định số 1)"], [], HEAD, ONE, TWO], merges=["A1:H1"])
    assert column(read, "code") == ["VP.01", "VP.02"]
    assert column(read, "task") == ["Tiếp công dân", "Lập báo cáo tháng"]
    assert column(read, "tier") == [1, 2]
    assert column(read, "points") == [Decimal(100), Decimal(120)]
    assert [(item.source.sheet, item.source.row) for item in read.items] == [("Danh mục", 5), ("Danh mục", 6)]
    assert read.report.tables[0].header_row == 4
    assert not read.report.left_out
    assert not read.report.remarks


def test_the_running_number_restarts_on_each_sheet_and_is_no_code(taken):
    read = taken(sheets={"A": [HEAD, ONE], "B": [HEAD, [*ONE[:1], "KT.01", *ONE[2:]]]})
    assert column(read, "code") == ["VP.01", "KT.01"]
    assert [item.source.sheet for item in read.items] == ["A", "B"]
    assert len({item.id for item in read.items}) == 2


def test_a_header_of_two_rows_with_merged_cells(taken):
    head = ["STT", "Nhiệm vụ", "Kết quả", None, "Xếp mức", None]
    below = [None, None, "Sản phẩm", "Đơn vị tính", "Mức", "Điểm"]
    read = taken(
        [head, below, [1, "Tiếp công dân", "Sổ", "lượt", "Mức 1", 100]],
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
    )
    (item,) = read.items
    assert (item["task"], item["product"], item["measure"], item["tier"], item["points"]) == (
        "Tiếp công dân", "Sổ", "lượt", 1, 100,
    )  # fmt: skip
    assert read.report.tables[0].header_row == 2


def test_a_header_of_two_rows_in_a_file_without_merges(csv_taken):
    read = csv_taken("STT,Công việc,Kết quả,,Điểm\n,,Sản phẩm,ĐVT,\n1,Tiếp công dân,Sổ,lượt,100\n")
    (item,) = read.items
    assert (item["product"], item["measure"]) == ("Sổ", "lượt")


def test_a_row_of_column_numbers_is_not_a_line(taken):
    read = taken([HEAD, [f"({n})" for n in range(1, 9)], ONE])
    assert column(read, "code") == ["VP.01"]
    assert list(reasons(read)) == [2]
    read = taken([HEAD, list(range(1, 9)), ONE])
    assert column(read, "code") == ["VP.01"]


def test_headings_become_the_group_or_the_department_of_the_lines_under_them(taken):
    read = taken(
        [
            HEAD,
            ["I", None, "CÔNG TÁC VĂN PHÒNG"], ONE,
            ["II", None, "Công tác xây dựng Đảng"], TWO,
            ["A", None, "BAN XÂY DỰNG ĐẢNG"], ["I", None, "TỔ CHỨC"], ONE,
        ]
    )  # fmt: skip
    assert column(read, "group") == ["CÔNG TÁC VĂN PHÒNG", "Công tác xây dựng Đảng", "TỔ CHỨC"]
    assert column(read, "department") == ["", "", "BAN XÂY DỰNG ĐẢNG"]
    assert list(reasons(read)) == [2, 4, 6, 7]


def test_a_merged_title_inside_the_table_is_a_heading(taken):
    read = taken([HEAD, ["Văn phòng Đảng ủy"], ONE], merges=["A2:H2"])
    assert column(read, "department") == ["Văn phòng Đảng ủy"]


def test_finer_headings_become_the_duty(taken):
    read = taken(
        [HEAD, ["I", None, "CÔNG TÁC ĐẢNG"], [1, None, "Tổ chức cán bộ"], ["1.1", *ONE[1:]], ["1.2", *TWO[1:]]]
    )
    assert column(read, "group") == ["CÔNG TÁC ĐẢNG"] * 2
    assert column(read, "duty") == ["Tổ chức cán bộ"] * 2


def test_a_parent_row_carries_its_task_into_the_rows_under_it(taken):
    read = taken(
        [
            HEAD,
            [1, "VP.01", "Tổ chức hội nghị"],
            [None, None, None, "Soạn kế hoạch", "Kế hoạch", "N1", 100],
            [None, None, None, "Gửi giấy mời", "Giấy mời", "N1", 100],
            TWO,
        ]
    )
    assert column(read, "task") == ["Tổ chức hội nghị"] * 2 + ["Lập báo cáo tháng"]
    assert column(read, "code") == ["VP.01", "", "VP.02"]
    assert list(reasons(read)) == [2]


def test_a_task_merged_over_its_rows_is_each_rows_task(taken):
    rows = [HEAD, ONE, [None, None, None, "Trả lời đơn", "Văn bản trả lời", "N2", 120], TWO]
    read = taken(rows, merges=["C2:C3"])
    assert column(read, "task") == ["Tiếp công dân", "Tiếp công dân", "Lập báo cáo tháng"]


def test_merged_points_are_not_shared_out(taken):
    rows = [HEAD, ONE, [2, "VP.09", "Trả lời đơn", None, "Văn bản", "N2", None], TWO]
    read = taken(rows, merges=["G2:G3"])
    assert column(read, "points") == [100, None, 120]
    assert any(remark.row == 2 for remark in read.report.remarks)


def test_a_line_with_its_own_number_and_no_task_stays_without_one(taken):
    read = taken([HEAD, ONE, [2, "VP.02", None, None, "Báo cáo", "N2", 120]])
    assert column(read, "task") == ["Tiếp công dân", ""]


def test_a_repeated_header_totals_and_signatures_are_left_out_with_a_reason(taken):
    read = taken(
        [
            HEAD, ONE, HEAD, TWO,
            [None, None, "Tổng cộng", None, None, None, 220],
            [],
            ["Nơi nhận:", None, None, None, "TM. BAN THƯỜNG VỤ"],
            ["- Như trên", None, None, None, "BÍ THƯ"],
            [None, None, None, None, "Nguyễn Văn A"],
        ]
    )  # fmt: skip
    assert column(read, "code") == ["VP.01", "VP.02"]
    assert list(reasons(read)) == [3, 5, 7, 8, 9]
    assert all(reasons(read).values())


@pytest.mark.parametrize("task", ["Ký số văn bản đi", "Phê duyệt hồ sơ", "Ngày hội đại đoàn kết", "Chủ tịch tiếp dân"])
def test_a_last_line_that_begins_like_a_signature_is_a_line(taken, csv_taken, task):
    assert column(taken([HEAD, ONE, [2, "VP.02", task]]), "task")[-1] == task
    assert (
        column(taken([["Nhiệm vụ", "Sản phẩm", "Điểm"], ["Tiếp dân", "Sổ", 1], [task, "Sổ", 100]]), "task")[-1] == task
    )
    assert column(csv_taken(f"task,product\nTiếp dân,Sổ\n{task},\n"), "task")[-1] == task


def test_signatures_under_a_table_without_numbers_are_left_out(taken):
    rows = [["Nhiệm vụ", "Sản phẩm"], ["Tiếp dân", "Sổ"], ["Xã A, ngày 1 tháng 2 năm 2026"], ["NGƯỜI LẬP", "BÍ THƯ"],
            ["(Ký, ghi rõ họ tên)", "(Ký tên)"], ["Nguyễn Văn A", "Trần Văn B"]]  # fmt: skip
    assert column(taken(rows), "task") == ["Tiếp dân"]


def test_a_total_written_in_the_column_of_numbers_is_a_total(taken):
    read = taken([HEAD, ONE, ["Tổng cộng", None, None, None, None, None, 100]])
    assert list(reasons(read)) == [3]
    assert reasons(read) == reasons(taken([HEAD, ONE, [None, None, "Cộng (I + II):", None, None, None, 100]]))


def test_a_work_that_begins_like_a_total_is_a_line(taken):
    read = taken([HEAD, [*ONE[:2], "Tổng hợp báo cáo tháng", *ONE[3:]]])
    assert column(read, "task") == ["Tổng hợp báo cáo tháng"]


def test_a_second_table_with_other_columns_on_the_same_sheet(taken):
    read = taken([HEAD, ONE, [], ["STT", "Tên công việc", "Sản phẩm", "Thời hạn"], [1, "Lập sổ", "Sổ", "Quý I"]])
    assert column(read, "task") == ["Tiếp công dân", "Lập sổ"]
    assert column(read, "deadline") == ["", "Quý I"]
    assert [table.header_row for table in read.report.tables] == [1, 4]


def test_nhom_is_the_tier_or_the_field_of_work_as_its_cells_say(taken):
    fields = [HEAD, [*ONE[:5], "Văn hóa", 100], [*TWO[:5], "Kinh tế", 120]]
    assert column(taken(fields), "group") == ["Văn hóa", "Kinh tế"]
    assert column(taken([HEAD, ONE, TWO]), "tier") == [1, 2]


def test_don_vi_is_the_measure_or_the_department_as_its_cells_say(taken):
    head = ["TT", "Công việc", "Đơn vị"]
    assert column(taken([head, [1, "Tiếp dân", "lượt"], [2, "Báo cáo", "văn bản"]]), "measure") == ["lượt", "văn bản"]
    assert column(taken([head, [1, "Tiếp dân", "Phòng Kinh tế"]]), "department") == ["Phòng Kinh tế"]


def test_nhiem_vu_beside_a_column_of_works_is_the_duty(taken):
    read = taken([["STT", "Nhiệm vụ", "Công việc", "Sản phẩm"], [1, "Công tác dân vận", "Tiếp dân", "Sổ"]])
    assert (read.items[0]["duty"], read.items[0]["task"]) == ("Công tác dân vận", "Tiếp dân")


def test_a_last_column_headed_by_a_sentence_holds_the_notes(taken):
    read = taken([[*HEAD[:7], "Điểm chấm theo thống nhất ngày họp tổ giúp việc"], [*ONE[:7], "xem lại"]])
    assert column(read, "note") == ["xem lại"]


def test_headings_in_any_spelling_are_the_same(taken):
    head = ["S.T.T", "TÊN  CÔNG\nVIỆC", "San pham dau ra", "Điểm (thang 200)"]
    read = taken([head, [1, "Tiếp dân", "Sổ", 100]])
    assert set(read.report.tables[0].columns.values()) == {"", "task", "product", "points"}


def test_a_column_nobody_knows_is_remarked_on(taken):
    read = taken([[*HEAD, "Kinh phí"], [*ONE, 5_000_000]])
    (remark,) = read.report.remarks
    assert "Kinh phí" in remark.reason


def test_a_sheet_that_is_no_catalogue_is_left_out_with_its_reason(taken):
    criteria = [["TT", "Tiêu chí chấm điểm", "Điểm tối đa"], ["I", "Phẩm chất", 10]]
    read = taken(sheets={"Tiêu chí": criteria, "Danh mục": [HEAD, ONE]})
    (left,) = read.report.left_out
    assert (left.sheet, left.row) == ("Tiêu chí", None)
    assert left.reason


def test_a_hidden_sheet_is_read_and_named(taken):
    read = taken(sheets={"Nháp": [HEAD, TWO], "Danh mục": [HEAD, ONE]}, hidden=["Nháp"])
    assert column(read, "code") == ["VP.02", "VP.01"]
    assert [(remark.sheet, remark.row) for remark in read.report.remarks] == [("Nháp", None)]


def test_without_a_header_the_first_rows_are_shown_and_pointing_reads_the_file(taken):
    rows = [["Bảng"], [], ["a", "b", "c"], ["VP.01", "Tiếp dân", "Sổ"], ["VP.02", "Báo cáo", "Báo cáo"]]
    with pytest.raises(NeedsPointing) as asked:
        taken(rows)
    assert asked.value.previews["Danh mục"][2] == ["a", "b", "c"]
    pointed = {"Danh mục": Pointed(3, {0: "code", 1: "task", 2: "product"})}
    read = taken(rows, pointed=pointed)
    assert column(read, "task") == ["Tiếp dân", "Báo cáo"]
    assert not read.report.left_out


def test_a_sheet_the_user_leaves_out_is_left_out(taken):
    read = taken(sheets={"A": [HEAD, ONE], "B": [HEAD, TWO]}, pointed={"B": Pointed(None)})
    assert column(read, "code") == ["VP.01"]
    assert read.report.left_out[0].sheet == "B"


def test_columns_the_user_corrects_are_taken_as_they_say(taken):
    pointed = {"Danh mục": Pointed(1, {1: "code", 2: "detail", 3: "task", 7: ""})}
    read = taken([HEAD, ONE], pointed=pointed)
    assert (read.items[0]["task"], read.items[0]["detail"]) == ("Ghi sổ", "Tiếp công dân")


def test_correcting_a_column_under_a_header_of_two_rows_keeps_the_rest(taken):
    rows = [
        ["STT", "Nhiệm vụ", "Kết quả", None], [None, None, "Sản phẩm", "Điểm"],
        [1, "Tổ chức hội nghị"], [None, None, "Kế hoạch", 100], [2, "Tiếp dân", "Sổ", 100],
    ]  # fmt: skip
    merges = ["A1:A2", "B1:B2", "C1:D1"]
    found = taken(rows, merges=merges)
    table = found.report.tables[0]
    again = taken(rows, merges=merges, pointed={"Danh mục": Pointed(table.header_row, table.columns)})
    assert [item.values for item in again.items] == [item.values for item in found.items]
    assert again.report == found.report


def test_codes_that_repeat_are_taken_and_remarked_on(taken):
    read = taken([HEAD, ONE, ONE, TWO])
    assert len(read.items) == 3
    (remark,) = read.report.remarks
    assert remark.text == "VP.01"


def test_the_report_shows_headings_and_samples_of_every_column(taken):
    table = taken([HEAD, ONE, TWO]).report.tables[0]
    assert table.headers[2] == "Nhiệm vụ"
    assert table.samples[4] == ["Sổ tiếp công dân", "Báo cáo tháng"]
    assert table.columns[0] == ""
    assert table.rows == 2


# -- the standard unit -------------------------------------------------------------


def test_a_column_marks_the_standard_unit(taken):
    read = taken([[*HEAD, "Đơn vị chuẩn"], [*ONE, "x"], [*TWO, None]])
    assert column(read, "standard_unit") == [True, False]


@pytest.mark.parametrize("place", ["title", "heading", "note"])
def test_a_sentence_points_at_the_only_line_with_those_points(taken, place):
    said = "Sản phẩm chuẩn = 100 điểm = hệ số 1,00"
    rows = [[said if place == "title" else "DANH MỤC"], HEAD, ONE, TWO]
    if place == "heading":
        rows[1] = [*HEAD[:7], said]
    if place == "note":
        rows[2] = [*ONE[:7], said]
    read = taken(rows)
    assert column(read, "standard_unit") == [True, False]
    assert any(said in remark.reason for remark in read.report.remarks)


def test_a_sentence_that_fits_two_lines_marks_none_and_says_so(taken):
    read = taken([["Sản phẩm chuẩn = 100 điểm"], HEAD, ONE, [*ONE[:1], "VP.07", *ONE[2:]]])
    assert column(read, "standard_unit") == [False, False]
    assert "2" in read.report.remarks[0].reason


def test_a_line_on_the_level_of_a_numbered_heading_does_not_stand_under_it(taken):
    found = taken([
        HEAD,
        ["I", None, "CÔNG TÁC ĐẢNG"],
        [1, None, "Tổ chức hội nghị"], ["1.1", *ONE[1:]], ["1.2", *TWO[1:]],
        [2, *ONE[1:]],
        ["II", None, "CÔNG TÁC DÂN VẬN"], [1, *TWO[1:]],
    ])  # fmt: skip
    under = "Tổ chức hội nghị"
    assert [(item["group"], item["duty"]) for item in found.items] == [
        ("CÔNG TÁC ĐẢNG", under), ("CÔNG TÁC ĐẢNG", under), ("CÔNG TÁC ĐẢNG", ""), ("CÔNG TÁC DÂN VẬN", "")
    ]  # fmt: skip


def test_lines_numbered_anew_stand_under_a_numbered_heading(taken):
    found = taken([HEAD, [1, None, "CÔNG TÁC ĐẢNG"], [1, *ONE[1:]], [2, *TWO[1:]], [2, None, "CÔNG TÁC DÂN VẬN"], ONE])
    assert [item["group"] for item in found.items] == ["CÔNG TÁC ĐẢNG", "CÔNG TÁC ĐẢNG", "CÔNG TÁC DÂN VẬN"]


def test_a_work_with_lettered_parts_heads_them(taken):
    found = taken([
        HEAD, [1, None, "Tổ chức hội nghị"], ["a)", *ONE[1:]], ["b)", *TWO[1:]], [2, *ONE[1:]]
    ])  # fmt: skip
    assert [item["group"] for item in found.items] == ["Tổ chức hội nghị", "Tổ chức hội nghị", ""]
    assert [(entry.row, entry.text) for entry in found.report.left_out] == [(2, "1 | Tổ chức hội nghị")]


def test_rows_hidden_in_the_spreadsheet_are_taken_and_named():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet("DM")
        for row, cells in enumerate([HEAD, ONE, TWO, [3, "VP.03", *ONE[2:]]]):
            sheet.write_row(row, 0, cells)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(7, None, None, {"hidden": True})
    found = read(content.getvalue(), "a.xlsx", guidance.get("phu_luc_3"))
    assert column(found, "code") == ["VP.01", "VP.02", "VP.03"]
    (remark,) = found.report.remarks
    assert (remark.sheet, remark.row) == ("DM", 3)
    assert "3)" in remark.reason


def test_a_table_of_something_else_under_the_catalogue_is_left_out_row_by_row(taken):
    people = [["Đơn vị", "Số người", "Ghi chú"], ["Văn phòng", 3, None], ["Ban Xây dựng Đảng", 4, "đủ"]]
    found = taken([HEAD, ONE, [], ["BẢNG PHỐI HỢP"], *people, [], HEAD, TWO])
    assert column(found, "code") == ["VP.01", "VP.02"]
    assert {5, 6, 7} <= reasons(found).keys()
    assert len(found.report.tables) == 2


def test_a_line_that_says_heading_words_is_still_a_line(taken):
    found = taken([HEAD, ONE, [], [None, None, "Phân công", None, "Thời hạn"], TWO])
    assert column(found, "task") == ["Tiếp công dân", "Phân công", "Lập báo cáo tháng"]


@pytest.mark.parametrize("number", [5, "5", "2,5"])
def test_a_line_of_heading_words_with_a_number_is_no_further_header(taken, number):
    head = ["STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị tính", "Số lượng", "Ghi chú"]
    line = [None, "Công việc", "Kết quả", "Sản phẩm", number, "Phân công"]
    found = taken([head, [1, "Tiếp công dân", "Sổ", "lượt", 5], line, [2, "Họp", "Biên bản", "biên bản", 5]])
    assert column(found, "task") == ["Tiếp công dân", "Công việc", "Họp"]
