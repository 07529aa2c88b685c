"""Results are taken away from the page of exports: as report, slides, numbers, and each chart as a picture."""

from __future__ import annotations

import pytest

from tests.app.opening import opened

LINES = [{"task": f"Việc {n}", "department": f"Phòng {n % 2}", "tier": 1 + n % 2, "quantity": 3} for n in range(4)]


def buttons(app):
    return {button.key: button for button in app.get("download_button")}


def names(app):
    return [button.label.split()[-1] for button in app.get("download_button")]


@pytest.mark.parametrize("lines", [LINES, [], [{"task": "Họp"}]])
def test_report_slides_and_numbers_are_offered_whatever_there_is(made, lines):
    app = opened("take_out", made(*lines))
    assert {"results-danh-muc.pdf", "results-danh-muc.pptx", "results-danh-muc.xlsx"} <= {*names(app)}


def test_any_chart_can_be_chosen_as_a_picture_where_it_shows_something(made):
    app = opened("take_out", made(*LINES))
    assert {"PNG", "SVG"} <= {*names(app)}
    for name in app.selectbox(key="take_out_chart").options:
        app.selectbox(key="take_out_chart").select(name).run()
        assert not app.exception
    app = opened("take_out", made({"task": "Họp"}, name="Chưa xếp"))
    app.selectbox(key="take_out_chart").select("curve").run()
    assert "PNG" not in names(app)
    assert any("two positions" in caption.value for caption in app.caption)
