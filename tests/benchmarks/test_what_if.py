# ruff: noqa: F811
"""What a person waits for who moves a slider: in the core, and in a browser until the figures are drawn anew."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kpicat.language import _, number
from kpicat.model import Add, Catalogue, Item, Reading, items_frame
from kpicat.scenario import Rule, Scenario
from kpicat.services import View, scenarios
from tests.benchmarks.clock import COMPUTED
from tests.browser.conftest import AT, store  # noqa: F401

TIMES = 40
SIZES = ((1_000, 0.5), (10_000, 1.0))

DRAWN = """() => {
    const figure = () => [...document.querySelectorAll('[data-testid=stMetric]')][2].innerText;
    const bars = () => [...document.querySelectorAll('.js-plotly-plot')].map((e) => e.querySelector('.barlayer')
        ?.innerHTML).join();
    const was = [figure(), bars()];
    window.kpicatDrawn = new Promise((drawn) => {
        const looking = setInterval(() => {
            if (figure() !== was[0] && bars() !== was[1]) { clearInterval(looking); drawn(Date.now() / 1000); }
        }, 5);
    });
}"""
"""Has a page note when the converted total and the bars of the charts are other ones, in seconds of the clock."""


def line(n: int) -> Item:
    """Line n: every fourth of the third tier."""
    tier = 1 + n % 4
    return Item(
        f"item-{n}",
        {
            "code": f"VP.{n + 1:02d}", "group": f"Lĩnh vực {n % 12}", "department": f"Phòng {n % 9}",
            "task": f"Việc thứ {n + 1}", "product": "Báo cáo", "measure": "Báo cáo", "quantity": Decimal(1 + n % 50),
            "position": f"Chức danh {n % 30}", "tier": tier, "points": Decimal((100, 120, 150, 200)[tier - 1]),
            "standard_unit": n == 0,
        },
    )  # fmt: skip


@pytest.fixture
def catalogue(store, size):
    """A catalogue of so many lines."""
    made = store.create(Catalogue(f"lines-{size}", "Danh mục thử", body="Đảng ủy xã"), actor="founder", at=AT)
    store.commit(made.id, [Add(line(n)) for n in range(size)], actor="founder", at=AT, label="import")
    return store.catalogue(made.id)


@COMPUTED
@pytest.mark.parametrize(
    ("scenario", "limit"),
    [
        (Scenario(marks='{"complex": {"points": 160}}'), 0.3),
        (Scenario(rules=(Rule(1, words="bao cao", tiers=(2,)),)), 0.3),
        (Scenario(standard_unit="item-5", rescaled=True), 0.6),  # every line is off the scale then, and said to be
    ],
    ids=["marks", "rule", "standard unit"],
)
def test_a_scenario_on_ten_thousand_items(benchmark, scenario, limit):
    view = View(Reading(Catalogue("xa", "xã"), items_frame(line(n) for n in range(10_000))))
    scenarios.before(view), view.haystack

    def forget():
        view.own.put("scenarios", type(view.own)(1))

    found = benchmark.pedantic(lambda: scenarios.tried(view, scenario), setup=forget, rounds=5)
    assert len(found.lines) >= 2_000
    assert benchmark.stats.stats.min <= limit


@pytest.mark.parametrize(("size", "limit"), SIZES)
def test_from_a_slider_to_the_figures_and_charts(person, catalogue, size, limit, capsys):
    lan = person("Lan", width=1280, height=900)
    lan.page.goto(f"{lan.base}/what_if?c={lan.catalogue}")
    lan.settle()
    slider = lan.page.locator("input[type=range]").nth(2)
    slider.focus()
    waited = []
    for _n in range(TIMES):  # each to a mark that nobody has tried yet: its figures are at hand nowhere
        lan.page.evaluate(DRAWN)
        pressed = time.time()
        lan.page.keyboard.press("ArrowRight")
        waited.append(lan.page.evaluate("() => window.kpicatDrawn") - pressed)
        lan.settle()
    half, p95 = sorted(waited)[TIMES // 2], sorted(waited)[int(TIMES * 0.95) - 1]
    with capsys.disabled():
        print(f"\n{number(size)} items, slider to figures: median {number(half, 3)} s, p95 {number(p95, 3)} s")
    assert lan.page.get_by_text(_("Marks")).count()
    assert p95 <= limit
