"""Tiers proposed: a catalogue within a second, and again at each decision within less.

Time is the processor's, as others work on the machine too.
"""

import time

import pytest

from kpicat.similar import words
from kpicat.suggest import Line, reading, suggest
from tests.benchmarks.test_similar import tasks

pytestmark = pytest.mark.benchmark(timer=time.process_time)


def forget():
    words.read.cache_clear()
    reading.read.cache_clear()


@pytest.mark.parametrize("known", [0, 500])
@pytest.mark.parametrize(("size", "limit"), [(1_000, 1.0), (10_000, 12.0)])
def test_suggest_for_a_whole_catalogue(benchmark, size, limit, known):
    lines = {n: Line(task, "Báo cáo", department=f"Phòng {n % 7}") for n, task in enumerate(tasks(size))}
    decided = {n: 1 + n % 4 for n in range(known)}
    found = benchmark.pedantic(lambda: suggest(lines, decided, tiers=4), setup=forget, rounds=3 if size <= 1_000 else 1)
    assert len(found) == size
    assert benchmark.stats.stats.min <= limit


def test_suggest_again_after_a_decision(benchmark):
    lines = {n: Line(task, "Báo cáo") for n, task in enumerate(tasks(1_000))}
    decided = {n: 1 + n % 4 for n in range(999)}
    suggest(lines, decided, tiers=4)
    benchmark.pedantic(lambda: suggest(lines, decided, tiers=4), rounds=5)
    assert benchmark.stats.stats.min <= 0.5
