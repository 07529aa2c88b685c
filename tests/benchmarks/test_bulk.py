"""How long a person waits for a gesture on many rows; run by ``make bench``."""

from __future__ import annotations

import gc
import time
from decimal import Decimal

import pytest

from kpicat.model import Add, Catalogue, Item, Reading, items_frame
from kpicat.services import View, bulk
from kpicat.services.bulk import Search, Where


def many(count):
    return [
        Item(
            f"item-{n:06}",
            {
                "code": f"VP.{n:05}",
                "task": f"Tham mưu ban hành kế hoạch triển khai nhiệm vụ số {n * 7 % count}",
                "detail": "Dự thảo, lấy ý kiến, tiếp thu, trình ký, phát hành và theo dõi việc thực hiện",
                "product": "Kế hoạch được ban hành",
                "deadline": "Ngày 25 hằng tháng",
                "position": "Chuyên viên",
                "tier": n % 4 + 1,
                "points": Decimal((100, 120, 150, 200)[n % 4]),
                "quantity": Decimal(n % 30 + 1),
            },
        )
        for n in range(count)
    ]


GESTURES = {
    "set a text": lambda view, ids: bulk.set_field(view, ids, "department", "Văn phòng"),
    "set the tier": lambda view, ids: bulk.set_field(view, ids, "tier", 4),
    "replace": lambda view, ids: bulk.replace(view, bulk.matches(view, ids, Search("kế hoạch", "chương trình"))),
    "move": lambda view, ids: bulk.move(view, ids[len(ids) // 2 :], Where.TOP),
    "sort": lambda view, ids: bulk.sort(view, ids, "task"),
    "copy": lambda view, ids: bulk.duplicate(view, ids, ["Bí thư"], number_codes=True),
    "delete": bulk.delete,
}


@pytest.mark.parametrize("count", [1_000, 10_000])
@pytest.mark.parametrize("gesture", GESTURES)
def test_a_gesture_is_planned_with_its_preview(benchmark, gesture, count):
    view = View(Reading(Catalogue("xa", "xã"), items_frame(many(count))))
    ids = view.items.index.tolist()
    planned = benchmark.pedantic(GESTURES[gesture], args=(view, ids), rounds=3, warmup_rounds=1)
    assert planned.writes
    assert benchmark.stats.stats.min <= count / 1_000  # linear: a second for each thousand at the very most


@pytest.mark.parametrize("gesture", GESTURES)
def test_ten_times_the_rows_take_about_ten_times_the_work(gesture):
    """In time of the processor, and without the garbage collector, which goes by all there is in the process."""

    def work(count):
        view = View(Reading(Catalogue("xa", "xã"), items_frame(many(count))))
        ids = view.items.index.tolist()
        times = []
        for _round in range(4):  # the first also makes what the view keeps
            began = time.process_time()
            GESTURES[gesture](view, ids)
            times.append(time.process_time() - began)
        return min(times)

    gc.disable()
    try:
        assert work(10_000) <= 15 * work(1_000)
    finally:
        gc.enable()


def test_1_000_rows_are_set_at_once(benchmark, store, catalogue, at):
    store.commit("xa", [Add(item) for item in many(1_000)], actor="founder", at=at, label="import")
    view = View(store.reading("xa"))
    planned = bulk.set_field(view, view.items.index.tolist(), "tier", 4)
    outcome = benchmark.pedantic(
        bulk.carry_out, args=(store, view, planned), kwargs={"actor": "Lan", "at": at}, rounds=1
    )
    assert not outcome.conflicts
    assert benchmark.stats.stats.min <= 1.0
