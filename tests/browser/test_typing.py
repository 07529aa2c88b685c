"""One person at the grid: what is typed, pasted, ticked and undone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.services import View


def test_a_decimal_comma_pasted_stays_one(editing, stored, eventually):
    lan = editing("Lan")
    lan.paste(0, "quantity", "1,25")
    eventually(lambda: stored(0, "quantity") == Decimal("1.25"))
    lan.sees(0, "quantity", "1,25")
    lan.page.reload()
    lan.sees(0, "quantity", "1,25")


def test_a_block_pasted_from_a_spreadsheet_lands_cell_by_cell(editing, stored, eventually):
    lan = editing("Lan")
    lan.paste(3, "product", "Tờ trình\t1,5\t2\t120\nKế hoạch\t0,8\t4\t200\nBáo cáo năm\t1\t1\t100")
    eventually(lambda: stored(5, "product") == "Báo cáo năm")
    found = [[stored(n, field) for field in ("product", "quantity", "tier", "points")] for n in (3, 4, 5)]
    assert found == [
        ["Tờ trình", Decimal("1.5"), 2, 120],
        ["Kế hoạch", Decimal("0.8"), 4, 200],
        ["Báo cáo năm", 1, 1, 100],
    ]
    lan.sees(4, "quantity", "0,8")
    lan.sees(4, "coefficient", "2")


def test_text_in_a_number_column_is_named_by_row_and_column_and_not_saved(editing, stored):
    lan = editing("Lan")
    lan.type(2, "quantity", "nhiều lần")
    said = lan.page.get_by_test_id("stAlert").filter(has_text="VP.03")
    expect(said).to_contain_text("nhiều lần")
    expect(said).to_contain_text(_("Quantity"))
    assert stored(2, "quantity") == 12
    lan.type(2, "quantity", "24")
    expect(said).to_have_count(0)
    lan.sees(2, "quantity", "24")
    assert stored(2, "quantity") == 24


def test_a_tier_sets_points_and_coefficient_on_screen(editing, stored):
    lan = editing("Lan")
    lan.type(1, "points", "100")
    lan.sees(1, "points", "100")
    lan.choose(1, "tier", "4 ·")
    lan.sees(1, "points", "200")
    lan.sees(1, "coefficient", "2")
    assert (stored(1, "tier"), stored(1, "points")) == (4, 200)


@pytest.mark.parametrize("size", [6])
def test_typing_in_a_blank_row_makes_an_item(editing, store, catalogue, size):
    lan = editing("Lan")
    lan.type(6, "task", "Việc mới")
    lan.sees(6, "#", "7")
    lan.choose(6, "tier", "3 ·")
    lan.sees(6, "points", "150")
    lan.figure(_("Items"), "7")
    items = View(store.reading(catalogue.id)).items
    assert list(items["task"])[-1] == "Việc mới"
    assert list(items["points"])[-1] == 150


@pytest.mark.parametrize("size", [6])
def test_ticked_rows_are_deleted_and_come_back_by_undo(editing, store, catalogue, size):
    lan = editing("Lan")
    lan.point(1, "✓")
    lan.point(3, "✓")
    lan.press(_("Delete ticked rows ({n})").format(n=2))
    lan.sees(1, "code", "VP.03")
    lan.figure(_("Items"), "4")
    lan.press(_("Undo"))
    lan.sees(1, "code", "VP.02")
    lan.sees(3, "code", "VP.04")
    assert list(View(store.reading(catalogue.id)).items.index) == [f"item-{n}" for n in range(6)]


def test_my_last_change_is_undone_on_screen_and_in_the_database(editing, stored):
    lan = editing("Lan")
    lan.choose(0, "tier", "4 ·")
    lan.sees(0, "points", "200")
    lan.press(_("Undo"))
    lan.sees(0, "points", "100")
    assert (stored(0, "tier"), stored(0, "points")) == (1, 100)


def test_a_cell_typed_in_a_search_stays_until_another_search(editing, stored):
    lan = editing("Lan")
    search = lan.page.get_by_label(_("Search"), exact=True)
    search.fill("viec thu 12")
    search.press("Enter")
    lan.sees(0, "code", "VP.12")
    lan.type(0, "task", "Không còn khớp với từ tìm")
    lan.sees(0, "task", "Không còn khớp với từ tìm")
    assert stored(11, "task") == "Không còn khớp với từ tìm"
    search.fill("")
    search.press("Enter")
    lan.sees(0, "code", "VP.01")
    lan.sees(11, "task", "Không còn khớp với từ tìm")


def test_what_was_typed_last_is_saved_when_the_page_is_left_with_the_next_click(editing, stored, eventually):
    lan = editing("Lan")
    lan.open(1, "task")
    lan.write("Gõ rồi đi")
    lan.page.get_by_test_id("stSidebarNavLink").nth(2).click()
    eventually(lambda: stored(1, "task") == "Gõ rồi đi")
