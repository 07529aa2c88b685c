"""Every chart of any catalogue says something true, in numbers that add up, and can be drawn."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import charts, convert, guidance
from kpicat.charts.areas import areas
from kpicat.distribution import figures
from kpicat.model import Item, items_frame
from kpicat.model.findings import Finding, Level

PL3 = guidance.get("phu_luc_3")
LONG = "Phòng Kinh tế, Hạ tầng và Đô thị phối hợp cùng các đơn vị sự nghiệp công lập trực thuộc xã " * 2
BARS = [charts.Kept("clear-task", "Rõ việc", 3, 4), charts.Kept("scale", "Đúng thang điểm", 4, 4)]


def row(n, **cells):
    return {
        "code": f"VP.{n}", "task": f"Việc {n}", "product": "Báo cáo", "department": f"Phòng {n % 5}",
        "position": f"Chức danh {n % 7}", "group": f"Lĩnh vực {n % 3}", "tier": n % 4 + 1, "quantity": Decimal(n) / 4,
        **cells,
    }  # fmt: skip


CATALOGUES = {
    "empty": [],
    "blank": [{}],
    "one": [row(1)],
    "one tier": [row(n, tier=2) for n in range(9)],
    "no quantities": [row(n, quantity=None) for n in range(9)],
    "nothing decided": [{"task": f"Việc {n}"} for n in range(9)],
    "a giant": [row(0, quantity=Decimal("1E15")), *(row(n) for n in range(1, 30))],
    "200 departments": [row(n, department=f"Phòng {n % 200}", position=f"Chức danh {n % 300}") for n in range(600)],
    "long names": [row(n, department=f"{LONG}{n % 9}", position=LONG, task=LONG, group=LONG) for n in range(40)],
    "beyond any float": [row(n, quantity=Decimal(f"{n + 1}E400")) for n in range(3)],
    "less than nothing": [row(n, quantity=Decimal(-n)) for n in range(9)],
}


def described(rows, **asked):
    items = items_frame(Item(str(n), each) for n, each in enumerate(rows))
    table = convert.converted(items, PL3)
    return items, table, charts.described(items, table, PL3, principles=BARS, **asked)


@pytest.mark.parametrize("rows", CATALOGUES.values(), ids=CATALOGUES)
def test_every_chart_of_any_catalogue_has_a_sentence_and_can_be_drawn_and_listed(rows):
    for chart in described(rows, measure="count" if len(rows) == 9 else "converted_points")[2]:
        assert chart.title and chart.alt
        assert bool(chart.empty) or chart.categories
        for series in chart.series:
            assert len(series.values) == len(series.words) == len(chart.categories)
            for said in (series.labels, series.told, series.colours, series.leads_to):
                assert len(said) in (0, len(chart.categories))
        assert chart.table().shape[0] == len(chart.categories)
        assert len(charts.draw(chart, titled=False).to_json()) < 100_000


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "department": st.sampled_from(["", "A", "B", "C"]),
                "tier": st.none() | st.integers(1, 6),
                "quantity": st.none() | st.decimals(0, 10**9, places=3),
            }
        ),
        max_size=25,
    )
)
def test_what_is_drawn_adds_up_to_the_figures(rows):
    items, table, made = described(rows, most=None)
    whole = figures(items, table, PL3)
    by_kind = {chart.kind: chart for chart in made if chart.key.split("_")[0] in ("stacked", "heatmap", "treemap")}
    for chart in by_kind.values():
        assert convert.total(value for series in chart.series for value in series.values) == whole.converted_total
    tiers = {chart.key: convert.total(chart.series[0].values) for chart in made if chart.key.startswith("tiers_")}
    assert tiers == {
        "tiers_count": whole.items,
        "tiers_converted_quantity": whole.converted_total,
        "tiers_converted_points": whole.converted_total * PL3.standard_points,
    }


def chart_of(rows, key, **asked):
    return next(chart for chart in described(rows, **asked)[2] if chart.key.startswith(key))


def test_what_is_not_drawn_is_told_and_a_treemap_leaves_nothing_out():
    rows = CATALOGUES["200 departments"]
    stacked, treemap = chart_of(rows, "stacked"), chart_of(rows, "treemap")
    assert len(stacked.categories) == charts.MOST and "188" in stacked.note
    assert len(treemap.categories) == charts.MOST + 1 and "188" in treemap.categories[-1] and not treemap.note
    held = convert.total(value for series in treemap.series for value in series.values)
    assert held == convert.total(row["quantity"] * PL3.tier(row["tier"]).mark / 100 for row in rows)
    assert {tuple(series.leads_to[-1]) for series in treemap.series} == {()}  # the others are no one value


def test_only_units_that_are_named_are_counted_and_lines_without_are_told_apart():
    rows = [row(n, department=f"Phòng {n}", tier=1, quantity=Decimal(10)) for n in range(4)]
    unsaid = row(9, department="", tier=1, quantity=Decimal(10))
    assert "2 trên 4 gánh 50,0" in chart_of(rows, "treemap").title.replace("\N{NO-BREAK SPACE}", " ")
    title = chart_of([*rows, unsaid], "treemap").title.replace("\N{NO-BREAK SPACE}", " ")
    assert "3 trên 4 gánh 60,0 % khối lượng; 20,0 % ở các dòng chưa ghi" in title
    most_unsaid = chart_of([*rows, row(9, department="", tier=1, quantity=Decimal(60))], "treemap").title
    assert "4 trên 4 gánh 40,0" in most_unsaid and "60,0" in most_unsaid
    assert chart_of([unsaid], "treemap").title.endswith("chưa dòng nào ghi")


def test_a_slide_shows_as_few_as_it_has_room_for():
    made = described(CATALOGUES["200 departments"], most=6)[2]
    assert {len(chart.categories) for chart in made if chart.key.startswith(("stacked", "heaviest", "papers"))} == {6}


def test_a_title_speaks_only_of_what_is_drawn():
    small = [row(n, department=f"Bé {n}", tier=4, quantity=Decimal(1)) for n in range(20)]
    large = [row(n, department=f"Lớn {n % 12}", tier=1, quantity=Decimal(500)) for n in range(60)]
    for key in ("heatmap", "stacked"):
        assert "Lớn" in chart_of(small + large, key).title
    assert "Bé" not in chart_of(small + large, "shares").title


def test_a_title_names_no_one_alone_as_the_most_where_others_have_as_much():
    rows = [row(n, department="ABC"[n % 3], tier=4, quantity=Decimal(2)) for n in range(6)]
    for key in ("stacked", "shares", "mean"):
        assert "2 mục khác" in chart_of(rows, key).title
    assert "2 mục khác" not in chart_of([*rows, row(6, department="A", tier=4)], "stacked").title
    kept_alike = [charts.Kept("a", "A", 1, 2), charts.Kept("b", "B", 2, 4), charts.Kept("c", "C", 2, 2)]
    assert "1 mục khác" in charts.principle_chart(kept_alike).title
    assert "1 mục khác" in chart_of([row(1), row(2)], "tiers_count").title


def test_a_small_unit_that_is_not_drawn_is_not_denied_by_the_title():
    small = [row(n, department=f"Bé {n}", tier=4, quantity=Decimal(1)) for n in range(2)]
    large = [row(n, department=f"Lớn {n}", tier=1, quantity=Decimal(100)) for n in range(12)]
    title = chart_of(small + large, "shares").title
    assert "12" in title and "Lớn" not in title  # of the twelve drawn none has anything in the hardest tier


def test_where_quantities_come_to_less_than_nothing_no_part_of_them_is_told():
    rows = [row(0, tier=1, quantity=Decimal(-5)), row(1, tier=1, quantity=Decimal(3))]
    for key in ("tiers_converted_quantity", "stacked", "treemap", "heaviest"):
        assert "%" not in chart_of(rows, key).title and chart_of(rows, key).empty


def test_the_gini_coefficient_is_read_against_what_so_few_positions_can_reach():
    rows = [row(n, position=f"Chức danh {n}", tier=1, quantity=Decimal(5 if n else 0)) for n in range(2)]
    assert chart_of(rows, "curve").note.count("0,5") == 2


def test_every_mark_that_leads_somewhere_tells_where_when_it_is_clicked():
    for chart in described(CATALOGUES["a giant"])[2]:
        traces = [trace for trace in charts.draw(chart).data if trace.to_plotly_json().get("mode") != "text"]
        for series, trace in zip(chart.series, traces, strict=True):
            told = [list(each.values()) for each in series.leads_to]
            assert [list(each) for each in trace.customdata or ()] == told


def test_the_curve_says_how_uneven_the_load_is_and_what_lies_on_nobody():
    rows = [row(n, position=f"Chức danh {n}", tier=1, quantity=Decimal(10)) for n in range(5)]
    assert "0:" in chart_of(rows, "curve").note.replace("bằng 0", "0:")
    even = chart_of(rows, "curve")
    assert list(even.series[0].values) == list(even.series[1].values)
    uneven = chart_of([*rows, row(9, position="", tier=1, quantity=Decimal(7))], "curve")
    assert "7 " in uneven.note


def test_products_that_are_only_papers_are_counted_by_the_findings():
    rows = [row(n, department="A" if n < 4 else "B") for n in range(8)]
    items = items_frame(Item(str(n), each) for n, each in enumerate(rows))
    table = convert.converted(items, PL3)
    found = [
        Finding("paper-only", Level.INFO, "1", "product", "…", "…"),
        Finding("vague", Level.INFO, "2", "", "…", "…"),
    ]
    papers = next(c for c in charts.described(items, table, PL3, found) if c.key.startswith("papers"))
    assert papers.categories == ("A", "B")
    assert papers.series[1].values == (Decimal("0.25"), Decimal(0))
    assert papers.series[1].leads_to[0] == {"department": "A", "papers": 1}


def test_the_mean_of_a_unit_stands_beside_that_of_all():
    rows = [row(n, department="A" if n % 2 else "B", tier=4 if n % 2 else 1) for n in range(10)]
    mean = chart_of(rows, "mean")
    assert dict(zip(mean.categories, mean.series[0].words, strict=True)) == {
        "A": "2", "B": "1", mean.categories[-1]: "1,5",
    }  # fmt: skip
    assert mean.series[0].leads_to[-1] == {}


@given(st.lists(st.floats(0, 10**6), min_size=1, max_size=40).filter(lambda sizes: sum(sizes) > 0.01))
def test_the_areas_of_a_treemap_are_as_large_as_what_they_show_and_lie_within(sizes):
    boxes = areas(sizes)
    whole = sum(sizes)
    for size, box in zip(sizes, boxes, strict=True):
        assert box.width * box.height == pytest.approx(2 * size / whole, abs=1e-3)
        assert box.x >= -1e-3 and box.x + box.width <= 2 + 1e-3
        assert box.y >= -1e-3 and box.y + box.height <= 1 + 1e-3


def test_a_waterfall_leads_from_the_first_total_to_the_last():
    steps = tuple(map(Decimal, (100, 30, -50, 80)))
    chart = charts.Chart(
        "w", "waterfall", "…", "…", ("then", "more", "less", "now"),
        (charts.Series("", "#0072B2", steps, tuple(map(str, steps))),), "",
    )  # fmt: skip
    bar = charts.draw(chart).data[0]
    assert list(zip(bar.base, bar.x, strict=True)) == [(0, 100), (100, 30), (130, -50), (0, 80)]


def test_what_weighs_as_much_as_the_last_that_is_drawn_is_told():
    rows = [row(n, tier=1, quantity=Decimal(9 if n else 90)) for n in range(30)]
    assert chart_of(rows, "heaviest").note.startswith("Còn 10")
    assert not chart_of(rows[:20], "heaviest").note


def test_a_cell_is_said_to_be_alone_only_where_it_is():
    rows = [row(n, department=f"Phòng {n}", tier=1, quantity=Decimal(2)) for n in range(3)]
    assert "2 mục khác" in chart_of(rows, "heatmap").title
    assert "mục khác" not in chart_of([*rows, row(3, department="Phòng 0", tier=1)], "heatmap").title


def test_no_column_of_a_table_hides_another_of_its_name():
    series = [charts.Series(name, "#076CAC", (Decimal(n),), (str(n),)) for n, name in enumerate(["A", "A", "Mức"])]
    table = charts.Chart("x", "stacked", "", "", ("B",), tuple(series), "", by="Mức", totals=("3",)).table()
    assert table.to_dict("split")["columns"] == ["Mức", "A", "A (2)", "Mức (2)", "Tổng cộng"]
    assert table.iloc[0].tolist() == ["B", "0", "1", "2", "3"]
    assert charts.headings(["A (2)", "A", "A"]) == ["A (2)", "A", "A (3)"]
