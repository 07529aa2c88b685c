"""Areas are as large as their numbers, lie within the whole and on no other."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.charts.tiling import WHOLE, tiles

NUMBERS = st.lists(st.floats(0, 1e6), min_size=1, max_size=30)


@given(NUMBERS, st.floats(0.2, 5))
def test_areas_are_as_large_as_their_numbers_within_the_whole(values, shape):
    found = tiles(values, shape)
    whole = sum(values)
    for value, tile in zip(values, found, strict=True):
        assert tile.width * tile.height == pytest.approx(value / whole if whole else 0, abs=1e-6)
        assert tile.x >= -1e-9 and tile.x + tile.width <= 1 + 1e-6
        assert tile.y >= -1e-9 and tile.y + tile.height <= 1 + 1e-6


@given(NUMBERS, st.floats(0.2, 5))
def test_no_area_lies_on_another(values, shape):
    for one, other in itertools.combinations(tiles(values, shape), 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert across <= 1e-6 or down <= 1e-6


def test_one_fills_the_whole_and_none_nothing():
    assert tiles([5], 2) == [WHOLE]
    assert tiles([0, 0], 2) == [(0, 0, 0, 0)] * 2


def test_beside_a_giant_the_others_have_no_area():
    giant, *others = tiles([1e30, 1, 2], 2)
    assert giant.width * giant.height == pytest.approx(1)
    assert all(tile.width * tile.height == 0 for tile in others)
