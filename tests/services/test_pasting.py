"""A pasted block as new items and over items there are: what it would do, and what of it is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat import services
from kpicat.exchange import Pointed
from kpicat.exchange.clipboard import block
from kpicat.exchange.read_pasted import NO_HEADINGS, read_pasted, starting_at
from kpicat.model import Edit
from kpicat.services import View, pasting

ALL = ["one", "two", "three"]


@pytest.fixture
def view(store, catalogue):
    return View(store.reading("xa"))


@pytest.fixture
def pasted(view):
    """Reads a block whose columns are these fields."""

    def read(text, *fields):
        pointed = Pointed(NO_HEADINGS, dict(enumerate(fields))) if fields else None
        return read_pasted(block(text), view.guidance, pointed=pointed)

    return read


def edits(plan):
    return {(e.item_id, e.field): e.new for e in plan.writes if isinstance(e, Edit)}


# -- as new items --


def test_rows_become_items_after_those_there_are_and_one_undo_takes_them_back(store, view, pasted, at):
    plan = pasting.append(view, pasted("Nhiệm vụ\tSố lượng\nHọp giao ban\t12\nTiếp dân\t4\n"))
    done = services.save(store, view, plan.writes, actor="Lan", at=at, label="paste")
    after = View(store.reading("xa"))
    assert list(after.items["task"])[3:] == ["Họp giao ban", "Tiếp dân"]
    assert services.batches(store, after)[0].label == "paste"
    services.undo(store, after, done.batch, actor="Lan", at=at)
    assert list(View(store.reading("xa")).items.index) == ALL


# -- over items there are --


def test_rows_go_over_the_items_in_their_order(view, pasted):
    plan = pasting.lay_over(view, pasted("5\n6\n7\n", "quantity"), ["three", "one"])
    assert edits(plan) == {("three", "quantity"): 5, ("one", "quantity"): 6}
    assert [item.id for item in plan.changed] == ["three", "one"]


def test_two_columns_go_where_the_first_is_said_to_go_and_into_the_next(view):
    grid = ("code", "task", "deadline", "responsible", "note")
    copied = block("Ngày 20 hằng tháng\tChuyên viên A\n\tChuyên viên B\n")
    said = starting_at("deadline", copied.width, grid)
    plan = pasting.lay_over(view, read_pasted(copied, view.guidance, grid, pointed=said), ["two", "one"])
    assert edits(plan) == {
        ("two", "deadline"): "Ngày 20 hằng tháng",
        ("two", "responsible"): "Chuyên viên A",
        ("one", "responsible"): "Chuyên viên B",
    }


def test_rows_more_than_there_are_items_are_added(view, pasted):
    plan = pasting.lay_over(view, pasted("Việc A\nViệc B\n", "task"), ["one"])
    assert [item["task"] for item in plan.added] == ["Việc B"]
    assert len(plan.writes) == 2


def test_a_blank_row_leaves_its_item_alone_and_the_next_row_goes_over_the_next_item(view, pasted):
    plan = pasting.lay_over(view, pasted("5\t1\n\t\n7\t1\n", "quantity", "tier"), ALL)
    assert edits(plan)["three", "quantity"] == 7
    assert "two" in plan.same


def test_a_blank_cell_keeps_what_is_there_unless_it_is_to_empty_it(view, pasted):
    block_ = pasted("Mới\t\n", "task", "quantity")
    assert edits(pasting.lay_over(view, block_, ["one"])) == {("one", "task"): "Mới"}
    assert edits(pasting.lay_over(view, block_, ["one"], clear=True)) == {
        ("one", "task"): "Mới",
        ("one", "quantity"): None,
    }


def test_a_tier_brings_its_points_and_points_pasted_beside_it_stand(view, pasted):
    assert edits(pasting.lay_over(view, pasted("Mức 4\n", "tier"), ["two"])) == {
        ("two", "tier"): 4,
        ("two", "points"): 200,
    }
    plan = pasting.lay_over(view, pasted("4\t150\n", "tier", "points"), ["two"])
    assert edits(plan) == {("two", "tier"): 4, ("two", "points"): 150}


def test_what_is_pasted_already_brings_nothing_with_it(store, view, pasted, at):
    services.save(store, view, services.set_field(view, ["two"], "points", Decimal(125)), actor="Lan", at=at)
    now = View(store.reading("xa"))
    tier = str(now.value("two", "tier"))
    plan = pasting.lay_over(now, pasted(f"{tier}\n", "tier"), ["two"])
    assert (plan.writes, plan.same) == ([], ["two"])


def test_a_tier_pasted_as_it_stands_is_not_moved_by_the_points_beside_it(store, view, pasted, at):
    services.save(store, view, services.set_field(view, ["two"], "tier", 3), actor="Lan", at=at)
    now = View(store.reading("xa"))
    assert edits(pasting.lay_over(now, pasted("3\t200\n", "tier", "points"), ["two"])) == {("two", "points"): 200}


def test_points_that_follow_from_the_tier_are_there_already(view, pasted):
    shown = view.cells.loc["one"]
    assert view.value("one", "points") is None and shown["points"]
    plan = pasting.lay_over(
        view, pasted(f"{shown['points']}\t{shown['coefficient']}\n", "points", "coefficient"), ["one"]
    )
    assert plan.same == ["one"]


@pytest.mark.parametrize(
    ("field", "text"), [("quantity", "nhiều"), ("points", "2-3"), ("tier", "9"), ("standard_unit", "chưa rõ")]
)
def test_a_cell_that_cannot_be_is_listed_and_the_rest_of_its_row_gets_in(view, pasted, field, text):
    plan = pasting.lay_over(view, pasted(f"Mới\t{text}\n", "task", field), ["two"])
    assert edits(plan) == {("two", "task"): "Mới"}
    (refused,) = plan.refused
    assert (refused.row, refused.text) == (1, text)
    assert text in refused.reason


def test_a_refused_cell_is_not_emptied(view, pasted):
    plan = pasting.lay_over(view, pasted("nhiều\n", "quantity"), ["one"], clear=True)
    assert plan.writes == []


@pytest.mark.parametrize(("text", "value"), [("x", True), ("không", False), ("có", True)])
def test_yes_and_no_as_people_write_them(view, pasted, text, value):
    plan = pasting.lay_over(view, pasted(f"{text}\n", "standard_unit"), ["one"])
    assert (plan.same == ["one"]) is value


def test_words_beside_a_quantity_change_no_other_cell(view, pasted):
    assert edits(pasting.lay_over(view, pasted("12 lượt\n", "quantity"), ["three"])) == {("three", "quantity"): 12}


def test_what_no_number_of_a_new_row_can_hold_is_kept_in_words(view, pasted):
    plan = pasting.lay_over(view, pasted("Việc\tnhiều\n", "task", "quantity"), [])
    assert [dict(item.values) for item in plan.added] == [{"task": "Việc", "frequency": "nhiều"}]
    assert [note.row for note in plan.remarks] == [1]


def test_a_cell_changed_by_another_meanwhile_is_asked_about(store, view, pasted, at):
    plan = pasting.lay_over(view, pasted("Của Lan\n", "task"), ["two"])
    services.save(store, view, [Edit("two", "task", "Báo cáo tháng", "Của Minh")], actor="Minh", at=at)
    outcome = services.save(store, view, plan.writes, actor="Lan", at=at, label="paste")
    assert [(c.item_id, c.theirs) for c in outcome.conflicts] == [("two", "Của Minh")]
    assert View(store.reading("xa")).value("two", "task") == "Của Minh"
