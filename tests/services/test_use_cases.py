"""What people do with a catalogue, without pages: type, set many, search, bring in, see how far it is."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from kpicat import services
from kpicat.errors import InputError
from kpicat.exchange import Read
from kpicat.model import Catalogue, Edit, Form, Item, ReadReport
from kpicat.services import Mode, View, Wanted, bulk


@pytest.fixture
def view(store, catalogue):
    return View(store.reading("xa"))


# -- typing --


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("quantity", "1,25", Decimal("1.25")),
        ("quantity", " 12 ", 12),
        ("quantity", "", None),
        ("quantity", None, None),
        ("tier", "3", 3),
        ("tier", None, None),
        ("task", " Báo  cáo\u200b ", "Báo cáo"),
        ("task", "hỏng \ud800", "hỏng"),
        ("standard_unit", True, True),
    ],
)
def test_what_is_typed_becomes_the_fields_value(view, field, raw, value):
    assert services.typed(field, raw, view.guidance) == value


@pytest.mark.parametrize(
    ("field", "raw"), [("quantity", "nhiều"), ("points", "1.2.3,4"), ("tier", "9"), ("tier", "khó")]
)
def test_what_can_be_no_value_is_refused_with_its_own_words(view, field, raw):
    with pytest.raises(InputError, match=raw.replace(".", r"\.")):
        services.typed(field, raw, view.guidance)


def test_a_tier_brings_its_mark_and_points_bring_their_tier(view):
    assert {(e.field, e.new) for e in services.cell_edits(view, "one", "tier", 4)} == {("tier", 4), ("points", 200)}
    assert {(e.field, e.new) for e in services.cell_edits(view, "one", "points", Decimal(150))} == {
        ("points", 150),
        ("tier", 3),
    }


def test_a_coefficient_a_file_stated_goes_with_the_points_it_was_of(store, catalogue, at):
    store.commit("xa", [Edit("two", "coefficient", None, Decimal("1.2"))], actor="Lan", at=at, label="import")
    view = View(store.reading("xa"))
    gone = Edit("two", "coefficient", Decimal("1.2"), None)
    assert gone in services.cell_edits(view, "two", "points", Decimal(150))
    assert gone in services.cell_edits(view, "two", "tier", 3)
    assert gone not in services.cell_edits(view, "two", "quantity", Decimal(3))


def test_what_was_typed_in_a_row_stands_over_what_would_follow(view):
    edits = services.row_edits(view, "two", {"tier": 3, "points": Decimal(155)})
    assert {(e.field, e.new) for e in edits} == {("tier", 3), ("points", 155)}
    assert len(edits) == 2


def test_a_new_standard_unit_takes_over_from_the_one_before(view):
    edits = services.cell_edits(view, "two", "standard_unit", True)
    assert Edit("one", "standard_unit", True, False) in edits


def test_one_value_for_many_touches_only_those_that_differ(view):
    assert {w.item_id for w in services.set_field(view, ["one", "two"], "tier", 2) if w.field == "tier"} == {"one"}


def test_the_last_gesture_of_a_person_is_the_one_taken_back(store, view, at):
    mine = services.save(store, view, [Edit("one", "note", "", "a")], actor="Lan", at=at)
    services.save(store, view, [Edit("two", "note", "", "b")], actor="Minh", at=at)
    assert services.steps_back(store, view, "Lan").undo.id == mine.batch
    services.undo(store, view, mine.batch, actor="Lan", at=at)
    assert services.steps_back(store, view, "Lan").undo is None
    assert View(store.reading("xa")).value("two", "note") == "b"


# -- searching --


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["one", "two", "three"]),
        (Wanted(words="tiep dan"), ["one"]),
        (Wanted(words="BÁO CÁO"), ["two"]),
        (Wanted(tiers=(2,)), ["two"]),
        (Wanted(words="không có"), []),
        (Wanted(department=("Văn phòng",)), []),
    ],
)
def test_items_are_found_with_or_without_diacritics(view, wanted, found):
    assert services.find(view, wanted) == found


def test_an_empty_catalogue_can_be_searched_and_has_its_steps(store, at):
    made = services.start(
        store, name=" Mới ", body="", period="", form=Form.PARTY, edition="phu_luc_3", actor="Lan", at=at
    )
    empty = View(store.reading(made.id))
    assert made.name == "Mới"
    assert services.find(empty, Wanted(words="x", with_findings=True)) == []
    assert [step.done for step in services.steps(empty)] == [0, 0, 0, 0]


def test_a_catalogue_without_a_name_is_refused(store, at):
    with pytest.raises(InputError):
        services.start(store, name=" ", body="", period="", form=Form.PARTY, edition="phu_luc_3", actor="Lan", at=at)


OF_FRAMES = {"n1": {"lowest": "1", "highest": "12"}, "n2": {"lowest": "13", "highest": "50"}}
"""Marks of one edition; another has tiers of the same names."""


@pytest.mark.parametrize("theirs", [{"guidance": "so_tay_bnv"}, {"guidance": "so_tay_bnv", "marks": ""}])
def test_marks_of_one_edition_are_not_laid_on_another_that_was_chosen_meanwhile(store, at, theirs):
    store.create(Catalogue("khung", "Danh mục", guidance="khung_xa"), actor="Lan", at=at)
    view = View(store.reading("khung"))
    services.change_settings(store, view, theirs, actor="Minh", at=at)
    mine = services.change_settings(store, view, {"marks": json.dumps(OF_FRAMES)}, actor="Lan", at=at)
    assert [(c.field, c.by) for c in mine.conflicts] == [("guidance", "Minh")]
    assert (store.catalogue("khung").guidance, store.catalogue("khung").marks) == ("so_tay_bnv", "")


def test_another_edition_is_not_chosen_under_marks_that_were_set_meanwhile(store, at):
    store.create(Catalogue("khung", "Danh mục", guidance="khung_xa"), actor="Lan", at=at)
    view = View(store.reading("khung"))
    services.change_settings(store, view, {"marks": json.dumps(OF_FRAMES)}, actor="Minh", at=at)
    mine = services.change_settings(store, view, {"guidance": "so_tay_bnv", "marks": ""}, actor="Lan", at=at)
    assert [(c.field, c.by) for c in mine.conflicts] == [("marks", "Minh")]
    assert store.catalogue("khung").guidance == "khung_xa"


def test_a_name_and_a_scale_changed_at_once_are_both_kept(store, view, at):
    services.change_settings(store, view, {"guidance": "so_tay_bnv", "marks": ""}, actor="Minh", at=at)
    assert services.change_settings(store, view, {"name": "Mới"}, actor="Lan", at=at).batch
    assert (store.catalogue("xa").name, store.catalogue("xa").guidance) == ("Mới", "so_tay_bnv")


# -- bringing in --


def read(*lines):
    return Read([Item(f"r{n}", values) for n, values in enumerate(lines)], ReadReport("tệp.xlsx"))


def test_updating_matches_by_code_and_keeps_what_the_file_leaves_blank(store, view, at):
    plan = services.plan(
        view, read({"code": "VP.02", "task": "Báo cáo quý"}, {"code": "X", "task": "Mới"}), Mode.UPDATE
    )
    assert (len(plan.changed), len(plan.added), len(plan.gone)) == (1, 1, 0)
    services.save(store, view, plan.writes, actor="Lan", at=at)
    after = View(store.reading("xa"))
    assert (after.value("two", "task"), after.value("two", "quantity")) == ("Báo cáo quý", Decimal("12.5"))
    assert len(after.items) == 4


@pytest.mark.parametrize(
    "line, becomes",
    [
        ({"tier": 4}, {"tier": 4, "points": Decimal(200)}),
        ({"points": Decimal(200)}, {"tier": 4, "points": Decimal(200)}),
        ({"tier": 4, "points": Decimal(170)}, {"tier": 4, "points": Decimal(170)}),
        ({"tier": 2, "note": "xem"}, {"tier": 2, "points": None, "note": "xem"}),
    ],
)
def test_updating_brings_what_follows_as_typing_does_but_for_what_the_file_says_itself(store, view, at, line, becomes):
    plan = services.plan(view, read({"code": "VP.02", **line}), Mode.UPDATE)
    services.save(store, view, plan.writes, actor="Lan", at=at)
    after = View(store.reading("xa"))
    assert {name: after.value("two", name) for name in becomes} == becomes


def test_a_line_is_not_laid_over_a_row_that_has_another_code_by_now(store, view, at):
    plan = services.plan(view, read({"code": "VP.02", "note": "của VP.02"}), Mode.UPDATE)
    renumbered = [Edit("two", "code", "VP.02", "VP.03"), Edit("one", "code", "VP.01", "VP.02")]
    services.save(store, view, renumbered, actor="Minh", at=at)
    with pytest.raises(InputError, match="Minh"):
        bulk.save_whole(store, view, plan.writes, actor="Lan", at=at, label="import")
    assert set(View(store.reading("xa")).items["note"]) == {""}


def test_a_code_met_twice_is_added_not_guessed(view):
    plan = services.plan(view, read({"code": "VP.02", "task": "a"}, {"code": "VP.02", "task": "b"}), Mode.UPDATE)
    assert (len(plan.added), plan.ambiguous) == (2, ["VP.02"])


def test_replacing_takes_everything_out_first_and_one_undo_brings_it_back(store, view, at):
    plan = services.plan(view, read({"task": "Mới"}), Mode.REPLACE)
    done = services.save(store, view, plan.writes, actor="Lan", at=at)
    assert list(View(store.reading("xa")).items["task"]) == ["Mới"]
    services.undo(store, view, done.batch, actor="Lan", at=at)
    assert list(View(store.reading("xa")).items.index) == ["one", "two", "three"]
