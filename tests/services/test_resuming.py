"""A grid outlives its session: the next one finds the rows of what the browser still holds, whatever happened since."""

from __future__ import annotations

import json

import pytest

from kpicat.model import Add, Catalogue, Delete, Edit, Item
from kpicat.model.order import between, default_place
from kpicat.services import View
from kpicat.ui import resuming
from kpicat.ui.frame import Desk
from kpicat.ui.grid import Grid

COLUMNS = ("code", "task", "quantity")
SHAPE = ("everything", *COLUMNS)


def view_of(store):
    return View(store.reading("xa"))


@pytest.fixture
def before(store, catalogue):
    """The grid of the session that is lost, on the browser's screen."""
    grid, view = Grid(), view_of(store)
    grid.begin(view, SHAPE, COLUMNS, [*view.items.index], 3)
    grid.mark = resuming.mark(grid)
    grid.paint()
    return grid


def resumed(store, mark, at, actor="Lan", shape=SHAPE):
    grid = Grid()
    desk = Desk(store, view_of(store), actor)
    return grid if resuming.resume(grid, mark, desk, shape=shape, columns=COLUMNS, at=at) else None


def types(grid, store, row, column, text, at, actor="Lan"):
    grid.paint()
    grid.take({row: {column: text}})
    grid.save(store, actor=actor, at=at)


def test_the_next_session_goes_on_with_the_same_rows_and_the_same_widget(before, store, at):
    after = resumed(store, before.mark, at)
    assert (after.key, after.ids, after.reserved) == (before.key, before.ids, before.reserved)
    after.paint()
    assert after.frame.equals(before.frame)


def test_rows_stay_where_they_are_on_the_screen_whoever_added_deleted_or_moved_some(before, store, at):
    first, last = default_place(1), default_place(3)
    moved = Edit("three", "place", last, between(None, first))
    others = [Delete("one", store.head("xa")), moved, Add(Item("new", {"task": "Chen vào"}))]
    store.commit("xa", others, actor="Minh", at=at)
    after = resumed(store, before.mark, at)
    assert after.ids == before.ids
    types(after, store, 1, "task", "Lan viết", at)
    assert store.reading("xa").items.at["two", "task"] == "Lan viết"
    assert after.gone() == ["one"]


def test_a_line_begun_in_a_blank_row_is_gone_on_with_and_not_begun_again(before, store, at):
    types(before, store, 3, "task", "Dòng mới", at)
    after = resumed(store, before.mark, at)
    types(after, store, 3, "task", "Dòng mới", at)  # the browser had not yet heard that it is kept
    types(after, store, 4, "task", "Dòng sau", at)
    assert [*store.reading("xa").items["task"][3:]] == ["Dòng mới", "Dòng sau"]


def test_what_another_wrote_since_is_asked_about_and_what_i_wrote_myself_is_not(before, store, at):
    store.commit("xa", [Edit("two", "task", "Báo cáo tháng", "Minh viết")], actor="Minh", at=at)
    store.commit("xa", [Edit("one", "task", "Tiếp công dân định kỳ", "Lan viết")], actor="Lan", at=at)
    after = resumed(store, before.mark, at)
    types(after, store, 0, "task", "Lan viết lại", at)
    assert not after.conflicts
    types(after, store, 1, "task", "Lan cũng viết", at)
    assert [(c.theirs, c.by) for c in after.conflicts.values()] == [("Minh viết", "Minh")]
    assert store.reading("xa").items.at["two", "task"] == "Minh viết"


def test_a_filtered_grid_is_gone_on_with(store, catalogue, at):
    grid = Grid()
    grid.begin(view_of(store), SHAPE, COLUMNS, ["one", "three"], 0)
    mark = resuming.mark(grid)
    store.commit("xa", [Delete("two", store.head("xa"))], actor="Minh", at=at)
    assert resumed(store, mark, at).ids == ("one", "three")


def test_a_grid_of_another_shape_catalogue_or_past_is_begun_anew(before, store, at):
    store.create(Catalogue("khác", "Danh mục khác"), actor="founder", at=at)
    told = json.loads(before.mark)
    assert resumed(store, before.mark, at, shape=("only some", *COLUMNS)) is None
    assert resumed(store, json.dumps(told | {"catalogue": "khác"}), at) is None
    assert resumed(store, json.dumps(told | {"standing": [told["standing"][0], "of a backup"]}), at) is None
    assert resumed(store, json.dumps(told | {"standing": [99, told["standing"][1]]}), at) is None
    assert resumed(store, json.dumps(told | {"rows": [[0, 4]]}), at) is None


@pytest.mark.parametrize("mark", ["", "null", "[]", "{}", '{"key": 1}', "no json", '{"standing": 1}'])
def test_what_is_no_mark_is_none(mark, store, catalogue, at):
    assert resumed(store, mark, at) is None
