"""Results are taken away from the page of exports: as report, slides, numbers, and each chart as a picture."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpicat.model import Add, Catalogue, Edit, Item
from tests.app.opening import opened
from tests.conftest import AT

LINES = [{"task": f"Việc {n}", "department": f"Phòng {n % 2}", "tier": 1 + n % 2, "quantity": 3} for n in range(4)]


def buttons(app):
    return {button.key: button for button in app.get("download_button")}


def names(app):
    return [button.label.split()[-1] for button in app.get("download_button")]


@pytest.mark.parametrize("lines", [LINES, [], [{"task": "Họp"}]])
def test_report_slides_and_numbers_are_offered_whatever_there_is(made, lines):
    app = opened("take_out", made(*lines))
    assert {"results-danh-muc.pdf", "results-danh-muc.pptx", "results-danh-muc.xlsx"} <= {*names(app)}


def test_charts_of_comparisons_and_of_loads_are_pictures_too(made, pages):
    made(*({**line, "position": "Chuyên viên", "quantity": Decimal(3)} for line in LINES))
    pages.create(Catalogue("xb", "Danh mục", body="Xã B"), actor="Lan", at=AT)
    pages.commit("xb", [Add(Item("i0", LINES[0]))], actor="Lan", at=AT)
    pages.commit("xa", [Edit("i0", "quantity", Decimal(3), Decimal(5))], actor="Minh", at=AT)
    for page, chart, query in (
        ("load", "load_chart_position", {}),
        ("compare", "compare_waterfall", {}),
        ("compare", "compare_ranks", {"show": "bodies", "body": ["xa", "xb"]}),
    ):
        app = opened(page, "xa", state={f"{chart}_numbers": True}, query=query)
        assert [name.rpartition(".")[2] for name in names(app)] == ["PNG", "SVG"], page


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
