"""Deciding about findings: nobody's decision is lost or overwritten, and all of it is on the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kpicat.errors import InputError, UnknownCatalogue
from kpicat.model import (
    CATALOGUE,
    DECISION,
    Add,
    ChangeKind,
    Conflict,
    Decide,
    Decision,
    Delete,
    Edit,
    Item,
    Restore,
    Ruling,
)
from kpicat.store import examine
from kpicat.store.replay import replay

LATER = timedelta(minutes=1)


@pytest.fixture
def waived(at):
    return Decision("two", "k", "vague-task", Ruling.WAIVED, "Theo đề án", "An", at)


@pytest.fixture
def apart(at):
    return Decision("one", "p", "near-duplicate", Ruling.DIFFERENT, "", "An", at, other="two")


@pytest.fixture
def whole(at):
    return Decision(CATALOGUE, "paper-share", "paper-share", Ruling.WAIVED, "Đảng ủy đã rõ", "An", at)


def decide(store, at, seen, new, actor="An", **more):
    about = seen or new
    return store.commit("xa", [Decide(about.item_id, about.key, seen, new)], actor=actor, at=at, **more)


def decided(store, seq=None):
    return set(store.reading("xa", seq).decisions)


def test_a_decision_is_kept_changed_and_withdrawn(store, catalogue, waived, at):
    assert decided(store) == set()
    assert decide(store, at, None, waived).applied
    assert decided(store) == {waived}
    other = replace(waived, reason="Theo nghị quyết", by="Bình", at=at + LATER)
    assert decide(store, at, waived, other, actor="Bình").applied
    assert decided(store) == {other}
    assert decide(store, at, other, None).applied
    assert decided(store) == set()


def test_a_decision_is_a_line_of_the_log_also_one_about_the_whole_catalogue(store, catalogue, waived, whole, at):
    decide(store, at, None, waived)
    decide(store, at, None, whole)
    first, second = store.changes("xa", catalogue.head)
    assert (first.kind, first.item_id, first.field) == (ChangeKind.DECISION, "two", "k")
    assert (first.old, first.new, second.new) == (None, waived.encode(), whole.encode())
    assert (second.item_id, store.catalogue("xa").name) == (CATALOGUE, catalogue.name)
    assert decided(store) == {waived, whole}
    assert replay(store.changes("xa")).decisions == {
        ("two", "k"): (waived.encode(), first.seq),
        (CATALOGUE, "paper-share"): (whole.encode(), second.seq),
    }


def test_the_second_of_two_who_decide_is_told(store, catalogue, waived, at):
    decide(store, at + LATER, None, waived, actor="Bình")
    late = decide(store, at, None, replace(waived, reason="Khác"))
    assert late.conflicts == [Conflict("two", DECISION, "Khác", waived.reason, "Bình", at + LATER)]
    assert decided(store) == {waived}
    gone = decide(store, at, replace(waived, reason="Khác"), None)
    assert [c.theirs for c in gone.conflicts] == [waived.reason]
    assert decide(store, at, None, waived).batch is None


def test_a_pair_decided_otherwise_meanwhile_is_told_by_how_it_was_decided(store, catalogue, apart, at):
    decide(store, at, None, apart, actor="Bình")
    late = decide(store, at, None, replace(apart, verdict=Ruling.RELATED))
    assert [(c.mine, c.theirs, c.by) for c in late.conflicts] == [("related", "different", "Bình")]


def test_who_only_read_that_nothing_was_decided_is_told_when_something_is(store, catalogue, apart, at):
    read = Decide("one", "p", None, None)
    edit = Edit("two", "note", "", "x")
    assert store.commit("xa", [edit, read], actor="An", at=at, whole=True).applied == [edit]
    decide(store, at, None, apart, actor="Bình")
    late = store.commit("xa", [Edit("two", "note", "x", "y"), read], actor="An", at=at, whole=True)
    assert late.batch is None and [(c.mine, c.theirs) for c in late.conflicts] == [("", "different")]


def test_undo_takes_a_decision_back_and_redo_decides_again(store, catalogue, waived, at):
    done = decide(store, at, None, waived)
    undone = store.undo("xa", done.batch, actor="An", at=at)
    assert decided(store) == set()
    store.undo("xa", undone.batch, actor="An", at=at)
    assert decided(store) == {waived}


def test_undoing_what_somebody_decided_otherwise_since_is_a_conflict(store, catalogue, waived, at):
    done = decide(store, at, None, waived)
    decide(store, at, waived, other := replace(waived, reason="Khác", by="Bình"), actor="Bình")
    assert [c.by for c in store.undo("xa", done.batch, actor="An", at=at).conflicts] == ["Bình"]
    assert decided(store) == {other}


def test_decisions_are_read_as_they_were_on_an_earlier_day(store, catalogue, waived, whole, at):
    head = catalogue.head
    other = replace(waived, reason="Khác")
    for seen, new in ((None, waived), (None, whole), (waived, other), (whole, None)):
        decide(store, at, seen, new)
    store.commit("xa", [Delete("two", 99)], actor="me", at=at)
    states = [decided(store, seq) for seq in range(head, head + 6)]
    assert states == [set(), {waived}, {waived, whole}, {other, whole}, {other}, set()]


def test_what_was_decided_of_a_deleted_row_waits_with_it(store, catalogue, waived, at):
    decide(store, at, None, waived)
    store.commit("xa", [Delete("two", 99)], actor="me", at=at)
    late = decide(store, at, None, replace(waived, key="l"))
    assert late.conflicts == [Conflict("two", DECISION, waived.reason, "", "me", at, gone=True)]
    store.commit("xa", [Restore("two")], actor="me", at=at)
    assert decided(store) == {waived}
    store.commit("xa", [Delete("two", 99)], actor="me", at=at)
    assert decide(store, at, waived, None).applied


def test_a_row_somebody_decided_about_meanwhile_is_not_deleted_unasked(store, catalogue, waived, at):
    decide(store, at + LATER, None, waived, actor="An")
    (conflict,) = store.commit("xa", [Delete("two", catalogue.head)], actor="other", at=at).conflicts
    assert conflict == Conflict("two", "", None, None, "An", at + LATER)


def test_a_row_is_added_and_decided_about_in_one_gesture(store, catalogue, waived, at):
    new = replace(waived, item_id="four")
    done = store.commit("xa", [Add(Item("four", {})), Decide("four", "k", None, new)], actor="An", at=at)
    assert decided(store) == {new}
    assert not store.undo("xa", done.batch, actor="An", at=at).conflicts
    assert decided(store) == set()


def test_a_decision_sent_twice_is_answered_alike_and_written_once(store, catalogue, waived, apart, at):
    decide(store, at, None, apart, actor="Bình")
    writes = [Decide("two", "k", None, waived), Decide("one", "p", None, replace(apart, verdict=Ruling.RELATED))]
    first = store.commit("xa", writes, actor="An", at=at, request="gesture")
    assert first.applied == writes[:1] and len(first.conflicts) == 1
    assert store.commit("xa", writes, actor="An", at=at + LATER, request="gesture") == first
    assert decided(store) == {waived, apart}


def test_what_no_database_keeps_is_refused_and_nothing_is_written(store, catalogue, waived, at):
    with pytest.raises(InputError):
        decide(store, at, None, replace(waived, reason="a\0b"))
    with pytest.raises(UnknownCatalogue):
        decide(store, at, None, replace(waived, item_id="nobody"))
    for wrong in (
        Decide("one", "k", None, waived),
        Decide("two", "other", waived, None),
        Decide("two", "", None, None),
    ):
        with pytest.raises(ValueError):
            store.commit("xa", [wrong], actor="An", at=at)
    assert decided(store) == set() and store.head("xa") == catalogue.head


def test_the_log_leads_to_the_decisions(store, catalogue, url, waived, apart, whole, at):
    for new in (waived, apart, whole):
        decide(store, at, None, new)
    decide(store, at, apart, None)
    assert list(examine(url)) == []
