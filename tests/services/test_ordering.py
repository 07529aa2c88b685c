"""The order a group goes through its items, and what stands beside each."""

from datetime import UTC, datetime

import pytest

from kpicat.model import Add, Catalogue, Item
from kpicat.services import View, tiering
from kpicat.services.tiering import Order
from kpicat.ui.assigning.held import Held

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
TASKS = (
    ("Báo cáo công tác dân vận quý", 2), ("Giải quyết tố cáo đối với đảng viên", None),
    ("Báo cáo công tác dân vận năm", None), ("Xyz", 1), ("Vào sổ văn bản đến", None),
)  # fmt: skip


@pytest.fixture
def view(store):
    store.create(Catalogue("xa", "Danh mục"), actor="Lan", at=AT)
    rows = [Add(Item(f"i{n}", {"task": task, "tier": tier})) for n, (task, tier) in enumerate(TASKS)]
    store.commit("xa", rows, actor="Lan", at=AT, label="import")
    return View(store.reading("xa"))


def test_each_order_has_every_item_once(view):
    for order in Order:
        assert sorted(tiering.in_order(view, order)) == [f"i{n}" for n in range(5)]
    assert tiering.in_order(view, Order.CATALOGUE) == [f"i{n}" for n in range(5)]
    assert tiering.in_order(view, Order.OPEN) == ["i1", "i2", "i4", "i0", "i3"]
    sure = tiering.suggestions(view)
    confidences = [sure[i].confidence for i in tiering.in_order(view, Order.UNCERTAIN)]
    assert confidences == sorted(confidences)


def test_the_next_item_without_a_tier_is_found_round_the_end(view):
    ids = tiering.in_order(view, Order.CATALOGUE)
    assert tiering.next_open(view, ids, "i2") == "i4"
    assert tiering.next_open(view, ids, "i4") == "i1"
    assert tiering.next_open(view, ["i0", "i3"], "i0") is None
    assert tiering.next_open(view, ["i0", "i1"], "i1") is None  # it is the only one


def test_an_order_begun_stays_with_new_items_at_its_end_and_deleted_ones_left_out(view):
    assert tiering.followed(view, ["i4", "gone", "i1"]) == ["i4", "i1", "i0", "i2", "i3"]


def test_the_items_most_alike_and_the_neighbours_stand_beside(view):
    found = tiering.beside(view, "i0")
    assert found.alike == ("i2",)
    assert found.around == ("i1",)
    assert tiering.beside(view, "gone") == tiering.Beside((), ())


def test_where_the_item_shown_is_deleted_the_next_takes_its_place(view):
    held = Held(item="gone", order=Order.OPEN, sequence=["i3", "gone", "i4", "i0"])
    held.follow(view, Order.OPEN)
    assert held.item == "i4"
    held.step(-1)
    assert held.item == "i3"
    held.step(-1)
    assert held.item == "i3"


def test_another_order_begins_at_its_first_item(view):
    held = Held()
    held.follow(view, Order.CATALOGUE)
    held.step(3)
    held.follow(view, Order.OPEN)
    assert held.item == "i1"
