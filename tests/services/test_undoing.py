"""Undo and redo are a person's own: they follow what that person did, and never take back another's work."""

import pytest

from kpicat import services
from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.services import undoing
from tests.services.room import Together


@pytest.fixture
def room(store, at):
    store.create(Catalogue("xa", "Danh mục"), actor="founder", at=at)
    store.commit("xa", [Add(Item(f"i{n}", {"task": f"Việc {n}"})) for n in range(4)], actor="founder", at=at)
    return Room(store, at)


class Room(Together):
    def writes(self, who, item, text):
        edit = Edit(item, "task", self.view.value(item, "task"), text)
        return self.store.commit("xa", [edit], actor=who, at=self.at).batch

    def steps(self, who, refused=()):
        steps = services.steps_back(self.store, self.view, who, refused)
        return tuple(step and step.id for step in (steps.undo, steps.redo))

    def back(self, who, which=0):
        return services.undo(self.store, self.view, self.steps(who)[which], actor=who, at=self.at)

    def task(self, item):
        return self.view.value(item, "task")


def test_undo_goes_back_step_by_step_and_redo_comes_forward_again(room):
    for text in ("một", "hai", "ba"):
        room.writes("Lan", "i0", text)
    seen = []
    for which in (0, 0, 0, 1, 1, 1):
        room.back("Lan", which)
        seen.append(room.task("i0"))
    assert seen == ["hai", "một", "Việc 0", "một", "hai", "ba"]
    assert room.steps("Lan")[1] is None


def test_undo_and_redo_may_go_to_and_fro_over_one_gesture(room):
    room.writes("Lan", "i0", "một")
    for _n in range(3):
        room.back("Lan")
        assert room.task("i0") == "Việc 0"
        room.back("Lan", 1)
        assert room.task("i0") == "một"


def test_undoing_mine_leaves_what_another_did_meanwhile(room):
    room.writes("Lan", "i0", "của Lan")
    room.writes("Minh", "i1", "của Minh")
    room.back("Lan")
    assert (room.task("i0"), room.task("i1")) == ("Việc 0", "của Minh")
    assert room.steps("Minh")[0] is not None


def test_a_new_gesture_ends_what_could_be_redone(room):
    room.writes("Lan", "i0", "một")
    room.back("Lan")
    assert room.steps("Lan")[1] is not None
    room.writes("Lan", "i1", "khác")
    assert room.steps("Lan")[1] is None


def test_what_another_has_changed_since_is_refused_with_name_and_the_step_before_remains(room):
    first = room.writes("Lan", "i1", "trước")
    second = room.writes("Lan", "i0", "của Lan")
    room.writes("Minh", "i0", "của Minh")
    outcome = room.back("Lan")
    assert outcome.batch is None
    assert [(c.item_id, c.by, c.theirs) for c in outcome.conflicts] == [("i0", "Minh", "của Minh")]
    assert room.task("i0") == "của Minh"
    assert room.steps("Lan", {second})[0] == first


def test_what_another_took_back_from_the_history_is_no_step_of_mine_any_more(room):
    first = room.writes("Lan", "i0", "một")
    second = room.writes("Lan", "i1", "hai")
    services.undo(room.store, room.view, second, actor="Minh", at=room.at)
    assert room.steps("Lan")[0] == first


def test_an_import_is_one_step(room):
    adds = [Add(Item(f"n{n}", {"task": f"Mới {n}"})) for n in range(3)]
    room.store.commit("xa", adds, actor="Lan", at=room.at, label="import")
    room.back("Lan")
    assert len(room.view.items) == 4
    room.back("Lan", 1)
    assert len(room.view.items) == 7


def test_redo_comes_forward_also_where_what_was_undone_lies_further_back_than_is_looked_at(room, monkeypatch):
    monkeypatch.setattr(undoing, "_LOOKED_AT", 6)
    for text in ("một", "hai", "ba", "bốn"):
        room.writes("Lan", "i0", text)
    for which in (0, 0, 0):
        room.back("Lan", which)
    assert room.task("i0") == "một"
    seen = []
    for _n in range(3):
        room.back("Lan", 1)
        seen.append(room.task("i0"))
    assert seen == ["hai", "ba", "bốn"] and room.steps("Lan")[1] is None
    room.back("Lan")
    assert room.task("i0") == "ba"


def test_taking_back_anothers_gesture_is_a_gesture_of_ones_own(room, monkeypatch):
    theirs = room.writes("Minh", "i0", "của Minh")
    services.undo(room.store, room.view, theirs, actor="Lan", at=room.at)
    for looked_at in (200, 1):
        monkeypatch.setattr(undoing, "_LOOKED_AT", looked_at)
        room.back("Lan")
        assert room.task("i0") == "của Minh"
        room.back("Lan", 1)
        assert room.task("i0") == "Việc 0"


def test_who_did_nothing_has_nothing_to_take_back(room):
    assert room.steps("Hoa") == (None, None)
