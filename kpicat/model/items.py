"""An item of a catalogue: its fields, their values, and items as a table.

Values are text except four numbers and a flag; :data:`FIELDS` says which. The same
canonical text form (:meth:`Field.encode`) is what the store compares, the log keeps
and the JSON carries, so two people who type ``1,50`` and ``1,5`` agree.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from kpicat.model.order import default_place

Value = str | int | Decimal | bool | None


class Kind(enum.Enum):
    """What a field holds."""

    TEXT = "text"  # "" when empty
    LEVEL = "level"  # int 1..5, None when empty
    NUMBER = "number"  # Decimal, None when empty
    FLAG = "flag"  # bool


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a catalogue: its identifier and what it holds."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def empty(self) -> Value:
        """The value of a cell nobody has filled."""
        if self.kind is Kind.TEXT:
            return ""
        return False if self.kind is Kind.FLAG else None

    def encode(self, value: Value) -> str | None:
        """The canonical text of ``value``; None for an empty cell.

        Raises:
            TypeError: ``value`` is not of this field's kind (a programmer's mistake;
                text typed by people goes through :mod:`kpicat.text.numbers` first).
        """
        if value is None or value == "" or value is False:
            return None
        if self.kind is Kind.TEXT and isinstance(value, str):
            return value
        if self.kind is Kind.FLAG and isinstance(value, bool):
            return "1"
        if self.kind is Kind.LEVEL and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if self.kind is Kind.NUMBER and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite():
                return plain(number)
        raise TypeError(f"{self.name} cannot hold {value!r}")

    def decode(self, text: str | None) -> Value:
        """The value whose canonical text is ``text``."""
        if text is None:
            return self.empty
        match self.kind:
            case Kind.TEXT:
                return text
            case Kind.LEVEL:
                return int(text)
            case Kind.NUMBER:
                return Decimal(text)
            case Kind.FLAG:
                return True


def plain(number: Decimal) -> str:
    """``number`` without exponent or trailing zeros: 1.50 -> "1.5", 1E+2 -> "100"."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field("code"),
        Field("group"),
        Field("department"),
        Field("duty"),
        Field("task"),
        Field("detail"),
        Field("product"),
        Field("measure"),
        Field("quantity", Kind.NUMBER),  # a year
        Field("frequency"),
        Field("deadline"),
        Field("quality"),
        Field("position"),
        Field("responsible"),
        Field("tier", Kind.LEVEL),  # 1 is the lightest
        Field("points", Kind.NUMBER),  # on the edition's scale; halves occur in real scales
        Field("coefficient", Kind.NUMBER),  # as a file stated it; ours is derived, see convert.py
        Field("rationale"),
        Field("standard_unit", Kind.FLAG),  # the yardstick of the catalogue
        Field("note"),
    )
}
"""Every field of an item, in the order of a catalogue's columns."""

PLACE = Field("place")
"""Where an item stands among the others, see :mod:`kpicat.model.order`; no column of a catalogue."""

CRITERIA = Field("criteria")
"""The marks an item was given criterion by criterion, as :func:`kpicat.criteria.encode` has them; no column either."""

CELLS: Mapping[str, Field] = {**FIELDS, PLACE.name: PLACE, CRITERIA.name: CRITERIA}
"""What an edit can set of an item."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item came from; row is the sheet's own row number (1 is the first)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a catalogue.

    Attributes:
        values: The fields that are not empty; ``criteria`` too, and ``place`` where it is not the end.
    """

    id: str
    values: Mapping[str, Value]
    source: Source = Source()

    def __getitem__(self, name: str) -> Value:
        return self.values.get(name, FIELDS[name].empty)


SOURCE_COLUMNS = ("source_file", "source_sheet", "source_row")


def items_frame(items: Iterable[Item]) -> pd.DataFrame:
    """Items as a table.

    Returns:
        One row per item in the given order, indexed by item id (index name
        ``item``), with a column per field of :data:`FIELDS`, :data:`SOURCE_COLUMNS`
        and ``place`` (those without one get the places of rows added in this order)
        and ``criteria``.
        Text columns are ``str`` with "" for empty, ``tier`` and ``source_row`` are
        ``Int64``, numbers are objects (Decimal or None), flags are ``bool``.
    """
    rows = list(items)
    columns: dict[str, pd.Series] = {}
    index = pd.Index([row.id for row in rows], name="item", dtype="str")
    for f in FIELDS.values():
        values = [row.values.get(f.name, f.empty) for row in rows]
        columns[f.name] = pd.Series(values, index=index, dtype=_DTYPES[f.kind])
    columns["source_file"] = pd.Series([r.source.file for r in rows], index=index, dtype="str")
    columns["source_sheet"] = pd.Series([r.source.sheet for r in rows], index=index, dtype="str")
    columns["source_row"] = pd.Series([r.source.row for r in rows], index=index, dtype="Int64")
    places = [row.values.get(PLACE.name, default_place(n)) for n, row in enumerate(rows, start=1)]
    columns[PLACE.name] = pd.Series(places, index=index, dtype="str")
    marks = [row.values.get(CRITERIA.name, CRITERIA.empty) for row in rows]
    columns[CRITERIA.name] = pd.Series(marks, index=index, dtype="str")
    return pd.DataFrame(columns, index=index)


def values_of(column: pd.Series) -> list[Any]:
    """A column of items, or of what is computed of them, as plain values: None where there is no tier or number."""
    has_gaps = isinstance(column.dtype, pd.Int64Dtype)
    values: list[Any] = column.array.to_numpy("object", na_value=None).tolist() if has_gaps else column.tolist()
    return values


_DTYPES = {Kind.TEXT: "str", Kind.LEVEL: "Int64", Kind.NUMBER: "object", Kind.FLAG: "bool"}
