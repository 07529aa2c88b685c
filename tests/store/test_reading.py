"""Readings: whole, typed, frozen, and the same again at any later day."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from kpicat.errors import InputError, UnknownCatalogue
from kpicat.model import CATALOGUE, Add, Catalogue, ChangeKind, Delete, Edit, Form, Item, Restore, items_frame

LATER = timedelta(minutes=1)


def test_a_reading_is_the_frame_of_the_items_that_were_added(store, catalogue, items):
    reading = store.reading("xa")
    pd.testing.assert_frame_equal(reading.items, items_frame(items))
    assert reading.catalogue == catalogue


def test_an_empty_catalogue_reads_as_an_empty_frame(store, at):
    kept = store.create(Catalogue("moi", "Mới", form=Form.STATE, marks='{"a": 1}'), actor="me", at=at)
    assert kept == Catalogue("moi", "Mới", form=Form.STATE, marks='{"a": 1}', head=0)
    pd.testing.assert_frame_equal(store.reading("moi").items, items_frame([]))


def test_creating_twice_is_creating_once(store, catalogue, at):
    assert store.create(Catalogue("xa", "Tên khác"), actor="other", at=at) == catalogue
    assert store.catalogues() == [catalogue]


def test_a_catalogue_begins_with_its_items_as_one_batch_or_not_at_all(store, at):
    items = [Item("a", {"task": "Ghi sổ"}), Item("b", {"task": "Lập báo cáo"})]
    made = store.create(Catalogue("moi", "Mới"), actor="me", at=at, items=items)
    assert made.head == 2
    assert list(store.reading("moi").items["task"]) == ["Ghi sổ", "Lập báo cáo"]
    (batch,) = store.batches("moi")
    assert (batch.label, batch.size) == ("import", 2)
    assert store.create(Catalogue("moi", "Mới"), actor="me", at=at, items=[Item("c", {})]).head == 2
    with pytest.raises(InputError):
        store.create(Catalogue("hong", "Hỏng"), actor="me", at=at, items=[Item("a", {"task": "\0"})])
    assert [catalogue.id for catalogue in store.catalogues()] == ["moi"]


def test_what_was_read_at_a_seq_is_read_there_again(store, catalogue, at):
    gestures = [
        [Edit("two", "tier", 2, 3), Edit("two", "standard_unit", False, True)],
        [Delete("one", 3)],
        [Add(Item("four", {"task": "Kế hoạch"})), Edit("four", "task", "Kế hoạch", "Kế hoạch năm")],
        [Edit(CATALOGUE, "form", "party", "state"), Edit(CATALOGUE, "period", "2026", "")],
        [Restore("one"), Delete("four", 99)],
        [Edit("one", "task", "Tiếp công dân định kỳ", "")],
    ]
    seen = [store.reading("xa")]
    for gesture in gestures:
        assert store.commit("xa", gesture, actor="me", at=at).batch
        seen.append(store.reading("xa"))
    for then in seen:
        again = store.reading("xa", then.catalogue.head)
        assert again.catalogue == then.catalogue
        pd.testing.assert_frame_equal(again.items, then.items)
    assert list(store.reading("xa", 2).items.index) == ["one", "two"]
    assert store.reading("xa", 0).items.empty


def test_what_is_not_there_is_said_so(store, catalogue):
    for asked in (store.head, store.standing, store.catalogue, store.reading, store.changes, store.batches):
        with pytest.raises(UnknownCatalogue, match="khac"):
            asked("khac")
    for seq in (-1, catalogue.head + 1):
        with pytest.raises(UnknownCatalogue):
            store.reading("xa", seq)


def test_a_catalogue_names_the_batch_it_stands_at(store, catalogue, at):
    imported = store.batches("xa")[0].id
    done = store.commit("xa", [Edit("two", "tier", 2, 3), Edit("one", "tier", 1, 2)], actor="me", at=at)
    assert store.standing("xa") == (5, done.batch) == store.catalogue("xa").standing
    standings = [store.reading("xa", seq).catalogue.standing for seq in range(6)]
    assert standings == [(0, ""), *((seq, imported) for seq in (1, 2, 3)), (4, done.batch), (5, done.batch)]


def test_the_standings_of_many_are_one_question(store, catalogue, at):
    store.create(Catalogue("moi", "Mới"), actor="me", at=at)
    assert store.heads(["moi", "xa", "khac"]) == {"moi": (0, ""), "xa": store.standing("xa")}
    assert store.heads([]) == {}


def test_catalogues_come_with_the_latest_change_first_and_their_counts(store, catalogue, at):
    store.create(Catalogue("moi", "Mới"), actor="me", at=at + LATER)
    assert [c.id for c in store.catalogues()] == ["moi", "xa"]
    store.commit("xa", [Delete("two", 3)], actor="me", at=at + 2 * LATER)
    assert [c.id for c in store.catalogues()] == ["xa", "moi"]
    assert store.counts() == {"xa": 2, "moi": 0}
    assert store.counts(["xa"]) == {"xa": 2} and not store.counts([])


def test_changes_since_are_those_another_reader_has_missed(store, catalogue, at):
    store.commit("xa", [Edit("two", "tier", 2, 3), Edit("one", "tier", 1, 2), Delete("two", 99)], actor="me", at=at)
    assert [c.seq for c in store.changes("xa", 4)] == [5, 6]
    assert store.changes("xa", 6) == []
    assert [c.kind for c in store.changes("xa", item="two")] == [ChangeKind.ADD, ChangeKind.EDIT, ChangeKind.DELETE]
    assert [c.seq for c in store.changes("xa", kind=ChangeKind.DELETE)] == [6]
    assert [c.seq for c in store.changes("xa", newest_first=True, limit=2)] == [6, 5]
    assert [c.seq for c in store.changes("xa", limit=2)] == [1, 2]


def test_batches_come_in_pages_and_by_person(store, catalogue, at):
    for tier in (2, 3, 4):
        store.commit("xa", [Edit("two", "tier", tier, tier + 1)], actor=f"person {tier}", at=at)
    first = store.batches("xa", limit=2)
    rest = store.batches("xa", limit=2, before=first[-1].first_seq)
    assert [b.actor for b in first + rest] == ["person 4", "person 3", "person 2", "founder"]
    assert [b.actor for b in store.batches("xa", actor="person 3")] == ["person 3"]
    imported = rest[-1]
    assert (imported.label, imported.first_seq, imported.last_seq, imported.size) == ("import", 1, 3, 3)
    assert store.batch("xa", imported.id) == imported and imported.at == at
