"""The page of results: first paint, a click to redrawn, and what goes over the line, at 1 000 and at 20 000 items."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpicat import charts, language
from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.services import View, results
from kpicat.services.results import Filter
from kpicat.ui import frame
from kpicat.ui.results.asking import SECTIONS
from tests.app.opening import APP
from tests.benchmarks.clock import computed

AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
CLICKS = 20


def rows(size):
    draw = random.Random(3)
    products = ("Báo cáo", "Kế hoạch; công văn", "Hồ sơ đã giải quyết", "Buổi tiếp công dân")
    for n in range(size):
        yield {
            "code": f"VP.{n}", "task": f"Tham mưu việc số {n}", "product": draw.choice(products),
            "department": f"Phòng {draw.randrange(30)}", "group": f"Lĩnh vực {draw.randrange(12)}",
            "position": f"Chức danh {draw.randrange(40)}", "tier": draw.randint(1, 4),
            "quantity": Decimal(draw.randint(1, 400)) / 4,
        }  # fmt: skip


@pytest.fixture
def size(request):
    return request.param


@pytest.fixture
def store(tmp_path, monkeypatch, size):
    monkeypatch.setenv("KPICAT_DATABASE", f"sqlite:///{tmp_path / 'kpicat.db'}")
    st.cache_resource.clear()
    language.resolve_with(lambda: "vi")
    made = frame.store()
    made.create(Catalogue("xa", "Danh mục"), actor="Lan", at=AT)
    made.commit("xa", [Add(Item(f"i{n}", row)) for n, row in enumerate(rows(size))], actor="Lan", at=AT, label="import")
    quantity = View(made.reading("xa")).value("i1", "quantity")
    made.commit("xa", [Edit("i1", "quantity", quantity, Decimal(999))], actor="Lan", at=AT + timedelta(days=2))
    yield made
    made.close()
    st.cache_resource.clear()
    language.resolve_with(frame._session_language)


def took(run):
    start = computed()
    run()
    return computed() - start


@pytest.mark.parametrize(("size", "first", "click"), [(1_000, 2.0, 0.6), (20_000, 2.0, 1.5)], indirect=["size"])
def test_from_opening_and_from_a_click_to_the_page_redrawn(store, first, click, capsys):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["c"] = "xa"
    app.run()
    opening = took(app.switch_page(frame.PAGES["dashboard"]).run)
    clicks = []
    for n in range(CLICKS):
        app.query_params["section"] = SECTIONS[n % 3]
        app.query_params["department"] = [f"Phòng {n}"]
        app.query_params["tier"] = [str(1 + n % 4)] if n % 2 else []
        clicks.append(took(app.run))
    assert not app.exception and not app.error
    with capsys.disabled():
        print(f"\n{store.counts()['xa']} items: opened in {opening:.2f} s, a click p95 {sorted(clicks)[-1]:.2f} s")
    assert opening <= first
    assert sorted(clicks)[int(CLICKS * 0.95) - 1] <= click


@pytest.mark.parametrize("size", [20_000], indirect=True)
def test_all_charts_of_a_catalogue_are_light_on_the_line(store, capsys):
    part = results.part_of(View(store.reading("xa")), Filter())
    names = [name for name in charts.CHARTS if name != "principles"]
    sent = {name: len(charts.draw(part.chart(name), titled=False).to_json()) for name in names}
    with capsys.disabled():
        print(f"\nall charts {sum(sent.values()) / 1000:.0f} KB, the largest {max(sent.values()) / 1000:.0f} KB")
    assert sum(sent.values()) <= 300_000
