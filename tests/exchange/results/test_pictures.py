"""A chart is a picture without a browser: right letters, nothing cut, nothing overlapping, words for who hears it."""

from __future__ import annotations

import struct
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from kpicat.exchange.forms.pdf import compiled
from kpicat.exchange.results.drawing import drawing
from kpicat.exchange.results.picture import MOST, picture
from tests.exchange.results import looked_at, made

SVG = "{http://www.w3.org/2000/svg}"
HARD = [
    *(made.many(kind, giant=True) for kind in ("bars", "stacked", "heatmap", "treemap")),
    made.many("shares"),
    made.many("curve"),
    *(made.one_tier(kind) for kind in ("stacked", "shares", "heatmap", "treemap")),
    *map(made.nothing, made.EACH),
]
A_CHART = pytest.mark.parametrize("chart", [*made.EACH, *HARD], ids=lambda chart: f"{chart.key}-{len(chart.series)}")


def as_pdf(chart):
    """The same drawing with letters that can be read."""
    data = {"chart": drawing(chart, MOST), "source": "Xã An Bình", "language": "vi"}
    return compiled("picture.typ", {"picture": data})


@pytest.mark.parametrize("chart", made.EACH, ids=lambda chart: chart.key)
def test_a_png_is_1890_pixels_wide_and_an_svg_says_what_it_shows(chart):
    png, svg = (picture(chart, "Xã An Bình", kind) for kind in ("png", "svg"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width == 1890 and 200 < height < 3000
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (chart.title, chart.alt)


@A_CHART
def test_nothing_runs_into_another_or_off_the_picture(chart):
    assert looked_at.run_into_each_other(as_pdf(chart)) == []


@pytest.mark.parametrize("chart", made.EACH[:-1], ids=lambda chart: chart.key)
def test_every_name_and_number_is_written_in_full(chart):
    said = looked_at.text(as_pdf(chart))
    squeezed = said.replace(" ", "")
    names = () if chart.kind == "curve" else chart.categories
    for words in (*chart.title.split(), *(word for name in names for word in name.split())):
        assert words.replace(" ", "") in squeezed, words
    if chart.kind == "bars":
        assert all(word in said for each in chart.series for word in each.words)


def test_of_200_the_first_are_drawn_and_the_others_counted():
    said = looked_at.text(as_pdf(made.many("bars")))
    assert f" {200 - MOST} " in said


@pytest.mark.parametrize("kind", ["stacked", "heatmap"])
def test_of_names_too_long_for_their_lines_the_ends_that_tell_them_apart_are_written(kind):
    names = [f"{made.LONG} {made.LONG} khu vực số {n}" for n in (1, 2, 3)]
    alike = made.chart(kind, names, *made.tiers((1, 2, 3), (3, 2, 1)), key="alike")
    said = looked_at.text(as_pdf(alike))
    assert all(f"số {n}" in said for n in (1, 2, 3)) and "…" in said


def test_where_there_is_nothing_to_draw_a_sentence_says_so():
    assert made.EMPTY.empty in looked_at.text(as_pdf(made.EMPTY))


def test_what_people_typed_is_never_markup():
    nasty = '#strong[x] $y$ <svg a=""> & {{7*7}} \\'
    chart = replace(made.ONE_COLOUR, title=nasty, alt=nasty, categories=(nasty, *made.UNITS[1:]))
    assert looked_at.text(as_pdf(chart)).count(nasty) >= 2
    assert ElementTree.fromstring(picture(chart, nasty, "svg")).findtext(f"{SVG}title") == nasty


def test_bars_are_as_long_as_their_numbers_and_a_giant_leaves_a_hair_of_the_others():
    rows = drawing(made.ONE_COLOUR, MOST)["bars"]
    assert [round(row["parts"][0]["width"], 4) for row in rows] == [1, 0.5, 0.25, 0.1375, 0]
    small = drawing(made.many("stacked", giant=True), MOST)["bars"][1]["parts"]
    assert all(0 < part["width"] < 1e-6 for part in small)


def test_neighbours_differ_in_grey_print_too():
    (row, *_others) = drawing(made.STACKED, MOST)["bars"]
    assert [part["lined"] for part in row["parts"]] == [False, True, False, True, False]
    assert [each["lined"] for each in drawing(made.STACKED, MOST)["legend"]] == [False, True, False, True, False]


def test_a_waterfall_goes_from_one_total_to_the_other():
    rows = drawing(made.WATERFALL, MOST)["bars"]
    ends = [row["start"] + row["parts"][0]["width"] for row in rows]
    assert rows[0]["start"] == rows[-1]["start"] == 0
    assert rows[1]["start"] == pytest.approx(ends[0]) and ends[2] == pytest.approx(ends[1])
    assert rows[3]["start"] == pytest.approx(rows[2]["start"]) and ends[3] == pytest.approx(ends[4])
