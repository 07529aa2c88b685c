"""A standard unit for each position, department or group: marked, held to, tried and exported part by part."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from kpicat import checks, scenario
from kpicat.errors import InputError
from kpicat.exchange import NO_DECISION
from kpicat.exchange.forms.paper import paper
from kpicat.language import _
from kpicat.model import Add, Catalogue, Item
from kpicat.scenario import Scenario
from kpicat.services import View, bulk, change_settings, save, scenarios, tiering, yardsticks
from kpicat.services.catalogues import steps
from kpicat.services.editing import cell_edits
from kpicat.services.taking_out import take_out
from kpicat.services.tying import save_tied
from kpicat.services.undoing import undo

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
SOUND = {"product": "Sổ theo dõi", "measure": "hồ sơ", "frequency": "Hằng ngày", "quantity": Decimal(10)}
FINDINGS = ("no-standard-unit", "many-standard-units")


@pytest.fixture
def view(store, in_english):
    """Two lines of each of two positions and one of none, for which the catalogue has a standard unit each."""
    store.create(Catalogue("xa", "Danh mục", unit_by="position"), actor="Lan", at=AT)
    rows = [
        ("a1", "Văn thư", 100),
        ("a2", "Văn  thư", 150),
        ("b1", "Kế toán", 100),
        ("b2", "Kế toán", 200),
        ("c", "", 120),
    ]
    lines = [
        Item(name, SOUND | {"task": f"Tiếp nhận hồ sơ {name}", "position": position, "points": Decimal(points)})
        for name, position, points in rows
    ]  # fmt: skip
    store.commit("xa", [Add(line) for line in lines], actor="Lan", at=AT)
    return now(store)


def now(store):
    return View(store.reading("xa"))


def marked(view):
    return view.items.index[view.items["standard_unit"]].tolist()


def mark(store, *ids):
    for item_id in ids:
        view = now(store)
        assert save(store, view, cell_edits(view, item_id, "standard_unit", True), actor="Lan", at=AT).batch
    return now(store)


def found(view):
    run = checks.run(view.items, view.guidance, FINDINGS)
    return [(each.check, each.item_id, each.message.split(";")[0]) for each in run]


def test_a_mark_takes_over_within_its_part_alone(store, view):
    assert marked(mark(store, "a1", "b1", "c")) == ["a1", "b1", "c"]
    assert marked(mark(store, "a2")) == ["a2", "b1", "c"]
    assert yardsticks.parts(now(store)) == {"Văn thư": ["a2"], "Kế toán": ["b1"], "": ["c"]}


def test_two_who_mark_in_one_part_meet_and_in_two_do_not(store, view):
    first = save_tied(store, view, cell_edits(view, "a1", "standard_unit", True), actor="Lan", at=AT)
    other = save_tied(store, view, cell_edits(view, "b1", "standard_unit", True), actor="Minh", at=AT)
    same = save_tied(store, view, cell_edits(view, "a2", "standard_unit", True), actor="Hoa", at=AT)
    assert first.batch and other.batch and not other.conflicts
    assert same.conflicts and marked(now(store)) == ["a1", "b1"]


def test_each_part_is_asked_for_its_unit_and_for_no_more_than_one(store, view):
    assert found(view) == [("no-standard-unit", None, "No line is the standard unit")]
    assert found(mark(store, "a1")) == [
        ("no-standard-unit", None, "No line of “Kế toán” is its standard unit"),
        ("no-standard-unit", None, "Lines without “Title/Position” have no standard unit"),
    ]
    assert found(mark(store, "b1", "c")) == []
    view = now(store)
    store.commit("xa", [Add(Item("b3", {"task": "Việc b3", "position": "Kế toán", "standard_unit": True}))],
                 actor="Minh", at=AT)  # fmt: skip
    assert [each[1] for each in found(now(store))] == ["b1", "b3"]
    whole = change_settings(store, now(store), {"unit_by": ""}, actor="Lan", at=AT)
    assert whole.batch and len(found(now(store))) == 4


def test_step_two_counts_the_parts(store, view):
    assert (steps(view)[1].done, steps(view)[1].of) == (0, 3)
    view = mark(store, "a1", "b1")
    assert (steps(view)[1].done, steps(view)[1].of) == (2, 3) and steps(view)[1].missing
    assert steps(mark(store, "c"))[1].done < 3  # it has 120 points, and the check says so
    view = now(store)
    bulk.carry_out(store, view, tiering.choose(view, "c"), actor="Lan", at=AT)
    assert (steps(now(store))[1].done, steps(now(store))[1].missing) == (3, "")


def test_choosing_a_unit_holds_the_points_of_its_part_alone_against_it(store, view):
    mark(store, "a1", "b1")
    view = now(store)
    after = tiering.would_become(view, "b2", rescaled=True).lines["coefficient_after"]
    assert after.to_dict() == {"a1": 1, "a2": Decimal("1.5"), "b1": Decimal("0.5"), "b2": 1, "c": Decimal("1.2")}
    done = bulk.carry_out(store, view, tiering.choose(view, "b2", rescaled=True), actor="Lan", at=AT)
    after = now(store)
    assert marked(after) == ["a1", "b2"]
    assert after.items["points"].tolist() == [100, 150, 50, 100, 120]
    undo(store, after, done.batch, actor="Lan", at=AT)
    assert marked(now(store)) == ["a1", "b1"] and now(store).items["points"].tolist() == view.items["points"].tolist()


def test_candidates_are_held_against_their_part(view):
    assert {each.item_id for each in tiering.candidates(view, "Văn thư")} == {"a1", "a2"}
    assert len(tiering.candidates(view)) == 5


def test_many_are_marked_at_once_where_each_is_of_another_part(store, view):
    with pytest.raises(InputError, match="Title/Position"):
        bulk.set_field(view, ["a1", "a2"], "standard_unit", True)
    bulk.carry_out(store, view, bulk.set_field(view, ["a1", "b1"], "standard_unit", True), actor="Lan", at=AT)
    assert marked(now(store)) == ["a1", "b1"]


def test_a_scenario_tries_another_unit_of_one_part_and_is_adopted(store, view):
    view = mark(store, "a1", "b1")
    tried = Scenario(standard_unit="b2", rescaled=True)
    items, _scale = scenario.applied(view.items, view.guidance, tried)
    assert items.index[items["standard_unit"]].tolist() == ["a1", "b2"]
    kept = scenarios.begin(store, view, tried, name="Kế toán", actor="Minh", at=AT)
    mark(store, "a2")  # of another part: nobody is asked
    view = now(store)
    adoption = scenarios.look(store, view, kept)
    assert not adoption.met
    scenarios.adopt(store, view, adoption, actor="Minh", at=AT)
    assert marked(now(store)) == ["a2", "b2"]
    assert now(store).items["points"].tolist() == [100, 150, 50, 100, 120]


def test_another_unit_of_the_same_part_is_asked_about(store, view):
    view = mark(store, "a1", "b1")
    kept = scenarios.begin(store, view, Scenario(standard_unit="a2"), name="Văn thư", actor="Minh", at=AT)
    store.commit("xa", [Add(Item("a3", {"task": "Việc a3", "position": "Văn thư"}))], actor="Hoa", at=AT)
    mark(store, "a3")
    (met,) = scenarios.look(store, now(store), kept).met
    assert met.place == scenarios.UNIT and "a1" in met.then and "a3" in met.now and "b1" not in met.then + met.now


def test_what_leaves_names_every_unit(store, view):
    view = mark(store, "a1", "b1", "c")
    assert take_out(view, ".json").decode().count('"standard_unit": true') == 3
    sheet = openpyxl.load_workbook(io.BytesIO(take_out(view, ".xlsx")))[_("Standard unit")]
    said = " ".join(str(cell.value) for row in sheet for cell in row)
    assert "hồ sơ a1 (Văn thư)" in said and "hồ sơ b1 (Kế toán)" in said
    named = paper(view.reading, view.guidance, NO_DECISION).standard_unit
    assert "hồ sơ a1 (Văn thư); Tiếp nhận hồ sơ b1 (Kế toán); Tiếp nhận hồ sơ c" in named
    assert take_out(view, ".csv").decode("utf-8-sig").count("Tiếp nhận hồ sơ") == 5


def test_a_field_that_makes_no_parts_is_refused(store, view):
    with pytest.raises(InputError, match="task"):
        change_settings(store, view, {"unit_by": "task"}, actor="Lan", at=AT)
