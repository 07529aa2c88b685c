"""Undo and redo where several people, or one person in two tabs, have been at the same rows."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from kpicat import services
from kpicat.exchange import Read
from kpicat.model import Add, Comment, Edit, Item, ReadReport, Remark
from kpicat.services import Mode, bulk, commenting
from kpicat.services.bulk import Part, Where
from kpicat.store import examine
from tests.services.room import Together


class Room(Together):
    def sets(self, who, item, **values):
        edits = [Edit(item, field, self.view.value(item, field), new) for field, new in values.items()]
        return services.save(self.store, self.view, edits, actor=who, at=self.at)

    def says(self, who, item, text="Khoan đã", id="c"):
        said = Remark(item, None, Comment(id, item, id, text, who, self.at))
        return services.save(self.store, self.view, [said], actor=who, at=self.at, label="comment")

    def does(self, who, planned):
        return bulk.carry_out(self.store, self.view, planned, actor=who, at=self.at)

    def merges(self, who, *ids):
        return self.does(who, bulk.merge(self.view, ids, actor=who, at=self.at))

    def imports(self, who, mode, *lines):
        items = [Item(f"r{n}", values) for n, values in enumerate(lines)]
        plan = services.plan(self.view, Read(items, ReadReport("a.xlsx")), mode)
        return bulk.save_whole(self.store, self.view, plan.writes, actor=who, at=self.at, label="import")

    def steps(self, who, refused=()):
        return services.steps_back(self.store, self.view, who, refused)

    def undoes(self, who):
        return services.undo(self.store, self.view, self.steps(who).undo.id, actor=who, at=self.at)

    def redoes(self, who):
        return services.undo(self.store, self.view, self.steps(who).redo.id, actor=who, at=self.at)

    def tasks(self):
        return list(self.view.items["task"])


@pytest.fixture
def room(store, catalogue, at):
    return Room(store, at)


def told(outcome):
    return [(c.item_id, c.field, c.by) for c in outcome.conflicts]


# -- imports --


def test_undoing_an_import_keeps_the_row_another_works_on_and_says_whose_it_is(room):
    room.imports("Lan", Mode.APPEND, {"task": "a"}, {"task": "b"}, {"task": "c"})
    busy = room.view.items.index[4]
    room.sets("Minh", busy, note="đang làm")
    before = room.tasks()
    undone = room.undoes("Lan")
    assert told(undone) == [(busy, "", "Minh")]
    assert room.tasks() == [*before[:3], "b"]
    room.redoes("Lan")
    assert room.tasks() == before and room.view.value(busy, "note") == "đang làm"


def test_undoing_an_update_takes_back_the_cells_nobody_else_has_touched(room):
    room.imports("Lan", Mode.UPDATE, {"code": "VP.01", "note": "x"}, {"code": "VP.02", "note": "y", "measure": "z"})
    room.sets("Minh", "two", note="của Minh")
    assert told(room.undoes("Lan")) == [("two", "note", "Minh")]
    values = [room.view.value(i, f) for i, f in (("one", "note"), ("two", "note"), ("two", "measure"))]
    assert values == ["", "của Minh", ""]
    room.redoes("Lan")
    values = [room.view.value(i, f) for i, f in (("one", "note"), ("two", "note"), ("two", "measure"))]
    assert values == ["x", "của Minh", "z"]


def test_undoing_a_replacement_brings_the_old_rows_back_with_what_was_said_of_them(room):
    room.says("Minh", "one")
    before = room.view
    room.imports("Lan", Mode.REPLACE, {"task": "a"})
    assert room.view.reading.comments == ()
    assert not room.undoes("Lan").conflicts
    assert room.view.items.equals(before.items) and room.view.reading.comments == before.reading.comments
    room.redoes("Lan")
    assert room.tasks() == ["a"]


# -- merges and splits --


def test_a_merge_another_has_worked_on_since_is_not_half_undone(room):
    room.merges("Lan", "one", "two")
    room.sets("Minh", "one", quantity=Decimal(40))
    refused = room.undoes("Lan")
    assert refused.batch is None and told(refused) == [("one", "quantity", "Minh")]
    assert list(room.view.items["quantity"]) == [40, None]


def test_a_split_another_has_worked_on_since_is_not_half_undone(room):
    parts = [Part("a", "", Decimal(6), None), Part("b", "", Decimal("6.5"), None)]
    room.does("Lan", bulk.split(room.view, "two", parts))
    part = room.view.items.index[2]
    room.sets("Minh", part, quantity=Decimal(7))
    refused = room.undoes("Lan")
    assert refused.batch is None and told(refused) == [(part, "", "Minh")]
    assert list(room.view.items["quantity"])[1:3] == [6, 7]


def test_a_merge_taken_back_is_not_half_redone(room):
    room.merges("Lan", "one", "two")
    room.undoes("Lan")
    room.sets("Minh", "two", quantity=Decimal(7))
    refused = room.redoes("Lan")
    assert refused.batch is None and told(refused) == [("two", "", "Minh")]
    assert list(room.view.items["quantity"]) == [24, 7, None]


def test_what_is_refused_leaves_the_gestures_before_it_to_be_taken_back(room):
    first = room.sets("Lan", "three", note="trước")
    merged = room.merges("Lan", "one", "two")
    room.sets("Minh", "one", quantity=Decimal(40))
    assert room.undoes("Lan").batch is None
    assert room.steps("Lan", {merged.batch}).undo.id == first.batch


# -- moves --


def test_undoing_a_sort_leaves_the_row_another_has_moved_since_where_it_is(room):
    room.does("Lan", bulk.sort(room.view, ["one", "two", "three"], "task"))
    assert list(room.view.items.index) == ["two", "three", "one"]
    room.does("Minh", bulk.move(room.view, ["one"], Where.TOP))
    undone = room.undoes("Lan")
    assert {by for _item, field, by in told(undone) if field == "place"} <= {"Minh"}
    assert list(room.view.items.index).index("one") == 0


def test_a_move_is_taken_back_and_made_again_whatever_was_typed_in_the_row(room):
    room.does("Lan", bulk.move(room.view, ["three"], Where.TOP))
    room.sets("Minh", "three", note="đang gõ")
    assert not room.undoes("Lan").conflicts
    assert list(room.view.items.index) == ["one", "two", "three"]
    assert not room.redoes("Lan").conflicts
    assert list(room.view.items.index) == ["three", "one", "two"] and room.view.value("three", "note") == "đang gõ"


# -- rows spoken of --


def test_a_deleted_row_comes_back_with_its_place_and_its_words(room):
    room.does("Minh", bulk.move(room.view, ["three"], Where.TOP))
    room.says("Minh", "three")
    before = room.view
    room.does("Lan", bulk.delete(room.view, ["three", "one"]))
    assert not room.undoes("Lan").conflicts
    assert room.view.items.equals(before.items) and room.view.reading.comments == before.reading.comments
    assert not room.redoes("Lan").conflicts
    assert list(room.view.items.index) == ["two"]


def test_a_row_put_back_and_spoken_of_is_not_deleted_again_by_redo(room):
    room.does("Lan", bulk.delete(room.view, ["two"]))
    room.undoes("Lan")
    room.says("Minh", "two")
    assert told(room.redoes("Lan")) == [("two", "", "Minh")]
    assert "two" in room.view.items.index


def test_undoing_a_new_row_spares_what_another_said_of_it(room):
    adds = [Add(Item("four", {"task": "d"})), Add(Item("five", {"task": "e"}))]
    services.save(room.store, room.view, adds, actor="Lan", at=room.at, label="add")
    room.says("Minh", "four")
    assert told(room.undoes("Lan")) == [("four", "", "Minh")]
    assert list(room.view.items.index)[3:] == ["four"]


# -- partly --


def test_redo_after_a_partial_undo_does_again_what_was_undone_and_no_more(room):
    services.save(
        room.store, room.view, [Edit("one", "note", "", "a"), Edit("two", "note", "", "b")], actor="Lan", at=room.at
    )
    room.sets("Minh", "two", note="của Minh")
    assert told(room.undoes("Lan")) == [("two", "note", "Minh")]
    room.sets("Minh", "two", note="b")  # as Lan had it: Minh's all the same
    assert not room.redoes("Lan").conflicts
    assert list(room.view.items["note"]) == ["a", "b", ""]
    room.undoes("Lan")
    assert list(room.view.items["note"]) == ["", "b", ""]


# -- cells that mean something only together --


def test_a_tier_is_not_taken_back_from_the_points_another_has_set_since(room):
    tiered = [Edit("one", "tier", 1, 3), Edit("one", "points", None, Decimal(150)), Edit("one", "note", "", "a")]
    services.save(room.store, room.view, tiered, actor="Lan", at=room.at)
    room.sets("Minh", "one", points=Decimal(160))
    assert told(room.undoes("Lan")) == [("one", "points", "Minh")]
    after = [room.view.value("one", name) for name in ("tier", "points", "note")]
    assert after == [3, 160, ""], "tier 1 with 160 points would be a wrong number; the note says nothing of either"


def test_a_standard_unit_is_not_marked_again_beside_the_one_another_has_chosen_since(room):
    room.does("Lan", bulk.set_field(room.view, ["two"], "standard_unit", True))
    room.does("Minh", bulk.set_field(room.view, ["three"], "standard_unit", True))
    refused = room.undoes("Lan")
    assert refused.batch is None and told(refused) == [("three", "standard_unit", "Minh")]
    assert list(room.view.items["standard_unit"]) == [False, False, True]
    room.undoes("Minh")
    room.undoes("Lan")
    assert list(room.view.items["standard_unit"]) == [True, False, False]


# -- one person, two tabs --


def test_two_tabs_that_press_undo_for_the_same_step_undo_it_once(room):
    room.sets("Lan", "one", note="a")
    room.sets("Lan", "one", note="b")
    stale = room.steps("Lan").undo.id
    room.undoes("Lan")
    again = services.undo(room.store, room.view, stale, actor="Lan", at=room.at)
    assert (again.batch, again.conflicts) == (None, [])
    assert room.view.value("one", "note") == "a"
    room.redoes("Lan")
    assert room.view.value("one", "note") == "b"


def test_a_step_of_another_tab_is_a_step_of_this_one(room):
    first = room.sets("Lan", "one", note="a").batch
    room.undoes("Lan")
    assert room.steps("Lan").redo is not None
    room.sets("Lan", "two", note="ở thẻ khác")
    assert room.steps("Lan").redo is None and room.steps("Lan").undo.id != first


# -- anything, in any order --

ANYTHING = {
    "type": lambda room, who, some, n: room.sets(who, some[0], note=f"{n}", quantity=Decimal(n)),
    "say": lambda room, who, some, n: room.says(who, some[0], id=f"c{n}"),
    "merge": lambda room, who, some, _n: room.merges(who, *some),
    "split": lambda room, who, some, _n: room.does(
        who, bulk.split(room.view, some[0], [Part("a", "", None, None)] * 2)
    ),
    "move": lambda room, who, some, _n: room.does(who, bulk.move(room.view, some, Where.TOP)),
    "delete": lambda room, who, some, _n: room.does(who, bulk.delete(room.view, some[:1])),
    "bring in": lambda room, who, _some, n: room.imports(who, Mode.APPEND, {"task": f"{n}"}, {"task": f"{n}"}),
    "undo": lambda room, who, _some, _n: room.steps(who).undo and room.undoes(who),
    "redo": lambda room, who, _some, _n: room.steps(who).redo and room.redoes(who),
}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_and_take_back_log_and_tables_agree_and_no_thread_is_torn_apart(room, url, seed):
    dice = random.Random(seed)
    for n in range(40):
        ids = list(room.view.items.index)
        gesture = dice.choice(list(ANYTHING) if len(ids) > 1 else ["bring in", "undo"])
        ANYTHING[gesture](room, dice.choice("ABC"), dice.sample(ids, min(len(ids), 2)), n)
        assert all(thread.first.thread == thread.id for thread in commenting.threads(room.view))
    assert list(examine(url)) == []
