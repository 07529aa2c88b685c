"""Scenarios adopted: exactly what was shown, as one batch, with everybody who was there asked about."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all

from kpicat import services
from kpicat.errors import InputError
from kpicat.model import Catalogue, Delete, Edit, Item
from kpicat.scenario import Rule, Scenario, decode
from kpicat.services import View, new_id, scenarios
from tests.core.test_scenario import CATALOGUES, SCENARIOS, cells
from tests.databases import kind, new_url, postgres, server, template, url

__all__ = ["kind", "new_url", "postgres", "server", "template", "url"]


@pytest.fixture
def view(store, catalogue):
    return lambda: View(store.reading("xa"))


@pytest.fixture
def keep(store, view, at):
    def kept(scenario, name="Nhẹ hơn", actor="Lan"):
        return scenarios.begin(store, view(), scenario, name=name, actor=actor, at=at)

    return kept


@pytest.fixture
def adopt(store, view, at):
    def adopted(kept, take=()):
        now = view()
        return scenarios.adopt(store, now, scenarios.look(store, now, kept, take), actor="Lan", at=at)

    return adopted


def test_a_scenario_without_a_name_is_not_kept(keep):
    with pytest.raises(InputError):
        keep(Scenario(), name="  ")


def test_the_second_of_two_who_change_a_scenario_gets_both(store, keep, at):
    seen = keep(Scenario(tiers={"one": 2}))

    def change(tier, actor):
        return scenarios.change(store, seen, Scenario(tiers={"one": tier}), name="x", note="", actor=actor, at=at)

    assert change(3, "Lan").done
    met = change(4, "Minh")
    assert not met.done and met.stands.by == "Lan" and decode(met.stands.body).tiers == {"one": 3}


def test_adopting_gives_exactly_the_after_as_one_batch_that_undo_takes_back(store, view, keep, adopt, at):
    before = view()
    scenario = Scenario(tiers={"one": 4}, rules=(Rule(3, tiers=(2,)),), marks='{"complex": {"points": 160}}')
    shown = scenarios.tried(before, scenario).after
    outcome = adopt(keep(scenario))
    after = view()
    for name in ("tier", "points", "coefficient", "standard_unit"):
        assert cells(after.items, name) == cells(shown.items, name)
    assert [t.lowest for t in after.guidance.tiers] == [100, 120, 160, 200]
    assert after.table.equals(shown.table)
    assert "“Nhẹ hơn”" in after.value("one", "rationale")
    assert len(store.batches("xa")) == 2 and store.batch("xa", outcome.batch).label == "adopt"
    services.undo(store, after, outcome.batch, actor="Lan", at=at)
    back = view()
    assert back.table.equals(before.table) and back.catalogue.marks == ""


def test_what_others_changed_meanwhile_stays_unless_it_is_chosen(store, view, keep, adopt, at):
    kept = keep(Scenario(tiers={"one": 4, "two": 4}))
    store.commit("xa", [Edit("two", "tier", 2, 3)], actor="Minh", at=at)
    adoption = scenarios.look(store, view(), kept)
    (met,) = adoption.met
    assert met.place == "two" and {w.item_id for w in adoption.planned.writes} == {"one"}
    adopt(kept)
    assert cells(view().items, "tier") == [4, 3, None]


def test_what_others_changed_meanwhile_is_taken_where_it_is_chosen(store, view, keep, adopt, at):
    kept = keep(Scenario(rules=(Rule(4, tiers=(2,)),)))
    store.commit("xa", [Edit("two", "tier", 2, 3)], actor="Minh", at=at)
    assert not scenarios.look(store, view(), kept).planned.writes
    adopt(kept, take=["two"])
    assert cells(view().items, "tier")[1] == 4


def test_marks_and_standard_unit_changed_by_others_are_asked_about_too(store, view, keep, adopt, at):
    kept = keep(Scenario(marks='{"complex": {"points": 160}}', standard_unit="two"))
    services.change_settings(store, view(), {"marks": '{"complex": {"points": 170}}'}, actor="Minh", at=at)
    store.commit("xa", [Edit("one", "standard_unit", True, False), Edit("three", "standard_unit", False, True)],
                 actor="Minh", at=at)  # fmt: skip
    adoption = scenarios.look(store, view(), kept)
    assert [met.place for met in adoption.met] == [scenarios.MARKS, scenarios.UNIT]
    assert not adoption.planned.writes
    adopt(kept, take=[scenarios.MARKS, scenarios.UNIT])
    after = view()
    assert json.loads(after.catalogue.marks) == {"complex": {"points": "160"}}
    assert cells(after.items, "standard_unit") == [False, True, False]


def test_a_change_while_somebody_looks_keeps_all_of_it_from_being_written(store, view, keep, at):
    now, kept = view(), keep(Scenario(tiers={"one": 4, "two": 4}))
    adoption = scenarios.look(store, now, kept)
    store.commit("xa", [Edit("two", "points", None, Decimal(150))], actor="Minh", at=at)
    with pytest.raises(InputError, match="Minh"):
        scenarios.adopt(store, now, adoption, actor="Lan", at=at)
    assert cells(view().items, "tier") == [1, 2, None]


@pytest.mark.parametrize("how", ["changed", "removed"])
def test_a_scenario_that_another_changes_while_somebody_looks_is_not_adopted_as_it_was(how, store, view, keep, at):
    now, kept = view(), keep(Scenario(tiers={"one": 4}))
    adoption = scenarios.look(store, now, kept)
    if how == "removed":
        scenarios.remove(store, kept)
    else:
        scenarios.change(store, kept, Scenario(tiers={"one": 3}), name="Khác", note="", actor="Minh", at=at)
    with pytest.raises(InputError):
        scenarios.adopt(store, now, adoption, actor="Lan", at=at)
    assert cells(view().items, "tier") == [1, 2, None]


def test_rows_that_are_gone_are_passed_over_and_counted(store, view, keep, adopt, at):
    kept = keep(Scenario(tiers={"one": 4, "two": 4}))
    store.commit("xa", [Delete("two", view().seq)], actor="Minh", at=at)
    assert scenarios.look(store, view(), kept).gone == 1
    adopt(kept)
    assert cells(view().items, "tier") == [4, None]


def test_one_that_was_adopted_goes_on_showing_what_it_did(store, view, keep, adopt):
    kept = keep(Scenario(tiers={"one": 4}))
    adopt(kept)
    now, stands = view(), store.scenarios.one(kept.id)
    assert stands.adopted == kept.seq and stands.version == 2
    ground = scenarios.ground(store, now, stands)
    assert ground.seq == kept.seq and scenarios.tried(ground, decode(stands.body)).lines.index.tolist() == ["one"]


def test_one_that_was_adopted_shows_no_place_that_was_left_as_it_was_nor_what_others_did(store, view, keep, at):
    kept = keep(Scenario(tiers={"one": 4, "two": 4}))
    before = [Edit("two", "tier", cells(view().items, "tier")[1], 3)]
    store.commit("xa", before, actor="Minh", at=at)
    now = view()
    looked = scenarios.look(store, now, kept)
    store.commit("xa", [Edit("three", "note", "", "xong")], actor="Minh", at=at)  # elsewhere, while Lan looks
    scenarios.adopt(store, now, looked, actor="Lan", at=at)
    stands, after = store.scenarios.one(kept.id), view()
    store.commit("xa", [Edit("three", "tier", cells(after.items, "tier")[2], 4)], actor="Minh", at=at)
    became = scenarios.became(store, view(), stands)
    assert became.lines.index.tolist() == ["one"]
    assert became.after.figures.converted_total == after.figures.converted_total
    assert scenarios.ground(store, view(), stands).value("three", "note") == "xong"


def test_what_is_tried_is_made_once_for_all_who_look(view):
    now = view()
    first = scenarios.tried(now, Scenario(tiers={"one": 2}))
    assert scenarios.tried(now, Scenario(tiers={"one": 2})) is first
    assert scenarios.found_by(now, Rule(1, words="bao cao")) == 1


@for_all(CATALOGUES, SCENARIOS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_is_adopted_is_exactly_what_was_shown(store, at, lines, scenario):
    name = new_id()
    items = [Item(f"i{n}", each) for n, each in enumerate(lines)]
    store.create(Catalogue(name, "xã"), actor="a", at=at, items=items)
    before = View(store.reading(name))
    shown = scenarios.tried(before, scenario).after
    kept = scenarios.begin(store, before, scenario, name="thử", actor="a", at=at)
    scenarios.adopt(store, before, scenarios.look(store, before, kept), actor="a", at=at)
    after = View(store.reading(name))
    assert after.table.equals(shown.table)
    assert [(tier.lowest, tier.highest) for tier in after.guidance.tiers] == [
        (tier.lowest, tier.highest) for tier in shown.guidance.tiers
    ]
