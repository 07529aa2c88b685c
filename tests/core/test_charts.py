"""Charts say what they show, in numbers people can read, whatever the catalogue holds."""

from decimal import Decimal

import plotly.graph_objects as go
import pytest

from kpicat import charts, convert, guidance, language
from kpicat.distribution import by_field, by_tier
from kpicat.labels import tier_name
from kpicat.model import Item, items_frame
from kpicat.palette import TIERS, UNTIERED, themed

PL3 = guidance.get("phu_luc_3")
MEASURES = ("count", "converted_quantity")
LONG = "Phòng Kinh tế, Hạ tầng và Đô thị phối hợp cùng các đơn vị sự nghiệp công lập trực thuộc trong công tác " * 2


def tables(rows, field="department"):
    items = items_frame(Item(str(n), row) for n, row in enumerate(rows))
    table = convert.converted(items, PL3)
    return by_tier(table, PL3), by_field(items, table, PL3, field)


def some(names, quantity="617.25"):
    return [{"department": name, "tier": n % 4 + 1, "quantity": Decimal(quantity)} for n, name in enumerate(names)]


@pytest.fixture(autouse=True)
def _vietnamese_reader(monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: "vi")


@pytest.mark.parametrize(
    ("edition", "names"), [("khung_xa", ["Nhóm N1", "Nhóm N2"]), ("phu_luc_3", ["1. Thường xuyên", "2. Tổng hợp"])]
)
def test_a_tier_says_its_number_once(edition, names):
    scale = guidance.get(edition)
    items = items_frame([Item("1", {"tier": 1})])
    drawn = charts.tier_chart(by_tier(convert.converted(items, scale), scale))
    assert all(shown.startswith(name) for shown, name in zip(drawn.categories, names, strict=False))
    assert tier_name(1, "Nhóm 10") == "1. Nhóm 10" and tier_name(None, "Chưa có mức") == "Chưa có mức"


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("rows", [[], [{}], some("A"), some("AB" * 40), some(map(str, range(200)))], ids=len)
def test_any_catalogue_can_be_drawn(rows, measure):
    tiers, departments = tables(rows)
    drawn = [
        charts.tier_bars(tiers, measure),
        charts.field_bars(departments, measure),
        charts.field_bars(departments, measure, share=True),
    ]
    for figure in drawn:
        assert isinstance(figure, go.Figure)
        assert figure.layout.title.text
        assert figure.to_json()


def test_an_empty_chart_says_what_to_do():
    tiers, departments = tables([])
    for figure in (charts.tier_bars(tiers), charts.field_bars(departments)):
        assert not figure.data
        assert len(figure.layout.annotations) == 1
    without_numbers, _ = tables([{"task": "Có việc, chưa có số lượng"}])
    told = charts.tier_bars(without_numbers, "converted_quantity").layout.annotations[0].text
    assert told != charts.tier_bars(tiers, "converted_quantity").layout.annotations[0].text


def test_each_tier_has_its_own_colour_everywhere():
    tiers, departments = tables([*some("ABCDE"), {"department": "A"}])
    assert list(charts.tier_bars(tiers).data[0].marker.color) == [*map(themed, (*list(TIERS.values())[:4], UNTIERED))]
    stacked = charts.field_bars(departments).data
    assert [bar.marker.color for bar in stacked if bar.type == "bar"] == [
        *map(themed, (*list(TIERS.values())[:4], UNTIERED))
    ]


def test_numbers_are_written_as_people_write_them():
    tiers, _ = tables(some("A" * 8))
    bar = charts.tier_bars(tiers, "converted_quantity").data[0]
    assert bar.text[0].startswith("1.234,5<br>")  # 2 × 617,25 of tier 1
    assert charts.tier_bars(tiers).layout.separators == ",."


def test_the_exact_number_is_on_hover_where_the_label_is_shortened():
    tiers, departments = tables(some("A", quantity="1.2345"))
    assert "1,2345" in charts.tier_bars(tiers, "converted_quantity").data[0].hovertext[0]
    assert "1,2345" in charts.field_bars(departments, "converted_quantity").data[0].hovertext[0]


def test_long_names_are_shortened_on_the_axis_and_whole_on_hover():
    _, departments = tables(some([LONG]))
    figure = charts.field_bars(departments)
    shown = figure.layout.yaxis.ticktext[0]
    assert all(len(line) <= 26 for line in shown.split("<br>")) and shown.count("<br>") == 1
    assert " ".join(LONG.split()) in figure.data[0].hovertext[0].replace("<br>", " ")


def test_a_name_in_a_title_is_on_one_line_and_of_a_long_one_both_ends_are_there():
    assert charts.brief("Phòng\nhai dòng") == "Phòng hai dòng"
    for most in (20, 48, 80):
        short = charts.brief(f"Phòng đầu {LONG} số 7", most)
        assert len(short) <= most and short.startswith("Phòng") and short.endswith("số 7")


def test_two_names_that_look_alike_once_shortened_stay_two_bars():
    _, departments = tables(some([LONG + "một " + LONG, LONG + "hai " + LONG]))
    figure = charts.field_bars(departments)
    assert len(set(figure.layout.yaxis.ticktext)) == 1
    assert len(set(figure.data[0].y)) == 2
    assert list(figure.layout.yaxis.tickvals) == list(figure.data[0].y)


def test_the_axis_of_a_few_items_counts_whole_ones():
    tiers, departments = tables(some("A"))
    assert charts.tier_bars(tiers).layout.xaxis.dtick == charts.field_bars(departments).layout.xaxis.dtick == 1
    assert charts.field_bars(departments, share=True).layout.xaxis.dtick is None


def test_what_people_typed_is_never_markup():
    _, departments = tables(some(["<a href='https://example.org'>Phòng</a> & <b>Ban</b>"]))
    figure = charts.field_bars(departments)
    shown = "".join([*figure.layout.yaxis.ticktext, *figure.data[0].hovertext])
    assert "&lt;a" in shown and "<a" not in shown and "<b>Ban" not in shown


def test_a_piece_of_a_bar_leads_to_the_items_behind_it():
    _, departments = tables([*some(["A"]), {"department": ""}])
    told = [tuple(pair) for bar in charts.field_bars(departments).data if bar.type == "bar" for pair in bar.customdata]
    assert ("A", 1) in told and ("", 0) in told


def test_height_grows_with_the_bars_so_nothing_overlaps():
    heights = [charts.field_bars(tables(some(["0", *map(str, range(n))]))[1]).layout.height for n in (1, 20, 200)]
    assert heights[1] - heights[0] == 19 * 56
    assert heights[2] - heights[1] == 180 * 56


def test_shares_of_a_bar_fill_it():
    _, departments = tables([*some("AAAB"), {"department": "A"}])
    bars = [bar for bar in charts.field_bars(departments, share=True).data if bar.type == "bar"]
    for place in range(2):
        assert sum(bar.x[place] for bar in bars) == pytest.approx(1)


def test_an_axis_of_shares_ends_at_all_of_it_and_is_written_as_people_write_it():
    shares = charts.field_bars(tables(some("AB"))[1], share=True)
    kept = charts.principle_bars([charts.Kept("clear", "Rõ việc", 3, 4)], "")
    for figure in (shares, kept):
        assert figure.layout.xaxis.ticktext == (
            "0\N{NO-BREAK SPACE}%",
            "50\N{NO-BREAK SPACE}%",
            "100\N{NO-BREAK SPACE}%",
        )


def test_charts_leave_ground_and_text_to_the_theme_and_are_large_enough_for_a_projector():
    for figure in (charts.tier_bars(tables(some("A"))[0]), charts.field_bars(tables(some("A"))[1])):
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
        assert figure.layout.font.color is None
        sizes = (figure.layout.font.size, figure.layout.xaxis.tickfont.size, figure.layout.yaxis.tickfont.size)
        assert min(sizes) >= 14
        assert figure.layout.yaxis.type == "category"


def test_the_alternative_text_names_every_tier_and_the_total():
    tiers, _ = tables(some("ABCD"))
    told = charts.tier_chart(tiers, "converted_quantity").alt
    assert all(tier.label in told for tier in PL3.tiers)
    assert told.endswith("3.518,325.")  # 617,25 × (1 + 1,2 + 1,5 + 2)
    assert charts.tier_chart(tables([])[0]).alt == charts.tier_bars(tables([])[0]).layout.annotations[0].text.replace(
        "<br>", " "
    )
