"""A gesture that is only meaningful whole is done whole or not at all, whoever comes in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pandas as pd

from kpicat.model import Add, Comment, Conflict, Delete, Edit, Item, Remark
from kpicat.store import examine

LATER = timedelta(minutes=1)
MERGE = [Edit("one", "quantity", Decimal(24), Decimal("36.5")), Delete("two", 3)]


def test_where_nobody_is_in_the_way_it_is_done_as_any_other(store, catalogue, at):
    done = store.commit("xa", MERGE, actor="me", at=at, whole=True)
    assert (done.applied, done.conflicts) == (MERGE, [])
    assert list(store.reading("xa").items.index) == ["one", "three"]


def test_one_conflict_and_nothing_of_it_is_ever_seen(store, catalogue, at):
    store.commit("xa", [Edit("two", "note", "", "đã xem")], actor="other", at=at + LATER)
    before, batches = store.reading("xa"), store.batches("xa")
    refused = store.commit("xa", MERGE, actor="me", at=at, whole=True)
    assert (refused.batch, refused.applied, refused.seq) == (None, (), before.catalogue.head)
    assert refused.conflicts == [Conflict("two", "", None, None, "other", at + LATER)]
    assert (store.batches("xa"), store.standing("xa")) == (batches, before.catalogue.standing)
    pd.testing.assert_frame_equal(store.reading("xa").items, before.items)


def test_new_rows_and_words_are_held_back_with_the_rest(store, catalogue, at):
    said = Comment("c", "one", "c", "Gộp", "me", at)
    writes = [Add(Item("four", {})), Remark("one", None, said), Edit("two", "tier", 1, 3)]
    assert store.commit("xa", writes, actor="me", at=at, whole=True).conflicts
    reading = store.reading("xa")
    assert (list(reading.items.index), reading.comments) == (["one", "two", "three"], ())


def test_a_refused_request_may_be_made_again(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", 2, 4)], actor="other", at=at)
    assert store.commit("xa", [Edit("two", "tier", 2, 3)], actor="me", at=at, request="r", whole=True).conflicts
    done = store.commit("xa", [Edit("two", "tier", 4, 3)], actor="me", at=at, request="r", whole=True)
    assert done.batch and store.reading("xa").items.at["two", "tier"] == 3


def test_a_cell_that_was_only_read_must_stand_as_it_was_read(store, catalogue, at):
    copy = [Edit("two", "task", "Báo cáo tháng", "Báo cáo tháng"), Add(Item("four", {"task": "Báo cáo tháng"}))]
    store.commit("xa", [Edit("two", "note", "", "cột khác")], actor="other", at=at)
    done = store.commit("xa", copy, actor="me", at=at, whole=True, request="r")
    assert done.applied == copy[1:] and store.changes("xa", done.seq - 1)[0].item_id == "four"
    assert store.commit("xa", copy, actor="me", at=at, whole=True, request="r") == done
    store.undo("xa", done.batch, actor="me", at=at)
    store.commit("xa", [Edit("two", "task", "Báo cáo tháng", "Báo cáo quý")], actor="other", at=at)
    (conflict,) = store.commit("xa", copy, actor="me", at=at, whole=True).conflicts
    assert (conflict.field, conflict.theirs, conflict.by) == ("task", "Báo cáo quý", "other")


def test_of_many_who_do_the_same_at_once_one_does_all_of_it(store, catalogue, at):
    def swap(person):
        edits = [Edit("one", "note", "", f"{person}"), Edit("two", "note", "", f"{person}")]
        return store.commit("xa", edits, actor=f"{person}", at=at, whole=True)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(swap, range(8)))
    (done,) = [outcome for outcome in outcomes if outcome.batch]
    assert store.batches("xa")[0].id == done.batch and store.head("xa") == catalogue.head + 2
    assert all(len(o.conflicts) == 2 for o in outcomes if o is not done)


def test_a_thread_goes_to_another_row_with_the_row_it_was_about_and_comes_back_with_it(store, catalogue, url, at):
    asked, answer = Comment("c", "two", "c", "Sao?", "An", at), Comment("d", "two", "c", "Vì …", "Bình", at + LATER)
    store.commit("xa", [Remark("two", None, asked), Remark("two", None, answer)], actor="An", at=at)
    before = store.reading("xa")
    there = [replace(asked, id="e", item_id="one", thread="e"), replace(answer, id="f", item_id="one", thread="e")]
    ended = [Remark("two", comment, None) for comment in (answer, asked)]
    begun = [Remark("one", None, comment) for comment in there]
    done = store.commit("xa", [*ended, *begun, Delete("two", before.catalogue.head)], actor="me", at=at, whole=True)
    assert store.reading("xa").comments == tuple(there)
    undone = store.undo("xa", done.batch, actor="me", at=at, whole=True)
    assert not undone.conflicts and store.reading("xa").comments == before.comments
    store.undo("xa", undone.batch, actor="me", at=at, whole=True)
    assert store.reading("xa").comments == tuple(there)
    assert store.reading("xa", before.catalogue.head).comments == before.comments
    assert list(examine(url)) == []
