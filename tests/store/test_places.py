"""Moving rows is editing: compare and set, on the log, undone, and read again at any day."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kpicat.model import Add, Conflict, Delete, Edit, Item, Restore
from kpicat.model.order import between, default_place

LATER = timedelta(minutes=1)
ONE, TWO, THREE = (default_place(rank) for rank in (1, 2, 3))


def order(store, seq=None):
    return list(store.reading("xa", seq).items.index)


def move(store, at, item, seen, new, actor="me"):
    return store.commit("xa", [Edit(item, "place", seen, new)], actor=actor, at=at)


def test_rows_stand_in_the_order_they_were_added_until_they_are_moved(store, catalogue, at):
    assert order(store) == ["one", "two", "three"]
    assert list(store.reading("xa").items["place"]) == [ONE, TWO, THREE]
    move(store, at, "three", THREE, between(ONE, TWO))
    assert order(store) == ["one", "three", "two"]
    move(store, at, "one", ONE, between(TWO, None))
    assert order(store) == ["three", "two", "one"]
    move(store, at, "two", TWO, between(None, ONE))
    assert order(store) == ["two", "three", "one"]


def test_a_row_moved_has_all_its_cells_with_it(store, catalogue, at):
    before = store.reading("xa").items.drop(columns="place")
    move(store, at, "three", THREE, between(None, ONE))
    after = store.reading("xa").items
    assert after.loc[before.index].drop(columns="place").equals(before)


def test_the_second_of_two_who_move_one_row_is_told(store, catalogue, at):
    move(store, at, "three", THREE, "0000000001V", actor="first")
    late = move(store, at + LATER, "three", THREE, "0000000002V", actor="second")
    assert late.conflicts == [Conflict("three", "place", "0000000002V", "0000000001V", "first", at)]
    unmoved = move(store, at + LATER, "two", "0000000009", "0000000002V")
    assert unmoved.conflicts == [Conflict("two", "place", "0000000002V", TWO, "founder", at)]


def test_moving_and_typing_in_one_row_do_not_meet(store, catalogue, at):
    move(store, at, "two", TWO, "0000000003V", actor="first")
    typed = store.commit("xa", [Edit("two", "tier", 2, 3)], actor="second", at=at)
    assert typed.applied and not typed.conflicts and order(store)[-1] == "two"


def test_two_rows_moved_to_one_place_stand_in_the_order_they_were_added(store, catalogue, at):
    for item, seen in (("three", THREE), ("two", TWO)):
        move(store, at, item, seen, "0000000000V")
    assert order(store) == ["two", "three", "one"]


def test_a_move_is_undone_and_done_again(store, catalogue, at):
    done = move(store, at, "three", THREE, "0000000000V")
    undone = store.undo("xa", done.batch, actor="me", at=at)
    assert order(store) == ["one", "two", "three"]
    store.undo("xa", undone.batch, actor="me", at=at)
    assert order(store) == ["three", "one", "two"]


def test_a_deleted_row_comes_back_where_it_had_been_moved(store, catalogue, at):
    move(store, at, "three", THREE, "0000000001V")
    gone = store.commit("xa", [Delete("three", 99)], actor="me", at=at)
    assert json.loads(store.changes("xa", gone.seq - 1)[0].old)["place"] == "0000000001V"
    store.commit("xa", [Restore("three")], actor="me", at=at)
    assert order(store) == ["one", "three", "two"]


def test_a_row_can_be_added_beside_another(store, catalogue, at):
    copy = Item("copy", {"task": "Báo cáo tháng", "place": between(TWO, THREE)})
    done = store.commit("xa", [Add(copy), Add(Item("last", {}))], actor="me", at=at)
    assert order(store) == ["one", "two", "copy", "three", "last"]
    logged = [json.loads(change.new) for change in store.changes("xa", catalogue.head)]
    assert logged == [{"task": "Báo cáo tháng", "place": "0000000002V"}, {}]
    undone = store.undo("xa", done.batch, actor="me", at=at)
    store.undo("xa", undone.batch, actor="me", at=at)
    assert order(store) == ["one", "two", "copy", "three", "last"]


def test_the_order_of_an_earlier_day_is_read_again(store, catalogue, at):
    orders = [order(store)]
    for writes in (
        [Edit("three", "place", THREE, "0000000000V"), Edit("one", "place", ONE, "0000000002V")],
        [Delete("three", 99)],
        [Add(Item("four", {"place": "0000000002C"})), Restore("three")],
        [Edit("four", "place", "0000000002C", "0000000000C")],
    ):
        store.commit("xa", writes, actor="me", at=at)
        orders.append(order(store))
    heads = [3, *(batch.last_seq for batch in reversed(store.batches("xa")[:-1]))]
    assert [order(store, head) for head in heads] == orders
    assert orders[-1] == ["four", "three", "two", "one"]


@pytest.mark.parametrize("place", ["", None, "1", "0000000002Vé", "0000000002V0"])
def test_what_is_no_place_is_a_programmers_mistake(store, catalogue, at, place):
    with pytest.raises(ValueError):
        move(store, at, "two", TWO, place)
    with pytest.raises(ValueError):
        store.commit("xa", [Add(Item("new", {"place": place}))], actor="me", at=at)
    assert store.head("xa") == catalogue.head


def test_a_move_sent_twice_is_answered_alike_and_written_once(store, catalogue, at):
    move(store, at, "two", TWO, "0000000000V", actor="other")
    writes = [Edit("three", "place", THREE, "0000000001V"), Edit("two", "place", TWO, "0000000003V")]
    first = store.commit("xa", writes, actor="me", at=at, request="gesture")
    assert first.applied == writes[:1] and first.conflicts[0].theirs == "0000000000V"
    assert store.commit("xa", writes, actor="me", at=at + LATER, request="gesture") == first
    assert len(store.batches("xa")) == 3
