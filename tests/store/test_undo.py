"""Undo: the inverse of a batch, as careful with others' work as any edit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pandas as pd
import pytest

from kpicat.errors import UnknownCatalogue
from kpicat.model import CATALOGUE, Add, Comment, Conflict, Delete, Edit, Item, Remark, Restore
from tests.conftest import AT

LATER = timedelta(minutes=1)

EVERY_KIND = [
    Edit("two", "tier", 2, 3),
    Edit("two", "tier", 3, 4),
    Edit("one", "quantity", Decimal(24), None),
    Delete("three", 3),
    Add(Item("four", {"task": "Kế hoạch năm"})),
    Edit("four", "task", "Kế hoạch năm", "Kế hoạch quý"),
    Edit(CATALOGUE, "name", "Danh mục của xã", "Danh mục 2026"),
]


def same(a, b) -> bool:
    pd.testing.assert_frame_equal(a.items, b.items)
    return a.catalogue.name == b.catalogue.name


def test_undo_takes_every_kind_of_change_back_and_undoing_that_does_it_again(store, catalogue, at):
    before = store.reading("xa")
    done = store.commit("xa", EVERY_KIND, actor="me", at=at)
    after = store.reading("xa")
    undone = store.undo("xa", done.batch, actor="me", at=at)
    assert not undone.conflicts and same(store.reading("xa"), before)
    redone = store.undo("xa", undone.batch, actor="me", at=at)
    assert not redone.conflicts and same(store.reading("xa"), after)
    store.undo("xa", redone.batch, actor="me", at=at)
    assert same(store.reading("xa"), before)


def test_undoing_a_restore_deletes_again(store, catalogue, at):
    store.commit("xa", [Delete("two", 3)], actor="me", at=at)
    done = store.commit("xa", [Restore("two")], actor="me", at=at)
    store.undo("xa", done.batch, actor="me", at=at)
    assert list(store.reading("xa").items.index) == ["one", "three"]


def test_undo_leaves_what_another_has_changed_since(store, catalogue, at):
    done = store.commit("xa", [Edit("one", "tier", 1, 3), Edit("two", "tier", 2, 3)], actor="me", at=at)
    store.commit("xa", [Edit("two", "tier", 3, 4)], actor="other", at=at + LATER)
    undone = store.undo("xa", done.batch, actor="me", at=at + 2 * LATER)
    assert undone.conflicts == [Conflict("two", "tier", mine=2, theirs=4, by="other", at=at + LATER)]
    assert undone.applied == [Edit("one", "tier", 3, 1)]
    assert list(store.reading("xa").items["tier"][:2]) == [1, 4]


def test_undoing_an_addition_spares_a_row_another_has_worked_on(store, catalogue, at):
    done = store.commit("xa", [Add(Item("four", {"task": "a"})), Add(Item("five", {"task": "b"}))], actor="me", at=at)
    store.commit("xa", [Edit("four", "note", "", "đã xem")], actor="other", at=at + LATER)
    undone = store.undo("xa", done.batch, actor="me", at=at + LATER)
    assert undone.conflicts == [Conflict("four", "", None, None, "other", at + LATER)]
    assert list(store.reading("xa").items.index) == ["one", "two", "three", "four"]


def test_undoing_an_edit_of_a_row_deleted_since_is_a_conflict(store, catalogue, at):
    done = store.commit("xa", [Edit("two", "tier", 2, 3)], actor="me", at=at)
    store.commit("xa", [Delete("two", done.seq)], actor="other", at=at + LATER)
    (conflict,) = store.undo("xa", done.batch, actor="me", at=at).conflicts
    assert conflict == Conflict("two", "tier", mine=2, theirs=3, by="other", at=at + LATER, gone=True)


def test_undoing_twice_is_undoing_once(store, catalogue, at):
    done = store.commit("xa", EVERY_KIND, actor="me", at=at)
    store.undo("xa", done.batch, actor="me", at=at)
    head = store.head("xa")
    store.undo("xa", done.batch, actor="me", at=at)
    assert store.head("xa") == head


def test_an_undo_is_a_batch_and_both_know_each_other(store, catalogue, at):
    done = store.commit("xa", [Edit("two", "tier", 2, 3)], actor="me", at=at, label="bulk")
    undone = store.undo("xa", done.batch, actor="other", at=at + LATER)
    newest, older, imported = store.batches("xa")
    assert (newest.id, newest.label, newest.actor, newest.undoes) == (undone.batch, "undo", "other", done.batch)
    assert (older.id, older.label, older.undone_by, older.undoes) == (done.batch, "bulk", undone.batch, None)
    assert (imported.undone_by, imported.undoes) == (None, None)


def test_a_batch_of_another_catalogue_is_not_undone(store, catalogue, at):
    with pytest.raises(UnknownCatalogue):
        store.undo("xa", "0" * 32, actor="me", at=at)
    with pytest.raises(UnknownCatalogue):
        store.undo("khac", store.batches("xa")[0].id, actor="me", at=at)
    with pytest.raises(UnknownCatalogue):
        store.batch("khac", store.batches("xa")[0].id)


@pytest.mark.parametrize("between", [[], [Remark("two", None, Comment("c", "two", "c", "Xem lại", "me", AT))]])
def test_what_a_batch_set_on_its_way_is_not_taken_for_what_another_has_put_there_since(store, catalogue, at, between):
    writes = [Edit("two", "tier", 2, 3), *between, Edit("two", "tier", 3, 4)]
    done = store.commit("xa", writes, actor="me", at=at)
    store.commit("xa", [Edit("two", "tier", 4, 3)], actor="other", at=at + LATER)
    undone = store.undo("xa", done.batch, actor="me", at=at + LATER)
    assert undone.conflicts == [Conflict("two", "tier", mine=2, theirs=3, by="other", at=at + LATER)]
    assert store.reading("xa").items.at["two", "tier"] == 3


def test_a_cell_set_and_set_back_in_one_batch_is_no_matter_of_its_undo(store, catalogue, at):
    writes = [Edit("two", "tier", 2, 3), Edit("two", "tier", 3, 2), Edit("one", "tier", 1, 3)]
    done = store.commit("xa", writes, actor="me", at=at)
    store.commit("xa", [Edit("two", "tier", 2, 4)], actor="other", at=at + LATER)
    undone = store.undo("xa", done.batch, actor="me", at=at + LATER)
    assert (undone.applied, undone.conflicts) == ([Edit("one", "tier", 3, 1)], [])


def test_a_row_added_deleted_and_put_back_in_one_batch_goes_back_with_each_step(store, catalogue, at):
    before = store.reading("xa")
    four = Add(Item("four", {"note": "a"}))
    writes = [four, Edit("four", "note", "a", "b"), Delete("four", 99), Restore("four"), Edit("four", "note", "b", "c")]
    done = store.commit("xa", writes, actor="me", at=at)
    undone = store.undo("xa", done.batch, actor="me", at=at)
    assert not undone.conflicts and same(store.reading("xa"), before)
    assert not store.undo("xa", undone.batch, actor="me", at=at).conflicts
    assert store.reading("xa").items.at["four", "note"] == "c"


def test_an_undo_of_the_whole_takes_back_everything_or_nothing(store, catalogue, at):
    done = store.commit("xa", [Edit("one", "tier", 1, 3), Edit("two", "tier", 2, 3)], actor="me", at=at)
    store.commit("xa", [Edit("two", "tier", 3, 4)], actor="other", at=at + LATER)
    head = store.head("xa")
    refused = store.undo("xa", done.batch, actor="me", at=at + LATER, whole=True)
    assert (refused.batch, refused.applied, store.head("xa")) == (None, (), head)
    assert refused.conflicts == [Conflict("two", "tier", mine=2, theirs=4, by="other", at=at + LATER)]
    assert store.batch("xa", done.batch).undone_by is None
