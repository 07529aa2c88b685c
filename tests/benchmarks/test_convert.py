"""Converting 100 000 items takes at most a second, ten times what 10 000 take."""

from decimal import Decimal

import pytest

from kpicat import guidance
from kpicat.convert import converted
from kpicat.model import Item, items_frame

PL3 = guidance.get("phu_luc_3")


def catalogue(size):
    """Tiers without points, points without a tier, both, neither; every quantity another."""
    kinds = ({"tier": 2}, {"points": Decimal(150)}, {"tier": 4, "points": Decimal("130.5")}, {})
    return items_frame(Item(str(n), {"quantity": Decimal(n) / 4, **kinds[n % 4]}) for n in range(size))


@pytest.mark.parametrize(("size", "seconds"), [(10_000, 0.1), (100_000, 1)])
def test_converting(benchmark, size, seconds):
    items = catalogue(size)
    table = benchmark.pedantic(converted, args=(items, PL3), rounds=5, warmup_rounds=1)
    assert len(table) == size
    assert benchmark.stats.stats.median <= seconds
