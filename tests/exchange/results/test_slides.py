"""Slides hold native charts: their numbers inside, their colours the tiers', words for all that is seen."""

from __future__ import annotations

import io
import itertools
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from pptx import Presentation

from kpicat.exchange.results.contents import Results, Section, Told
from kpicat.exchange.results.slides import MOST, slides
from kpicat.palette import TIERS
from tests.exchange.results import made

FIGURES = (Told("Số sản phẩm/công việc", "1.234", Decimal(1234)), Told("Số lượng quy đổi", "123.456.789,25"))


def results(*charts, sentences=()):
    sections = [Section("Ai gánh việc?", charts), Section("Đã thay đổi gì?", (), sentences)]
    return Results("Kết quả", "Xã An Bình – 2026", "Đảng ủy xã", date(2026, 11, 23), FIGURES, sections)


def opened(*charts, **more):
    return Presentation(io.BytesIO(slides(results(*charts, **more))))


def chart_slides(deck):
    return list(deck.slides)[2:]


def drawn(slide):
    return next(shape for shape in slide.shapes if shape.has_chart or shape.has_table)


def within(shape):
    """The workbook inside a chart."""
    return openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).active


@pytest.mark.parametrize("chart", [made.BARS, made.ONE_COLOUR, made.STACKED, made.SHARES, made.TREEMAP, made.CURVE],
                         ids=lambda chart: chart.key)  # fmt: skip
def test_a_native_chart_has_the_charts_numbers_inside_and_in_its_notes(chart):
    (slide,) = chart_slides(opened(chart))
    shape = drawn(slide)
    values = [[None if v is None else float(v) for v in each.values] for each in chart.series]
    assert [list(series.values) for series in shape.chart.plots[0].series] == values
    columns = list(within(shape).iter_cols(min_col=2, min_row=2, values_only=True))
    assert [[None if v is None else float(v) for v in column] for column in columns] == values
    assert slide.shapes.title.text_frame.text == chart.title
    assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == chart.alt
    notes = slide.notes_slide.notes_text_frame.text
    for n, name in enumerate(chart.categories):
        assert name in notes
        assert all(each.words[n] in notes for each in chart.series)


def test_tiers_keep_their_colours():
    bars, stacked = (drawn(slide).chart.plots[0] for slide in chart_slides(opened(made.BARS, made.STACKED)))
    points = [bars.series[0].points[n].format.fill.fore_color.rgb for n in range(4)]
    assert [f"#{rgb}" for rgb in points] == [TIERS[n] for n in range(1, 5)]
    assert [f"#{one.format.fill.fore_color.rgb}" for one in stacked.series][:4] == [TIERS[n] for n in range(1, 5)]


def test_a_heatmap_is_a_table_whose_cells_darken():
    (slide,) = chart_slides(opened(made.HEATMAP))
    table = drawn(slide).table
    assert [cell.text for cell in table.rows[1].cells] == [made.UNITS[0], "10", "5", "5", "0"]
    shades = [int(str(table.cell(1, column).fill.fore_color.rgb), 16) for column in (1, 2, 4)]
    assert shades == sorted(shades)


def test_rows_of_a_heatmap_with_long_names_are_told_apart_by_their_ends():
    names = [f"{made.LONG} khu vực số {n}" for n in (1, 2, 3)]
    (slide,) = chart_slides(opened(made.chart("heatmap", names, *made.tiers((1, 2, 3), (3, 2, 1)), key="alike")))
    table = drawn(slide).table
    assert [table.cell(row, 0).text[-4:] for row in (1, 2, 3)] == ["số 1", "số 2", "số 3"]


def test_a_waterfall_stands_on_bars_that_are_not_seen():
    (slide,) = chart_slides(opened(made.WATERFALL))
    base, total, more, less = drawn(slide).chart.plots[0].series
    assert list(base.values) == [0, 100, 110, 110, 0]
    assert list(total.values) == [100, None, None, None, 118]
    assert list(more.values) == [None, 30, None, 8, None] and list(less.values) == [None, None, 20, None, None]
    assert base.format.fill.type.name == "BACKGROUND"


def test_what_people_typed_is_text_in_the_workbook_too():
    nasty = ["=1+1", "@SUM(A1)", "http://example.org", "a\x0bb\x00", '=HYPERLINK("x")']
    chart = made.chart("bars", nasty, made.series("=2+2", TIERS[1], 1, 2, 3, 4, 5))
    (slide,) = chart_slides(opened(chart))
    sheet = within(drawn(slide))
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == [*nasty[:3], "ab", nasty[4]]


HARD = [
    *(made.many(kind, giant=True) for kind in ("bars", "stacked", "heatmap", "treemap")),
    made.many("shares"),
    made.many("curve"),
    *map(made.nothing, made.EACH),
    made.EMPTY,
]


def test_nothing_lies_on_another_or_off_the_slide():
    deck = opened(*made.EACH, *HARD, sentences=[made.LONG] * 8)
    for slide in deck.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        assert all(
            left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height
            for left, top, right, bottom in boxes
        )
        for one, other in itertools.combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (
                slide.shapes.title.text_frame.text
            )


def test_of_200_the_first_are_drawn_the_slide_says_so_and_no_two_names_are_the_same():
    chart = made.many("stacked")
    (slide,) = chart_slides(opened(chart))
    names = list(drawn(slide).chart.plots[0].categories)
    assert len(names) == len({*names}) == MOST
    assert any(f"{200 - MOST} " in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_figures_and_what_changed_have_slides_of_their_own():
    deck = opened(made.BARS, sentences=["Thêm 3 dòng."])
    texts = ["\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in deck.slides]
    assert len(texts) == 4 and "123.456.789,25" in texts[1] and "Thêm 3 dòng." in texts[3]
    assert "Xã An Bình – 2026" in texts[0] and "23/11/2026" in texts[0]
