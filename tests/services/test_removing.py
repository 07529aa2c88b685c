"""A catalogue taken off the shelf is lost to nobody, and comes back as it was."""

from __future__ import annotations

import pytest

from kpicat import services
from kpicat.approval import Step
from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.services import removing


@pytest.fixture
def kept(store, at):
    """A catalogue with an item."""
    catalogue = store.create(Catalogue("xa-cu", "Danh mục cũ"), actor="Lan", at=at)
    store.commit(catalogue.id, [Add(Item("i1", {"task": "Họp giao ban"}))], actor="Lan", at=at)
    return store.catalogue(catalogue.id)


def names(store):
    return [each.name for each in services.shelf(store)]


def test_what_is_removed_is_off_the_shelf_and_named_with_who_did_it(store, kept, at):
    removing.remove(store, kept, actor="Minh", at=at)
    assert kept.name not in names(store)
    (off,) = removing.removed(store)
    assert (off.catalogue.name, off.items, off.mark.actor) == ("Danh mục cũ", 1, "Minh")


def test_nothing_of_it_is_lost_and_what_others_type_meanwhile_is_kept(store, kept, at):
    removing.remove(store, kept, actor="Minh", at=at)
    assert store.commit(kept.id, [Edit("i1", "product", "", "Biên bản")], actor="Lan", at=at).applied
    removing.put_back(store, *removing.removed(store), actor="Lan", at=at)
    assert kept.name in names(store) and not removing.removed(store)
    assert list(store.reading(kept.id).items["product"]) == ["Biên bản"]
    assert store.catalogue(kept.id).status == "draft"


def test_it_comes_back_with_the_status_it_had(store, kept, at):
    store.approvals.take(kept.id, Step.SUBMIT, seen=kept.standing, actor="Lan", at=at)
    removing.remove(store, store.catalogue(kept.id), actor="Minh", at=at)
    assert store.catalogue(kept.id).status == "submitted" and kept.name not in names(store)
    removing.put_back(store, *removing.removed(store), actor="Minh", at=at)
    assert store.catalogue(kept.id).status == "submitted"


def test_whoever_would_remove_what_was_submitted_meanwhile_is_told(store, kept, at):
    store.approvals.take(kept.id, Step.SUBMIT, seen=kept.standing, actor="Lan", at=at)
    outcome = removing.remove(store, kept, actor="Minh", at=at)
    assert [(conflict.by, conflict.theirs) for conflict in outcome.conflicts] == [("Lan", "submitted")]
    assert kept.name in names(store)


def test_two_who_remove_or_put_back_at_once_do_it_once(store, kept, at):
    first, second = (removing.remove(store, kept, actor=who, at=at) for who in ("Minh", "Lan"))
    assert first.batch and not second.batch and not second.conflicts
    (off,) = removing.removed(store)
    first, second = (removing.put_back(store, off, actor=who, at=at) for who in ("Minh", "Lan"))
    assert first.batch and not second.batch and not second.conflicts


def test_undoing_the_gesture_brings_it_back_too(store, kept, at):
    done = removing.remove(store, kept, actor="Minh", at=at)
    store.undo(kept.id, done.batch, actor="Minh", at=at)
    assert kept.name in names(store)
