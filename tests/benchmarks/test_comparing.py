"""Ten bodies of a thousand lines held against each other, and two states of ten thousand, while a person waits."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import count

import pytest

from kpicat import guidance
from kpicat.comparing import State, compare
from kpicat.convert import converted, total
from kpicat.model import Catalogue, Item, Reading, items_frame
from kpicat.services import View, comparing
from tests.benchmarks.clock import COMPUTED
from tests.benchmarks.test_similar import tasks

SCALES = {"phu_luc_3": (100, 120, 150, 200), "khung_xa": (5, 30, 80, 150), "so_tay_bnv": (50, 150, 250, 450)}
POOL = list(tasks(1_500))


def lines(name: str, edition: str, texts, draw: random.Random):
    """Items of one body: works of a common pool, each with a tier of the body's own."""
    for n, text in enumerate(texts):
        points = Decimal(draw.choice(SCALES[edition]))
        yield Item(f"{name}-{n}", {"code": f"{n}", "task": text, "points": points, "quantity": Decimal(1 + n % 40)})


def body(n: int, turn: int, *, copied: bool) -> View:
    """The catalogue of the n-th body, on one of three scales: its works of a common pool, or in its own words."""
    draw, edition = random.Random(n), list(SCALES)[n % len(SCALES)]
    texts = draw.sample(POOL, 1_000) if copied else tasks(1_000, seed=n)
    reading = items_frame(lines(f"b{n}", edition, texts, draw))
    view = View(Reading(Catalogue(f"b{n}-{copied}", "Danh mục", body=f"Xã {n}", guidance=edition, head=turn), reading))
    assert len(view.table)
    return view


@COMPUTED
@pytest.mark.parametrize("copied", [True, False], ids=["copied", "own words"])
def test_ten_bodies_of_a_thousand_lines(benchmark, copied):
    turns = count()

    def others():
        """Views nobody has compared yet: what was is kept."""
        turn = next(turns)
        views = {view.catalogue.id: view for view in (body(n, turn, copied=copied) for n in range(10))}
        return (list(views), views.__getitem__), {}

    found = benchmark.pedantic(comparing.bodies, setup=others, rounds=2)
    assert len(found.works) >= (500 if copied else 50) and any(work.differs for work in found.works)
    assert benchmark.stats.stats.min <= 5


@COMPUTED
@pytest.mark.parametrize("one_log", [True, False], ids=["moments", "catalogues"])
def test_two_states_of_ten_thousand_lines(benchmark, one_log):
    scale, draw = guidance.get("phu_luc_3"), random.Random(1)
    texts = list(tasks(10_000))
    before, after = (items_frame(lines("i", "phu_luc_3", texts, draw)) for _n in range(2))
    states = [State(items, converted(items, scale), scale) for items in (before, after)]
    found = benchmark.pedantic(lambda: compare(*states, one_log=one_log), rounds=2)
    assert total([found.old, *found.effects.values()]) == found.new
    assert benchmark.stats.stats.min <= (1.5 if one_log else 3)
