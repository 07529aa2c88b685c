"""A reading led on by edits is the one a fresh look would give."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicat.model import (
    CATALOGUE,
    FIELDS,
    Add,
    Comment,
    Decide,
    Decision,
    Delete,
    Edit,
    Item,
    Kind,
    Remark,
    Ruling,
)
from kpicat.services import views
from kpicat.services.following import MOST, followed
from kpicat.services.view import NEAR, View
from kpicat.services.views import Views
from kpicat.ui import grid_rows

VALUES = {
    Kind.TEXT: st.sampled_from(["", "Báo cáo", "Việc khác", "😀 đ"]),
    Kind.LEVEL: st.sampled_from([None, 1, 2, 4]),
    Kind.NUMBER: st.sampled_from([None, Decimal("1.5"), Decimal(0), Decimal(1200)]),
    Kind.FLAG: st.booleans(),
}
CELL = st.sampled_from(["one", "two", "three"]).flatmap(
    lambda item: st.sampled_from(list(FIELDS)).flatmap(
        lambda name: st.tuples(st.just(item), st.just(name), VALUES[FIELDS[name].kind])
    )
)


def since(store, before):
    return store.changes(before.catalogue.id, since=before.catalogue.head)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELL, min_size=1, max_size=8))
def test_any_edits_lead_where_a_fresh_look_does(store, catalogue, at, cells):
    before = store.reading(catalogue.id)
    kept = before.items.copy()
    for item, name, value in cells:
        seen = FIELDS[name].decode(FIELDS[name].encode(_now(store, catalogue, item, name)))
        store.commit(catalogue.id, [Edit(item, name, seen, value)], actor="An", at=at)
    changes = since(store, before)
    if not changes:
        return
    after, fresh = followed(before, changes), store.reading(catalogue.id)
    pd.testing.assert_frame_equal(after.items, fresh.items)
    assert after.catalogue == fresh.catalogue
    assert after.comments == fresh.comments
    pd.testing.assert_frame_equal(before.items, kept)


def _now(store, catalogue, item, name):
    value = store.reading(catalogue.id).items.at[item, name]
    return None if value is pd.NA else value if not hasattr(value, "item") else value.item()


@pytest.mark.parametrize(
    "write",
    [
        Add(Item("four", {"task": "Mới"})),
        Delete("one", 99),
        Edit("one", "place", "0000000001", "0000000003V"),
        Edit(CATALOGUE, "name", "Danh mục của xã", "Khác"),
    ],
    ids=["added", "deleted", "moved", "settings"],
)
def test_what_is_more_than_edited_cells_is_read_anew(store, catalogue, at, write):
    before = store.reading(catalogue.id)
    store.commit(catalogue.id, [Edit("two", "note", "", "x"), write], actor="An", at=at)
    assert len(since(store, before)) == 2
    assert followed(before, since(store, before)) is None


def test_a_comment_is_read_anew(store, catalogue, at):
    before = store.reading(catalogue.id)
    store.commit(catalogue.id, [Remark("one", None, Comment("c", "one", "c", "Sao?", "An", at))], actor="An", at=at)
    assert followed(before, since(store, before)) is None


def test_decisions_are_followed_in_the_order_of_a_fresh_look(store, catalogue, at):
    late = Decision("two", "k", "vague-task", Ruling.WAIVED, "Theo đề án", "An", at + timedelta(days=1))
    early = replace(late, item_id="one", at=at)
    whole = replace(late, item_id=CATALOGUE, key="paper-share")
    gone = Decide("two", "k", late, None)
    for writes in (
        [Decide("two", "k", None, late), Decide("one", "k", None, early)],
        [Edit("two", "note", "", "x"), Decide(CATALOGUE, "paper-share", None, whole)],
        [gone],
    ):
        before = store.reading(catalogue.id)
        store.commit(catalogue.id, writes, actor="An", at=at)
        after, fresh = followed(before, since(store, before)), store.reading(catalogue.id)
        assert after.decisions == fresh.decisions
        pd.testing.assert_frame_equal(after.items, fresh.items)


def test_a_long_way_is_read_anew(store, catalogue, at):
    before = store.reading(catalogue.id)
    for n in range(MOST + 1):
        store.commit(catalogue.id, [Edit("one", "note", str(n - 1) if n else "", str(n))], actor="An", at=at)
    assert followed(before, since(store, before)) is None


SHOWN = ("code", "task", "quantity", "tier", "points", "coefficient", "converted_quantity", "standard_unit")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestures=st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6), looks=st.integers(1, 63))
def test_what_is_made_from_the_last_views_is_what_a_fresh_view_makes(store, catalogue, at, gestures, looks):
    views, listed = Views(store), ("one", "two", "three")
    grid_rows.shared(views.newest(catalogue.id), SHOWN, listed=listed, blank=2)
    for n, cells in enumerate(gestures):
        for item, name, value in cells:
            seen = FIELDS[name].decode(FIELDS[name].encode(_now(store, catalogue, item, name)))
            store.commit(catalogue.id, [Edit(item, name, seen, value)], actor="An", at=at)
        view = views.newest(catalogue.id)
        if looks & (1 << n):  # somebody looks at this one; otherwise it is only on the way
            grid_rows.shared(view, SHOWN, listed=listed, blank=2)
    fresh = View(store.reading(catalogue.id))
    pd.testing.assert_frame_equal(view.table, fresh.table)
    pd.testing.assert_frame_equal(view.cells, fresh.cells)
    assert view.figures == fresh.figures
    rows = [grid_rows.shared(each, SHOWN, listed=listed, blank=2) for each in (view, fresh)]
    pd.testing.assert_frame_equal(*rows)


def test_a_view_keeps_only_the_last_few_before_it(store, catalogue, at):
    views, first = Views(store), None
    for n in range(NEAR + 3):
        store.commit(catalogue.id, [Edit("one", "note", str(n - 1) if n else "", str(n))], actor="An", at=at)
        view = views.newest(catalogue.id)
        first = first or weakref.ref(view)
    del view
    gc.collect()
    assert first() is None


def test_now_and_then_what_is_remembered_of_texts_typed_is_forgotten(store, catalogue, at, monkeypatch):
    forgotten = []
    monkeypatch.setattr(views.memo, "forget", lambda: forgotten.append(True))
    monkeypatch.setattr(views, "FORGET_AFTER", 2)
    kept = Views(store)
    kept.newest(catalogue.id)
    texts = ["", "một", "hai", "ba", "bốn"]
    for seen, new in pairwise(texts):
        store.commit(catalogue.id, [Edit("one", "note", seen, new)], actor="An", at=at)
        kept.newest(catalogue.id)
    assert len(forgotten) == 2
