"""The page of tiers by keyboard alone: in its grid, and one item at a time before a group."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from playwright.sync_api import expect

from kpicat.model import CATALOGUE, Edit

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
COLUMNS = ("code", "task", "tier", "points", "coefficient", "product", "rationale", "position", "standard_unit")
BIG = ".kpicat-one-task"


def at_table(person, name="Lan", **options):
    someone = person(name, **options)
    someone.goto("assign")
    someone.at_grid(COLUMNS)
    return someone


def at_one(person, name="Lan", **options):
    someone = person(name, **options)
    someone.goto("assign")
    someone.page.get_by_role("radio", name="Từng việc một").click()
    expect(someone.page.locator(BIG)).to_be_visible()
    someone.settle()
    return someone


def test_a_digit_sets_the_tier_and_the_points_of_the_row_with_the_cursor(person, stored, eventually):
    lan = at_table(person)
    lan.select(1, "task")
    lan.page.keyboard.press("4")
    eventually(lambda: stored(1, "tier") == 4)
    assert stored(1, "points") == Decimal(200)
    assert stored(1, "task") == "Việc thứ 2"
    lan.sees(1, "points", "200")


def test_a_digit_is_typed_where_numbers_are_typed(person, stored, eventually):
    lan = at_table(person)
    lan.type(1, "points", "150")
    eventually(lambda: stored(1, "points") == Decimal(150))
    lan.select(2, "points")
    lan.page.keyboard.press("1")
    assert lan.half_typed() == "1"


def test_with_the_cursor_on_a_ticked_row_all_ticked_rows_are_meant(person, stored, eventually):
    lan = at_table(person)
    for row in (3, 5):
        lan.point(row, "✓")
        expect(lan.page.get_by_role("combobox", name=f"Mức cho {1 if row == 3 else 2} dòng đã")).to_be_visible()
    lan.page.keyboard.press("2")
    eventually(lambda: (stored(3, "tier"), stored(5, "tier")) == (2, 2))
    assert stored(4, "tier") == 1


def test_a_group_goes_through_its_items_by_keyboard_alone(person, store, catalogue, stored, eventually):
    store.commit(catalogue.id, [Edit("item-3", "tier", 4, None), Edit("item-3", "points", Decimal(200), None)],
                 actor="Minh", at=AT)  # fmt: skip
    lan = at_one(person)
    big, keyboard = lan.page.locator(BIG), lan.page.keyboard
    expect(big).to_have_text("Việc thứ 1")
    keyboard.press("ArrowRight")
    expect(big).to_have_text("Việc thứ 2")
    keyboard.press("ArrowLeft")
    expect(big).to_have_text("Việc thứ 1")
    keyboard.press("ArrowDown")
    expect(big).to_have_text("Việc thứ 4")
    lan.settle()
    keyboard.press("3")
    eventually(lambda: stored(3, "tier") == 3)
    assert stored(3, "points") == Decimal(150)
    lan.reads("do Lan chọn")
    assert lan.page.evaluate("document.activeElement.tagName") != "CANVAS"


def test_another_ones_choice_is_followed_and_never_overwritten(person, store, catalogue, stored, eventually):
    lan = at_one(person)
    store.commit(catalogue.id, [Edit("item-0", "tier", 1, 2), Edit("item-0", "points", Decimal(100), Decimal(120))],
                 actor="Minh", at=AT)  # fmt: skip
    lan.reads("do Minh chọn")
    lan.page.keyboard.press("4")
    eventually(lambda: stored(0, "tier") == 4)
    lan.reads("do Lan chọn")


def test_keys_pressed_quickly_are_neither_lost_nor_given_to_an_item_nobody_has_seen(person, stored):
    lan = at_one(person)
    for _n in range(4):
        lan.page.keyboard.press("ArrowRight")
    expect(lan.page.locator(BIG)).to_have_text("Việc thứ 5")
    lan.settle()
    lan.page.keyboard.press("ArrowRight")
    lan.page.keyboard.press("2")  # what is on the screen is still the item before
    expect(lan.page.locator(BIG)).to_have_text("Việc thứ 6")
    lan.settle()
    assert stored(5, "tier") == 2  # as it was
    assert stored(4, "tier") in (1, 2)


def test_after_a_click_on_the_order_the_keys_go_on(person):
    lan = at_one(person)
    lan.page.get_by_role("combobox", name="Thứ tự").click()
    lan.page.get_by_role("option", name="Chưa xếp mức trước").click()
    lan.settle()
    lan.page.keyboard.press("ArrowRight")
    expect(lan.page.locator(BIG)).to_have_text("Việc thứ 2")


def test_after_points_typed_and_entered_the_digits_are_keys_again(person, store, catalogue, stored, eventually):
    store.commit(catalogue.id, [Edit(CATALOGUE, "guidance", catalogue.guidance, "khung_xa")], actor="Minh", at=AT)
    lan = at_one(person)
    points = lan.page.locator("[class*=st-key-assign_points_] input")
    points.fill("77,0")
    points.press("Enter")
    eventually(lambda: stored(0, "points") == Decimal(77))
    lan.settle()
    for _n in range(2):  # the same again, of which nothing is to be written
        points.fill("77")
        points.press("Enter")
        expect(points).not_to_be_focused()
    lan.page.keyboard.press("4")
    eventually(lambda: stored(0, "tier") == 4)


def test_criteria_are_marked_by_keyboard_and_leave_the_item_where_it_is(person, store, catalogue, eventually):
    lan = at_one(person)
    lan.page.get_by_text("Chấm theo tiêu chí").click()
    first = lan.page.get_by_role("radiogroup", name="Tiến độ").get_by_role("radio").first
    expect(first).to_be_visible()
    lan.settle()
    for _n in range(60):
        lan.page.keyboard.press("Tab")
        if first.evaluate("it => it.closest('[role=radiogroup]').contains(document.activeElement)"):
            break
    lan.page.keyboard.press("ArrowDown")
    marks = lambda: str(store.reading(catalogue.id).items["criteria"].iloc[0])  # noqa: E731
    eventually(lambda: marks() == '{"progress": "2"}')
    expect(lan.page.locator(BIG)).to_have_text("Việc thứ 1")
