"""The page that tries what a person's work scores: rows in, the handbook's total out, nothing kept."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from kpicat import language
from kpicat.kpi import Entry
from kpicat.model import Add, Catalogue, Item
from kpicat.services import View, kpi
from kpicat.ui.scoring import listing
from tests.app import opening
from tests.conftest import AT

EXAMPLE = [
    Entry(1, "A", "", "5", "4", "4"),
    Entry(2, "B", "", "3", "3", "2", "1"),
    Entry(3, "", "Việc lớn", "1", "0,8", "", "2"),
]


@pytest.fixture
def store(pages, in_english):
    """The store of the pages, with the handbook's three lines."""
    pages.create(Catalogue("xa", "Danh mục", guidance="so_tay_bnv"), actor="Lan", at=AT)
    lines = [("A", "Việc nhỏ", "5"), ("B", "Việc vừa", "13.5"), ("C", "Việc lớn", "18.5")]
    adds = [
        Add(Item(code, {"code": code, "task": task, "points": Decimal(points), "position": "Chuyên viên"}))
        for code, task, points in lines
    ]
    pages.commit("xa", adds, actor="Lan", at=AT)
    pages.create(Catalogue("trong", "Trống"), actor="Lan", at=AT)
    return pages


def opened(entries=(), catalogue="xa", **state):
    typed = {listing._BEGUN: listing._frame([entry.texts for entry in entries])} if entries else {}
    return opening.opened("kpi", catalogue, state=typed | state)


def figures(app):
    return {metric.label: metric.value.replace("\N{NO-BREAK SPACE}", " ") for metric in app.metric}


def field(found, start):
    return next(each for each in found if each.label.startswith(start))


def test_the_handbooks_example_is_scored_and_nothing_is_written(store):
    app = opened(EXAMPLE)
    found = figures(app)
    assert list(found.values()) == ["89.6 %", "68.8 %", "41.7 %", "66.7 %", "76.7", "Tasks completed well"]
    lines = app.dataframe[-1].value
    assert lines["Acceptable, converted"].tolist() == ["4", "6.075", "1.48"]
    assert store.head("xa") == 3


def test_nearly_all_never_reads_as_all_on_the_page_or_in_excel(store):
    view, parts = View(store.reading("xa")), {"general": Decimal(30), "leader": False, "given": {}}
    nearly = kpi.tried(view, [Entry(1, "A", "", "2500", "2499")], **parts)
    assert (
        kpi.origins(nearly)["How much"].tolist()[0]
        == kpi.share_words(nearly.score.result)
        == "> 99.9 %".replace(" ", "\N{NO-BREAK SPACE}")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(kpi.report(nearly))).active
    assert (sheet["C4"].value, sheet["C4"].number_format) == (0.9996, "0.00%")
    whole = kpi.tried(view, [Entry(1, "A", "", "2500", "2500")], **parts)
    assert kpi.share_words(whole.score.result) == "100.0\N{NO-BREAK SPACE}%"


def test_a_leader_is_scored_by_six_parts_and_points_are_typed_with_a_comma(store):
    language.resolve_with(lambda: "vi")
    app = opened(EXAMPLE)
    app.segmented_control(key="kpi_kind").set_value("leader").run()
    app.text_input(key="kpi_general").set_value("28,5").run()
    app.text_input(key="kpi_d").set_value("50").run()
    assert not app.exception
    language.resolve_with(lambda: "en")
    values = list(figures(app.run()).values())
    assert values[:6] == ["89.6 %", "68.8 %", "41.7 %", "50.0 %", "100.0 %", "100.0 %"]
    assert values[7] == "81"  # 28,5 + 75,02 % of 70


def test_each_number_says_whether_it_was_computed_or_typed(store):
    origins = opened(EXAMPLE, kpi_kind="leader", kpi_d="50").dataframe[1].value
    assert origins["Number"].tolist()[-1] == "General criteria" and len(origins) == 7
    made = origins["Where it comes from"].tolist()
    assert made[:3] == [
        f"computed: {n} of 16.8 standard units, from the lines below" for n in ("15.06", "11.555", "7.01")
    ]
    assert all(each.startswith("typed above") for each in made[3:])
    assert origins["How much"].tolist()[3] == "50.0\N{NO-BREAK SPACE}%"
    assert set(origins["By"]) == {f"NĐ 335/2025/NĐ-CP, Điều {n}" for n in (12, 14, 15)}


def test_what_is_no_number_is_said_and_the_nearest_counts(store):
    app = opened(EXAMPLE)
    app.text_input(key="kpi_general").set_value("45").run()
    assert any("30 is counted" in each.value for each in app.caption)
    assert figures(app)["Total (points)"] == "76.7"


def test_rows_that_cannot_be_matched_are_named_with_the_remedy(store):
    app = opened([*EXAMPLE, Entry(4, "Z", "", "1", "1")])
    assert "1 row does not count" in app.warning[0].value
    assert "Row 4: There is no code “Z” in the catalogue" in app.warning[0].value
    assert figures(app)["Total (points)"] == "76.7"


def test_the_lines_of_a_position_begin_the_list(store):
    app = opened()
    assert not app.metric
    app.button(key="kpi_take_lines").click().run()
    assert app.session_state[listing._BEGUN]["code"].tolist()[:3] == ["A", "B", "C"]
    assert "3 rows do not count" in app.warning[0].value  # nothing is assigned yet


def test_an_empty_catalogue_leads_to_bringing_a_file_in(store):
    app = opened(catalogue="trong")
    assert "There are no items yet" in app.info[0].value
