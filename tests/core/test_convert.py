"""Points become standard units exactly, once rounded, and totals add up."""

import random
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import convert, guidance
from kpicat.model import Item, items_frame

EDITIONS = st.sampled_from(list(guidance.editions().values()))
POINTS = st.decimals(min_value=0, max_value=10_000, places=2) | st.integers(0, 10**15).map(Decimal)
QUANTITIES = st.decimals(min_value=0, max_value=10**12, places=3)
LEVELS = st.integers(min_value=1, max_value=4)


def frame(*rows):
    return items_frame(
        Item(str(n), {name: v for name, v in row.items() if v is not None}) for n, row in enumerate(rows)
    )


def converted(*rows, edition="phu_luc_3"):
    return convert.converted(frame(*rows), guidance.get(edition))


def some_items():
    rows = st.fixed_dictionaries(
        {"tier": st.none() | LEVELS, "points": st.none() | POINTS, "quantity": st.none() | QUANTITIES}
    )
    return st.lists(rows, max_size=30)


def rounded_by_hand(points, edition):
    """The nearest step, halves up: in whole numbers, with nothing of the code under test."""
    steps = Fraction(points) / Fraction(edition.standard_points) * 10**edition.decimals
    return Decimal((2 * steps.numerator + steps.denominator) // (2 * steps.denominator)).scaleb(-edition.decimals)


@given(POINTS, EDITIONS)
def test_a_coefficient_is_the_exact_quotient_rounded_once(points, edition):
    assert convert.coefficient(points, edition) == rounded_by_hand(points, edition)


@given(POINTS)
def test_points_on_the_default_scale_lose_nothing_when_they_are_whole(points):
    whole = points.to_integral_value()
    assert convert.coefficient(whole, guidance.get("phu_luc_3")) * 100 == whole


@pytest.mark.parametrize(
    ("points", "edition", "expected"),
    [
        ("100", "phu_luc_3", "1.00"),
        ("120", "phu_luc_3", "1.20"),
        ("150", "phu_luc_3", "1.50"),
        ("200", "phu_luc_3", "2.00"),
        ("100.5", "phu_luc_3", "1.01"),  # 1.005: a float would give 1.00
        ("58", "khung_xa", "11.60"),
        ("3", "khung_xa", "0.60"),
        ("0.025", "khung_xa", "0.01"),
        ("13.5", "so_tay_bnv", "2.7"),
        ("0.25", "so_tay_bnv", "0.1"),
        ("-0.25", "so_tay_bnv", "-0.1"),  # away from zero on both sides, as ROUND does
        ("-100.5", "phu_luc_3", "-1.01"),
    ],
)
def test_halves_go_away_from_zero_as_a_spreadsheet_rounds(points, edition, expected):
    assert str(convert.coefficient(Decimal(points), guidance.get(edition))) == expected


@given(EDITIONS)
def test_the_standard_unit_is_exactly_one(edition):
    assert convert.coefficient(edition.standard_points, edition) == 1


@given(POINTS, POINTS, EDITIONS)
def test_more_points_never_weigh_less(one, other, edition):
    less, more = sorted((one, other))
    assert convert.coefficient(less, edition) <= convert.coefficient(more, edition)


@given(some_items(), EDITIONS, st.randoms(use_true_random=False))
def test_totals_add_up_whatever_the_order(rows, edition, chance: random.Random):
    amounts = list(convert.converted(frame(*rows), edition)["converted_quantity"])
    total = convert.total(amounts)
    assert Fraction(total) == sum((Fraction(a) for a in amounts if a is not None), start=Fraction(0))
    chance.shuffle(amounts)
    assert convert.total(amounts) == total


@given(POINTS, QUANTITIES, st.integers(min_value=0, max_value=1000), EDITIONS)
def test_so_many_times_the_quantity_is_so_many_times_the_converted_quantity(points, quantity, times, edition):
    table = convert.converted(
        frame({"points": points, "quantity": quantity}, {"points": points, "quantity": quantity * times}), edition
    )
    once, often = table["converted_quantity"]
    assert Fraction(often) == Fraction(once) * times


@given(some_items(), EDITIONS)
def test_each_line_is_its_coefficient_times_its_quantity_and_no_line_is_lost(rows, edition):
    items = frame(*rows)
    table = convert.converted(items, edition)
    assert list(table.index) == list(items.index)
    for row in table.itertuples():
        if row.points is None or row.quantity is None:
            assert row.converted_quantity is None
            assert row.converted_points is None
        else:
            amount = Fraction(convert.coefficient(row.points, edition)) * Fraction(row.quantity)
            assert Fraction(row.converted_quantity) == amount
            assert Fraction(row.converted_points) == amount * Fraction(edition.standard_points)
        assert (row.coefficient is None) == (row.points is None)


@given(some_items(), EDITIONS)
def test_converting_changes_nothing_it_was_given(rows, edition):
    items = frame(*rows)
    before = items.copy(deep=True)
    convert.converted(items, edition)
    pd.testing.assert_frame_equal(items, before)


def test_a_tier_with_a_single_mark_gives_the_points():
    table = converted(*({"tier": level, "quantity": Decimal(2)} for level in (1, 2, 3, 4)))
    assert list(table["points"]) == [100, 120, 150, 200]
    assert list(table["converted_quantity"]) == [2, Decimal("2.4"), 3, 4]


def test_a_tier_with_a_frame_does_not_make_points_up():
    row = converted({"tier": 2, "quantity": Decimal(2)}, edition="khung_xa").iloc[0]
    assert row["tier"] == 2
    assert row["points"] is row["coefficient"] is row["converted_quantity"] is None


def test_points_without_a_tier_fall_in_the_tier_that_holds_them():
    table = converted({"points": Decimal(8)}, {"points": Decimal(58)}, {"points": Decimal(500)}, edition="khung_xa")
    assert list(table["tier"].astype("object").where(table["tier"].notna(), None)) == [1, 3, None]


def test_points_that_disagree_with_the_tier_count_as_they_stand():
    row = converted({"tier": 1, "points": Decimal(150), "quantity": Decimal(1)}).iloc[0]
    assert (row["tier"], row["points"], row["coefficient"]) == (1, 150, Decimal("1.5"))


def test_points_under_the_standard_make_a_coefficient_below_one():
    assert converted({"points": Decimal(3)}, edition="khung_xa").iloc[0]["coefficient"] == Decimal("0.6")


def test_nothing_asked_is_no_quantity_but_no_quantity_is_not_nothing():
    none, zero = converted({"points": Decimal(100)}, {"points": Decimal(100), "quantity": Decimal(0)})[
        "converted_quantity"
    ]
    assert none is None
    assert zero == 0


def test_an_empty_catalogue_converts_to_an_empty_table_of_the_same_columns():
    empty, full = converted(), converted({"points": Decimal(100)})
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)


def test_the_total_of_nothing_is_zero():
    assert convert.total([]) == convert.total([None]) == 0


@given(st.lists(POINTS, min_size=1, max_size=50))
def test_a_coefficient_is_rounded_before_it_is_summed_and_never_after(points):
    edition = guidance.get("so_tay_bnv")
    table = convert.converted(frame(*({"points": p, "quantity": Decimal(1)} for p in points)), edition)
    assert convert.total(table["converted_quantity"]) == sum(rounded_by_hand(p, edition) for p in points)


def test_points_beyond_all_measure_are_converted_not_a_crash():
    row = converted({"points": Decimal("1E+300"), "quantity": Decimal("1E+300")}, edition="khung_xa").iloc[0]
    assert row["coefficient"] == Decimal("2E+299")
    assert row["converted_quantity"] == Decimal("2E+599")
