"""What others do is taken over between two runs of a page only where cells are all there is to it."""

from __future__ import annotations

import threading

import pyarrow as pa
import pytest
from streamlit.proto.Element_pb2 import Element

from kpicat.model import CATALOGUE, Add, Delete, Edit, Item
from kpicat.office import Pace
from kpicat.services.views import Views
from kpicat.ui import grid_view
from tests.services.test_grid import Person


class Watched(Person):
    """A person whose page can be shown what others do without a run of it."""

    def __init__(self, store, name, at):
        self.views = Views(store)
        super().__init__(store, name, at)

    @property
    def view(self):
        return self.views.newest("xa")

    def keeps_pace(self):
        return self.grid.keeps_pace(self.view, self.at)


@pytest.fixture
def lan(store, catalogue, at):
    return Watched(store, "Lan", at)


@pytest.fixture
def others(store, catalogue, at):
    """Commits as somebody else."""

    def commit(*writes):
        assert not store.commit("xa", list(writes), actor="Minh", at=at).conflicts

    return commit


def test_cells_of_others_are_taken_over_and_painted(lan, others, store):
    others(Edit("one", "quantity", lan.view.value("one", "quantity"), 7))
    assert lan.keeps_pace() is Pace.SHOWN
    assert lan.grid.frame.at["one", "quantity"] == "7"
    assert lan.grid.view.seq == store.head("xa")
    assert lan.grid.is_like_others


def test_what_arrived_so_is_asked_about_when_it_was_not_seen_yet(lan, others):
    others(Edit("one", "task", lan.view.value("one", "task"), "Của Minh"))
    assert lan.keeps_pace() is Pace.SHOWN
    lan.type("one", "task", "Của Lan")  # opened before it came
    assert set(lan.grid.conflicts) == {("one", "task")}


def test_where_nothing_is_new_there_is_nothing_to_take_over(lan):
    assert lan.keeps_pace() is Pace.LATER


@pytest.mark.parametrize(
    "write",
    [Add(Item("new", {"task": "Mới"})), Delete("two", 99), Edit("two", "place", "0000000002", "0000000000V")],
    ids=["added", "deleted", "moved"],
)
def test_rows_that_come_go_or_move_need_a_run(lan, store, at, write):
    before = lan.grid.view
    outcome = store.commit("xa", [write], actor="Minh", at=at)
    assert outcome.applied
    assert lan.keeps_pace() is Pace.RUN
    assert lan.grid.view is before


def test_a_cell_of_mine_set_by_another_needs_a_run_that_tells_me(lan, others):
    lan.type("one", "task", "Của Lan")
    others(Edit("one", "task", "Của Lan", "Của Minh"))
    assert lan.keeps_pace() is Pace.RUN


def test_a_field_that_the_page_shows_elsewhere_needs_a_run(lan, others):
    lan.grid.told = frozenset({"points"})
    others(Edit("one", "points", lan.view.value("one", "points"), 150))
    assert lan.keeps_pace() is Pace.RUN


@pytest.mark.parametrize(
    ("state", "pace"),
    [("waiting", Pace.LATER), ("conflicts", Pace.RUN), ("refused", Pace.RUN)],
)
def test_while_something_of_mine_is_unsettled_nothing_is_taken_over(lan, others, state, pace):
    before = lan.grid.view
    getattr(lan.grid, state)["two", "task"] = "?"
    others(Edit("one", "task", lan.view.value("one", "task"), "Của Minh"))
    assert lan.keeps_pace() is pace
    assert lan.grid.view is before


def test_what_the_editor_still_holds_of_mine_stays_over_what_others_do(lan, others):
    lan.grid.settled["two", "task"] = " Của Lan "  # typed and saved; the editor has not let go of it yet
    others(Edit("one", "task", lan.view.value("one", "task"), "Của Minh"))
    assert lan.keeps_pace() is Pace.SHOWN
    assert (lan.grid.frame.at["one", "task"], lan.grid.frame.at["two", "task"]) == ("Của Minh", " Của Lan ")
    assert not lan.grid.is_like_others


def test_while_my_page_runs_nothing_is_taken_over_beside_it(lan, others):
    others(Edit("one", "task", lan.view.value("one", "task"), "Của Minh"))
    held, let_go = threading.Event(), threading.Event()

    def run():
        with lan.grid.guard:
            held.set()
            let_go.wait(20)

    page = threading.Thread(target=run)
    page.start()
    assert held.wait(20)
    assert lan.keeps_pace() is Pace.LATER
    let_go.set()
    page.join()
    assert lan.keeps_pace() is Pace.SHOWN


def test_rows_born_in_my_blank_rows_are_painted_for_me_alone(lan, others):
    lan.type(lan.grid.blank[0], "task", "Việc của Lan")
    born = lan.grid.blank[0]
    lan.grid.settled.clear()
    others(Edit("one", "task", lan.view.value("one", "task"), "Của Minh"))
    assert lan.keeps_pace() is Pace.SHOWN
    assert not lan.grid.is_like_others
    assert (lan.grid.frame.at["one", "task"], lan.grid.frame.at[born, "task"]) == ("Của Minh", "Việc của Lan")


@pytest.mark.parametrize(
    ("write", "concerned"),
    [
        (Add(Item("new", {"task": "Mới"})), True),
        (Edit(CATALOGUE, "name", "Danh mục của xã", "Khác"), True),
        (Edit("two", "group", "", "Nhóm"), True),
        (Edit("two", "note", "", "x"), False),
    ],
    ids=["row", "settings", "told", "cell"],
)
def test_what_comes_with_my_own_edit_and_shows_beside_the_grid_is_left_to_the_page(lan, others, write, concerned):
    lan.grid.told = frozenset({"group"})
    lan.grid.concerns_page = False
    lan.held["one", "task"] = "Của Lan"
    others(write)
    lan.report()
    assert lan.grid.concerns_page is concerned


def test_what_the_same_person_does_in_another_window_needs_a_run_that_offers_to_undo_it(lan, store, at):
    lan.grid.actor = "Lan"
    lan.type("two", "task", "Của Lan, ở đây")
    store.commit("xa", [Edit("one", "task", lan.view.value("one", "task"), "Của Lan")], actor="Lan", at=at)
    assert lan.keeps_pace() is Pace.RUN
    lan.grid.concerns_page = False
    lan.run()
    assert lan.grid.concerns_page


def sent(person, column):
    """What of a column would reach the person's browser now."""
    element = Element()
    grid_view._send_rows(person.grid, element, person.view)
    return pa.ipc.open_stream(element.dataframe.arrow_data.data).read_all().column(column).to_pylist()


def test_rows_sent_while_a_newer_view_is_taken_over_are_not_kept_for_all_who_look_at_that_one(lan, others, store, at):
    others(Edit("one", "quantity", lan.view.value("one", "quantity"), 7))
    assert lan.keeps_pace() is Pace.SHOWN
    others(Edit("one", "quantity", 7, 8))
    lan.grid.follow(store, lan.view, at)  # a report of hers has come, and her page has not run for it yet
    assert sent(lan, "quantity")[0] == "7"
    lan.grid.paint()
    assert sent(lan, "quantity")[0] == "8"
