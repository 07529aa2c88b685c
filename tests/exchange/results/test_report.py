"""The report has two to four pages whatever there is to say, and nothing on them is cut or lies on another."""

from __future__ import annotations

from datetime import date

import pytest

from kpicat.exchange.results.contents import Results, Section, Told
from kpicat.exchange.results.report import report
from tests.exchange.results import looked_at, made

FIGURES = [
    Told(name, "123.456.789,25") for name in ("Số sản phẩm/công việc", "Đơn vị chuẩn", "Hệ số", "Quy đổi", "Mức")
]
HARD = [made.many(kind, giant=True) for kind in ("bars", "stacked", "heatmap", "treemap")]
EVERY = [*made.EACH, *HARD, made.many("shares"), made.many("curve")]


def made_of(*sections, subtitle="Danh mục xã An Bình – Đảng ủy xã An Bình – 2026"):
    return report(Results("Kết quả danh mục", subtitle, "Đảng ủy xã", date(2026, 11, 23), FIGURES, sections))


CASES = {
    "as usual": [Section("Khó đến đâu?", made.EACH[:3]), Section("Ai gánh việc?", made.EACH[3:]),
                 Section("Đã thay đổi gì?", (), ["Thêm 3 dòng.", "Bỏ 4 dòng."])],
    "nothing": [Section("Khó đến đâu?", [made.EMPTY]), Section("Ai gánh việc?", [made.EMPTY])],
    "far too much": [Section(f"Phần {n}", EVERY[n::2], [made.LONG] * 8) for n in range(2)],
}  # fmt: skip


@pytest.mark.parametrize("sections", CASES.values(), ids=CASES)
def test_it_has_two_to_four_pages_on_which_nothing_overlaps(sections):
    content = made_of(*sections, subtitle=made.LONG)
    there = looked_at.pages(content)
    assert 2 <= len(there) <= 4
    assert looked_at.run_into_each_other(content) == []


def test_pages_are_numbered_dated_and_have_their_headings():
    content = made_of(*CASES["as usual"])
    said = looked_at.text(content)
    n = len(looked_at.pages(content))
    for words in (
        "23/11/2026",
        "Khó đến đâu?",
        "Ai gánh việc?",
        "Thêm 3 dòng.",
        *(f"{k}/{n}" for k in range(1, n + 1)),
    ):
        assert words in said
    for chart in made.EACH:
        assert chart.title.replace(" ", "") in said.replace(" ", "")
    assert content.count(b"/Alt") >= len(made.EACH) - 1 or b"/StructTreeRoot" in content
