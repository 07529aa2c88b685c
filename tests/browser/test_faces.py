"""What a meeting shows each of three people: who is here, what the others did, and every question there is."""

import contextlib
import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.office.presence import BEAT_SECONDS, GONE_AFTER


def people(someone):
    """Names shown as here, with where they are."""
    return someone.page.locator(".people .person")


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


# -- undo and redo --


def test_undo_and_redo_by_keyboard_are_my_own_and_refused_with_the_reason_where_another_has_written_since(
    three, stored
):
    lan, minh, hoa = three
    lan.type(1, "task", "Lan viết")
    minh.type(2, "task", "Minh viết")
    lan.sees(2, "task", "Minh viết")
    lan.select(5, "task")
    for keys, text in (("Control+z", "Việc thứ 2"), ("Control+y", "Lan viết")):
        lan.page.keyboard.press(keys)
        for someone in three:
            someone.sees(1, "task", text)
        assert stored(2, "task") == "Minh viết"

    minh.type(1, "task", "Minh viết lại")
    for someone in (lan, hoa):
        someone.sees(1, "task", "Minh viết lại")
    lan.press(_("Undo"))
    expect(lan.page.get_by_test_id("stToast").filter(has_text="Minh").last).to_be_visible()
    assert stored(1, "task") == "Minh viết lại"


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
    lan.at_grid()
    minh.type(2, "task", "Không qua đường dây")
    lan.sees(2, "task", "Không qua đường dây")
    expect(people(lan)).to_have_count(2)


class Cable(ThreadingTCPServer):
    """The way to a server. While it is out, what is under way waits, as where packets are lost.

    An offline Chromium to which something comes over an open line looks for it without a pause, a whole processor long.
    """

    daemon_threads, block_on_close = True, False

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), BaseRequestHandler)
        self.url, self._port, self.is_in = f"http://127.0.0.1:{self.server_address[1]}", port, threading.Event()
        self.is_in.set()

    def finish_request(self, browser, _address):
        with socket.create_connection(("127.0.0.1", self._port)) as server:
            threading.Thread(target=self._carry, args=(server, browser), daemon=True).start()
            self._carry(browser, server)

    def _carry(self, here, there):
        with contextlib.suppress(OSError):  # an end has hung up
            while said := here.recv(1 << 16):
                self.is_in.wait()
                there.sendall(said)
            there.shutdown(socket.SHUT_WR)


@pytest.fixture
def cable(port):
    with Cable(port) as laid:
        threading.Thread(target=laid.serve_forever, daemon=True).start()
        yield laid
        laid.is_in.set()
        laid.shutdown()


def test_a_browser_that_was_offline_for_half_a_minute_comes_up_to_date_by_itself(
    cable, person, editing, stored, eventually
):
    lan, minh = person("Lan"), editing("Minh")
    lan.base = cable.url
    lan.goto("edit")
    lan.at_grid()
    lan.open(1, "task")
    lan.write("Lan viết dở")
    cable.is_in.clear()
    lan.context.set_offline(True)
    minh.type(2, "task", "Minh viết khi Lan mất mạng")
    lan.page.wait_for_timeout(30_000)
    assert lan.shown(2, "task").text_content() == "Việc thứ 3"
    lan.context.set_offline(False)
    cable.is_in.set()
    lan.sees(2, "task", "Minh viết khi Lan mất mạng")
    assert lan.half_typed() == "Lan viết dở"
    lan.enter()
    eventually(lambda: stored(1, "task") == "Lan viết dở")
    minh.sees(1, "task", "Lan viết dở")
