"""Sheets with legacy text: converted, said, and nothing else touched."""

import pytest

from kpicat.text.legacy import Legacy
from tests.core.test_legacy import written
from tests.core.test_viqr import in_viqr

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm đầu ra", "Đơn vị tính", "Điểm"]
LINES = [
    [1, "Tiếp công dân định kỳ của Bí thư", "Sổ tiếp công dân", "buổi", 100],
    [2, "Thẩm tra hồ sơ kết nạp đảng viên", "Hồ sơ đã thẩm tra", "hồ sơ", 120],
    [3, "Lập báo cáo tháng", "Báo cáo", "bản", 100],
]


def as_old(rows, old):
    return [[written(cell, old) if isinstance(cell, str) else cell for cell in row] for row in rows]


@pytest.mark.parametrize("old", Legacy)
def test_a_whole_sheet_is_read_as_if_it_were_in_unicode(taken, old):
    found = taken(as_old([HEAD, *LINES], old))
    plain = taken([HEAD, *LINES])
    assert [item.values for item in found.items] == [item.values for item in plain.items]
    (remark,) = [remark for remark in found.report.remarks if remark not in plain.report.remarks]
    assert old.value in remark.reason
    assert "B, C, D" in remark.reason


@pytest.mark.parametrize("old", Legacy)
def test_text_of_old_bytes_that_passed_for_the_code_page_of_windows_is_read_cell_by_cell(csv_taken, old):
    lines = [[4, "Đăng ký khai sinh", "Giấy", "giấy", 100], [5, "Báo cáo dân vận hằng quý", "Báo cáo", "bản", 100]]
    rows = [HEAD, *LINES, *lines]
    text = "\n".join(";".join(map(str, row)) for row in as_old(rows, old))
    assert [item["task"] for item in csv_taken(text, "latin-1").items] == [row[1] for row in rows[1:]]


def test_unicode_lines_of_a_mixed_sheet_stay_as_they_are(taken):
    mixed = [HEAD, LINES[0], *as_old(LINES[1:2], Legacy.TCVN3), *as_old(LINES[2:], Legacy.VNI)]
    found = taken([*mixed, [4, "Rà soát sân chơi", "Báo cáo", "lần", 100]])
    assert [item["task"] for item in found.items] == [*(line[1] for line in LINES), "Rà soát sân chơi"]


def test_a_sheet_in_unicode_has_no_remark(taken):
    assert not taken([HEAD, *LINES]).report.remarks


def test_hidden_signs_that_turn_the_order_of_letters_are_taken_out_and_said(taken):
    first, *others = LINES
    turned = [first[0], "Tiếp công dân \u202eđịnh kỳ\u202c của Bí thư", *first[2:]]
    found, plain = taken([HEAD, turned, *others]), taken([HEAD, *LINES])
    assert [item.values for item in found.items] == [item.values for item in plain.items]
    (remark,) = found.report.remarks
    assert "(columns B)" in remark.reason or "(cột B)" in remark.reason


# -- VIQR ------------------------------------------------------------------------------


def as_signs(rows):
    return [[in_viqr(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def test_a_whole_sheet_typed_with_signs_is_read_as_if_it_were_in_unicode(taken):
    found = taken(as_signs([HEAD, *LINES]))
    plain = taken([HEAD, *LINES])
    assert [item.values for item in found.items] == [item.values for item in plain.items]
    (remark,) = [remark for remark in found.report.remarks if "VIQR" in remark.reason]
    assert "B, C, D" in remark.reason


def test_one_cell_with_signs_is_left_and_told(taken):
    found = taken([HEAD, *LINES, [4, "Ra` soa't sa^n cho+i", "Bao cao", "lan", 100]])
    assert found.items[3]["task"] == "Ra` soa't sa^n cho+i"
    assert any("VIQR" in remark.reason and remark.text == "Ra` soa't sa^n cho+i" for remark in found.report.remarks)


def test_a_sign_at_the_end_is_a_tone_unless_the_word_stands_elsewhere_without_it(taken):
    lines = [
        [1, "Ca'n bo^.", "Ho^` so+.", "bo^.", 100],
        [2, "Lu+u ho^` so+ ca'n bo^. xa~", "So^? ghi che'p", "ba?n", 120],
    ]
    found = taken([*as_signs([HEAD]), *lines])
    assert [item["product"] for item in found.items] == ["Hồ sơ.", "Sổ ghi chép"]
    assert found.items[0]["task"] == "Cán bộ"
    assert any(remark.text == "Nhiệm vụ" for remark in found.report.remarks), "the first of those to be looked over"
