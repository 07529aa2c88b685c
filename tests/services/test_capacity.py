"""What people can carry is the catalogue's: logged, undone, and said by several people at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat.capacity import decode
from kpicat.errors import InputError
from kpicat.model import Add, Catalogue, Item
from kpicat.services import View, batches, capacity, changes_of_batch, in_words, undo
from kpicat.services.capacity import Wanted

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def xa(store, at):
    """A catalogue with the work of two positions; its newest view when called."""
    store.create(Catalogue("xa", "Danh mục"), actor="Lan", at=at)
    rows = [("i1", "A", 120), ("i2", "A", 60), ("i3", "B", 24)]
    adds = [
        Add(Item(id, {"task": f"Việc {id}", "position": p, "points": Decimal(100), "quantity": Decimal(n)}))
        for id, p, n in rows
    ]
    store.commit("xa", adds, actor="Lan", at=at)
    return lambda: View(store.reading("xa"))


def stands(store):
    return decode(store.catalogue("xa").capacity)


def test_two_people_at_different_positions_never_meet(store, xa, at):
    seen = xa()
    capacity.say(store, seen, [Wanted("a_month", "10")], actor="Lan", at=at)
    capacity.say(store, seen, [Wanted("persons", "2", "position", "A")], actor="Minh", at=at)
    outcome = capacity.say(store, seen, [Wanted("a_month", "7,5", "position", "B")], actor="Hoa", at=at)
    assert not outcome.conflicts
    assert stands(store).a_month == 10
    assert stands(store).share("position", "A").persons == 2
    assert stands(store).share("position", "B").a_month == Decimal("7.5")


def test_what_another_says_between_looking_and_writing_is_laid_beside(store, xa, at, monkeypatch):
    seen, looked, meanwhile = xa(), store.catalogue, ["A"]

    def looks(id):
        found = looked(id)
        if meanwhile:
            capacity.say(store, seen, [Wanted("persons", "2", "position", meanwhile.pop())], actor="Lan", at=at)
        return found

    monkeypatch.setattr(store, "catalogue", looks)
    outcome = capacity.say(store, seen, [Wanted("persons", "3", "position", "B")], actor="Minh", at=at)
    assert not outcome.conflicts
    assert [stands(store).share("position", name).persons for name in "AB"] == [2, 3]


def test_the_second_of_two_at_one_position_is_told(store, xa, at):
    seen = xa()
    capacity.say(store, seen, [Wanted("persons", "2", "position", "A")], actor="Lan", at=at)
    outcome = capacity.say(store, seen, [Wanted("persons", "3", "position", "A")], actor="Minh", at=at)
    assert [conflict.by for conflict in outcome.conflicts] == ["Lan"]
    assert stands(store).share("position", "A").persons == 2


def test_what_is_taken_back_leaves_nothing_behind(store, xa, at):
    capacity.say(store, xa(), [Wanted("persons", "2", "position", "A")], actor="Lan", at=at)
    capacity.say(store, xa(), [Wanted("persons", " ", "position", "A")], actor="Lan", at=at)
    assert store.catalogue("xa").capacity == ""


@pytest.mark.parametrize("text", ["nhiều", "-1", "1000001"])
def test_what_is_no_number_is_refused_and_nothing_is_written(store, xa, at, text):
    head = store.head("xa")
    with pytest.raises(InputError, match=text):
        capacity.say(store, xa(), [Wanted("a_month", "10"), Wanted("persons", text, "position", "A")], actor="", at=at)
    assert store.head("xa") == head


def test_it_is_in_the_history_in_words_and_undone(store, xa, at):
    capacity.say(store, xa(), [Wanted("a_month", "22,5")], actor="Lan", at=at)
    capacity.say(store, xa(), [Wanted("persons", "2", "position", "A")], actor="Lan", at=at)
    batch = batches(store, xa())[0]
    (row,) = in_words(xa(), changes_of_batch(store, xa(), batch)).to_dict("records")
    assert (row["what"], row["before"]) == ("Capacity", "22.5 standard units a month each")
    assert row["after"] == "22.5 standard units a month each; A: 2 persons"
    undo(store, xa(), batch.id, actor="Lan", at=at)
    assert stands(store).share("position", "A").persons is None


def test_moving_shows_what_would_become_and_writes_nothing(store, xa, at):
    capacity.say(store, xa(), [Wanted("a_month", "10")], actor="Lan", at=at)
    head = store.head("xa")
    found = capacity.carried(xa(), "position", {"i2": "B", "gone": "B"})
    assert [(load.value, load.load, load.over) for load in found.before] == [("A", 180, 60), ("B", 24, -96)]
    assert [(load.value, load.load, load.over) for load in found.after] == [("A", 120, 0), ("B", 84, -36)]
    assert [(old.load, new.load) for old, new in found.moved] == [(180, 120), (24, 84)]
    assert store.head("xa") == head


def test_work_of_who_is_most_over_is_offered_first(store, xa, at):
    capacity.say(store, xa(), [Wanted("a_month", "1")], actor="Lan", at=at)
    view = xa()
    assert capacity.heaviest_first(view, capacity.carried(view, "position")) == ["i1", "i2", "i3"]


def test_the_chart_says_how_many_are_over(store, xa, at):
    assert capacity.chart(capacity.carried(xa(), "position").after, "position").title.startswith("Planned load")
    capacity.say(store, xa(), [Wanted("a_month", "10")], actor="Lan", at=at)
    drawn = capacity.chart(capacity.carried(xa(), "position").after, "position")
    assert drawn.title == "1 of 2 carries more than its capacity"
    assert drawn.series[0].words == ("15.0 / 10.0 (150.0\N{NO-BREAK SPACE}%)", "2.0 / 10.0 (20.0\N{NO-BREAK SPACE}%)")
