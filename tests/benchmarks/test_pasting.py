"""How long a pasted block takes to be read, planned and written; run by ``make bench``."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from kpicat import services
from kpicat.exchange.clipboard import block
from kpicat.exchange.read_pasted import read_pasted
from kpicat.services import View, pasting

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
HEADINGS = "STT", "Mã", "Phòng ban", "Nhiệm vụ", "Sản phẩm đầu ra", "Số lượng", "Mức", "Ghi chú"
SECONDS = {500: 1, 5_000: 6}
"""Rows -> how long a person waits for them at most."""


@pytest.fixture
def view(store, catalogue):
    return View(store.reading("xa"))


def copied(count, form, task="Tham mưu ban hành kế hoạch số"):
    """A table of 8 columns as it stands on the clipboard."""
    lines = [
        (n, f"VP.{n:05}", f"Phòng số {n % 20}", f"{task} {n}", "Kế hoạch", n % 50 + 1, f"Mức {n % 4 + 1}", "")
        for n in range(1, count + 1)
    ]
    if form == "text":
        return "\r\n".join("\t".join(map(str, line)) for line in [HEADINGS, *lines]), ""
    cell = '<td class=xl65 style="border:.5pt solid windowtext;mso-number-format:General">{}</td>'
    rows = ("".join(cell.format(value) for value in line) for line in [HEADINGS, *lines])
    return "", f"<table>{''.join(f'<tr height=20>{row}</tr>' for row in rows)}</table>"


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("count", SECONDS)
def test_rows_are_read_planned_and_added(benchmark, store, view, count, form):
    text, html = copied(count, form)

    def paste():
        plan = pasting.append(view, read_pasted(block(text, html), view.guidance))
        return services.save(store, view, plan.writes, actor="me", at=AT, label="paste")

    outcome = benchmark.pedantic(paste, rounds=3)
    assert len(outcome.applied) == count
    assert benchmark.stats.stats.median <= SECONDS[count]


@pytest.mark.parametrize("count", SECONDS)
def test_rows_are_laid_over_as_many_items(benchmark, store, view, count):
    added = pasting.append(view, read_pasted(block(*copied(count, "text")), view.guidance))
    services.save(store, view, added.writes, actor="me", at=AT, label="paste")
    ids = [item.id for item in added.added]
    rounds = itertools.count()

    def paste():
        now = View(store.reading("xa"))
        pasted = read_pasted(block(*copied(count, "text", f"Lần {next(rounds)}, việc số")), now.guidance)
        plan = pasting.lay_over(now, pasted, ids)
        return services.save(store, now, plan.writes, actor="me", at=AT, label="paste")

    outcome = benchmark.pedantic(paste, rounds=3)
    assert not outcome.conflicts
    assert len(outcome.applied) >= count
    assert benchmark.stats.stats.median <= SECONDS[count]
