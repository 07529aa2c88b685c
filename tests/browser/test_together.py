"""Three people at one grid: nothing is lost, nothing is overwritten unasked, and nobody is asked what is not theirs.

Each story holds for the three windows at once: of the one it concerns, of the one who caused it, of the one who
looks on.
"""

import re
import sqlite3

from playwright.sync_api import expect

from kpicat.language import _
from kpicat.services import View, bulk

from .conftest import AT

QUESTIONS = ".st-key-edit_questions"
BANNER = ".st-key-edit_banner"
CLOCK = re.compile(r"\d\d:\d\d:\d\d")


def asked_nothing(*people):
    for someone in people:
        expect(someone.page.get_by_role("button", name=_("Keep mine"))).to_have_count(0)


def saved(someone):
    """The word that what somebody typed is saved, with the time."""
    return someone.page.get_by_text(re.compile(_("Saved at {time}").format(time=CLOCK.pattern)))


def test_while_a_cell_is_open_others_go_on_in_its_row_and_nothing_is_lost(three, stored):
    lan, minh, hoa = three
    lan.type(5, "product", "Lan viết")
    minh.sees(5, "product", "Lan viết")
    expect(saved(lan)).to_be_visible()
    expect(saved(hoa)).to_have_count(0)

    lan.open(2, "task")
    lan.write("Lan viết dở")
    minh.type(2, "product", "Minh sửa sản phẩm")
    minh.choose(2, "tier", "4 ·")
    minh.type(5, "product", "Minh viết lại")
    for someone in (lan, hoa):
        someone.sees(2, "product", "Minh sửa sản phẩm")
        someone.sees(2, "points", "200")
        someone.sees(5, "product", "Minh viết lại")
    assert lan.half_typed() == "Lan viết dở"
    expect(lan.page.get_by_test_id("stToast")).to_contain_text("Minh")  # it was Lan's, and only hers
    expect(hoa.page.get_by_test_id("stToast")).to_have_count(0)

    lan.page.bring_to_front()
    lan.page.keyboard.type(" nay xong", delay=30)
    lan.enter()
    for someone in (minh, hoa):
        someone.sees(2, "task", "Lan viết dở nay xong")
    assert stored(2, "task") == "Lan viết dở nay xong"
    assert stored(2, "product") == "Minh sửa sản phẩm"
    assert (stored(2, "tier"), stored(2, "points")) == (4, 200)


def meet(lan, minh, row, witness):
    """Lan has a cell open while Minh writes into it and the witness sees it, and then commits hers."""
    lan.open(row, "task")
    lan.write(f"Lan {row}")
    minh.type(row, "task", f"Minh {row}")
    witness.sees(row, "task", f"Minh {row}")
    assert lan.half_typed() == f"Lan {row}"
    lan.enter()
    for word in (f"Minh {row}", f"Lan {row}", CLOCK):
        expect(lan.page.locator(QUESTIONS)).to_contain_text(word)


def test_who_is_second_in_one_cell_is_asked_and_keeps_theirs_or_takes_the_others(three, stored, eventually):
    lan, minh, hoa = three
    lan.page.set_viewport_size({"width": 1280, "height": 800})
    meet(lan, minh, 1, hoa)
    assert stored(1, "task") == "Minh 1"
    expect(lan.page.get_by_role("button", name=_("Keep mine"))).to_be_in_viewport(ratio=1)
    asked_nothing(minh, hoa)
    lan.press(_("Keep mine"))
    for someone in three:
        someone.sees(1, "task", "Lan 1")
    assert stored(1, "task") == "Lan 1"
    asked_nothing(lan)

    lan.open(2, "task")
    lan.write("Lan 2")
    minh.type(2, "task", "Minh 2")
    minh.type(7, "product", "để biết đã tới")
    lan.sees(7, "product", "để biết đã tới")
    lan.enter()
    lan.press(_("Take theirs"))
    lan.sees(2, "task", "Minh 2")
    assert stored(2, "task") == "Minh 2"
    asked_nothing(lan)
    lan.type(2, "task", "Lan viết sau khi đã xem")
    for someone in three:
        someone.sees(2, "task", "Lan viết sau khi đã xem")
    asked_nothing(lan)

    for rows, answer, who in (((3, 4), "Keep all mine", "Lan"), ((5, 6), "Take all theirs", "Minh")):
        for row in rows:
            meet(lan, minh, row, hoa)
        lan.press(_(answer))
        for row in rows:
            for someone in three:
                someone.sees(row, "task", f"{who} {row}")
        asked_nothing(*three)
        eventually(lambda rows=rows, who=who: [stored(row, "task") for row in rows] == [f"{who} {row}" for row in rows])


def test_rows_deleted_added_and_moved_by_others_wait_until_they_are_asked_for(
    three, store, catalogue, stored, eventually
):
    lan, minh, hoa = three
    lan.open(3, "task")
    lan.write("Lan đang viết")
    minh.point(3, "✓")
    minh.press(_("Delete ticked rows ({n})").format(n=1))
    minh.sees(3, "code", "VP.05")
    for someone in (lan, hoa):
        expect(someone.page.locator(f"{BANNER}_show")).to_be_visible()
        someone.sees(3, "code", "VP.04")
    assert lan.half_typed() == "Lan đang viết"
    lan.enter()
    lan.press(_("Put the row back with mine"))
    expect(minh.page.locator(f"{BANNER}_show")).to_be_visible()
    for someone in (lan, hoa):
        someone.sees(3, "task", "Lan đang viết")
        someone.sees(3, "code", "VP.04")
    assert stored(3, "task") == "Lan đang viết"
    minh.page.locator(f"{BANNER}_show button").click()
    minh.sees(3, "task", "Lan đang viết")

    lan.page.mouse.move(900, 600)
    lan.page.mouse.wheel(0, 350)
    eventually(lambda: lan.scrolled() == 350)
    lan.open(14, "task")
    lan.write("Lan viết dở")
    before = lan.scrolled()
    minh.page.mouse.move(900, 600)
    minh.page.mouse.wheel(0, 5000)
    minh.shown(30, "task").wait_for(state="attached")
    minh.type(30, "task", "Việc mới của Minh")
    for someone in (lan, hoa):
        expect(someone.page.locator(f"{BANNER}_show")).to_be_visible()
    assert lan.half_typed() == "Lan viết dở"
    assert lan.scrolled() == before
    lan.enter()
    lan.sees(14, "task", "Lan viết dở")
    lan.page.locator(f"{BANNER}_show button").click()
    lan.sees(0, "code", "VP.01")
    lan.page.mouse.move(900, 600)
    lan.page.mouse.wheel(0, 5000)
    lan.sees(30, "task", "Việc mới của Minh")
    items = View(store.reading(catalogue.id)).items
    assert list(items["task"])[-1] == "Việc mới của Minh"
    assert items.at["item-14", "task"] == "Lan viết dở"

    view = View(store.reading(catalogue.id))
    bulk.carry_out(store, view, bulk.move(view, ["item-1"], bulk.Where.TOP), actor="Một máy khác", at=AT)
    for someone in three:
        expect(someone.page.locator(BANNER)).to_contain_text(_("rows moved"))
    hoa.sees(0, "code", "VP.01")
    hoa.page.locator(f"{BANNER}_show button").click()
    hoa.sees(0, "code", "VP.02")


def test_what_a_locked_database_does_not_take_is_said_to_its_author_kept_and_saved_later(
    three, server, stored, eventually
):
    lan, minh, hoa = three
    waiting = lan.page.get_by_test_id("stAlert")
    hand = sqlite3.connect(server.database, isolation_level=None, timeout=10)
    hand.execute("BEGIN IMMEDIATE")
    try:
        lan.type(0, "task", "Gõ khi cơ sở dữ liệu bận")
        lan.type(1, "task", "Gõ tiếp")
        expect(waiting).to_be_visible()
        assert stored(0, "task") == "Việc thứ 1"
        lan.sees(0, "task", "Gõ khi cơ sở dữ liệu bận")
        for someone in (minh, hoa):
            someone.sees(0, "task", "Việc thứ 1")
            expect(someone.page.get_by_test_id("stAlert")).to_have_count(0)
    finally:
        hand.execute("ROLLBACK")
        hand.close()
    eventually(lambda: stored(0, "task") == "Gõ khi cơ sở dữ liệu bận" and stored(1, "task") == "Gõ tiếp")
    expect(waiting).to_have_count(0)
    for someone in three:
        someone.sees(0, "task", "Gõ khi cơ sở dữ liệu bận")
        someone.sees(1, "task", "Gõ tiếp")
