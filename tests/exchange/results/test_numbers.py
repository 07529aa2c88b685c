"""The workbook of numbers: a sheet a chart, every value exact, totals that add up, nothing typed is a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from kpicat.exchange.results.contents import Results, Section, Told
from kpicat.exchange.results.numbers import numbers
from kpicat.palette import TIERS
from tests.exchange.results import made

FIGURES = (Told("Số sản phẩm/công việc", "1.234", Decimal(1234)), Told("Số lượng quy đổi", "0,3", Decimal("0.3")))


def opened(*charts, sentences=(), **how):
    sections = [Section("Ai gánh việc?", charts), Section("Đã thay đổi gì?", (), sentences)]
    made_of = Results("Kết quả", "Xã An Bình – 2026", "Đảng ủy xã", date(2026, 11, 23), FIGURES, sections)
    return openpyxl.load_workbook(io.BytesIO(numbers(made_of)), **how)


def block(sheet, chart):
    """The values of a sheet as the chart has them: one list a series."""
    first = 5
    return [
        [sheet.cell(first + n, column).value for n in range(len(chart.categories))]
        for column in range(2, 2 + len(chart.series))
    ]


@pytest.mark.parametrize("chart", made.EACH, ids=lambda chart: chart.key)
def test_a_sheet_has_the_charts_numbers_and_its_sentence(chart):
    sheet = opened(chart).worksheets[1]
    assert sheet["A1"].value == chart.title
    assert block(sheet, chart) == [[None if v is None else float(v) for v in each.values] for each in chart.series]
    assert [sheet.cell(5 + n, 1).value for n in range(len(chart.categories))] == list(chart.categories)
    drawn = chart.kind != "heatmap" and not chart.empty
    assert len(sheet._charts) == drawn
    assert bool(sheet.conditional_formatting) == (chart.kind == "heatmap")


def test_only_shares_are_shown_as_percentages():
    for chart in made.EACH[:-1]:
        sheet = opened(chart).worksheets[1]
        cells = [cell for row in sheet.iter_rows(min_row=5, min_col=2) for cell in row if cell.value is not None]
        assert {"%" in cell.number_format for cell in cells} == {chart.kind in ("shares", "curve")}, chart.key


def test_shares_are_not_added_up():
    kept = replace(made.SHARES, totals=tuple(f"{n}/400" for n in range(5)))
    sheet = opened(kept).worksheets[1]
    assert [sheet.cell(row, 5).value for row in range(5, 11)] == [*kept.totals, None]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_bars_begin_at_nothing_with_the_first_above():
    (drawn,) = opened(made.ONE_COLOUR).worksheets[1]._charts
    assert drawn.x_axis.scaling.orientation == "maxMin" and drawn.y_axis.scaling.min == 0


def test_totals_are_exact_to_the_last_digit_where_floats_are_not():
    tenths = made.chart("stacked", ["a", "b"], *made.tiers(("0.1", "0.7"), ("0.2", "0.1"), (0, "0.1")))
    values = opened(tenths, data_only=True).worksheets[1]
    formulas = opened(tenths).worksheets[1]
    assert [values.cell(row, 5).value for row in (5, 6, 7)] == [0.3, 0.9, 1.2]
    assert [values.cell(7, column).value for column in (2, 3, 4)] == [0.8, 0.3, 0.1]
    assert formulas["E5"].value == "=ROUND(SUM(B5:D5),1)" and formulas["E7"].value == "=ROUND(SUM(E5:E6),1)"


def test_all_200_have_a_row_and_long_names_are_whole():
    chart = made.many("stacked", giant=True)
    sheet = opened(chart).worksheets[1]
    assert [sheet.cell(5 + n, 1).value for n in range(200)] == list(chart.categories)
    assert sheet["B5"].value == pytest.approx(float(made.GIANT), rel=1e-15)  # as many digits as Excel keeps


def test_what_people_typed_is_text():
    nasty = ["=1+1", "@SUM(A1)", "http://example.org", '=HYPERLINK("x")', "+1"]
    chart = made.chart("bars", nasty, made.series("=2+2", TIERS[1], 1, 2, 3, 4, 5))
    book = opened(chart, sentences=["=3+3"])
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {*nasty, "=2+2", "=3+3"} <= {cell.value for cell in cells}


def test_the_first_sheet_says_the_figures_and_where_each_chart_stands():
    book = opened(*made.EACH, sentences=["Thêm 3 dòng."])
    front = book.worksheets[0]
    cells = [cell for row in front.iter_rows() for cell in row]
    links = {cell.hyperlink.location.split("!")[0].strip("'") for cell in cells if cell.hyperlink}
    assert links == {sheet.title for sheet in book.worksheets[1:]}
    said = {cell.value for cell in cells}
    assert {1234, 0.3, "Thêm 3 dòng.", made.EMPTY.empty} <= said
