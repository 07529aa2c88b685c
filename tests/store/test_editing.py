"""Compare and set: nobody's work is overwritten unasked, and everybody is told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from kpicat.errors import InputError, UnknownCatalogue
from kpicat.model import (
    CATALOGUE,
    Add,
    Catalogue,
    ChangeKind,
    Conflict,
    Delete,
    Edit,
    Form,
    Item,
    Restore,
    Source,
)

LATER = timedelta(minutes=1)


def tier_of(store, item="two"):
    return store.reading("xa").items.at[item, "tier"]


def test_an_edit_is_seen_by_the_next_reading(store, catalogue, at):
    done = store.commit("xa", [Edit("two", "tier", seen=2, new=3)], actor="first", at=at)
    assert done.applied == [Edit("two", "tier", seen=2, new=3)]
    assert done.seq == catalogue.head + 1 == store.head("xa")
    assert tier_of(store) == 3


def test_the_second_of_two_editors_is_told(store, catalogue, at):
    first = store.commit("xa", [Edit("two", "tier", seen=2, new=3)], actor="first", at=at)
    second = store.commit("xa", [Edit("two", "tier", seen=2, new=4)], actor="second", at=at + LATER)
    assert first.applied and not first.conflicts
    assert second.conflicts == [Conflict("two", "tier", mine=4, theirs=3, by="first", at=at)]
    assert (second.batch, list(second.applied), second.seq) == (None, [], first.seq)
    assert tier_of(store) == 3


def test_whoever_comes_second_is_told_whichever_it_is(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", seen=2, new=4)], actor="second", at=at)
    late = store.commit("xa", [Edit("two", "tier", seen=2, new=3)], actor="first", at=at + LATER)
    assert late.conflicts == [Conflict("two", "tier", mine=3, theirs=4, by="second", at=at)]
    assert tier_of(store) == 4


def test_a_cell_nobody_touched_since_it_was_added_names_who_added_it(store, catalogue, at):
    wrong = store.commit("xa", [Edit("two", "tier", seen=1, new=3)], actor="first", at=at + LATER)
    assert wrong.conflicts == [Conflict("two", "tier", mine=3, theirs=2, by="founder", at=at)]


def test_two_editors_of_one_row_do_not_meet_on_different_cells(store, catalogue, at):
    a = store.commit("xa", [Edit("two", "tier", 2, 3)], actor="first", at=at)
    b = store.commit("xa", [Edit("two", "task", "Báo cáo tháng", "Báo cáo quý")], actor="second", at=at)
    assert a.applied and b.applied and not a.conflicts and not b.conflicts
    row = store.reading("xa").items.loc["two"]
    assert (row["tier"], row["task"]) == (3, "Báo cáo quý")


def test_two_who_want_the_same_agree(store, catalogue, at):
    store.commit("xa", [Edit("two", "quantity", Decimal("12.5"), Decimal("1.5"))], actor="first", at=at)
    same = store.commit("xa", [Edit("two", "quantity", Decimal("12.5"), Decimal("1.50"))], actor="second", at=at)
    assert not same.conflicts and not same.applied and same.batch is None


def test_a_conflict_does_not_stop_the_other_writes(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", 2, 3)], actor="first", at=at)
    writes = [Edit("two", "tier", 2, 4), Edit("one", "tier", 1, 2), Edit("three", "note", "", "xem lại")]
    done = store.commit("xa", writes, actor="second", at=at)
    assert done.applied == writes[1:]
    assert [c.item_id for c in done.conflicts] == ["two"]


def test_several_edits_of_one_cell_apply_in_order(store, catalogue, at):
    done = store.commit("xa", [Edit("two", "tier", 2, 3), Edit("two", "tier", 3, 4)], actor="first", at=at)
    assert len(done.applied) == 2 and tier_of(store) == 4
    assert [(c.old, c.new) for c in store.changes("xa", catalogue.head)] == [("2", "3"), ("3", "4")]


def test_an_edit_that_overwrites_ones_own_in_the_same_gesture_is_a_conflict_with_oneself(store, catalogue, at):
    done = store.commit("xa", [Edit("two", "tier", 2, 3), Edit("two", "tier", 2, 4)], actor="me", at=at + LATER)
    assert done.conflicts == [Conflict("two", "tier", mine=4, theirs=3, by="me", at=at + LATER)]


def test_an_edit_of_a_deleted_row_is_a_conflict(store, catalogue, at):
    store.commit("xa", [Delete("two", catalogue.head)], actor="first", at=at)
    late = store.commit("xa", [Edit("two", "tier", 2, 3)], actor="second", at=at + LATER)
    assert late.conflicts == [Conflict("two", "tier", mine=3, theirs=2, by="first", at=at, gone=True)]
    assert late.batch is None


def test_a_row_somebody_else_changed_is_not_deleted(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", 2, 3)], actor="first", at=at)
    late = store.commit("xa", [Delete("two", catalogue.head)], actor="second", at=at + LATER)
    assert late.conflicts == [Conflict("two", "", mine=None, theirs=None, by="first", at=at)]
    assert "two" in store.reading("xa").items.index


def test_ones_own_change_does_not_stand_in_the_way_of_deleting(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", 2, 3)], actor="first", at=at)
    done = store.commit("xa", [Delete("two", catalogue.head)], actor="first", at=at)
    assert done.applied and "two" not in store.reading("xa").items.index


def test_deleting_twice_is_deleting_once(store, catalogue, at):
    store.commit("xa", [Delete("two", catalogue.head)], actor="first", at=at)
    again = store.commit("xa", [Delete("two", catalogue.head)], actor="second", at=at)
    assert again.batch is None and not again.conflicts


def test_a_restored_row_is_back_in_its_place(store, catalogue, at):
    store.commit("xa", [Delete("two", catalogue.head)], actor="first", at=at)
    store.commit("xa", [Restore("two")], actor="second", at=at)
    assert list(store.reading("xa").items.index) == ["one", "two", "three"]
    assert store.commit("xa", [Restore("two")], actor="first", at=at).batch is None


def test_a_new_row_goes_to_the_end_and_a_repeat_does_nothing(store, catalogue, at):
    row = Add(Item("four", {"task": "Kế hoạch năm"}))
    assert store.commit("xa", [row], actor="first", at=at).applied == [row]
    again = store.commit("xa", [row], actor="first", at=at)
    assert again.batch is None and not again.conflicts
    assert list(store.reading("xa").items.index) == ["one", "two", "three", "four"]


def test_a_row_can_be_added_and_edited_in_one_gesture(store, catalogue, at):
    writes = [Add(Item("four", {"task": "Kế hoạch"})), Edit("four", "task", "Kế hoạch", "Kế hoạch năm")]
    assert store.commit("xa", writes, actor="first", at=at).applied == writes
    assert store.reading("xa").items.at["four", "task"] == "Kế hoạch năm"


def test_an_item_that_never_was_is_a_broken_link_and_nothing_is_written(store, catalogue, at):
    for write in (Edit("none", "tier", None, 1), Delete("none", 1), Restore("none")):
        with pytest.raises(UnknownCatalogue):
            store.commit("xa", [Edit("two", "tier", 2, 3), write], actor="first", at=at)
    assert store.head("xa") == catalogue.head and tier_of(store) == 2


def test_a_catalogues_own_fields_are_cells_too(store, catalogue, at):
    edits = [Edit(CATALOGUE, "name", "Danh mục của xã", "Danh mục 2026"), Edit(CATALOGUE, "form", "party", Form.STATE)]
    store.commit("xa", edits, actor="first", at=at)
    now = store.catalogue("xa")
    assert (now.name, now.form, now.head) == ("Danh mục 2026", Form.STATE, catalogue.head + 2)
    late = store.commit("xa", [Edit(CATALOGUE, "name", "Danh mục của xã", "Khác")], actor="second", at=at)
    assert late.conflicts == [Conflict(CATALOGUE, "name", "Khác", "Danh mục 2026", "first", at)]
    assert [c.field for c in store.changes("xa", item=CATALOGUE)] == ["name", "form"]


def test_a_catalogues_first_words_belong_to_its_founder(store, catalogue, at):
    wrong = store.commit("xa", [Edit(CATALOGUE, "name", "?", "Khác")], actor="second", at=at + LATER)
    assert wrong.conflicts == [Conflict(CATALOGUE, "name", "Khác", "Danh mục của xã", "founder", at)]


def test_a_form_that_is_none_is_refused(store, catalogue, at):
    with pytest.raises(ValueError):
        store.commit("xa", [Edit(CATALOGUE, "form", "party", "thư tay")], actor="first", at=at)
    assert store.catalogue("xa").form is Form.PARTY


def test_a_request_that_comes_twice_is_answered_alike_and_written_once(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", 2, 3), Delete("three", 3)], actor="other", at=at)
    writes = [
        Edit("two", "tier", 2, 4),
        Edit("one", "quantity", Decimal(24), Decimal(25)),
        Edit("three", "note", "", "x"),
        Delete("two", 3),
    ]
    first = store.commit("xa", writes, actor="me", at=at, request="gesture")
    store.commit("xa", [Edit("two", "tier", 3, 5)], actor="other", at=at)
    assert store.commit("xa", writes, actor="me", at=at + LATER, request="gesture") == first
    assert len(first.conflicts) == 3 and first.applied == [writes[1]]
    assert len(store.batches("xa")) == 4


def test_the_same_request_id_in_another_catalogue_is_another_request(store, catalogue, at):
    store.create(Catalogue("khac", "Khác"), actor="founder", at=at)
    store.commit("xa", [Add(Item("four", {}))], actor="me", at=at, request="gesture")
    assert store.commit("khac", [Add(Item("four", {}))], actor="me", at=at, request="gesture").batch is not None


@pytest.mark.parametrize("broken", ["nghị\0quyết", "nghị \ud83d quyết"])
def test_a_character_no_database_keeps_is_refused_in_words(store, catalogue, at, broken):
    with pytest.raises(InputError, match="task"):
        store.commit("xa", [Edit("two", "task", "Báo cáo tháng", broken)], actor="first", at=at)
    for source in (Source(f"{broken}.xls"), Source("a.xls", broken)):
        with pytest.raises(InputError, match="source"):
            store.commit("xa", [Add(Item("four", {}, source))], actor="first", at=at)
    assert store.head("xa") == catalogue.head


def test_every_change_is_on_the_log_with_who_when_and_what(store, catalogue, at):
    done = store.commit("xa", [Edit("two", "tier", 2, 3), Delete("one", 3)], actor="first", at=at + LATER)
    edit, deletion = store.changes("xa", catalogue.head)
    assert (edit.seq, edit.batch, edit.at, edit.actor) == (4, done.batch, at + LATER, "first")
    assert (edit.kind, edit.item_id, edit.field, edit.old, edit.new) == (ChangeKind.EDIT, "two", "tier", "2", "3")
    assert (deletion.seq, deletion.kind, deletion.item_id) == (5, ChangeKind.DELETE, "one")
    assert json.loads(deletion.old) == {
        "code": "VP.01",
        "task": "Tiếp công dân định kỳ",
        "quantity": "24",
        "tier": "1",
        "standard_unit": "1",
    }
    assert edit.at.utcoffset() == timedelta(0)


def test_a_moment_in_hanoi_is_the_same_moment_in_the_log(store, catalogue):
    hanoi = datetime(2026, 11, 22, 1, 30, tzinfo=timezone(timedelta(hours=7)))
    done = store.commit("xa", [Edit("two", "tier", 2, 3)], actor="first", at=hanoi)
    (change,) = store.changes("xa", catalogue.head)
    assert change.at == done.at == store.batch("xa", done.batch).at == hanoi
    assert change.at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(store, catalogue, at):
    with pytest.raises(TypeError):
        store.create(Catalogue("khac", "Khác"), actor="founder", at=at.replace(tzinfo=None))
    with pytest.raises(TypeError):
        store.commit("xa", [Edit("two", "tier", 2, 3)], actor="first", at=at.replace(tzinfo=None))
