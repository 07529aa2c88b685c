"""Planned work against what people can carry: by position or department, in standard units.

What one person carries in a month and how many persons there are is said by the group; it is kept as one cell of
the catalogue, canonical JSON. A load is a year's converted quantity, so a year has :data:`MONTHS` of capacity.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

import pandas as pd

from kpicat.convert import EXACT, total
from kpicat.language import _, number
from kpicat.model import plain

FIELDS = ("position", "department")
"""By what a catalogue's load is looked at."""
MONTHS = 12
MOST = Decimal(1_000_000)
"""Persons, or standard units a month: more is a slip of the hand."""
_NAMES = ("persons", "a_month")


@dataclass(frozen=True, slots=True)
class Share:
    """What is said of one position or department.

    Attributes:
        persons: How many there are; None is one.
        a_month: Standard units one of them carries in a month; None is what holds for all.
    """

    persons: Decimal | None = None
    a_month: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """What people can carry.

    Attributes:
        a_month: Standard units one person carries in a month, where nothing else is said; None where nobody has said.
        own: Field and value -> what is said of that position or department.
    """

    a_month: Decimal | None = None
    own: Mapping[tuple[str, str], Share] = field(default_factory=lambda: MappingProxyType({}))

    def share(self, name: str, value: str) -> Share:
        """What is said of a position or department."""
        return self.own.get((name, value), Share())

    def with_share(self, name: str, value: str, share: Share) -> Capacity:
        """The same with something else said of one."""
        return replace(self, own=MappingProxyType({**self.own, (name, value): share}))

    def a_year(self, name: str, value: str) -> Decimal | None:
        """Standard units that a position or department carries in a year; None where nobody has said."""
        share = self.share(name, value)
        a_month = self.a_month if share.a_month is None else share.a_month
        if a_month is None or not value:
            return None
        persons = Decimal(1) if share.persons is None else share.persons
        return EXACT.multiply(EXACT.multiply(persons, a_month), Decimal(MONTHS))

    def encode(self) -> str:
        """The canonical text, equal for capacities that say the same; "" where nothing is said."""
        body: dict[str, Any] = {} if self.a_month is None else {"a_month": plain(self.a_month)}
        for (name, value), share in self.own.items():
            said = {each: plain(amount) for each in _NAMES if (amount := getattr(share, each)) is not None}
            if said:
                body.setdefault(name, {})[value] = said
        return json.dumps(body, ensure_ascii=False, sort_keys=True) if body else ""


def decode(text: str) -> Capacity:
    """The capacity whose canonical text is ``text``; what of it cannot be read was not said."""
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return Capacity()
    if not isinstance(body, dict):
        return Capacity()
    own = {
        (name, value): Share(*(_number(said.get(each)) for each in _NAMES))
        for name in FIELDS
        if isinstance(body.get(name), dict)
        for value, said in body[name].items()
        if isinstance(said, dict)
    }
    return Capacity(_number(body.get("a_month")), MappingProxyType(own))


def _number(text: object) -> Decimal | None:
    try:
        amount = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() and 0 <= amount <= MOST else None


def in_words(text: str) -> str:
    """What a canonical text says, for people."""
    capacity = decode(text)
    each = _("{n} standard units a month each")
    said = [each.format(n=number(capacity.a_month))] if capacity.a_month is not None else []
    for (_name, value), share in capacity.own.items():
        people = _("{n} persons").format(n=number(share.persons)) if share.persons is not None else ""
        units = each.format(n=number(share.a_month)) if share.a_month is not None else ""
        said.append(f"{value}: {', '.join(filter(None, (people, units)))}")
    return "; ".join(said)


# -- load against it ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on one position or department.

    Attributes:
        value: As in the items, spaces at its ends aside; "" for lines that name none.
        items: How many lines.
        uncounted: How many of them have no converted quantity.
        load: Standard units a year, exact.
        capacity: Standard units a year; None where nobody has said.
    """

    value: str
    items: int
    uncounted: int
    load: Decimal
    capacity: Decimal | None

    @property
    def name(self) -> str:
        """It in words."""
        return self.value or _("(not given)")

    @property
    def over(self) -> Decimal | None:
        """Standard units a year beyond the capacity, below 0 where there is room; None where none is known."""
        return None if self.capacity is None else EXACT.subtract(self.load, self.capacity)

    @property
    def used(self) -> Decimal | None:
        """Share of the capacity that the load takes (unit: 1); None where there is no capacity, or one of 0."""
        return EXACT.divide(self.load, self.capacity) if self.capacity else None


def loads(
    items: pd.DataFrame,
    table: pd.DataFrame,
    name: str,
    capacity: Capacity,
    moved: Mapping[str, str] = MappingProxyType({}),
) -> Sequence[Load]:
    """The load of each position or department, in the order the catalogue names them.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        name: One of :data:`FIELDS`.
        capacity: What they can carry.
        moved: Item id -> the position or department it is moved to, to see what would become of it.

    Returns:
        All that the items name before and after moving, also those that are left with nothing; the loads add up to
        the catalogue's converted total.
    """
    amounts: dict[str, list[Decimal | None]] = {}
    rows = zip(items.index.tolist(), items[name].tolist(), table["converted_quantity"].tolist(), strict=True)
    for item_id, own, amount in rows:
        amounts.setdefault(own.strip(), [])
        amounts.setdefault(moved.get(item_id, own).strip(), []).append(amount)
    return [
        Load(value, len(each), each.count(None), total(each), capacity.a_year(name, value))
        for value, each in amounts.items()
    ]
