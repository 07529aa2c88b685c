"""The tables behind the charts take well under a second on 100 000 items, and drawing a chart hardly any."""

import random
from decimal import Decimal

import pytest

from kpicat import charts, convert, guidance
from kpicat.distribution import by_field, by_tier, converted_points, figures
from kpicat.model import Item, items_frame

PL3 = guidance.get("phu_luc_3")


def tables(size):
    draw = random.Random(3)
    items = items_frame(
        Item(
            str(n),
            {
                "task": f"Việc {n}",
                "department": f"Phòng {draw.randrange(200)}",
                "tier": draw.randint(1, 4),
                "quantity": Decimal(draw.randint(1, 400)) / 4,
            },
        )
        for n in range(size)
    )
    return items, convert.converted(items, PL3)


@pytest.mark.parametrize("size", [10_000, 100_000])
@pytest.mark.parametrize(
    "tabulate",
    [
        lambda items, table: figures(items, table, PL3),
        lambda items, table: by_tier(table, PL3),
        lambda items, table: by_field(items, table, PL3, "department"),
        converted_points,
    ],
    ids=["figures", "by_tier", "by_field", "converted_points"],
)
def test_tables(benchmark, tabulate, size):
    made = tables(size)
    benchmark.pedantic(tabulate, args=made, rounds=3, warmup_rounds=1)
    assert benchmark.stats.stats.median <= 0.5


def test_a_chart_of_200_departments(benchmark):
    items, table = tables(10_000)
    found = by_field(items, table, PL3, "department")
    benchmark.pedantic(charts.field_bars, args=(found, "converted_quantity"), rounds=3, warmup_rounds=1)
    assert benchmark.stats.stats.median <= 0.5
