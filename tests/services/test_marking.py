"""Marks by criteria: people at different criteria of one item never meet, and nobody's mark is overwritten."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kpicat.errors import InputError
from kpicat.exchange import write_text
from kpicat.exchange.forms.decision import Decision
from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.services import View, following, history, tiering
from kpicat.store import examine

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
KEYS = ("progress", "quality", "effect", "difficulty", "complexity", "scope")


@pytest.fixture
def view(store):
    """A catalogue of one item on the default scale."""
    store.create(Catalogue("xa", "Danh mục"), actor="Lan", at=AT)
    store.commit("xa", [Add(Item("i0", {"task": "Họp giao ban", "tier": 1}))], actor="Lan", at=AT)
    return now(store)


def now(store):
    return View(store.reading("xa"))


def mark(store, view, key, given, actor="Lan"):
    return tiering.mark(store, view, "i0", key, None if given is None else Decimal(given), actor=actor, at=AT)


def test_two_people_at_different_criteria_never_meet(store, view):
    assert not mark(store, view, "progress", 2).conflicts
    assert not mark(store, view, "scope", 4, actor="Minh").conflicts  # on what stood there before
    assert tiering.marks_of(now(store), "i0") == {"progress": 2, "scope": 4}


def test_the_second_at_one_criterion_is_told_and_overwrites_nothing(store, view):
    mark(store, view, "progress", 2)
    outcome = mark(store, view, "progress", 3, actor="Minh")
    assert [conflict.by for conflict in outcome.conflicts] == ["Lan"]
    assert tiering.marks_of(now(store), "i0") == {"progress": 2}


def test_a_mark_is_taken_away_again_and_undone(store, view):
    mark(store, view, "progress", 2)
    gone = mark(store, now(store), "progress", None)
    assert tiering.marks_of(now(store), "i0") == {}
    store.undo("xa", gone.batch, actor="Lan", at=AT)
    assert tiering.marks_of(now(store), "i0") == {"progress": 2}


def test_what_is_no_mark_of_the_grid_is_refused(store, view):
    for key, given in (("progress", 5), ("progress", "1.5"), ("beauty", 1)):
        with pytest.raises(InputError):
            mark(store, view, key, given)
    assert tiering.marks_of(now(store), "i0") == {}


def test_a_tier_is_proposed_when_all_marks_are_given_and_another_one_asks_for_a_reason(store, view):
    for key in KEYS:
        assert tiering.scored(now(store), "i0").tier is None
        mark(store, now(store), key, 3)
    assert tiering.scored(now(store), "i0").tier == 3
    assert tiering.differs(now(store), "i0")
    store.commit("xa", [Edit("i0", "tier", 1, 3)], actor="Lan", at=AT)
    assert not tiering.differs(now(store), "i0")


def test_marks_of_another_edition_are_left_aside_and_kept(store, view):
    mark(store, view, "progress", 2)
    store.commit("xa", [Edit("", "guidance", "phu_luc_3", "so_tay_bnv")], actor="Lan", at=AT)
    assert tiering.marks_of(now(store), "i0") == {}
    assert now(store).value("i0", "criteria") == '{"progress": "2"}'


def test_marks_are_followed_read_back_and_agree_with_the_log(store, view, url):
    before = store.reading("xa")
    mark(store, view, "progress", 2)
    after = store.reading("xa")
    followed = following.followed(before, store.changes("xa", before.catalogue.head))
    assert followed.items.equals(after.items)
    assert list(examine(url)) == []


def test_marks_are_told_in_the_history_in_words(store, view):
    mark(store, view, "progress", 2)
    told = history.in_words(now(store), store.changes("xa", view.seq))
    assert told["after"].tolist() == ["Tiến độ 2"]


def test_marks_go_out_as_json(store, view):
    mark(store, view, "progress", 2)
    read = now(store)
    written = json.loads(write_text.json(read.reading, read.guidance, Decision()))
    assert written["items"][0]["criteria"] == {"progress": 2}
