"""Several people at one grid: nothing is lost, nothing is overwritten unasked."""

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.services import View


def test_two_people_edit_one_row_while_a_cell_is_open_and_nothing_is_lost(editing, stored):
    lan, minh = editing("Lan"), editing("Minh")
    lan.open(2, "task")
    lan.write("Lan viết dở")
    minh.type(2, "product", "Minh sửa sản phẩm")
    minh.choose(2, "tier", "4 ·")
    lan.sees(2, "product", "Minh sửa sản phẩm")
    lan.sees(2, "points", "200")
    assert lan.half_typed() == "Lan viết dở"
    lan.page.bring_to_front()
    lan.page.keyboard.type(" nay xong", delay=30)
    lan.enter()
    minh.sees(2, "task", "Lan viết dở nay xong")
    assert stored(2, "task") == "Lan viết dở nay xong"
    assert stored(2, "product") == "Minh sửa sản phẩm"
    assert (stored(2, "tier"), stored(2, "points")) == (4, 200)


@pytest.fixture
def asked(editing, stored):
    """Lan, who had a cell open while Minh wrote into it and then committed hers; and Minh."""
    lan, minh = editing("Lan"), editing("Minh")
    lan.open(1, "task")
    lan.write("Của Lan")
    minh.type(1, "task", "Của Minh")
    minh.sees(1, "task", "Của Minh")
    minh.type(4, "product", "để biết đã tới")
    lan.sees(4, "product", "để biết đã tới")
    assert lan.half_typed() == "Của Lan"
    lan.enter()
    expect(lan.page.locator(".st-key-edit_questions")).to_contain_text("Của Minh")
    expect(lan.page.locator(".st-key-edit_questions")).to_contain_text("Của Lan")
    assert stored(1, "task") == "Của Minh"
    return lan, minh


def test_the_second_in_one_cell_is_asked_and_can_keep_theirs_own(asked, stored):
    lan, minh = asked
    lan.page.set_viewport_size({"width": 1280, "height": 800})
    expect(lan.page.get_by_role("button", name=_("Keep mine"))).to_be_in_viewport(ratio=1)
    lan.press(_("Keep mine"))
    minh.sees(1, "task", "Của Lan")
    lan.sees(1, "task", "Của Lan")
    assert stored(1, "task") == "Của Lan"
    expect(lan.page.get_by_role("button", name=_("Keep mine"))).to_have_count(0)


def test_the_second_in_one_cell_is_asked_and_can_take_the_others(asked, stored):
    lan, _minh = asked
    lan.press(_("Take theirs"))
    lan.sees(1, "task", "Của Minh")
    assert stored(1, "task") == "Của Minh"
    expect(lan.page.get_by_role("button", name=_("Take theirs"))).to_have_count(0)
    lan.type(1, "task", "Lan viết sau khi đã xem")
    lan.sees(1, "task", "Lan viết sau khi đã xem")
    expect(lan.page.get_by_role("button", name=_("Take theirs"))).to_have_count(0)


def test_a_row_deleted_under_an_edit_is_asked_about_and_can_be_put_back(editing, store, catalogue, stored):
    lan, minh = editing("Lan"), editing("Minh")
    lan.open(3, "task")
    lan.write("Lan đang viết")
    minh.point(3, "✓")
    minh.press(_("Delete ticked rows ({n})").format(n=1))
    minh.sees(3, "code", "VP.05")
    expect(lan.page.locator(".st-key-edit_banner_show")).to_be_visible()
    assert lan.half_typed() == "Lan đang viết"
    lan.enter()
    lan.press(_("Put the row back with mine"))
    minh.page.locator(".st-key-edit_banner_show").wait_for()
    lan.sees(3, "task", "Lan đang viết")
    lan.sees(3, "code", "VP.04")
    assert stored(3, "task") == "Lan đang viết"


def test_a_row_of_anothers_waits_until_it_is_asked_for(editing, store, catalogue, eventually):
    lan, minh = editing("Lan"), editing("Minh")
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
    expect(lan.page.locator(".st-key-edit_banner_show")).to_be_visible()
    assert lan.half_typed() == "Lan viết dở"
    assert lan.scrolled() == before
    lan.enter()
    lan.sees(14, "task", "Lan viết dở")
    lan.page.locator(".st-key-edit_banner_show button").click()
    lan.sees(0, "code", "VP.01")
    lan.page.mouse.move(900, 600)
    lan.page.mouse.wheel(0, 5000)
    lan.sees(30, "task", "Việc mới của Minh")
    items = View(store.reading(catalogue.id)).items
    assert list(items["task"])[-1] == "Việc mới của Minh"
    assert items.at["item-14", "task"] == "Lan viết dở"


def test_anothers_change_of_a_cell_typed_here_is_shown_and_told_while_typing(editing):
    lan, minh = editing("Lan"), editing("Minh")
    lan.type(5, "product", "Lan viết")
    minh.sees(5, "product", "Lan viết")
    lan.open(6, "task")
    lan.write("dở dang")
    minh.type(8, "task", "Minh viết trước ở một ô khác, đủ lâu để thấy ô kia")
    minh.type(5, "product", "Minh viết lại")
    lan.sees(5, "product", "Minh viết lại")
    assert lan.half_typed() == "dở dang"
    expect(lan.page.get_by_test_id("stToast")).to_contain_text("Minh")
