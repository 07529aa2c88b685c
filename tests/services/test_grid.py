"""The live grid without a browser: an editor that behaves as Streamlit's does, over a real store."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from decimal import Decimal

import pandas as pd
import pytest

from kpicat import services
from kpicat.errors import StoreBusy
from kpicat.services import View
from kpicat.store import open_store
from kpicat.ui.grid import Grid
from kpicat.ui.grid_rows import SELECT

COLUMNS = ("code", "task", "quantity", "tier", "points", "standard_unit")


class Person:
    """Somebody at a grid: types into an editor that shows what was typed until the frame says the same."""

    spares = False  # whether what only lets go is taken without a run

    def __init__(self, store, name, at):
        self.store, self.name, self.at = store, name, at
        self.grid = Grid()
        self.held = {}
        self.frame = None
        self.run()

    @property
    def view(self):
        return View(self.store.reading("xa"))

    def run(self, shape="all"):
        """One run of the page, and its frame reaching the browser."""
        view = self.view
        self.grid.follow(self.store, view, self.at)
        if self.grid.shape != shape:
            self.grid.begin(view, shape, COLUMNS, services.find(view, services.Wanted()), reserve=3)
            self.held = {}
        self.grid.paint()
        self.receive()

    def receive(self):
        """The frame has reached the browser: edits that say the same are let go of, and that is reported."""
        self.frame = self.grid.frame.copy()
        drained = [c for c, raw in self.held.items() if _same(self.frame.at[c], raw)]
        for cell in drained:
            del self.held[cell]
        if drained and not (self.spares and self.grid.lets_go(self.edited())):
            self.report()
            self.run(self.grid.shape)

    def edited(self):
        """What the editor holds."""
        edited = {}
        for (item, column), raw in self.held.items():
            edited.setdefault(self.grid.ids.index(item), {})[column] = raw
        return edited

    def report(self):
        """The editor's callback."""
        self.grid.take(self.edited())
        try:
            self.grid.follow(self.store, self.view, self.at)
            self.grid.save(self.store, actor=self.name, at=self.at)
        except StoreBusy:
            pass

    def put(self, item, column, raw):
        """A cell committed in the browser: typing back what the frame has lets go of the edit."""
        if self.frame.at[item, column] == raw:
            self.held.pop((item, column), None)
        else:
            self.held[item, column] = raw

    def type(self, item, column, raw):
        self.put(item, column, raw)
        self.report()
        self.run(self.grid.shape)

    def sees(self, item, column):
        return self.held.get((item, column), self.frame.at[item, column])

    @property
    def question(self):
        (conflict,) = self.grid.conflicts.values()
        return conflict


def _same(shown, raw):
    return pd.isna(shown) if raw is None else shown == raw


@pytest.fixture(params=[False, True], ids=["run", "spared"], autouse=True)
def spares(request, monkeypatch):
    monkeypatch.setattr(Person, "spares", request.param)
    return request.param


@pytest.fixture
def lan(store, catalogue, at):
    return Person(store, "Lan", at)


@pytest.fixture
def minh(store, catalogue, at):
    return Person(store, "Minh", at)


@pytest.fixture
def stored(store):
    """Reads a cell as the database has it."""

    def read(item, field):
        return View(store.reading("xa")).value(item, field)

    return read


# -- typing --


def test_what_is_typed_is_kept_and_shown_tidily(lan, stored):
    lan.type("one", "task", "  Tiếp  công dân ")
    lan.type("one", "quantity", "1,50")
    assert stored("one", "task") == "Tiếp công dân"
    assert stored("one", "quantity") == Decimal("1.5")
    assert (lan.sees("one", "task"), lan.sees("one", "quantity")) == ("Tiếp công dân", "1,5")
    assert lan.grid.reported == {}


def test_reporting_the_same_again_or_nothing_writes_nothing(lan, store):
    lan.put("one", "task", "Mới")
    lan.report()
    head = store.head("xa")
    lan.report()
    lan.report()
    lan.run()
    lan.report()
    lan.grid.take({})
    lan.grid.save(store, actor="Lan", at=lan.at)
    assert store.head("xa") == head


def test_two_fast_edits_of_one_cell_do_not_meet_each_other(lan, stored):
    for word in ("a", "b", "c"):
        lan.put("one", "task", word)
        lan.report()
    assert stored("one", "task") == "c"
    assert not lan.grid.conflicts


def test_a_value_typed_back_before_the_page_has_answered_is_kept_too(lan, stored):
    before = lan.sees("one", "task")
    lan.put("one", "task", "Khác")
    lan.report()
    lan.put("one", "task", before)
    lan.report()
    lan.run()
    assert stored("one", "task") == before
    assert lan.sees("one", "task") == before


@pytest.mark.parametrize("came", ["before the echo was painted", "too soon after", "late enough to have let go"])
def test_a_value_typed_back_while_its_echo_was_on_its_way_is_kept_and_one_let_go_of_stands(lan, stored, came):
    old = stored("one", "task")
    lan.put("one", "task", "Mới")
    lan.report()
    lan.grid.follow(lan.store, lan.view, lan.at)
    lan.grid.paint()
    painted_at = lan.grid.echoes["one", "task"].at
    lan.put("one", "task", old)  # the browser shows what was there before, and holds nothing
    assert lan.held == {}
    lan.grid.came = painted_at + {"before": -1, "too": 0.1, "late": 0.16}[came.split()[0]]
    assert lan.grid.lets_go(lan.edited()) == came.startswith("late")
    lan.report()
    lan.run()
    assert stored("one", "task") == ("Mới" if came.startswith("late") else old)
    assert lan.sees("one", "task") == stored("one", "task")
    assert lan.grid.reported == lan.grid.settled == lan.grid.waiting == {}


def test_what_a_cell_showed_already_when_it_was_typed_is_let_go_of_at_once(lan, minh, stored):
    minh.type("one", "task", "Cả hai")
    lan.put("one", "task", "Cả hai")
    lan.grid.follow(lan.store, lan.view, lan.at)
    lan.grid.paint()  # the frame that has it is on its way
    lan.report()
    lan.grid.paint()
    lan.grid.came = 0.0
    lan.receive()
    assert stored("one", "task") == lan.sees("one", "task") == "Cả hai"
    assert lan.grid.settled == lan.grid.waiting == {}


def test_the_same_words_can_be_typed_again_after_an_undo(lan, store, stored):
    lan.type("one", "task", "Mới")
    lan.grid.done(store.undo("xa", services.steps_back(store, lan.view, "Lan").undo.id, actor="Lan", at=lan.at))
    lan.run()
    assert lan.sees("one", "task") == "Tiếp công dân định kỳ"
    lan.type("one", "task", "Mới")
    assert stored("one", "task") == "Mới"


def test_a_tier_shows_its_points_also_over_points_typed_before(lan, stored):
    lan.type("two", "points", "100")
    lan.type("two", "tier", "3")
    assert stored("two", "points") == 150
    assert lan.sees("two", "points") == "150"


def test_a_row_pasted_with_tier_and_points_keeps_both_as_pasted(lan, stored):
    lan.put("two", "tier", "3")
    lan.put("two", "points", "155")
    lan.report()
    assert (stored("two", "tier"), stored("two", "points")) == (3, 155)
    assert not lan.grid.conflicts


def test_text_in_a_number_column_is_refused_and_stays_to_be_mended(lan, stored):
    lan.type("one", "quantity", "nhiều")
    assert stored("one", "quantity") == 24
    assert ("one", "quantity") in lan.grid.refused
    lan.run()
    assert lan.sees("one", "quantity") == "nhiều"
    lan.type("one", "quantity", "25")
    assert stored("one", "quantity") == 25
    assert not lan.grid.refused


def test_a_refused_cell_typed_back_is_no_longer_refused(lan):
    lan.type("one", "quantity", "nhiều")
    lan.type("one", "quantity", "24")
    assert not lan.grid.refused


def test_a_refused_cell_that_other_rows_take_the_place_of_is_told_once_more(lan):
    lan.type("one", "quantity", "nhiều")
    said = lan.grid.refused["one", "quantity"]
    lan.run("a search")
    assert not lan.grid.refused
    assert lan.grid.dropped == {("one", "quantity"): said}


def test_a_block_keeps_its_good_cells_where_one_is_refused(lan, stored):
    lan.put("one", "quantity", "nhiều")
    lan.put("two", "quantity", "1,25")
    lan.report()
    assert stored("two", "quantity") == Decimal("1.25")
    assert list(lan.grid.refused) == [("one", "quantity")]


def test_an_emptied_cell_is_empty(lan, stored):
    lan.type("one", "task", None)
    assert stored("one", "task") == ""
    assert lan.grid.reported == {}


# -- new rows --


def test_a_reserved_row_becomes_an_item_when_somebody_types_in_it(lan, store):
    row = lan.grid.ids[-3]
    lan.put(row, "code", "VP.09")
    lan.put(row, "task", "Việc mới")
    lan.report()
    lan.run()
    lan.type(row, "tier", "4")
    assert lan.view.items.index[-1] == row
    assert (lan.view.value(row, "code"), lan.view.value(row, "points")) == ("VP.09", 200)
    assert row not in lan.grid.reserved
    assert not lan.grid.gone()


def test_a_reserved_row_left_empty_is_no_item(lan):
    row = lan.grid.ids[-1]
    lan.type(row, "task", " ")
    lan.type(row, "standard_unit", False)
    assert row not in lan.view.items.index


def test_two_people_typing_into_their_last_rows_get_two_items(lan, minh):
    before = len(lan.view.items)
    lan.type(lan.grid.ids[-3], "task", "Của Lan")
    minh.type(minh.grid.ids[-3], "task", "Của Minh")
    assert len(lan.view.items) == before + 2


# -- others --


def test_anothers_values_appear_and_mine_stay(lan, minh):
    lan.type("one", "task", "Lan viết")
    minh.run()
    minh.type("one", "code", "Minh.1")
    lan.run()
    assert (lan.sees("one", "task"), lan.sees("one", "code")) == ("Lan viết", "Minh.1")
    assert not lan.grid.conflicts
    assert not minh.grid.conflicts


def test_anothers_value_over_one_typed_here_is_shown_and_told(lan, minh):
    lan.type("one", "task", "Lan viết")
    key = lan.grid.key
    minh.run()
    minh.at += timedelta(minutes=1)
    minh.type("two", "code", "x")
    minh.type("one", "task", "Minh viết")
    lan.run()
    assert lan.sees("one", "task") == "Minh viết"
    assert [c.actor for c in lan.grid.others] == ["Minh"]
    assert lan.grid.key == key, "nothing typed half may be lost"


def test_a_value_that_arrived_while_the_cell_was_open_is_asked_about(lan, minh, stored):
    minh.type("one", "task", "Minh viết")
    lan.run()
    lan.at += timedelta(hours=1)
    lan.type("one", "task", "Lan viết")
    assert stored("one", "task") == "Minh viết"
    assert (lan.question.mine, lan.question.theirs, lan.question.by) == ("Lan viết", "Minh viết", "Minh")


def test_a_value_that_came_long_before_another_cell_was_typed_has_been_seen(lan, minh, stored):
    minh.type("one", "task", "Minh viết")
    lan.run()
    lan.at += timedelta(minutes=1)
    lan.type("two", "code", "x")
    lan.type("one", "task", "Lan viết sau")
    assert stored("one", "task") == "Lan viết sau"
    assert not lan.grid.conflicts


def test_typing_again_what_another_has_just_changed_is_asked_about(lan, minh, stored):
    before = lan.sees("one", "task")
    minh.type("one", "task", "Minh viết")
    lan.run()
    lan.type("one", "task", before)
    assert stored("one", "task") == "Minh viết"
    assert lan.question.mine == before


def test_a_value_on_screen_when_the_cell_was_opened_may_be_changed_at_once(lan, minh, stored):
    minh.type("one", "task", "Minh viết")
    lan.run()
    lan.grid.look(lan.at + timedelta(seconds=5))
    lan.type("one", "task", "Lan sửa lại")
    assert stored("one", "task") == "Lan sửa lại"
    assert not lan.grid.conflicts


def test_a_value_the_browser_said_was_on_screen_when_the_cell_was_opened_may_be_changed_at_once(lan, minh, stored):
    minh.type("one", "task", "Minh viết")
    lan.run()
    lan.grid.look(lan.at, shown=lan.view.seq)
    lan.type("one", "task", "Lan sửa lại")
    assert stored("one", "task") == "Lan sửa lại"
    assert not lan.grid.conflicts


def test_a_value_that_came_after_what_the_browser_said_is_asked_about(lan, minh, stored):
    lan.grid.look(lan.at, shown=lan.view.seq)
    minh.type("one", "task", "Minh viết")
    lan.run()
    lan.grid.look(lan.at, shown=lan.view.seq - 1)
    lan.type("one", "task", "Lan viết")
    assert stored("one", "task") == "Minh viết"
    assert lan.grid.conflicts


# -- questions --


@pytest.fixture
def asked(lan, minh):
    """Minh wrote first; Lan, who has not seen it, wrote too."""
    minh.type("one", "task", "Minh viết")
    lan.put("one", "task", "Lan viết")
    lan.report()
    lan.run()
    return lan


def test_the_second_in_one_cell_is_asked_and_nothing_is_overwritten(asked, stored):
    assert stored("one", "task") == "Minh viết"
    assert asked.sees("one", "task") == "Lan viết"
    for _n in range(3):
        asked.report()
        asked.run()
    assert asked.question.mine == "Lan viết"


def test_mine_kept_stands(asked, store, stored):
    asked.grid.keep_mine(store, asked.question, actor="Lan", at=asked.at)
    asked.run()
    assert stored("one", "task") == asked.sees("one", "task") == "Lan viết"
    assert not asked.grid.conflicts


def test_theirs_taken_stands_and_is_shown(asked, stored):
    asked.grid.take_theirs(asked.question)
    asked.run()
    assert stored("one", "task") == asked.sees("one", "task") == "Minh viết"
    assert not asked.grid.conflicts


def test_typing_again_under_an_open_question_overwrites_nothing(asked, stored):
    asked.type("one", "task", "Lan viết nữa")
    assert stored("one", "task") == "Minh viết"
    assert asked.question.mine == "Lan viết nữa"
    asked.type("one", "task", "Minh viết")
    assert not asked.grid.conflicts


def test_who_changed_it_once_more_is_asked_about_again(asked, minh, store, stored):
    minh.type("one", "task", "Minh viết lại")
    asked.grid.keep_mine(store, asked.question, actor="Lan", at=asked.at)
    assert stored("one", "task") == "Minh viết lại"
    assert asked.question.theirs == "Minh viết lại"


def test_an_open_question_is_about_what_the_other_wrote_last_and_is_told_once(asked, minh):
    minh.type("one", "task", "Minh viết lại")
    asked.run()
    assert (asked.question.mine, asked.question.theirs) == ("Lan viết", "Minh viết lại")
    assert asked.grid.others == []


def test_a_question_outlives_another_choice_of_rows(asked):
    asked.run(shape="filtered")
    assert asked.question.mine == "Lan viết"


def test_a_tier_refused_for_anothers_sake_takes_no_points_along(lan, minh, stored):
    minh.type("three", "points", "110")
    lan.run()
    minh.type("three", "tier", "2")
    minh.type("three", "points", "110")
    lan.run()
    lan.at += timedelta(minutes=1)
    lan.type("one", "code", "x")
    minh.type("three", "tier", None)
    lan.put("three", "tier", "4")
    lan.report()
    assert (stored("three", "tier"), stored("three", "points")) != (None, 200)
    assert lan.grid.conflicts


def test_points_that_another_set_meanwhile_are_asked_about_with_the_tier(lan, minh, store, stored):
    minh.type("two", "points", "130")
    lan.put("two", "tier", "4")
    lan.report()
    lan.run()
    assert (stored("two", "tier"), stored("two", "points")) == (2, 130), "one without the other would be a wrong number"
    assert (lan.question.field, lan.question.mine, lan.question.theirs) == ("tier", 4, 2)
    assert lan.sees("two", "tier") == "4", "what is in question is seen as it was typed"
    lan.grid.keep_mine(store, lan.question, actor="Lan", at=lan.at)
    assert (stored("two", "tier"), stored("two", "points")) == (4, 200)
    assert not lan.grid.conflicts


def test_points_that_another_set_meanwhile_stand_with_their_tier_where_mine_is_dropped(lan, minh, stored):
    minh.type("two", "points", "130")
    lan.put("two", "tier", "4")
    lan.put("two", "code", "VP.22")
    lan.report()
    assert stored("two", "code") == "VP.22", "what says nothing of the points is written all the same"
    lan.grid.take_theirs(lan.question)
    lan.run()
    assert (stored("two", "tier"), stored("two", "points")) == (2, 130)
    assert (lan.sees("two", "tier"), lan.sees("two", "points")) == ("2", "130")


def test_a_standard_unit_moves_whole_or_is_asked_about(lan, minh, store, stored):
    store.commit("xa", services.delete(minh.view, ["one"]), actor="Minh", at=minh.at)  # the one before it
    lan.grid.take({1: {"standard_unit": True}})
    lan.grid.save(store, actor="Lan", at=lan.at)
    assert stored("two", "standard_unit") is False
    assert (lan.question.item_id, lan.question.field, lan.question.gone) == ("two", "standard_unit", False)
    lan.run()
    lan.grid.keep_mine(store, lan.question, actor="Lan", at=lan.at)
    assert stored("two", "standard_unit") is True
    assert not lan.grid.conflicts


def test_of_two_who_choose_a_standard_unit_at_once_the_second_is_asked(lan, minh, store, stored):
    theirs = services.cell_edits(minh.view, "three", "standard_unit", True)
    services.save_tied(store, minh.view, theirs, actor="Minh", at=minh.at)
    lan.grid.take({1: {"standard_unit": True}})
    lan.grid.save(store, actor="Lan", at=lan.at)  # as the catalogue stood a moment ago
    assert [stored(item, "standard_unit") for item in ("one", "two", "three")] == [False, False, True]
    assert (lan.question.item_id, lan.question.field, lan.question.by) == ("two", "standard_unit", "Minh")
    lan.run()
    lan.grid.keep_mine(store, lan.question, actor="Lan", at=lan.at)
    assert [stored(item, "standard_unit") for item in ("one", "two", "three")] == [False, True, False]


# -- rows deleted under an edit --


@pytest.fixture
def gone(lan, store):
    """A row taken out by Minh; Lan, who still sees it, chose a tier in it."""
    store.commit("xa", services.delete(lan.view, ["two"]), actor="Minh", at=lan.at)
    lan.put("two", "tier", "4")
    lan.report()
    lan.run()
    return lan


def test_a_row_deleted_under_an_edit_is_asked_about(gone):
    assert gone.question.gone
    assert gone.question.by == "Minh"
    assert gone.grid.gone() == ["two"]
    assert gone.sees("two", "task") == "Báo cáo tháng"


def test_it_can_be_put_back_with_mine_and_what_follows_from_it(gone, store, stored):
    gone.grid.keep_mine(store, gone.question, actor="Lan", at=gone.at)
    gone.run()
    assert (stored("two", "tier"), stored("two", "points"), stored("two", "task")) == (4, 200, "Báo cáo tháng")
    assert not gone.grid.gone()
    assert not gone.grid.conflicts


def test_it_can_be_left_deleted(gone):
    gone.grid.take_theirs(gone.question)
    gone.run()
    assert "two" not in gone.view.items.index
    assert not gone.grid.conflicts


# -- rows others add, and another order --


def test_rows_of_others_wait_until_the_person_asks_for_them(lan, minh):
    ids, key = lan.grid.ids, lan.grid.key
    minh.type(minh.grid.ids[-3], "task", "Của Minh")
    lan.run()
    wanted = services.find(lan.view, services.Wanted())
    assert (lan.grid.ids, lan.grid.key) == (ids, key)
    assert lan.grid.born(wanted) == [minh.grid.ids[-3]]
    lan.grid.renew()
    lan.run()
    assert lan.grid.born(wanted) == []
    assert lan.grid.key != key


def test_no_generation_of_any_session_bears_the_name_of_another(lan, minh):
    keys = {lan.grid.key, minh.grid.key}
    lan.run(shape="filtered")
    assert len(keys | {lan.grid.key}) == 3


# -- the database away --


def test_what_the_database_does_not_take_waits_and_is_saved_later(store, url, catalogue, at, stored):
    impatient = open_store(url, busy_timeout=0.01)
    lan = Person(impatient, "Lan", at)
    row = lan.grid.ids[-1]
    with store._database.write():
        lan.type("one", "task", "Lan viết")
        lan.type(row, "task", "Việc mới")
        assert lan.grid.waiting
        assert lan.sees("one", "task") == "Lan viết"
    lan.grid.save(impatient, actor="Lan", at=at)
    lan.run()
    assert stored("one", "task") == "Lan viết"
    assert stored(row, "task") == "Việc mới"
    assert not lan.grid.waiting
    impatient.close()


def test_what_waits_outlives_another_choice_of_rows_and_is_shown(store, url, catalogue, at, stored):
    impatient = open_store(url, busy_timeout=0.01)
    lan = Person(impatient, "Lan", at)
    row = lan.grid.ids[-1]
    with store._database.write():
        lan.type("one", "task", "Lan viết")
        lan.type(row, "task", "Việc mới")
        lan.run(shape="filtered")
        assert (lan.sees("one", "task"), lan.sees(row, "task")) == ("Lan viết", "Việc mới")
        lan.report()
    lan.report()
    assert (stored("one", "task"), stored(row, "task")) == ("Lan viết", "Việc mới")
    impatient.close()


def test_what_waits_and_is_typed_back_is_not_saved(store, url, catalogue, at, stored):
    impatient = open_store(url, busy_timeout=0.01)
    lan = Person(impatient, "Lan", at)
    before = lan.sees("one", "task")
    with store._database.write():
        lan.type("one", "task", "Lan viết")
        lan.type("one", "task", before)
        assert not lan.grid.waiting
    lan.report()
    assert stored("one", "task") == before
    impatient.close()


def test_letting_go_is_taken_without_a_run_only_where_nothing_else_is_said(lan, spares):
    lan.grid.take({0: {"task": "Việc mới"}})
    lan.grid.save(lan.store, actor=lan.name, at=lan.at)
    assert not lan.grid.lets_go({})  # not echoed yet: the frame has what stood there before
    lan.grid.follow(lan.store, lan.view, lan.at)
    lan.grid.paint()
    assert not lan.grid.lets_go({0: {"task": "Việc mới"}})  # nothing is let go of
    assert not lan.grid.lets_go({0: {"note": "thêm"}})  # something is typed, too
    assert not lan.grid.lets_go({0: {SELECT: True}})  # a row is ticked, too
    assert lan.grid.lets_go({})
    assert lan.grid.reported == lan.grid.settled == {}


def test_what_is_written_otherwise_than_typed_is_shown_by_a_run(lan):
    lan.grid.take({0: {"quantity": "1 240"}})
    lan.grid.save(lan.store, actor=lan.name, at=lan.at)
    lan.grid.follow(lan.store, lan.view, lan.at)
    lan.grid.paint()
    assert lan.grid.frame.at["one", "quantity"] == "1 240"
    assert not lan.grid.lets_go({})


def test_a_backup_put_back_that_stands_at_the_same_number_is_shown_anew(lan):
    about = dataclasses.replace(lan.view.catalogue, head_batch="another")
    other = View(dataclasses.replace(lan.view.reading, catalogue=about))
    assert other.seq == lan.grid.view.seq
    lan.grid.follow(lan.store, other, lan.at)
    assert lan.grid.shape is None


def test_a_number_with_words_is_asked_about_instead_of_losing_them(lan, stored):
    lan.type("one", "quantity", "3 lần/tháng")
    assert stored("one", "quantity") == 24
    assert "3 lần/tháng" in lan.grid.refused["one", "quantity"]
    lan.type("one", "quantity", "1.800")
    assert stored("one", "quantity") == 1800
