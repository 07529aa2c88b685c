"""One canonical text a value: what people mean alike is stored alike."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicat.model import FIELDS, SOURCE_COLUMNS, Field, Item, Kind, Source, items_frame, plain

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=6) | st.integers(0, 10**15).map(Decimal)
VALUES = {
    Kind.TEXT: st.text(),
    Kind.LEVEL: st.none() | st.integers(min_value=1, max_value=5),
    Kind.NUMBER: st.none() | NUMBERS,
    Kind.FLAG: st.booleans(),
}
CELLS = st.sampled_from(list(FIELDS.values())).flatmap(lambda f: st.tuples(st.just(f), VALUES[f.kind]))


@given(CELLS)
def test_a_value_comes_back_from_its_text(cell):
    field, value = cell
    back = field.decode(field.encode(value))
    assert back == value
    assert type(back) is type(value)


@given(CELLS)
def test_the_text_of_a_value_is_stable(cell):
    field, value = cell
    once = field.encode(value)
    assert field.encode(field.decode(once)) == once


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.50", "1.5"),
        ("1E+2", "100"),
        ("100", "100"),
        ("0.10", "0.1"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+3", "0"),
        ("0E-9", "0"),
        ("-2.50", "-2.5"),
        ("0.000000001", "0.000000001"),
    ],
)
def test_a_number_has_one_plain_text(number, text):
    assert plain(Decimal(number)) == text


@given(NUMBERS, NUMBERS)
def test_two_numbers_share_a_text_exactly_when_they_are_equal(one, other):
    assert (plain(one) == plain(other)) == (one == other)
    assert plain(one) == plain(one * Decimal("1.0"))  # 1.5 typed as 1,50


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS.keys())
def test_an_empty_cell_has_no_text_and_comes_back_empty(field):
    assert field.encode(field.empty) is None
    assert field.encode(None) is None
    assert field.decode(None) == field.empty
    assert Item("a", {})[field.name] == field.empty


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("task", 5),
        ("task", Decimal(5)),
        ("tier", "2"),
        ("tier", True),
        ("tier", Decimal(2)),
        ("points", "100"),
        ("points", 1.5),
        ("points", True),
        ("standard_unit", 1),
        ("standard_unit", "yes"),
    ],
)
def test_a_value_of_another_kind_is_a_programmers_mistake(field, value):
    with pytest.raises(TypeError, match=field):
        FIELDS[field].encode(value)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_never_stored_as_one(number):
    with pytest.raises(TypeError, match="points"):
        FIELDS["points"].encode(Decimal(number))


def test_the_fields_are_those_that_scripts_rely_on():
    asked = (
        "code group department duty task detail product measure quantity frequency deadline quality position "
        "responsible tier points coefficient note"
    )
    assert set(asked.split()) <= set(FIELDS)
    assert all(isinstance(f, Field) and name == f.name for name, f in FIELDS.items())


def test_a_table_of_items_keeps_order_ids_and_kinds():
    items = [
        Item("b", {"task": "Họp giao ban", "tier": 2, "points": Decimal("120.5")}, Source("x.xlsx", "Sheet1", 5)),
        Item("a", {"standard_unit": True, "quantity": Decimal(12)}),
    ]
    table = items_frame(items)
    assert list(table.index) == ["b", "a"]
    assert table.index.name == "item"
    assert list(table.columns) == [*FIELDS, *SOURCE_COLUMNS, "place", "criteria"]
    assert list(table["place"]) == ["0000000001", "0000000002"]
    assert list(table["task"]) == ["Họp giao ban", ""]
    assert table["tier"].tolist() == [2, pd.NA]
    assert list(table["points"]) == [Decimal("120.5"), None]
    assert list(table["standard_unit"]) == [False, True]
    assert (table["source_file"].iloc[0], table["source_sheet"].iloc[0], table["source_row"].iloc[0]) == (
        "x.xlsx",
        "Sheet1",
        5,
    )
    assert pd.isna(table["source_row"].iloc[1])


@pytest.mark.parametrize("items", [[], [Item("a", {})], [Item("a", {"points": Decimal(1), "tier": 1})]])
def test_a_column_holds_its_kind_however_few_the_items(items):
    table = items_frame(items)
    kinds = {Kind.TEXT: "str", Kind.LEVEL: "Int64", Kind.NUMBER: "object", Kind.FLAG: "bool"}
    assert {name: str(table[name].dtype) for name in FIELDS} == {n: kinds[f.kind] for n, f in FIELDS.items()}
    assert [str(table[name].dtype) for name in (*SOURCE_COLUMNS, "place")] == ["str", "str", "Int64", "str"]
