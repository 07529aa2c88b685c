# ruff: noqa: F811
"""The page of results in Chromium: from its address to the first chart, and from a click on a filter to it redrawn."""

from __future__ import annotations

import os
import time

import pytest
from playwright.sync_api import expect

from kpicat.language import _
from kpicat.model import Add, Catalogue, Item
from tests.benchmarks.test_latency import WATCH, p95
from tests.benchmarks.test_results import rows
from tests.browser.conftest import store  # noqa: F401
from tests.conftest import AT

TIMES = 12
BAR = ".st-key-dashboard_tiers_count .js-plotly-plot .bars .point path, .js-plotly-plot .bars .point path"
CHIP = ".st-key-dashboard_chip_tier_0"


@pytest.fixture
def catalogue(store, size):
    made = store.create(Catalogue(f"results-{size}", "Danh mục thử"), actor="founder", at=AT)
    store.commit(made.id, [Add(Item(f"i{n}", row)) for n, row in enumerate(rows(size))], actor="founder", at=AT)
    return store.catalogue(made.id)


@pytest.fixture
def size(request):
    return request.param


def _click(page, mark):
    """Plotly hears the mouse on a layer of its own, and only where it moved."""
    box = mark.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def _received(page):
    """Bytes of each message that a page is sent from now on, figures, charts and all that is around them."""
    sizes = []
    page.on("websocket", lambda line: line.on("framereceived", lambda content: sizes.append(len(content))))
    return sizes


@pytest.mark.parametrize(("size", "first", "click"), [(1_000, 2.0, 0.6), (20_000, None, 1.5)], indirect=["size"])
def test_from_the_address_to_a_chart_and_from_a_click_to_it_redrawn(person, size, first, click, capsys):
    leader = person("Lan", width=1920, height=1080)
    leader.goto("")  # signed in; the browser has kpicat's scripts
    received = _received(leader.page)
    start = time.time()
    leader.page.goto(f"{leader.base}/dashboard?c={leader.catalogue}")
    leader.page.locator(BAR).first.wait_for(timeout=60_000)
    opening = time.time() - start
    leader.settle()
    sent = sum(received)
    leader.page.locator(BAR).first.scroll_into_view_if_needed()
    took = []
    for n in range(TIMES):
        leader.page.evaluate(WATCH, ["[data-testid=stMetric]", _("Items"), None])
        begun = time.time()
        if n % 2:
            leader.page.locator(f"{CHIP} button").first.click()
        else:
            _click(leader.page, leader.page.locator(BAR).nth(n // 2 % 4))
        took.append(leader.page.evaluate("() => window.kpicatSeen") - begun)
        expect(leader.page.locator(f"{CHIP} button").first).to_be_visible(visible=n % 2 == 0)
        leader.settle()
    with capsys.disabled():
        load = os.getloadavg()[0]
        print(
            f"\n{size} items, load {load:.1f}: first chart {opening:.2f} s, {sent / 1000:.0f} KB over the line, "
            f"a click p95 {p95(took):.2f} s"
        )
    assert sent <= 300_000
    assert first is None or opening <= first
    assert p95(took) <= click
