"""Taking 5 000 items out takes at most 3 s as a live workbook and 10 s as Word or PDF; a tenth, about a tenth."""

import random
from decimal import Decimal

import pytest

from kpicat import guidance
from kpicat.exchange import write
from kpicat.exchange.forms.summary import summary
from kpicat.exchange.workbook.blank import blank
from kpicat.model import Catalogue, Item, Reading, items_frame
from tests.benchmarks.clock import COMPUTED

pytestmark = COMPUTED

PL3 = guidance.get("phu_luc_3")


def reading(size):
    draw = random.Random(5)
    return Reading(
        Catalogue("c", "Danh mục"),
        items_frame(
            Item(
                str(n),
                {
                    "code": f"CV.{n}",
                    "department": f"Phòng {n % 20}",
                    "duty": "Tham mưu cấp ủy về công tác xây dựng Đảng",
                    "task": f"Tham mưu, ban hành kế hoạch kiểm tra, giám sát số {n}",
                    "product": "Kế hoạch được ban hành",
                    "measure": "kế hoạch",
                    "deadline": "ngày 25 hằng tháng",
                    "quality": "Đúng thể thức, được duyệt lần đầu",
                    "responsible": "Chánh Văn phòng",
                    "tier": draw.randint(1, 4),
                    "quantity": Decimal(draw.randint(1, 400)) / 4,
                },
            )
            for n in range(size)
        ),
    )


@pytest.mark.parametrize(("size", "seconds"), [(500, 0.5), (5_000, 3)])
def test_workbook(benchmark, size, seconds, bounded):
    made = reading(size)
    benchmark.pedantic(write, args=(made, PL3, ".xlsx"), rounds=3, warmup_rounds=1)
    bounded(benchmark.stats.stats.median, seconds)


@pytest.mark.parametrize(("size", "seconds"), [(500, 1.5), (5_000, 10)])
@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_forms(benchmark, suffix, size, seconds, bounded):
    made = reading(size)
    benchmark.pedantic(write, args=(made, PL3, suffix), rounds=1)  # a second time typst remembers the first
    bounded(benchmark.stats.stats.median, seconds)


def test_summary(benchmark, bounded):
    made = reading(5_000)
    benchmark.pedantic(summary, args=(made, PL3, []), rounds=1)
    bounded(benchmark.stats.stats.median, 2)


@pytest.mark.parametrize("edition", guidance.editions().values(), ids=lambda edition: edition.id)
def test_blank_workbook(benchmark, edition, bounded):
    benchmark.pedantic(blank, args=(edition,), rounds=3)
    bounded(benchmark.stats.stats.median, 1)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_text(benchmark, suffix, bounded):
    made = reading(5_000)
    benchmark.pedantic(write, args=(made, PL3, suffix), rounds=3, warmup_rounds=1)
    bounded(benchmark.stats.stats.median, 1)
