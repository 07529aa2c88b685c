"""The tables behind the charts count every item once and add up to the last digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat import convert, guidance, language
from kpicat.distribution import GROUPINGS, balance, by_field, by_tier, converted_points, figures, heaviest, largest
from kpicat.labels import field_label
from kpicat.model import FIELDS, SOURCE_COLUMNS, Item, items_frame

PL3 = guidance.get("phu_luc_3")
EDITIONS = st.sampled_from(list(guidance.editions().values()))
NUMBERS = st.none() | st.decimals(min_value=0, max_value=10**9, places=3)
ROWS = st.fixed_dictionaries(
    {
        "department": st.sampled_from(["", "Văn phòng", "Ban Xây dựng Đảng", "Cơ quan UBKT", "(not given)"]),
        "tier": st.none() | st.integers(1, 6),  # 6 is no tier of any edition
        "points": NUMBERS,
        "quantity": NUMBERS,
        "standard_unit": st.booleans(),
    }
)


def frame(rows):
    return items_frame(Item(f"i{n}", row) for n, row in enumerate(rows))


def tables(rows, edition=PL3):
    items = frame(rows)
    return items, convert.converted(items, edition)


@given(st.lists(ROWS, max_size=25), EDITIONS)
def test_every_table_adds_up_to_the_figures(rows, edition):
    items, table = tables(rows, edition)
    told = figures(items, table, edition)
    tiers = by_tier(table, edition)
    assert told.items == len(rows) == tiers["count"].sum()
    assert convert.total(tiers["converted_quantity"]) == told.converted_total
    values = by_field(items, table, edition, "department")
    assert values["count"].sum() == told.items
    assert convert.total(values["converted_quantity"]) == told.converted_total


@given(st.lists(ROWS, min_size=1, max_size=25))
def test_the_pieces_of_a_value_are_the_items_that_carry_it(rows):
    items, table = tables(rows)
    found = by_field(items, table, PL3, "department")
    for value, count in found.groupby("value", sort=False)["count"].sum().items():
        assert count == sum(row["department"] == value for row in rows)


@given(st.lists(ROWS, max_size=25), EDITIONS)
def test_shares_of_tiers_are_of_all_items(rows, edition):
    items, table = tables(rows, edition)
    told = figures(items, table, edition)
    for tier in edition.tiers:
        count = sum(level == tier.level for level in table["tier"].dropna())
        assert float(told.shares[tier.level]) == (count / len(rows) if rows else 0)


def test_figures_say_what_is_still_missing():
    rows = [
        {"tier": 1, "quantity": Decimal(10), "standard_unit": True},
        {"tier": 4, "quantity": Decimal("2.5")},
        {"points": Decimal(130)},  # off the marks: no tier, no quantity
        {},
    ]
    told = figures(*tables(rows), PL3)
    assert (told.items, told.without_tier, told.without_points, told.without_quantity) == (4, 2, 1, 2)
    assert told.converted_total == Decimal(15)
    assert told.mean_coefficient == Decimal("1.433")  # (1 + 2 + 1.3) / 3, one decimal more than a coefficient
    assert told.standard_units == ("i0",)
    assert told.shares == {1: Decimal("0.25"), 2: 0, 3: 0, 4: Decimal("0.25")}


def test_tiers_come_lightest_first_and_items_without_one_last():
    *_, table = tables([{"tier": 4}, {"tier": 1}, {"tier": 1}, {}])
    found = by_tier(table, PL3)
    assert found["level"].tolist()[:4] == [1, 2, 3, 4]
    assert found["level"].isna().tolist() == [False] * 4 + [True]
    assert found["count"].tolist() == [2, 0, 0, 1, 1]
    assert found["range"].tolist() == ["100", "120", "150", "200", ""]


def test_a_catalogue_with_every_item_in_a_tier_has_no_row_for_others():
    assert len(by_tier(tables([{"tier": 2}])[1], PL3)) == 4


def test_a_tier_unknown_to_the_edition_counts_as_none():
    items, table = tables([{"tier": 5, "points": Decimal(100), "quantity": Decimal(2)}])
    assert figures(items, table, PL3).without_tier == 1
    last = by_tier(table, PL3).iloc[-1]
    assert (last["count"], last["converted_quantity"]) == (1, Decimal(2))


def test_an_empty_catalogue_has_a_row_a_tier_and_no_values():
    items, table = tables([])
    told = figures(items, table, PL3)
    assert (told.items, told.converted_total, told.mean_coefficient) == (0, 0, None)
    assert by_tier(table, PL3)["count"].tolist() == [0, 0, 0, 0]
    assert by_field(items, table, PL3, "group").empty


def test_values_come_by_falling_total_of_the_measure_asked_for():
    rows = [{"department": "A", "tier": 1, "quantity": Decimal(1)}] * 3
    rows += [{"department": "B", "tier": 4, "quantity": Decimal(50)}]
    items, table = tables(rows)
    assert by_field(items, table, PL3, "department")["value"].unique().tolist() == ["A", "B"]
    by_amount = by_field(items, table, PL3, "department", order="converted_quantity")
    assert by_amount["value"].unique().tolist() == ["B", "A"]


def test_a_table_is_parted_into_its_largest_values_and_the_others():
    items, table = tables([{"department": name, "tier": 1} for name in "AAABBCDE"])
    found = by_field(items, table, PL3, "department")
    shown, others = largest(found, 2)
    assert shown["value"].unique().tolist() == ["A", "B"]
    assert others["value"].unique().tolist() == ["C", "D", "E"]
    assert len(shown) + len(others) == len(found)
    assert largest(found, 5)[1].empty


def test_an_empty_value_is_not_the_words_that_stand_for_it():
    items, table = tables([{"department": ""}, {"department": "(not given)"}])
    assert set(by_field(items, table, PL3, "department")["value"]) == {"", "(not given)"}
    assert all(by_field(items, table, PL3, "department")["name"])


def test_the_converted_points_table_keeps_the_order_of_the_catalogue():
    items, table = tables([{"task": "Hai", "tier": 2, "quantity": Decimal(2)}, {"task": "Một", "tier": 1}])
    found = converted_points(items, table)
    assert found.index.tolist() == ["i0", "i1"]
    assert found["task"].tolist() == ["Hai", "Một"]
    assert found["converted_points"].tolist() == [Decimal(240), None]


def test_only_what_weighs_something_is_among_the_heaviest_and_equals_keep_their_order():
    quantities = ("1", "-5", "3", "0", None, "3")
    *_, table = tables([{"tier": 1, "quantity": quantity and Decimal(quantity)} for quantity in quantities])
    assert heaviest(table, 9) == ["i2", "i5", "i0"]
    assert heaviest(table, 1) == ["i2"]


@pytest.mark.parametrize(
    ("loads", "uneven"),
    [
        ((("A", 1), ("A ", 1), ("B", 2), ("", 100)), "0"),  # two that carry the same; lines of nobody are nobody's
        ((("A", 0), ("B", 10)), "0.5"),
        ((("A", 1), ("B", 2), ("C", 4)), "0.286"),  # 2/7
        ((("A", 5),), None),
        ((("A", 0), ("B", 0)), None),
    ],
)
def test_how_unevenly_positions_carry(loads, uneven):
    items, table = tables([{"tier": 1, "position": name, "quantity": Decimal(n)} for name, n in loads])
    assert balance(items, table) == (uneven and Decimal(uneven))


@pytest.mark.parametrize("reader", list(language.LANGUAGES))
def test_every_column_has_words_of_its_own(reader, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: reader)
    names = [*FIELDS, *SOURCE_COLUMNS, "converted_quantity", "converted_points"]
    words = [field_label(name) for name in names]
    assert all(words) and len(set(words)) == len(names)
    assert set(GROUPINGS) <= set(FIELDS)
