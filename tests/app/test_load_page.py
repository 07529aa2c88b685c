"""The page of load and capacity: who is over, what they can carry said for everybody, work moved to see only."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat.capacity import decode
from kpicat.model import Add, Catalogue, Item
from kpicat.services import View, capacity
from kpicat.services.capacity import Wanted
from kpicat.ui import frame
from kpicat.ui.carrying import said
from kpicat.ui.carrying.held import Grid
from tests.app import opening
from tests.conftest import AT


@pytest.fixture
def store(pages, in_english):
    """The store of the pages: A has 180 standard units a year, B 24, one line has no quantity."""
    pages.create(Catalogue("xa", "Danh mục"), actor="Lan", at=AT)
    rows = [("i1", "A", Decimal(120)), ("i2", "A", Decimal(60)), ("i3", "B", Decimal(24)), ("i4", "B", None)]
    adds = [
        Add(Item(id, {"task": f"Việc {id}", "position": p, "points": Decimal(100), "quantity": n})) for id, p, n in rows
    ]
    pages.commit("xa", adds, actor="Lan", at=AT)
    pages.create(Catalogue("trong", "Trống"), actor="Lan", at=AT)
    return pages


def opened(part="loads", catalogue="xa", **state):
    return opening.opened("load", catalogue, state=state, query={"show": part})


def figures(app):
    return [metric.value for metric in app.metric]


def stands(store):
    return decode(store.catalogue("xa").capacity)


def test_loads_show_before_anybody_has_said_a_capacity(store):
    app = opened()
    assert figures(app) == ["17.0", "not said yet", "–"]
    assert any("1 item has no converted quantity" in each.value for each in app.caption)


def test_what_all_can_carry_is_said_once_and_everybody_sees_who_is_over(store):
    app = opened("say")
    app.text_input(key="load_a_month_").set_value("12,5").run()
    assert stands(store).a_month == Decimal("12.5")
    assert figures(opened()) == ["17.0", "25.0", "1 / 2"]


def test_what_is_typed_in_the_grid_is_written_once(store, monkeypatch):
    """AppTest cannot type into a grid: what the editor would report is given to the callback."""
    view, held = View(store.reading("xa")), Grid()
    found = capacity.carried(view, "position")
    monkeypatch.setattr(said, "grid", lambda: held)
    held.shows(("position", "A", "B"), "")
    desk = frame.Desk(store, view, "Lan")
    reported = {"edited_rows": {"0": {"persons": "2"}, 1: {"a_month": "7,5"}}}
    monkeypatch.setattr(said.st, "session_state", {"key": reported})
    monkeypatch.setattr(frame, "wrote", lambda outcome: outcome)
    said._typed(desk, found, "key")
    assert stands(store).share("position", "A").persons == 2
    assert stands(store).share("position", "B").a_month == Decimal("7.5")
    head, generation = store.head("xa"), held.generation
    said._typed(desk, found, "key")
    assert store.head("xa") == head  # the editor reports all its edits each time
    held.shows(("position", "A", "B"), store.catalogue("xa").capacity)
    assert held.generation == generation  # one's own number does not make the grid begin anew
    capacity.say(store, view, [Wanted("a_month", "9")], actor="Minh", at=AT)
    held.shows(("position", "A", "B"), store.catalogue("xa").capacity)
    assert held.generation == generation + 1


def test_what_is_no_number_is_said_and_nothing_is_written(store):
    head = store.head("xa")
    app = opened("say")
    app.text_input(key="load_a_month_").set_value("nhiều").run()
    assert "“nhiều” is no number" in app.toast[0].value
    assert store.head("xa") == head


def test_moving_work_shows_what_would_become_and_writes_nothing(store):
    capacity.say(store, View(store.reading("xa")), [Wanted("a_month", "10")], actor="Lan", at=AT)
    head = store.head("xa")
    app = opened("move")
    assert figures(app)[2] == "1 / 2"
    app.multiselect(key="load_rows_0").set_value(["i2"])
    app.selectbox(key="load_to").set_value("B").run()
    app.button(key="load_give").click().run()
    assert figures(app)[2] == "0 / 2"
    assert app.dataframe[0].value["After moving"].tolist()[0].startswith("10.0 / 10.0")
    assert app.query_params["moved_position"] == "i2:B"
    app.button(key="load_back_all").click().run()
    assert figures(app)[2] == "1 / 2" and "moved_position" not in app.query_params
    assert store.head("xa") == head


def test_moved_work_is_kept_by_its_link_and_by_the_session_and_moves_no_department(store):
    link = {"show": "move", "moved_position": ["i2,i3,gone:C", "i1:B", "i1:", "nonsense"]}
    app = opening.opened("load", "xa", query=link)
    assert app.dataframe[0].value["After moving"].tolist() == ["0.0", "10.0", "7.0"]
    app.segmented_control(key="load_field").set_value("department").run()
    assert not app.dataframe and not app.exception
    app.segmented_control(key="load_field").set_value("position").run()
    app.multiselect(key="load_given_3").set_value(["i3"]).run()
    app.button(key="load_back").click().run()
    assert set(app.query_params["moved_position"]) == {"i2:C", "i1:B"}
    del app.query_params["moved_position"]  # the person comes by the menu again
    app.run()
    assert not app.dataframe
    app.button(key="load_again").click().run()
    assert app.dataframe[0].value["After moving"].tolist() == ["0.0", "12.0", "5.0"]


def test_without_names_or_items_the_way_is_shown(store):
    app = opening.opened("load", "xa", query={"show": "say", "by": "department"})
    assert "No line names its department/section yet" in app.info[0].value
    assert "There are no items yet" in opened(catalogue="trong").info[0].value


def test_a_link_opens_the_same_view_of_loads(store):
    app = opened()
    app.segmented_control(key="load_field").set_value("department").run()
    app.segmented_control(key="load_part").set_value("say").run()
    assert {name: app.query_params[name] for name in ("show", "by")} == {"show": "say", "by": "department"}
    again = opening.opened("load", "xa", query={"show": "say", "by": "department"})
    assert again.segmented_control(key="load_field").value == "department"
    assert again.segmented_control(key="load_part").value == "say"
    for name in ("show", "by"):  # the person goes back
        del app.query_params[name]
    assert app.run().segmented_control(key="load_part").value == "loads"
    nonsense = opening.opened("load", "xa", query={"show": "evil", "by": "responsible"})
    assert nonsense.segmented_control(key="load_field").value == "position"
