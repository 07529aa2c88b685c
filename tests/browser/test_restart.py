"""The server dies: what was acknowledged is there, what was being typed is not lost, and people go on."""

import time

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.model import Delete, Edit
from tests.browser.conftest import AT

AWAY = '[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])'

STREAM = "**/_stcore/stream"
"""A page's line to the server of the pages."""


@pytest.fixture
def killed(server):
    """Kills the server under a person who has a page open, and waits until their browser knows."""

    def kill(someone):
        server.kill()
        someone.page.locator(AWAY).wait_for()

    yield kill
    server.kill()
    server.start()


@pytest.fixture
def restarted(server):
    """Starts the server again and waits until a person's browser has it back."""

    def start(someone):
        server.start()
        expect(someone.page.locator(AWAY)).to_have_count(0)
        someone.settle()

    return start


def test_every_acknowledged_edit_outlives_a_kill_and_the_page_comes_back(editing, killed, restarted, stored):
    lan = editing("Lan")
    for n in range(3):
        lan.choose(n, "tier", "4 ·")
        lan.sees(n, "points", "200")  # only the server knows the points: it has answered
    killed(lan)
    restarted(lan)
    assert [(stored(n, "tier"), stored(n, "points")) for n in range(3)] == [(4, 200)] * 3
    lan.reads(_("Everything you type is saved at once."))  # as a page says that has just begun
    lan.type(4, "task", "Sau khi khởi động lại")
    lan.sees(4, "#", "5")
    lan.figure(_("Items"), "30")
    lan.choose(5, "tier", "4 ·")
    lan.sees(5, "points", "200")
    assert stored(4, "task") == "Sau khi khởi động lại"
    assert [stored(n, "tier") for n in (0, 1, 2, 5)] == [4] * 4


def test_a_page_without_a_grid_comes_back_also_where_its_asking_for_that_was_lost(
    tap, person, killed, restarted, store, catalogue
):
    lan, lost = person("Lan"), []

    def forgetful(line):
        server = line.connect_to_server()
        line.on_message(lambda said: lost.append(said) if b'"back"' in said and not lost else server.send(said))

    tap(lan, STREAM, forgetful)
    lan.goto("history")
    lan.reads("founder")
    killed(lan)
    store.commit(catalogue.id, [Edit("item-1", "task", "Việc thứ 2", "Viết lúc vắng")], actor="Hoa", at=AT)
    restarted(lan)
    lan.reads("Hoa")
    assert lost


def test_on_a_page_on_which_nothing_was_done_yet_the_first_thing_typed_is_saved(
    editing, killed, restarted, stored, eventually
):
    lan = editing("Lan")
    killed(lan)
    restarted(lan)
    lan.type(4, "task", "Sau khi khởi động lại")
    eventually(lambda: stored(4, "task") == "Sau khi khởi động lại")


def test_a_cell_half_typed_outlives_the_server_and_is_saved_when_it_is_back(
    editing, killed, restarted, stored, eventually
):
    lan = editing("Lan")
    lan.open(2, "task")
    lan.write("Lan viết dở")
    killed(lan)
    lan.page.keyboard.type(", viết tiếp")
    for key in ("Enter", "Tab"):  # nobody is there to take it
        lan.page.keyboard.press(key)
    lan.page.mouse.click(5, 5)
    assert lan.half_typed() == "Lan viết dở, viết tiếp"
    restarted(lan)
    assert lan.half_typed() == "Lan viết dở, viết tiếp"
    lan.enter()
    eventually(lambda: stored(2, "task") == "Lan viết dở, viết tiếp")


class Line:
    """A browser's line to the pages' server; while it is slow, what the browser says is kept on the way."""

    def __init__(self, someone, tap):
        self.is_slow, self.under_way, self._page = False, [], someone.page
        tap(someone, STREAM, self._through)

    def _through(self, browser):
        server = browser.connect_to_server()
        browser.on_message(lambda said: self.under_way.append((server, said)) if self.is_slow else server.send(said))

    def carries(self, text):
        """Wait until the browser has said this; then everything it said arrives at once."""
        until = time.monotonic() + 30
        while not any(text.encode() in said for _server, said in self.under_way):
            assert time.monotonic() < until, "it was never said"
            self._page.wait_for_timeout(20)
        self.is_slow = False
        for server, said in self.under_way:
            server.send(said)


def test_a_cell_finished_before_the_next_server_has_shown_the_page_is_saved(tap, editing, server, killed, stored):
    lan = editing("Lan")
    line = Line(lan, tap)
    lan.goto("edit")
    lan.open(2, "task")
    lan.write("Lan viết dở")
    killed(lan)
    line.is_slow = True
    server.start()
    expect(lan.page.locator(AWAY)).to_have_count(0)
    lan.enter()
    line.carries("Lan viết dở")
    lan.reads(_("Saved at {time}").partition("{")[0])
    assert stored(2, "task") == "Lan viết dở"
    lan.sees(2, "task", "Lan viết dở")


def test_what_was_typed_in_the_last_moment_is_saved_by_the_next_server(editing, server, restarted, stored, eventually):
    lan = editing("Lan")
    lan.open(2, "task")
    lan.write("Vừa Enter xong")
    lan.enter()
    server.kill()  # the editor waits a little before it reports
    restarted(lan)
    eventually(lambda: stored(2, "task") == "Vừa Enter xong")
    lan.sees(2, "task", "Vừa Enter xong")


def test_what_others_did_meanwhile_is_asked_about_and_moves_nobody_s_row(
    editing, killed, restarted, store, catalogue, stored, at, eventually
):
    lan = editing("Lan")
    lan.open(2, "task")
    lan.write("Lan viết dở")
    killed(lan)
    seq = store.head(catalogue.id)
    others = [Delete("item-0", seq), Edit("item-2", "task", "Việc thứ 3", "Minh viết")]
    store.commit(catalogue.id, others, actor="Minh", at=at)  # at another server
    restarted(lan)
    lan.enter()
    lan.reads("Minh viết")
    assert stored(2, "task") == "Minh viết"
    lan.press(_("Keep mine"))
    lan.sees(2, "task", "Lan viết dở")
    lan.sees(0, "#", "✕")
    eventually(lambda: [stored(n, "task") for n in (1, 2, 3)] == ["Việc thứ 2", "Lan viết dở", "Việc thứ 4"])
