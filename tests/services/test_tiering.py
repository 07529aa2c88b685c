"""Agreeing on difficulty: proposals taken over by the many, and the yardstick changed whole or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat import language
from kpicat.errors import InputError
from kpicat.model import CATALOGUE, Add, Catalogue, Edit, Item, Reading, items_frame
from kpicat.services import View, bulk, tiering
from tests.conftest import AT
from tests.services.room import edited


def view_of(*lines, guidance="phu_luc_3"):
    items = [Item(str(n), values) for n, values in enumerate(lines)]
    return View(Reading(Catalogue("xa", "xã", guidance=guidance), items_frame(items)))


HARD, LIGHT = {"task": "Giải quyết tố cáo"}, {"task": "Vào sổ văn bản đến"}


def test_each_item_has_a_proposal_made_once_a_view():
    view = view_of(HARD, LIGHT)
    found = tiering.suggestions(view)
    assert {item_id: proposed.tier for item_id, proposed in found.items()} == {"0": 3, "1": 1}
    assert tiering.suggestions(view) is found
    with language.speaking("en"):
        assert tiering.suggestions(view)["0"].reasons != found["0"].reasons


def test_a_decision_moves_the_proposals_of_the_next_view():
    lines = [{"task": f"Thẩm định hồ sơ {n}", "tier": 4} for n in range(12)]
    asked = {"task": "Thẩm định dự toán"}
    assert tiering.suggestions(view_of(asked))["0"].tier == 2
    assert tiering.suggestions(view_of(asked, *lines))["0"].tier == 4


def test_another_catalogue_is_learnt_from():
    view, other = view_of({"task": "Vào sổ các văn bản đến"}), view_of(LIGHT | {"tier": 2})
    assert tiering.suggestions(view)["0"].tier == 1
    assert tiering.suggestions(view, tiering.Sources(reference=other))["0"].tier == 2


def test_a_reference_is_another_catalogue_on_as_many_tiers_that_has_items(store, catalogue):
    scales = {"same": "phu_luc_3", "other": "so_tay_bnv", "empty": "phu_luc_3", "gone": "phu_luc_3"}
    for id, scale in scales.items():
        store.create(Catalogue(id, id, guidance=scale), actor="Lan", at=AT)
        if id != "empty":
            store.commit(id, [Add(Item(f"{id}-1", LIGHT | {"tier": 2}))], actor="Lan", at=AT)
    store.commit("gone", [Edit(CATALOGUE, "removed", "", "1")], actor="Lan", at=AT)
    view = View(store.reading("xa"))
    assert [each.id for each in tiering.references(store, view)] == ["same"]
    there = View(store.reading("same"))
    assert tiering.sources(store, view, there).reference is there


def test_points_in_a_frame_are_a_decision_too():
    view = view_of({"task": "Vào sổ các văn bản đến"}, LIGHT | {"points": Decimal(60)}, guidance="khung_xa")
    assert tiering.suggestions(view)["0"].tier == 3


def test_only_sure_proposals_for_items_without_a_tier_are_taken_over():
    view = view_of(HARD, LIGHT | {"tier": 4}, {"task": "Xyz"})
    found = tiering.suggestions(view)
    planned = tiering.accept(view, found, ["0", "1", "2", "gone"], 0.5)
    assert edited(planned) == {("0", "tier"): 3, ("0", "points"): Decimal(150)}
    assert planned.rows == 1 and tiering.without_tier(view, ["2", "1", "0", "gone"]) == ["0", "2"]
    assert ("2", "tier") in edited(tiering.accept(view, found, ["2"], 0))
    assert not tiering.accept(view, found, ["0", "2"], 1.0).writes


def test_a_tier_that_was_only_proposed_bears_no_proposal_out_until_somebody_decides(store, catalogue, at):
    lines = [{"task": f"Thẩm định hồ sơ {n}", "tier": None if n < 6 else 4} for n in range(12)]
    store.commit("xa", [Add(Item(f"n{n}", line)) for n, line in enumerate(lines)], actor="Lan", at=AT)
    before = View(store.reading("xa"))
    ids = [f"n{n}" for n in range(6)]
    bulk.carry_out(store, before, tiering.accept(before, tiering.suggestions(before), ids, 0), actor="Lan", at=at)
    after = View(store.reading("xa"))
    assert tiering.sources(store, before).taken == set()
    assert tiering.sources(store, after).taken == set(ids)
    asked = "n11"
    proposed = tiering.suggestion(before, asked)
    assert tiering.suggestion(after, asked) != proposed  # as if the group had decided all of them
    assert tiering.suggestion(after, asked, tiering.sources(store, after)) == proposed
    editing = bulk.set_field(after, ["n0"], "tier", 1)
    bulk.carry_out(store, after, editing, actor="Lan", at=at)
    assert tiering.sources(store, View(store.reading("xa"))).taken == set(ids) - {"n0"}


def test_one_item_is_proposed_what_all_together_are():
    view = view_of(HARD | {"tier": 3}, LIGHT, {"task": "Thẩm định hồ sơ"})
    assert {item_id: tiering.suggestion(view, item_id) for item_id in "012"} == tiering.suggestions(view)


def test_what_is_furthest_from_the_proposal_can_come_first():
    near, far = LIGHT | {"tier": 2}, LIGHT | {"tier": 4}
    view = view_of({"task": "Xyz"}, near, HARD | {"tier": 3}, far)
    assert tiering.in_order(view, tiering.Order.DISPUTED) == ["3", "1", "0", "2"]


# -- the standard unit --


def test_the_new_yardstick_has_the_standard_points_and_the_old_one_lets_go():
    view = view_of(
        {"task": "A", "tier": 1, "points": Decimal(100), "standard_unit": True},
        {"task": "B", "tier": 2, "points": Decimal(120), "coefficient": Decimal("1.2")},
        {"task": "C", "tier": 3, "points": Decimal(150)},
    )
    planned = tiering.choose(view, "1")
    assert edited(planned) == {
        ("0", "standard_unit"): False,
        ("1", "standard_unit"): True,
        ("1", "tier"): 1,
        ("1", "points"): Decimal(100),
        ("1", "coefficient"): None,
    }
    assert planned.whole and planned.remarks


def test_held_against_the_new_yardstick_all_points_follow():
    view = view_of({"task": "A", "tier": 1, "points": Decimal(100)}, {"task": "B", "tier": 2, "points": Decimal(120)})
    changed = edited(tiering.choose(view, "1", rescaled=True))
    assert (changed["0", "points"], changed["1", "points"], changed["1", "tier"]) == (83, 100, 1)
    assert ("0", "tier") not in changed  # 83 is off the marks: the check says so, no tier is made up


def test_the_present_yardstick_asks_for_nothing():
    view = view_of({"task": "A", "tier": 1, "points": Decimal(100), "standard_unit": True}, {"task": "B", "tier": 2})
    assert not tiering.choose(view, "0").writes and not tiering.choose(view, "0", rescaled=True).writes


@pytest.mark.parametrize("rescaled", [False, True])
def test_what_was_foreseen_comes_true_and_one_undo_takes_it_back(store, catalogue, at, rescaled):
    lines = [{"task": "A", "tier": 1, "standard_unit": True}, {"task": "B", "tier": 2, "quantity": Decimal(3)}]
    store.commit("xa", [Add(Item(f"n{n}", line)) for n, line in enumerate(lines)], actor="Lan", at=AT)
    view = View(store.reading("xa"))
    foreseen = tiering.would_become(view, "n1", rescaled=rescaled).lines
    bulk.carry_out(store, view, tiering.choose(view, "n1", rescaled=rescaled), actor="Lan", at=at)
    after = View(store.reading("xa"))
    assert after.table["coefficient"].tolist() == foreseen["coefficient_after"].tolist()
    assert after.items.index[after.items["standard_unit"]].tolist() == ["n1"]
    store.undo("xa", store.batches("xa", limit=1)[0].id, actor="Lan", at=at)
    assert View(store.reading("xa")).items.equals(view.items)


def test_two_who_choose_at_once_do_not_make_two_yardsticks(store, catalogue, at):
    view = View(store.reading("xa"))
    for n, item_id in enumerate(("two", "three")):
        planned = tiering.choose(view, item_id)
        if n == 0:
            bulk.carry_out(store, view, planned, actor="Lan", at=at)
        else:
            with pytest.raises(InputError):
                bulk.carry_out(store, view, planned, actor="Minh", at=at)
    assert View(store.reading("xa")).items["standard_unit"].sum() == 1


def test_candidates_and_the_same_work_at_several_titles_are_made_once_a_view():
    row = {"task": "Kiểm kê tài sản", "product": "Biên bản", "tier": 2}
    view = view_of(row | {"position": "Kế toán"}, row | {"position": "Văn thư", "tier": 3})
    assert [found.item_id for found in tiering.candidates(view)] == ["0", "1"]
    assert tiering.candidates(view) is tiering.candidates(view)
    assert tiering.side_by_side(view).titles == ("Kế toán", "Văn thư")
    departments = view_of(row | {"department": "A"}, row | {"department": "B"})
    assert tiering.side_by_side(departments).titles == ("A", "B")
