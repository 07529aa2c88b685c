"""1 000 items as report, slides or numbers in at most 5 s of computing, the findings looked for among them."""

from dataclasses import replace
from datetime import date

import pytest

from kpicat.services import View, results_out
from kpicat.services.results import Filter, Moment, part_of
from tests.benchmarks.clock import COMPUTED
from tests.benchmarks.test_writing import reading

pytestmark = COMPUTED

DAY = date(2026, 11, 23)
SIZE = 1_000


@pytest.fixture(scope="module")
def readings():
    """A catalogue now, and with a tenth fewer items earlier."""
    now = reading(SIZE)
    items = now.items.assign(
        group=[f"Nhóm {n % 7}" for n in range(SIZE)], position=[f"Chức danh {n % 60}" for n in range(SIZE)]
    )
    return replace(now, items=items), replace(now, items=items.iloc[: SIZE * 9 // 10])


@pytest.mark.parametrize(
    "make", [results_out.report, results_out.slides, results_out.numbers], ids=lambda f: f.__name__
)
def test_from_a_reading_to_a_file(benchmark, readings, make):
    def made():
        now, then = (part_of(View(each), Filter()) for each in readings)
        return make(now, then, Moment("week", "a week ago", 1), day=DAY)

    benchmark.pedantic(made, rounds=3)
    assert benchmark.stats.stats.median <= 5


def test_a_picture(benchmark, readings):
    view = View(readings[0])
    chart = part_of(view, Filter()).chart("heatmap", "department", "converted_quantity")
    benchmark.pedantic(results_out.picture, args=(view, chart, "png", DAY), rounds=3)
    assert benchmark.stats.stats.median <= 1
