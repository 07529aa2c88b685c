"""The page of the standard unit: what it says of the yardstick, and that nothing changes before it was shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat.model import Edit
from kpicat.ui import frame
from tests.app import opening
from tests.conftest import AT

ROWS = [
    {"task": "Đăng ký văn bản đến", "product": "Văn bản", "quantity": Decimal(300), "position": "Văn thư", "tier": 1},
    {"task": "Tổng hợp báo cáo tháng", "product": "Báo cáo", "quantity": Decimal(12), "position": "Kế toán", "tier": 2},
    {"task": "Tham mưu đề án", "product": "Đề án", "quantity": Decimal(2), "position": "Kế toán"},
]


@pytest.fixture
def opened(made):
    """Opens the page on a catalogue of these rows, looking at one of them."""

    def page(rows, looking_at=""):
        held = {"standard_held": {"xa": looking_at}}
        return opening.opened("standard_unit", made(*rows), spoken=None, state=held)

    return page


def said(app):
    return " ".join(element.value for element in (*app.info, *app.warning, *app.success))


def stored(name):
    column = frame.store().reading("xa").items[name].astype("object")
    return column.where(column.notna(), None).tolist()


def test_an_empty_catalogue_says_what_is_to_be_done(opened):
    app = opened([])
    assert [button.key for button in app.button if button.key == "standard_bring_in"]


def test_without_a_standard_unit_the_page_asks_for_one_and_lists_every_line(opened):
    app = opened(ROWS)
    assert "No line is the standard unit yet" in said(app)
    (table,) = [table.value for table in app.dataframe]
    assert sorted(table["Row"]) == ["1 · Đăng ký văn bản đến", "2 · Tổng hợp báo cáo tháng", "3 · Tham mưu đề án"]
    assert all(table["Done regularly"].str.len() > 3)  # the evidence, not the sign alone


def test_what_becomes_of_coefficients_and_loads_is_shown_before_anything_is_written(opened):
    app = opened(ROWS, looking_at="i1")
    assert {metric.label: metric.value for metric in app.metric}["Coefficients that change"] == "1 / 3"
    loads = next(table.value for table in app.dataframe if "Difference" in table.value)
    assert loads.to_numpy().tolist()[0] == ["Kế toán", "14.4", "12", "-2.4"]
    assert stored("standard_unit") == [False] * 3


def test_the_standard_unit_gets_the_standard_points_and_one_undo_takes_all_of_it_back(opened):
    app = opened(ROWS, looking_at="i1")
    app.button(key="standard_make").click().run()
    assert stored("standard_unit") == [False, True, False]
    assert stored("points") == [None, Decimal(100), None]
    assert stored("tier") == [1, 1, None]
    assert "coefficient 1" in said(app)
    app.button(key="standard_undo").click().run()
    assert stored("standard_unit") == [False] * 3
    assert stored("tier") == [1, 2, None]


def test_all_points_are_held_against_its_own_where_the_person_says_so(opened):
    app = opened(ROWS, looking_at="i1")
    app.radio(key="standard_i1").set_value(True).run()
    assert {metric.label: metric.value for metric in app.metric}["Coefficients that change"] == "2 / 3"
    app.button(key="standard_make").click().run()
    assert stored("points")[1] == 100
    assert round(stored("points")[0], 2) in (Decimal("83"), Decimal("83.33"))


def test_a_standard_unit_off_the_standard_points_is_said_and_led_to(opened):
    app = opened([ROWS[0], ROWS[1] | {"standard_unit": True, "points": Decimal(120)}])
    assert "its coefficient is 1.2" in said(app)
    app.button(key="standard_right").click().run()
    assert [radio.key for radio in app.radio] == ["standard_i1"]


def test_a_second_standard_unit_chosen_meanwhile_is_told_and_not_overwritten(opened):
    app = opened(ROWS, looking_at="i1")
    frame.store().commit("xa", [Edit("i0", "standard_unit", False, True)], actor="Minh", at=AT)
    app.button(key="standard_make").click().run()
    assert stored("standard_unit") == [True, False, False]
    assert any("Minh" in toast.value for toast in app.toast)


def test_a_line_deleted_meanwhile_is_said(opened):
    app = opened(ROWS, looking_at="gone")
    assert "deleted or emptied meanwhile" in said(app)


def test_lines_are_found_by_their_words_without_diacritics(opened):
    app = opened(ROWS)
    app.text_input(key="standard_words").set_value("bao cao").run()
    (table,) = [table.value for table in app.dataframe]
    assert table["Row"].tolist() == ["2 · Tổng hợp báo cáo tháng"]
    assert table["#"].tolist() == ["1"] or table["#"].tolist() == ["2"]


def test_each_position_may_have_a_standard_unit_of_its_own(made):
    made(*ROWS)
    app = opening.opened("standard_unit", "xa", state={"standard_held": {"xa": "i1"}})
    app.selectbox(key="standard_unit_by_").set_value("position").run()
    assert frame.store().catalogue("xa").unit_by == "position"
    parts = next(table.value for table in app.dataframe if "Title/Position" in table.value)
    assert parts.to_numpy().tolist() == [["Văn thư", "none yet", "", ""], ["Kế toán", "none yet", "", ""]]
    lines = next(table.value for table in app.dataframe if "Fit" in table.value)
    assert sorted(lines["Row"]) == ["2 · Tổng hợp báo cáo tháng", "3 · Tham mưu đề án"]  # those of the line looked at
    app.button(key="standard_make").click().run()
    assert stored("standard_unit") == [False, True, False]
    app.session_state.standard_held = {"xa": "i0"}
    app.run()
    app.button(key="standard_make").click().run()
    assert stored("standard_unit") == [True, True, False]  # the other's is left alone
    assert not app.exception
    parts = next(table.value for table in app.dataframe if "Title/Position" in table.value)
    assert parts["Standard unit"].tolist() == ["1 · Đăng ký văn bản đến", "2 · Tổng hợp báo cáo tháng"]
