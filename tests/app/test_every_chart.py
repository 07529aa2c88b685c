"""Every chart of every page: words above it, each number when pointed at and in a table beside it, words to hear."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.ui.results.asking import SECTIONS
from tests.app import opening
from tests.conftest import AT

PAGES = {
    **{f"results, {section}": ("dashboard", {"section": section}) for section in SECTIONS if section != "changed"},
    "compare versions": ("compare", {}),
    "compare bodies": ("compare", {"show": "bodies", "body": ["xa", "xb"]}),
    "load by position": ("load", {}),
    "load by department": ("load", {"by": "department"}),
    "what if": ("what_if", {}),
    "checks": ("checks", {}),
}
"""Each with how it is linked to; the pages of the KPI preview and of the standard unit show tables and figures only."""
_TABLE = {"expander", "arrow_data_frame"}


@pytest.fixture
def store(pages, made):
    rows = [
        {"code": f"A.{n}", "task": f"Việc {n}", "product": "Báo cáo", "tier": n % 4 + 1, "quantity": Decimal(n + 1) / 8,
         "department": f"Phòng {n % 3}", "position": f"Chức danh {n % 4}", "group": f"Lĩnh vực {n % 2}"}
        for n in range(12)
    ]  # fmt: skip
    made(*rows)
    pages.create(Catalogue("xb", "Danh mục", body="Xã B"), actor="Lan", at=AT)
    pages.commit("xb", [Add(Item(f"i{n}", row)) for n, row in enumerate(rows)], actor="Lan", at=AT)
    pages.commit("xa", [Edit("i3", "quantity", Decimal(4) / 8, Decimal(9))], actor="Minh", at=AT)
    return pages


def walked(app):
    """Kind and content of everything on a page, in the order it is read."""

    def kinds(node):
        for child in node.children.values():
            yield child.type, child
            if hasattr(child, "children"):
                yield from kinds(child)

    return list(kinds(app.main))


@pytest.mark.parametrize(("shown", "query"), PAGES.values(), ids=PAGES)
def test_every_chart_says_what_it_shows_in_words_numbers_and_a_table(store, shown, query):
    there = walked(opening.opened(shown, "xa", query=query))
    places = [n for n, (kind, _each) in enumerate(there) if kind == "plotly_chart"]
    assert places
    for at, following in zip(places, [*places[1:], len(there)], strict=True):
        chart = there[at][1].proto
        assert re.search(r"\d", chart.alt) and len(chart.alt) > 40, chart.alt
        figure = json.loads(chart.spec)
        titled = figure["layout"].get("title", {}).get("text")
        headings = [each.value for kind, each in there[:at] if kind == "markdown"]
        assert titled or headings[-1].startswith(("#### ", "**")), headings[-1]
        for trace in figure["data"]:
            if trace.get("mode") == "text" or trace.get("hoverinfo") == "skip":
                continue  # words after a bar, the even line: said by another mark
            told = trace["hovertext"]
            marks = trace.get("x") or trace.get("y")
            assert trace["hoverinfo"] == "text" and len(told) == len(marks if isinstance(marks, list) else told)
            assert all(re.search(r"\d", each) for each in told)
        rest = there[at:] if shown in ("what_if", "checks") else there[at:following]  # there one table is for several
        assert any(kind in _TABLE for kind, _each in rest)
