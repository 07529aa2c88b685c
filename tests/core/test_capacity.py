"""Planned work against what people can carry: it adds up, also where work is moved to see."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kpicat import guidance
from kpicat.capacity import Capacity, Share, decode, loads
from kpicat.convert import converted, total
from kpicat.model import Item, items_frame

SCALE = guidance.get("phu_luc_3")
D = Decimal


def frame(*lines):
    items = items_frame([Item(f"i{n}", line) for n, line in enumerate(lines)])
    return items, converted(items, SCALE)


def line(position, quantity, points=100):
    return {"task": "Việc", "position": position, "quantity": quantity, "points": D(points)}


CAPACITY = Capacity(D(10), {("position", "A"): Share(D(2)), ("position", "B"): Share(D("0.5"), D(8))})


def test_a_position_carries_so_many_persons_times_a_month_times_twelve():
    assert CAPACITY.a_year("position", "A") == 240
    assert CAPACITY.a_year("position", "B") == 48
    assert CAPACITY.a_year("position", "C") == 120  # one person, what holds for all
    assert Capacity(own={("position", "A"): Share(D(2))}).a_year("position", "A") is None
    assert CAPACITY.a_year("position", "") is None  # lines that name nobody


def test_who_is_over_and_who_has_room():
    items, table = frame(line("A", D(300)), line("B ", D(20), 150), line("B", None), line("", D(1)))
    a, b, nobody = loads(items, table, "position", CAPACITY)
    assert (a.value, a.load, a.over, a.used) == ("A", 300, 60, D("1.25"))
    assert (b.value, b.items, b.uncounted, b.load, b.over) == ("B", 2, 1, 30, -18)
    assert (nobody.value, nobody.load, nobody.over, nobody.used) == ("", 1, None, None)


def test_a_capacity_of_none_is_over_with_anything_and_no_share():
    items, table = frame(line("A", D(1)))
    (load,) = loads(items, table, "position", Capacity(D(0)))
    assert (load.over, load.used) == (1, None)


NUMBERS = st.none() | st.decimals(0, 1000, places=2)
NAMES = st.sampled_from(("A", "B ", "C", ""))
LINES = st.lists(st.builds(line, NAMES, NUMBERS, st.sampled_from((100, 120, 150))), max_size=8)


@for_all(LINES, st.dictionaries(st.sampled_from(("i0", "i1", "i5", "gone")), st.sampled_from(("A", "B", "New"))))
def test_moving_work_neither_makes_nor_loses_any(lines, moved):
    items, table = frame(*lines)
    whole = total(table["converted_quantity"])
    before = loads(items, table, "position", CAPACITY)
    after = loads(items, table, "position", CAPACITY, moved)
    assert total(load.load for load in before) == total(load.load for load in after) == whole
    assert sum(load.items for load in before) == sum(load.items for load in after) == len(lines)
    assert {load.value for load in before} <= {load.value for load in after}


SHARES = st.builds(Share, NUMBERS, NUMBERS)
KEYS = st.tuples(st.sampled_from(("position", "department")), st.text(min_size=1))
CAPACITIES = st.builds(Capacity, NUMBERS, st.dictionaries(KEYS, SHARES))


@for_all(CAPACITIES)
def test_a_capacity_is_kept_as_it_was_said(capacity):
    kept = decode(capacity.encode())
    assert kept.encode() == capacity.encode()
    assert kept.a_month == capacity.a_month
    assert all(kept.share(*key) == share for key, share in capacity.own.items())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"position": []}', '{"position": {"A": 1}}', '{"a_month": "-1"}',
                                  '{"a_month": "NaN"}', '{"a_month": 5}', '{"a_month": "1000001"}'])  # fmt: skip
def test_what_cannot_be_read_was_not_said(text):
    assert decode(text) == Capacity()
