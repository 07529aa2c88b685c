"""The page of tiers: one item at a time, marks by criteria, one work at several titles."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpicat import criteria
from kpicat.model import Edit
from kpicat.services import View, bulk, tiering
from kpicat.ui import frame
from tests.conftest import AT

APP = str(Path(__file__).parents[2] / "app.py")
SAME = {"task": "Tổng hợp báo cáo tháng", "product": "Báo cáo"}
ROWS = [
    SAME | {"position": "Chuyên viên", "tier": 1, "points": Decimal(100)},
    {"task": "Tham mưu đề án", "product": "Đề án", "position": "Chuyên viên"},
    SAME | {"position": "Trưởng ban", "tier": 2, "points": Decimal(120)},
]
KEYS = ("progress", "quality", "effect", "difficulty", "complexity", "scope")


@pytest.fixture
def opened(made):
    """Opens a part of the page on these rows."""

    def page(part, rows=ROWS, **about):
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["c"] = made(*rows, **about)
        app.session_state.actor = "Lan"
        app.run()
        app.session_state.assign_part = part
        app.switch_page(frame.PAGES["assign"]).run()
        assert not app.exception
        return app

    return page


def stored(item_id, name):
    return View(frame.store().reading("xa")).value(item_id, name)


def said(app):
    elements = (*app.markdown, *app.info, *app.warning, *app.success, *app.caption)
    return " ".join(element.value for element in elements)


def pressed(app, key):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_mark_gives_the_item_its_tier_and_its_points_together(opened):
    app = pressed(opened("one"), "assign_one_next_open")
    pressed(app, "assign_mark_3")
    assert (stored("i1", "tier"), stored("i1", "points")) == (3, 150)
    pressed(app, "assign_undo")
    assert (stored("i1", "tier"), stored("i1", "points")) == (None, None)


def test_a_tier_given_meanwhile_by_another_is_told_and_not_overwritten(opened):
    app = opened("one")
    frame.store().commit("xa", [Edit("i0", "tier", 1, 4), Edit("i0", "points", Decimal(100), Decimal(200))],
                         actor="Minh", at=AT)  # fmt: skip
    pressed(app, "assign_mark_2")
    assert (stored("i0", "tier"), stored("i0", "points")) == (4, 200)
    assert any("Minh" in toast.value for toast in app.toast)


def test_the_order_can_be_that_of_what_is_still_open(opened):
    app = opened("one")
    app.selectbox(key="assign_order").set_value(tiering.Order.OPEN).run()
    pressed(app, "assign_mark_4")
    assert stored("i1", "tier") == 4


def test_a_tier_that_was_only_proposed_is_said_to_be_so_until_somebody_chooses(opened):
    app, view = opened("one"), View(frame.store().reading("xa"))
    planned = tiering.accept(view, tiering.suggestions(view), ["i1"], 0)
    bulk.carry_out(frame.store(), view, planned, actor="Minh", at=AT)
    pressed(app, "assign_one_next")
    assert "as it was proposed" in said(app)
    pressed(app, "assign_mark_4" if stored("i1", "tier") != 4 else "assign_mark_1")
    assert "as it was proposed" not in said(app) and "chosen by Lan" in said(app)


def test_what_is_furthest_from_the_proposal_can_come_first(opened):
    app = opened("one", [*ROWS, {"task": "Vào sổ văn bản đến", "tier": 4, "points": Decimal(200)}])
    app.selectbox(key="assign_order").set_value(tiering.Order.DISPUTED).run()
    assert any("Vào sổ văn bản đến" in each.proto.body for each in app.get("html"))


def test_marks_by_criteria_propose_a_tier_and_ask_why_another_was_chosen(opened):
    app = opened("one")
    app.toggle(key="assign_by_criteria").set_value(True).run()
    assert "6 criteria have no mark yet" in said(app)
    for key in KEYS:
        app.radio(key=f"assign_criterion_i0_{key}_None").set_value(3).run()
    assert tiering.marks_of(View(frame.store().reading("xa")), "i0") == dict.fromkeys(KEYS, 3)
    assert "The marks come to **3**" in said(app)
    assert "write the reason" in said(app)
    (why,) = [area for area in app.text_area if area.key.startswith("assign_why_i0")]
    why.set_value("Có mẫu sẵn").run()
    assert stored("i0", "rationale") == "Có mẫu sẵn"
    assert "write the reason" not in said(app)
    pressed(app, "assign_score_take")
    assert (stored("i0", "tier"), stored("i0", "points")) == (3, 150)
    assert not [area for area in app.text_area if area.key.startswith("assign_why_i0")]


def test_columns_of_points_add_up_to_the_points_of_the_item(opened):
    app = opened("one", [{"task": "Tham mưu đề án", "tier": 1, "points": Decimal(80)}], guidance="so_tay_bnv")
    app.toggle(key="assign_by_criteria").set_value(True).run()
    assert "cần đối chiếu" in said(app)  # what the limits rest on is not hidden
    for key in ("hardness", "process", "cooperation", "reach"):
        app.text_input(key=f"assign_criterion_i0_{key}_None").set_value("37,5").run()
    assert "The marks come to **150**" in said(app)
    assert any(area.label == "The item has 80 points, but its columns add up to 150. Why?" for area in app.text_area)
    pressed(app, "assign_score_take")
    assert (stored("i0", "tier"), stored("i0", "points")) == (2, 150)
    assert not app.text_area and not any(button.key == "assign_score_take" for button in app.button)


def test_another_ones_mark_shows(opened):
    app = opened("one")
    app.toggle(key="assign_by_criteria").set_value(True).run()
    view = View(frame.store().reading("xa"))
    tiering.mark(frame.store(), view, "i0", "scope", Decimal(4), actor="Minh", at=AT)
    app.run()
    assert app.radio(key="assign_criterion_i0_scope_4").value == 4


@pytest.fixture
def titles(opened):
    """The part with works by titles, the one work open."""
    app = opened("titles")
    (table,) = [table.value for table in app.dataframe]
    assert table.to_numpy().tolist() == [["differ", SAME["task"], "tier 1", "tier 2"]]
    app.session_state.assign_held["xa"].work = "i2"
    return app.run()


def test_one_decision_sets_a_work_at_all_titles(titles):
    pressed(titles, "assign_titles_2")
    assert [(stored(i, "tier"), stored(i, "points")) for i in ("i0", "i2")] == [(2, 120), (2, 120)]
    assert stored("i1", "tier") is None
    assert len(frame.store().batches("xa", limit=5)) == 2  # brought in, set


def test_a_difference_is_accepted_with_a_reason_only(titles):
    pressed(titles, "assign_titles_accept")
    assert any("Write why" in toast.value for toast in titles.toast)
    titles.text_input(key="assign_titles_reason_i0").set_value("Trưởng ban chịu trách nhiệm chung").run()
    pressed(titles, "assign_titles_accept")
    assert "chịu trách nhiệm chung" in said(titles)
    (table,) = [table.value for table in titles.dataframe]
    assert table["State"].tolist() == ["differ, accepted"]
    assert (stored("i0", "tier"), stored("i2", "tier")) == (1, 2)


def test_without_a_work_at_two_titles_the_page_says_how_there_come_to_be_some(opened):
    assert "No work stands at two titles" in said(opened("titles", ROWS[:2]))


def test_each_lines_tier_in_a_title_that_has_two_of_them_is_shown(opened):
    app = opened("titles", [*ROWS, SAME | {"position": "Chuyên viên"}])
    (table,) = [table.value for table in app.dataframe]
    assert table.to_numpy().tolist() == [["differ", SAME["task"], "tier 1 · –", "tier 2"]]


def test_a_standard_unit_off_its_points_is_said_where_tiers_are_given_and_led_to(opened):
    app = opened("one", [ROWS[0] | {"standard_unit": True}, ROWS[1]])
    assert "coefficient is" not in said(app)
    pressed(app, "assign_mark_3")
    assert "has 150 points, so its coefficient is 1.5" in said(app)
    pressed(app, "assign_amiss_i0")
    assert any("What becomes of the others?" in radio.label for radio in app.radio)


def test_a_reason_that_is_due_is_asked_for_however_the_tier_was_given(opened):
    marked = ROWS[0] | {"criteria": criteria.encode(dict.fromkeys(KEYS, Decimal(3)))}
    app = opened("table", [marked, ROWS[1]])
    assert "The item is tier 1, but its marks propose 3" in said(app)
    app.segmented_control(key="assign_part").set_value("one").run()
    (why,) = app.text_area
    why.set_value("Có mẫu sẵn").run()
    assert stored("i0", "rationale") == "Có mẫu sẵn"
    assert "its marks propose 3" not in said(app)


def test_where_tiers_are_frames_the_points_are_given_beside_them(opened):
    app = opened("one", ROWS[1:2], guidance="khung_xa")
    pressed(app, "assign_mark_3")
    assert "no points yet" in said(app)
    (points,) = [field for field in app.text_input if field.label == "Points, within 51–100"]
    points.set_value("75,5").run()
    assert (stored("i0", "tier"), stored("i0", "points")) == (3, Decimal("75.5"))
    assert "no points yet" not in said(app)
    pressed(app, "assign_mark_4")
    assert "It has 75.5 points, which are not of this tier" in said(app)
    (points,) = [field for field in app.text_input if field.label == "Points, within 101–200"]
    points.set_value("nhiều").run()
    assert "not a number" in app.toast[0].value and stored("i0", "points") == Decimal("75.5")


def test_where_tiers_are_single_marks_no_points_are_asked_for(opened):
    assert not [field for field in opened("one").text_input if field.label.startswith("Points")]
