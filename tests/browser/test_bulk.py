"""Gestures on many rows in a real browser: each previewed, agreed to, and taken back as one."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import Comment, Delete, Edit, Remark
from kpicat.services import View
from kpicat.ui import grid_view


@pytest.fixture
def size():
    return 12


class Bulk:
    """Somebody at the menu of the grid and its dialogs."""

    def __init__(self, someone):
        self.someone, self.page = someone, someone.page
        self.dialog = self.page.get_by_test_id("stDialog")

    def tick(self, *rows):
        for n, row in enumerate(rows, start=1):
            self.someone.point(row, "✓")
            expect(self.page.locator(".st-key-edit_delete")).to_contain_text(f"({n})")

    def choose(self, gesture):
        """Open a gesture's dialog from the menu."""
        self.page.bring_to_front()
        self.page.locator(".st-key-edit_bulk button").click()
        self.page.get_by_role("menuitem", name=gesture, exact=False).click()
        expect(self.dialog).to_be_visible()

    def fill(self, label, text):
        field = self.dialog.get_by_label(label, exact=True).first
        field.fill(text)
        field.press("Tab")

    def pick(self, label, option):
        self.dialog.get_by_role("combobox", name=label).first.click()
        self.page.get_by_role("option", name=option).first.click()

    def set(self, field):
        """Open the dialog that sets a field, at this field."""
        self.choose(_("Set a field"))
        self.pick(_("Field"), field_label(field))
        expect(self.dialog.locator(f".st-key-bulk_set_{field}")).to_be_visible()

    def says(self, words):
        expect(self.dialog).to_contain_text(words)

    def agree(self):
        button = self.dialog.locator(".st-key-bulk_agree button")
        expect(button).to_be_enabled()
        button.click()
        expect(self.dialog).to_have_count(0)


@pytest.fixture
def at_work(editing):
    def somebody(name, **options):
        return Bulk(editing(name, **options))

    return somebody


@pytest.fixture
def items(store, catalogue):
    """Reads the catalogue as the database has it."""
    return lambda: View(store.reading(catalogue.id)).items


@pytest.fixture
def takes_back(items, eventually):
    """Presses undo and sees the catalogue as it was."""

    def undo(someone, before):
        someone.press(_("Undo"))
        eventually(lambda: items().equals(before))

    return undo


def test_a_field_is_set_for_the_ticked_rows_and_undone_as_one(at_work, items, eventually, takes_back):
    lan, before = at_work("Lan"), items()
    lan.tick(0, 1, 3)
    lan.choose(_("Set a field"))
    lan.says("3")
    lan.pick(_("New value"), re.compile("^4 ·"))
    lan.says("→")
    lan.agree()
    eventually(lambda: list(items()["tier"])[:5] == [4, 4, 3, 4, 1])
    assert list(items()["points"])[:2] == [200, 200]
    lan.someone.sees(0, "points", "200")
    takes_back(lan.someone, before)


def test_a_text_is_set_for_all_rows_shown_where_none_is_ticked(at_work, items, eventually):
    lan = at_work("Lan")
    lan.set("department")
    lan.says("12")
    lan.dialog.get_by_role("combobox", name=_("New value")).fill("Ban Xây dựng Đảng")
    lan.page.keyboard.press("Enter")
    lan.agree()
    eventually(lambda: set(items()["department"]) == {"Ban Xây dựng Đảng"})


def test_what_cannot_be_a_value_is_said_in_the_dialog(at_work):
    lan = at_work("Lan")
    lan.set("quantity")
    lan.fill(_("New value"), "nhiều")
    lan.says("nhiều")
    expect(lan.dialog.locator(".st-key-bulk_agree")).to_have_count(0)


def test_found_texts_are_replaced_except_those_left_out(at_work, items, eventually, takes_back):
    lan, before = at_work("Lan"), items()
    lan.tick(0, 1, 2)
    lan.choose(_("Find and replace"))
    lan.fill(_("Find"), "việc thứ")
    lan.fill(_("Replace with"), "nhiệm vụ số")
    canvas = lan.dialog.locator('[data-testid="stDataFrame"] canvas').first
    canvas.click(position={"x": 20, "y": grid_view.HEADER + grid_view.ROW * 1.5}, force=True)
    lan.says(_("{n} left out").format(n=1))
    lan.agree()
    eventually(lambda: list(items()["task"])[:3] == ["Nhiệm vụ số 1", "Việc thứ 2", "Nhiệm vụ số 3"])
    lan.someone.sees(0, "task", "Nhiệm vụ số 1")
    takes_back(lan.someone, before)


def test_rows_move_together_and_the_grid_shows_it(at_work, items, eventually, takes_back):
    lan, before = at_work("Lan"), items()
    lan.tick(4, 2)
    lan.choose(_("Move"))
    lan.dialog.get_by_text(_("After a row"), exact=True).click()
    lan.fill(_("Number or code of that row"), "vp.08")
    lan.says("VP.08")
    lan.agree()
    moved = ["VP.07", "VP.08", "VP.03", "VP.05", "VP.09"]
    eventually(lambda: list(items()["code"])[4:9] == moved)
    for row, code in enumerate(moved, start=4):
        lan.someone.sees(row, "code", code)
    takes_back(lan.someone, before)
    lan.someone.sees(2, "code", "VP.03")


def test_a_row_that_is_not_there_is_said_not_to_be(at_work):
    lan = at_work("Lan")
    lan.tick(4)
    lan.choose(_("Move"))
    lan.dialog.get_by_text(_("Before a row"), exact=True).click()
    lan.fill(_("Number or code of that row"), "99")
    lan.says("99")
    lan.fill(_("Number or code of that row"), "1")
    lan.agree()
    lan.someone.sees(0, "code", "VP.05")


def test_the_catalogue_is_sorted_by_a_column(at_work, items, eventually, takes_back):
    lan, before = at_work("Lan"), items()
    lan.choose(_("Sort by a column"))
    lan.pick(_("Column"), field_label("points"))
    lan.dialog.get_by_text(_("Descending"), exact=True).click()
    lan.agree()
    eventually(lambda: list(items()["points"]) == sorted(before["points"], reverse=True))
    lan.someone.sees(0, "code", "VP.04")
    takes_back(lan.someone, before)


def test_rows_are_copied_for_positions_old_and_new(at_work, items, eventually, takes_back):
    lan, before = at_work("Lan"), items()
    lan.tick(0)
    lan.choose(_("Copy for other positions"))
    box = lan.dialog.get_by_role("combobox", name=_("Positions"))
    for position in ("Bí thư", "Văn thư"):
        box.fill(position)
        lan.page.keyboard.press("Enter")
        expect(lan.dialog.get_by_text(position, exact=True)).to_be_visible()
    lan.page.keyboard.press("Escape")
    expect(lan.dialog).to_be_visible()
    lan.agree()
    eventually(lambda: list(items()["position"])[:4] == ["Chuyên viên", "Bí thư", "Văn thư", "Chuyên viên"])
    after = items()
    assert list(after["standard_unit"])[:3] == [True, False, False]
    assert list(after["responsible"])[1:3] == ["", ""]
    lan.someone.sees(3, "code", "VP.02")
    takes_back(lan.someone, before)


def test_a_line_is_split_with_its_quantity_shared_out(at_work, store, catalogue, items, eventually, takes_back, at):
    whole = "a) Soạn thảo; b) Trình ký; c) Phát hành"
    store.commit(catalogue.id, [Edit("item-1", "task", "Việc thứ 2", whole)], actor="Minh", at=at, label="edit")
    lan = at_work("Lan")
    before = items()
    lan.tick(1)
    lan.choose(_("Split one into several"))
    expect(lan.dialog.get_by_label(_("Parts"))).to_have_value("3")
    lan.agree()
    eventually(lambda: list(items()["task"])[1:5] == ["Soạn thảo", "Trình ký", "Phát hành", "Việc thứ 3"])
    assert list(items()["quantity"])[1:4] == [4, 4, 4]
    assert list(items()["code"])[1:4] == ["VP.02", "VP.02-2", "VP.02-3"]
    lan.someone.sees(2, "task", "Trình ký")
    takes_back(lan.someone, before)


def test_lines_are_merged_with_the_values_chosen_and_what_was_said_of_them(
    at_work, store, catalogue, items, eventually, takes_back, at
):
    asked = Comment("c", "item-1", "c", "Có trùng dòng trên không?", "Minh", at)
    store.commit(catalogue.id, [Remark("item-1", None, asked)], actor="Minh", at=at, label="comment")
    lan, before = at_work("Lan"), items()
    lan.tick(0, 1)
    lan.choose(_("Merge into one"))
    lan.pick(field_label("task"), "Việc thứ 1; Việc thứ 2")
    lan.says("→")
    lan.agree()
    eventually(lambda: list(items()["task"])[:2] == ["Việc thứ 1; Việc thứ 2", "Việc thứ 3"])
    assert (items().at["item-0", "quantity"], items().at["item-0", "standard_unit"]) == (Decimal(24), True)
    lan.someone.press(_("Comments"))
    lan.someone.reads(asked.text)
    lan.someone.reads("2 · VP.02 · Việc thứ 2")
    takes_back(lan.someone, before)


def test_one_row_cannot_be_merged_and_the_dialog_says_what_to_do(at_work):
    lan = at_work("Lan")
    lan.tick(0)
    lan.choose(_("Merge into one"))
    expect(lan.dialog.get_by_test_id("stAlert")).to_be_visible()
    expect(lan.dialog.locator(".st-key-bulk_agree")).to_have_count(0)
    lan.page.keyboard.press("Escape")
    expect(lan.dialog).to_have_count(0)


def test_rows_are_deleted_and_come_back(at_work, items, eventually, takes_back):
    lan, before = at_work("Lan"), items()
    lan.tick(0, 2)
    lan.choose(_("Delete"))
    lan.says("VP.03")
    lan.agree()
    eventually(lambda: list(items()["code"])[:2] == ["VP.02", "VP.04"])
    lan.someone.sees(0, "code", "VP.02")
    takes_back(lan.someone, before)


def test_a_dialog_stays_open_while_others_work_and_shows_what_they_did(at_work, editing, items, eventually):
    lan, minh = at_work("Lan"), editing("Minh")
    lan.tick(0, 1)
    lan.set("quantity")
    lan.fill(_("New value"), "2,5")
    lan.says("12")
    minh.type(1, "quantity", "7")
    eventually(lambda: items().at["item-1", "quantity"] == 7)
    expect(lan.dialog.get_by_test_id("glide-cell-2-1")).to_have_text("7")
    expect(lan.dialog.get_by_label(_("New value"), exact=True)).to_have_value("2,5")
    lan.agree()
    eventually(lambda: list(items()["quantity"])[:3] == [Decimal("2.5"), Decimal("2.5"), 12])


def test_a_row_deleted_while_the_dialog_is_open_is_left_out(at_work, store, catalogue, items, eventually, at):
    lan = at_work("Lan")
    lan.tick(0, 1)
    lan.choose(_("Set a field"))
    lan.pick(_("New value"), re.compile("^4 ·"))
    store.commit(catalogue.id, [Delete("item-1", store.head(catalogue.id))], actor="Minh", at=at, label="delete")
    expect(lan.dialog.get_by_role("alert").first).to_be_visible()
    lan.agree()
    eventually(lambda: items().at["item-0", "tier"] == 4)
    assert "item-1" not in items().index


def test_on_a_phone_a_field_is_set_for_all_rows(person, items, eventually):
    lan = person("Lan", width=390, height=780)
    lan.goto("edit")
    phone = Bulk(lan)
    phone.choose(_("Set a field"))
    phone.pick(_("New value"), re.compile("^2 ·"))
    button = phone.dialog.locator(".st-key-bulk_agree button")
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport(ratio=1)
    phone.agree()
    eventually(lambda: set(items()["tier"]) == {2})


def test_rows_that_were_ticked_are_ticked_still_after_they_moved(at_work, items, eventually):
    lan = at_work("Lan")
    lan.tick(4, 5)
    for first in (0, 2):
        lan.choose(_("Move"))
        if first:
            lan.dialog.get_by_text(_("After a row"), exact=True).click()
            lan.fill(_("Number or code of that row"), "4")
        lan.agree()
        eventually(lambda first=first: list(items()["code"])[first : first + 2] == ["VP.05", "VP.06"])
        lan.someone.sees(first, "code", "VP.05")
        expect(lan.page.locator(".st-key-edit_delete")).to_contain_text("(2)")
    lan.someone.point(2, "✓")
    expect(lan.page.locator(".st-key-edit_delete")).to_contain_text("(1)")


CONTRAST = """([button]) => {
    const pen = document.createElement("canvas").getContext("2d");
    const light = (colour) => {
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
            .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const words = button.querySelector("p");
    const both = [button, words].map((e) => getComputedStyle(e)[e === button ? 'backgroundColor' : 'color']).map(light);
    const [dim, bright] = both.sort((one, other) => one - other);
    return (bright + 0.05) / (dim + 0.05);
}"""
"""How much lighter than its ground the words of a button are, or the other way round; 4.5 can be read by everybody."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_that_does_it_can_be_read_in_either_theme(editing, scheme):
    lan = Bulk(editing("Lan", scheme=scheme))
    lan.tick(2)
    lan.choose(_("Delete"))
    button = lan.dialog.locator(".st-key-bulk_agree button")
    expect(button).to_be_enabled()
    assert lan.page.evaluate(CONTRAST, [button.element_handle()]) >= 4.5
