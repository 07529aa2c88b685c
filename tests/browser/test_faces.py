"""What a meeting shows each of three people: who is here, what the others did, and every question there is."""

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.office.presence import BEAT_SECONDS, GONE_AFTER

CONFLICTS = ".st-key-edit_questions"


def people(someone):
    """Names shown as here, with where they are."""
    return someone.page.locator(".people .person")


@pytest.fixture
def three(editing):
    return editing("Lan"), editing("Minh"), editing("Hoa")


# -- presence --


def test_three_people_see_each_other_and_where_the_others_are(three):
    lan, minh, hoa = three
    for someone in three:
        expect(people(someone)).to_have_count(3)
    minh.open(4, "task")
    expect(people(lan).filter(has_text="Minh")).to_contain_text("VP.05")
    hoa.goto("dashboard")
    expect(people(minh).filter(has_text="Hoa")).to_contain_text(_("Results and charts"))


def test_who_closes_the_page_is_gone_within_fifteen_seconds(three):
    lan, minh, hoa = three
    expect(people(lan)).to_have_count(3)
    hoa.context.close()
    expect(people(lan)).to_have_count(2, timeout=15_000)
    expect(people(minh)).to_have_count(2, timeout=1_000)
    assert GONE_AFTER.total_seconds() + BEAT_SECONDS < 15


def test_a_name_typed_in_the_sidebar_is_the_one_the_others_see(editing):
    lan, minh = editing("Lan"), editing("Minh")
    name = minh.page.get_by_role("textbox", name=_("Your name"))
    name.fill("Bí thư Minh")
    name.press("Enter")
    expect(people(lan).filter(has_text="Bí thư Minh")).to_have_count(1)


# -- several questions at once --


@pytest.fixture
def asked_twice(editing, stored):
    """Lan, asked of two cells that Minh wrote into while hers were open."""
    lan, minh = editing("Lan"), editing("Minh")
    for row in (1, 2):
        lan.open(row, "task")
        lan.write(f"Lan {row}")
        minh.type(row, "task", f"Minh {row}")
        lan.enter()
    expect(lan.page.locator(CONFLICTS)).to_contain_text("Minh 1")
    expect(lan.page.locator(CONFLICTS)).to_contain_text("Minh 2")
    return lan, minh


@pytest.mark.parametrize(("answer", "who"), [("Keep all mine", "Lan"), ("Take all theirs", "Minh")])
def test_several_questions_can_be_answered_at_once(asked_twice, stored, eventually, answer, who):
    lan, minh = asked_twice
    lan.press(_(answer))
    for row in (1, 2):
        lan.sees(row, "task", f"{who} {row}")
        minh.sees(row, "task", f"{who} {row}")
    expect(lan.page.get_by_role("button", name=_("Keep mine"))).to_have_count(0)
    eventually(lambda: [stored(row, "task") for row in (1, 2)] == [f"{who} 1", f"{who} 2"])


# -- undo and redo --


def test_undo_and_redo_by_keyboard_are_my_own(editing, stored, eventually):
    lan, minh = editing("Lan"), editing("Minh")
    lan.type(1, "task", "Lan viết")
    minh.type(2, "task", "Minh viết")
    lan.sees(2, "task", "Minh viết")
    lan.select(5, "task")
    lan.page.keyboard.press("Control+z")
    minh.sees(1, "task", "Việc thứ 2")
    lan.sees(1, "task", "Việc thứ 2")
    assert stored(2, "task") == "Minh viết"
    lan.page.keyboard.press("Control+y")
    minh.sees(1, "task", "Lan viết")
    lan.sees(1, "task", "Lan viết")


def test_what_is_done_in_one_window_can_be_undone_and_redone_in_another_of_the_same_person(editing, stored, eventually):
    here, there = editing("Lan"), editing("Lan")
    undo, redo = (there.page.locator(f".st-key-edit_{which} button").first for which in ("undo", "redo"))
    expect(undo).to_be_disabled()
    here.type(1, "task", "Lan viết")
    expect(undo).to_be_enabled()
    undo.click()
    here.sees(1, "task", "Việc thứ 2")
    expect(redo).to_be_enabled()
    expect(here.page.locator(".st-key-edit_redo button").first).to_be_enabled()
    here.press(_("Redo"))
    there.sees(1, "task", "Lan viết")
    expect(redo).to_be_disabled()


def test_undo_is_refused_with_the_reason_where_another_has_written_since(editing, stored):
    lan, minh = editing("Lan"), editing("Minh")
    lan.type(1, "task", "Lan viết")
    minh.sees(1, "task", "Lan viết")
    minh.type(1, "task", "Minh viết lại")
    lan.sees(1, "task", "Minh viết lại")
    lan.press(_("Undo"))
    expect(lan.page.get_by_test_id("stToast").filter(has_text="Minh").last).to_be_visible()
    assert stored(1, "task") == "Minh viết lại"


# -- the line --


def test_a_commit_comes_over_the_line_without_being_asked_for(editing, person):
    lan, minh = editing("Lan"), editing("Minh")
    asked = []
    lan.page.route("**/live?*visit=*", lambda route: asked.append(route.request.url) or route.abort())
    minh.type(3, "task", "Qua đường dây")
    lan.sees(3, "task", "Qua đường dây")
    assert asked == []


def test_where_the_line_is_cut_the_page_asks_by_itself(tap, editing):
    lan, minh = editing("Lan"), editing("Minh")
    tap(lan, "**/live?*", lambda line: line.close())
    lan.page.reload()
    lan.settle()
    lan.at_grid(tuple(name for name in lan.columns if name not in ("✓", "#", "status")))
    minh.type(2, "task", "Không qua đường dây")
    lan.sees(2, "task", "Không qua đường dây")
    expect(people(lan)).to_have_count(2)


def test_a_browser_that_was_offline_for_half_a_minute_comes_up_to_date_by_itself(editing, stored, eventually):
    lan, minh = editing("Lan"), editing("Minh")
    lan.open(1, "task")
    lan.write("Lan viết dở")
    lan.context.set_offline(True)
    minh.type(2, "task", "Minh viết khi Lan mất mạng")
    lan.page.wait_for_timeout(30_000)
    lan.context.set_offline(False)
    lan.sees(2, "task", "Minh viết khi Lan mất mạng")
    assert lan.half_typed() == "Lan viết dở"
    lan.enter()
    eventually(lambda: stored(1, "task") == "Lan viết dở")
    minh.sees(1, "task", "Lan viết dở")
