"""How long merging many units' parts takes; run by ``make bench``."""

from __future__ import annotations

import pytest

from kpicat.exchange import Read
from kpicat.model import Catalogue, Item, Reading, ReadReport, Source, items_frame
from kpicat.services import View
from kpicat.services.gathering import gather
from tests.benchmarks.clock import COMPUTED

pytestmark = COMPUTED

TEXT = "tham mưu ban hành kế hoạch triển khai nhiệm vụ báo cáo tổng hợp kiểm tra giám sát văn bản xã"
WORDS = TEXT.split()


def line(unit: int, n: int, edition: int) -> dict[str, object]:
    """A third of a unit's lines stay, a third change, of a third some words do."""
    words = [WORDS[(n * k + unit) % len(WORDS)] for k in range(1, 12)]
    task = f"{' '.join(words)} số {unit}-{n}"
    if n % 3 == 2:
        return {"task": task + (" năm 2026" if edition else ""), "product": "Báo cáo"}
    return {"code": f"{n}", "task": task, "product": "Báo cáo", "quantity": n + (edition if n % 3 else 0)}


def parts(files: int, lines: int, edition: int) -> list[Read]:
    return [
        Read(
            [Item(str(n), line(unit, n, edition), Source(f"Phòng {unit}.xlsx", "DM", n)) for n in range(lines)],
            ReadReport(f"Phòng {unit}.xlsx"),
        )
        for unit in range(files)
    ]


def view(files: int, lines: int) -> View:
    items = [
        Item(f"{unit}-{item.id}", {**item.values, "department": f"Phòng {unit}"})
        for unit, read in enumerate(parts(files, lines, 0))
        for item in read.items
    ]
    return View(Reading(Catalogue("xa", "xã"), items_frame(items)))


@pytest.mark.parametrize(("files", "lines", "seconds"), [(5, 300, 0.5), (50, 300, 3), (1, 15_000, 4)])
def test_parts_are_gathered_in_time_that_grows_with_them(benchmark, files, lines, seconds, bounded):
    stands, sent = view(files, lines), parts(files, lines, 1)
    units = {(f"Phòng {unit}.xlsx", "DM"): f"Phòng {unit}" for unit in range(files)}
    found = benchmark.pedantic(gather, (stands, sent), {"units": units}, rounds=3)
    assert sum(len(part.changed) for part in found.files) == files * lines // 3
    assert len(found.proposals) >= files * lines // 4
    bounded(benchmark.stats.stats.median, seconds)
