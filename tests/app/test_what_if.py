"""The page of scenarios: what is tried shows at once, and nothing is written until somebody adopts it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat.scenario import Rule, Scenario, decode
from kpicat.services import View, scenarios
from tests.app import opening
from tests.app.opening import figure
from tests.conftest import AT


@pytest.fixture
def store(pages, made):
    """The store of the pages, with four lines of which the first is the standard unit."""
    made(*(
        {"task": f"Việc {n}", "tier": n, "points": Decimal(points), "quantity": Decimal(10), "department": "Văn phòng",
         "position": f"Chức danh {n % 2}", "standard_unit": n == 1}
        for n, points in enumerate((100, 120, 150, 200), start=1)
    ))  # fmt: skip
    return pages


def opened(**query):
    return opening.opened("what_if", "xa", query=query)


def field(found, words):
    return next(each for each in found if each.label == words)


def keyed(found, start):
    return next(each for each in found if (each.key or "").startswith(start))


def begun(store, scenario, name="Nhẹ hơn"):
    return scenarios.begin(store, View(store.reading("xa")), scenario, name=name, actor="Minh", at=AT)


def test_a_slider_moves_the_figures_and_nothing_else(store):
    app = opened()
    assert figure(app, "Mean coefficient")[0] == "1.425"
    app.slider[2].set_value(160).run()
    assert figure(app, "Mean coefficient") == ("1.45", "+0.025")
    assert figure(app, "Lines that move")[0] == "1"
    assert store.head("xa") == 4 and store.scenarios.of("xa") == []


def test_what_a_chart_says_stands_above_it_as_wide_as_there_is_room(store):
    begun(store, Scenario(marks='{"complex": {"points": 160}}'))
    for way, charts in (("one", 4), ("many", 2)):
        app = opening.opened("what_if", "xa", state={"what_if_way": way})
        assert len([each for each in app.markdown if "most work" in each.value.lower()]) == charts
        assert all("ost work" not in each.proto.spec for each in app.get("plotly_chart"))


def test_marks_out_of_order_are_said_and_the_sliders_stay(store):
    app = opened()
    app.slider[2].set_value(210).run()
    assert "order" in app.error[0].value and len(app.slider) == 4
    app.button(key="what_if_keep").click().run()
    assert store.scenarios.of("xa") == []
    app.slider[2].set_value(160).run()
    assert not app.error and figure(app, "Lines that move")[0] == "1"


def test_a_scenario_is_named_kept_and_taken_out(store):
    app = opened()
    app.slider[2].set_value(160).run()
    app.button(key="what_if_keep").click().run()
    assert "name" in app.error[0].value and store.scenarios.of("xa") == []
    field(app.text_input, "Name").set_value("Mức ba lên 160").run()
    app.button(key="what_if_keep").click().run()
    (kept,) = store.scenarios.of("xa")
    assert (kept.name, decode(kept.body).marks) == ("Mức ba lên 160", '{"complex": {"points": "160"}}')
    assert app.query_params["s"] in (kept.id, [kept.id])
    app.button(key="what_if_keep").click().run()
    assert "nothing" in app.toast[0].value and store.scenarios.of("xa") == [kept]
    app.button(key="what_if_remove").click().run()
    assert store.scenarios.of("xa") == [] and not app.exception


def test_a_name_typed_and_kept_in_one_go_is_kept_and_an_empty_scenario_is_not(store):
    app = opened()
    app.button(key="what_if_keep").click().run()
    assert "first" in app.toast[0].value and store.scenarios.of("xa") == []
    app = opened(s=begun(store, Scenario(rules=(Rule(1),))).id)
    field(app.text_input, "Name").set_value("Tên khác")
    assert not app.button(key="what_if_keep").disabled  # a click that comes with the name is not lost
    app.button(key="what_if_keep").click().run()
    assert [each.name for each in store.scenarios.of("xa")] == ["Tên khác"]


def test_a_rule_says_how_many_lines_it_meets_and_is_taken_off(store):
    app = opened()
    app.segmented_control(key="what_if_part").set_value("rules").run()
    field(app.multiselect, "Tier now").set_value([2, 3]).run()
    assert any(caption.value == "It meets 2 lines." for caption in app.caption)
    field(app.selectbox, "Tier in the scenario").set_value(1).run()
    app.button(key="what_if_rule_add").click().run()
    assert figure(app, "Lines that move")[0] == "2"
    app.button(key="what_if_rule_off_0").click().run()
    assert figure(app, "Lines that move")[0] == "0"


def test_rows_get_a_tier_and_another_standard_unit_is_tried(store):
    app = opened()
    app.segmented_control(key="what_if_part").set_value("rows").run()
    field(app.multiselect, "Rows").set_value(["i1"]).run()
    field(app.text_input, "Search").set_value("viec 3").run()
    field(app.multiselect, "Rows").set_value(["i1", "i2"]).run()
    field(app.selectbox, "Tier in the scenario").set_value(4).run()
    app.button(key="what_if_rows_give").click().run()
    assert figure(app, "Lines that move")[0] == "2"
    field(app.multiselect, "Rows with a tier of the scenario").set_value(["i1"]).run()
    app.button(key="what_if_rows_back").click().run()
    assert figure(app, "Lines that move")[0] == "1"
    app.segmented_control(key="what_if_part").set_value("unit").run()
    field(app.selectbox, "The standard unit in the scenario").set_value("i3").run()
    assert figure(app, "Lines that move")[0] == "2"


def test_a_link_leads_to_the_scenario_and_one_to_none_is_said(store):
    kept = begun(store, Scenario(rules=(Rule(4),)))
    app = opened(s=kept.id)
    assert field(app.text_input, "Name").value == "Nhẹ hơn"
    assert figure(app, "Mean coefficient")[0] == "2"
    assert any("not here any more" in warning.value for warning in opened(s="there-is-none").warning)


def test_of_two_scenarios_of_one_name_the_one_chosen_is_taken(store):
    one, other = (begun(store, Scenario(rules=(Rule(tier),))) for tier in (1, 4))
    app = opened()
    for kept, mean in ((one, "1"), (other, "2"), (one, "1")):
        field(app.selectbox, "Scenario").set_value(kept.id).run()
        assert figure(app, "Mean coefficient")[0] == mean


def test_others_changes_are_taken_over_or_asked_about(store):
    kept = begun(store, Scenario(rules=(Rule(4),)))
    app = opened(s=kept.id)

    def minh(tier, seen):
        return scenarios.change(
            store, seen, Scenario(rules=(Rule(tier),)), name="Nhẹ hơn", note="", actor="Minh", at=AT
        ).stands

    second = minh(3, kept)
    app.run()
    assert figure(app, "Mean coefficient")[0] == "1.5"  # taken over, as nothing was changed here
    app.slider[3].set_value(220).run()
    minh(2, second)
    app.run()
    assert any("Minh" in warning.value for warning in app.warning)
    app.button(key="what_if_both").click().run()
    field(app.text_input, "Name").set_value("Của tôi").run()
    app.button(key="what_if_keep").click().run()
    assert [each.name for each in store.scenarios.of("xa")] == ["Của tôi", "Nhẹ hơn"]


def test_scenarios_are_held_side_by_side(store):
    for tier in (1, 2, 3):
        begun(store, Scenario(rules=(Rule(tier),)), name=f"Mức {tier}")
    app = opened()
    app.segmented_control(key="what_if_way").set_value("many").run()
    (chosen,) = app.multiselect
    chosen.set_value([each.id for each in store.scenarios.of("xa")]).run()
    assert not app.exception
    table = app.dataframe[0].value.set_index("")
    assert table.loc["Mean coefficient"].tolist() == ["1.425", "1", "1.2", "1.5"]


def test_a_scenario_is_adopted_from_its_preview(store):
    kept = begun(store, Scenario(rules=(Rule(4, tiers=(3,)),)))
    app = opened(s=kept.id)
    app.button(key="what_if_adopt_open").click().run()
    assert store.head("xa") == 4
    app.button(key="what_if_adopt").click().run()
    assert not app.exception
    items = store.reading("xa").items
    assert items["tier"].tolist() == [1, 2, 4, 4] and items["points"].tolist() == [100, 120, 200, 200]
    assert any("adopted" in each.value for each in app.success)
