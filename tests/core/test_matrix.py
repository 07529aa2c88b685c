"""The same work at different titles is one row, whatever words each title has for it."""

from decimal import Decimal

import pytest

from kpicat import guidance
from kpicat.matrix import Matrix, matrix
from kpicat.model import Item, items_frame

EDITION = guidance.get("phu_luc_3")


def catalogue(*rows):
    names = ("task", "position", "tier")
    return items_frame(Item(f"i{n}", dict(zip(names, row, strict=False))) for n, row in enumerate(rows))


def test_one_work_in_other_words_at_two_titles_is_one_row():
    items = catalogue(
        ("Báo cáo cải cách hành chính quý", "Chuyên viên", 2),
        ("Vào sổ văn bản đến", "Văn thư", 1),
        ("BC CCHC quý", "Chánh Văn phòng", 3),
        ("Báo cáo cải cách hành chính tháng", "Kế toán", 1),
    )
    found = matrix(items, EDITION)
    assert found.titles == ("Chuyên viên", "Chánh Văn phòng")
    (row,) = found.rows
    assert row.name == "Báo cáo cải cách hành chính quý"
    assert row.cells == {"Chuyên viên": ("i0",), "Chánh Văn phòng": ("i2",)}
    assert row.tiers == {"Chuyên viên": (2,), "Chánh Văn phòng": (3,)}
    assert row.differs


def test_works_whose_tiers_differ_come_first():
    titles = ("Văn thư", "Kế toán")
    same = [("Ghi biên bản họp giao ban", title, 1) for title in titles]
    other = [("Kiểm kê tài sản", title, tier) for title, tier in zip(titles, (1, 2), strict=True)]
    assert [row.differs for row in matrix(catalogue(*same, *other), EDITION).rows] == [True, False]


def test_a_line_without_a_tier_is_open_not_different():
    items = catalogue(("Kiểm kê tài sản", "A", 2), ("Kiểm kê tài sản", "B", None))
    (row,) = matrix(items, EDITION).rows
    assert row.tiers == {"A": (2,), "B": (None,)} and not row.differs


def test_points_say_the_tier_and_several_lines_at_one_title_stay_apart():
    items = catalogue(("Kiểm kê tài sản", "A"), ("Kiểm kê tài sản", "A"), ("Kiểm kê tài sản", "B"))
    items["points"] = [Decimal(120), Decimal(150), Decimal(100)]
    (row,) = matrix(items, EDITION).rows
    assert row.tiers == {"A": (2, 3), "B": (1,)}


@pytest.mark.parametrize("title", ["", "  "])
def test_lines_without_a_title_are_left_out(title):
    items = catalogue(("Kiểm kê tài sản", "A", 2), ("Kiểm kê tài sản", title, 3))
    assert matrix(items, EDITION) == matrix(catalogue(), EDITION) == Matrix((), ())


def test_departments_where_nobody_has_named_positions():
    items = catalogue(("Kiểm kê tài sản", "", 2), ("Kiểm kê tài sản", "", 3))
    items["department"] = ["Phòng Kinh tế", "Văn phòng"]
    assert matrix(items, EDITION, by="department").titles == ("Phòng Kinh tế", "Văn phòng")


def test_work_that_holds_the_other_is_another_row():
    items = catalogue(("Đăng ký khai sinh", "A", 1), ("Đăng ký hộ tịch", "B", 2))
    assert matrix(items, EDITION).rows == ()
