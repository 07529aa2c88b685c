"""Blocks from Excel and Word come in by the clipboard: looked at first, written in one go, taken back in one."""

from __future__ import annotations

import contextlib
import html

import pytest
from playwright.sync_api import expect

from kpicat.labels import field_label
from kpicat.language import _
from kpicat.services import View
from kpicat.ui import grid_view
from tests.browser.conftest import click_in

PATIENCE = 30_000  # ms
HEADINGS = ("STT", "Mã", "Nhiệm vụ", "Sản phẩm đầu ra", "Số lượng", "Mức")


def rows(count):
    return [(n, f"DAN.{n:03}", f"Việc dán thứ {n}", "Sổ, biên bản", n % 30 + 1, n % 4 + 1) for n in range(1, count + 1)]


def copied(page, lines):
    """Put a table on the clipboard as Excel does: as HTML and as lines with tabs."""
    cells = "".join(f"<tr>{''.join(f'<td>{html.escape(str(c))}</td>' for c in line)}</tr>" for line in lines)
    text = "\r\n".join("\t".join(map(str, line)) for line in lines) + "\r\n"
    page.bring_to_front()
    page.evaluate(
        """([html, text]) => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], {type: "text/html"}), "text/plain": new Blob([text], {type: "text/plain"}),
        })])""",
        [f"<table>{cells}</table>", text],
    )


def caught(someone, lines):
    """Open the dialog and paste a table into its box."""
    page = someone.page
    copied(page, lines)
    page.locator(".st-key-edit_paste button").click()
    expect(page.get_by_label(_("Press Ctrl+V here (on a phone: press long and choose Paste)"))).to_be_focused()
    page.keyboard.press("Control+V")
    page.locator(".st-key-edit_paste_go").wait_for()
    someone.settle()


def becomes(someone, field):
    """Say what the first column is taken for, by its name: of a list longer than its box, a click may hit another."""
    page, dialog = someone.page, someone.page.get_by_role("dialog")
    cell = expect(dialog.get_by_test_id("glide-cell-1-0"))
    for patience in (1500, 1500, 3000, PATIENCE):  # a click may fall while the grid is being put up
        across = dialog.locator("canvas").first.bounding_box()["width"]
        click_in(dialog, across * 0.4, grid_view.HEADER + grid_view.ROW / 2)
        with contextlib.suppress(AssertionError if patience < PATIENCE else ()):
            cell.to_have_attribute("aria-selected", "true", timeout=patience)
            break
    option = page.get_by_role("option")
    if not option.count():  # a click opens a cell that had the cursor
        page.keyboard.press("Enter")
    expect(option.first).to_be_visible()
    page.keyboard.type(field)
    expect(option).to_have_count(1)
    page.keyboard.press("Enter")


def confirmed(someone):
    someone.page.locator(".st-key-edit_paste_go button").click()
    expect(someone.page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def tasks(store, catalogue):
    """Reads the works of the catalogue, in order."""
    return lambda: list(View(store.reading(catalogue.id)).items["task"])


def test_five_hundred_rows_come_in_at_once_another_is_told_and_undo_takes_all_back(editing, tasks, store, catalogue):
    lan, minh = editing("Lan"), editing("Minh")
    caught(lan, [HEADINGS, *rows(500)])
    expect(lan.page.get_by_role("dialog")).to_contain_text("501 ")
    assert len(tasks()) == 30
    confirmed(lan)
    lan.figure(_("Items"), "530")
    expect(lan.page.get_by_test_id("stToast")).to_contain_text("500")
    assert tasks()[-1] == "Việc dán thứ 500"
    assert store.batches(catalogue.id)[0].label == "paste"
    expect(minh.page.locator(".st-key-edit_banner_show")).to_be_visible()
    lan.press(_("Undo"))
    lan.figure(_("Items"), "30")
    assert len(tasks()) == 30


def test_who_types_meanwhile_is_not_disturbed_by_five_hundred_rows_that_come_go_and_come_back(
    editing, tasks, stored, eventually
):
    lan, minh = editing("Lan"), editing("Minh")
    banner = lan.page.locator(".st-key-edit_banner")
    lan.open(1, "task")
    lan.write("Lan viết dở")
    caught(minh, [HEADINGS, *rows(500)])
    confirmed(minh)
    expect(banner).to_contain_text("500")
    minh.press(_("Undo"))
    expect(banner).to_have_count(0)
    assert len(tasks()) == 30
    minh.press(_("Redo"))
    expect(banner).to_contain_text("500")
    assert lan.half_typed() == "Lan viết dở"
    lan.enter()
    eventually(lambda: stored(1, "task") == "Lan viết dở")
    lan.page.locator(".st-key-edit_banner_show button").click()
    lan.sees(1, "task", "Lan viết dở")
    expect(banner).to_have_count(0)
    minh.press(_("Undo"))
    expect(banner).to_contain_text("500")
    lan.page.locator(".st-key-edit_banner_show button").click()
    lan.figure(_("Items"), "30")
    lan.sees(1, "task", "Lan viết dở")


def test_rows_are_laid_over_the_ticked_ones_and_a_cell_that_cannot_be_is_named(editing, stored, tasks):
    lan = editing("Lan")
    for row in (1, 3):
        lan.point(row, "✓")
    caught(
        lan, [("Nhiệm vụ", "Số lượng", "Mức"), ("Sửa hai", "7", "khó lắm"), ("Sửa bốn", "", "Mức 4"), ("Thêm", 1, 1)]
    )
    expect(lan.page.locator(".st-key-edit_paste_way")).to_contain_text("2")
    expect(lan.page.locator(".st-key-edit_paste_notes_refused")).to_be_visible()
    confirmed(lan)
    lan.figure(_("Items"), "31")
    assert (stored(1, "task"), stored(1, "quantity"), stored(1, "tier")) == ("Sửa hai", 7, 2)
    assert (stored(3, "task"), stored(3, "quantity"), stored(3, "points")) == ("Sửa bốn", 12, 200)
    assert tasks()[-1] == "Thêm"
    lan.sees(1, "task", "Sửa hai")


def test_a_column_nobody_can_tell_is_named_by_hand(editing, stored):
    lan = editing("Lan")
    lan.point(0, "✓")
    caught(lan, [("77",)])
    lan.page.locator(".st-key-edit_paste_way").wait_for()
    go = lan.page.locator(".st-key-edit_paste_go button")
    expect(go).to_be_disabled()
    becomes(lan, _("Quantity"))
    expect(go).to_be_enabled()
    confirmed(lan)
    lan.sees(0, "quantity", "77")
    assert stored(0, "quantity") == 77


def test_two_columns_without_headings_go_where_the_first_is_said_to_go(editing, stored):
    lan = editing("Lan")
    for row in (0, 2):
        lan.point(row, "✓")
    caught(lan, [("Ngày 15 hằng tháng", "Đạt yêu cầu 1"), ("Ngày 25 hằng tháng", "Đạt yêu cầu 2")])
    dialog = lan.page.get_by_role("dialog")
    dialog.locator("[class*=st-key-edit_paste_start_]").get_by_role("combobox").click()
    lan.page.get_by_role("option", name=field_label("deadline"), exact=True).click()
    expect(dialog).to_contain_text(f"{_('Changed')} 2")
    expect(dialog.get_by_role("region", name=_("Items found in the file"))).to_be_visible()
    confirmed(lan)
    lan.reads(_("Undo"))
    assert [(stored(n, "deadline"), stored(n, "quality")) for n in (0, 2)] == [
        ("Ngày 15 hằng tháng", "Đạt yêu cầu 1"),
        ("Ngày 25 hằng tháng", "Đạt yêu cầu 2"),
    ]
    assert stored(1, "deadline") == "Ngày 20 hằng tháng"


def test_others_changes_leave_the_dialog_and_its_block_alone(editing, tasks):
    lan, minh = editing("Lan"), editing("Minh")
    caught(lan, [HEADINGS, *rows(3)])
    minh.type(2, "task", "Minh viết")
    expect(lan.page.get_by_text("Minh viết").first).to_be_attached()
    expect(lan.page.get_by_role("dialog")).to_be_visible()
    confirmed(lan)
    lan.figure(_("Items"), "33")
    assert tasks()[2] == "Minh viết"


def test_text_put_into_the_box_without_a_clipboard_is_read_too(editing, tasks):
    lan = editing("Lan", width=390, height=844)
    lan.page.locator(".st-key-edit_paste button").click()
    lan.page.get_by_label(_("Press Ctrl+V here (on a phone: press long and choose Paste)")).fill("Nhiệm vụ\nGõ tay\n")
    lan.page.locator(".st-key-edit_paste_go").wait_for()
    confirmed(lan)
    lan.figure(_("Items"), "31")
    assert tasks()[-1] == "Gõ tay"


def test_what_a_grid_has_no_room_for_is_offered_to_the_dialog_and_comes_in_once(editing, tasks, eventually):
    lan = editing("Lan")
    lan.page.mouse.move(900, 600)
    lan.page.mouse.wheel(0, 5000)
    lan.shown(30, "task").wait_for(state="attached")
    lan.select(30, "task")
    copied(lan.page, [(f"Việc dán {n}",) for n in range(37)])
    lan.page.keyboard.press("Control+V")
    offer = lan.page.locator(".st-key-edit_spilled_questions")
    expect(offer).to_contain_text("37")
    lan.page.set_viewport_size({"width": 1280, "height": 700})
    expect(offer).to_be_in_viewport(ratio=1)
    eventually(lambda: len(tasks()) == 40)
    lan.page.locator(".st-key-edit_spilled_open button").click()
    lan.page.locator(".st-key-edit_paste_go").wait_for()
    lan.settle()
    confirmed(lan)
    lan.figure(_("Items"), "67")
    assert tasks()[30:] == [f"Việc dán {n}" for n in range(37)]
    expect(offer).to_have_count(0)


def test_a_tier_in_words_that_the_grids_list_does_not_offer_is_offered_to_the_dialog(editing, stored):
    lan = editing("Lan")
    lan.select(1, "tier")
    copied(lan.page, [("Mức 4",), ("3",)])
    lan.page.keyboard.press("Control+V")
    lan.page.locator(".st-key-edit_spilled_open button").click()
    lan.page.locator(".st-key-edit_paste_go").wait_for()
    lan.settle()
    confirmed(lan)
    lan.sees(1, "points", "200")
    assert (stored(1, "tier"), stored(2, "tier")) == (4, 3)


def test_a_block_that_fits_is_the_grids_own(editing, stored, eventually):
    lan = editing("Lan")
    lan.select(2, "task")
    copied(lan.page, [("Một", "Sổ"), ("Hai", "Biên bản")])
    lan.page.keyboard.press("Control+V")
    lan.sees(3, "product", "Biên bản")
    eventually(lambda: stored(3, "product") == "Biên bản")
    expect(lan.page.locator(".st-key-edit_spilled_questions")).to_have_count(0)
