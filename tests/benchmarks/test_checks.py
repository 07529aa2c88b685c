"""How long all checks take: 1 000 items within 0.3 s, 10 000 within 3 s, one edit within 0.1 s of 1 000."""

import sys
from decimal import Decimal

import pytest

from kpicat import checks, guidance
from kpicat.model import Item, items_frame
from kpicat.text.normalise import fold

EDITION = guidance.get(guidance.DEFAULT)


def large(size):
    """``size`` lines, no two texts alike, a quarter of them with faults."""
    return items_frame(
        Item(
            f"i{n}",
            {
                "code": f"C.{n}",
                "department": f"Phòng {n % 7}",
                "task": f"Thẩm định hồ sơ đề nghị số {n} của tổ chức đảng trực thuộc",
                "product": f"Báo cáo số {n}" if n % 4 == 0 else f"Hồ sơ {n} đã thẩm định",
                "measure": f"hồ sơ loại {n}",
                "deadline": f"Theo kế hoạch {n % 50}a" if n % 4 == 0 else f"Trong {n} ngày làm việc kể từ ngày nhận",
                "quality": f"Tốt, nhóm của đợt {n}",
                "responsible": f"Chuyên viên phụ trách địa bàn thôn số {n}",
                "tier": n % 4 + 1,
                "points": Decimal((100, 120, 150, 200)[n % 4] + (n % 4 == 0)),
                "coefficient": Decimal("1.2"),
            },
        )
        for n in range(size)
    )


@pytest.mark.parametrize(("size", "limit"), [(1_000, 0.3), (10_000, 3.0)])
def test_all_checks_of_a_catalogue(benchmark, size, limit):
    items = large(size)

    modules = [module for name, module in sys.modules.items() if name.startswith("kpicat.")]
    cached = [value for module in modules for value in vars(module).values() if isinstance(value, type(fold))]
    by_text = [function for function in cached if function.cache_parameters()["maxsize"]]

    def afresh():
        for function in by_text:
            function.cache_clear()

    found = benchmark.pedantic(checks.run, (items, EDITION), setup=afresh, rounds=5)
    assert len(found) > size
    assert benchmark.stats.stats.median <= limit


def test_rerun_after_one_edit(benchmark):
    items = large(1_000)
    before = checks.run(items, EDITION)
    benchmark.pedantic(checks.rerun, (before, items, EDITION, {"i7"}), rounds=20)
    assert benchmark.stats.stats.median <= 0.1
