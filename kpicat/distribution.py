"""The tables behind the charts: how difficulty and work are distributed.

Everything is read off :func:`kpicat.convert.converted`, with exact decimal sums:
the rows of every table here add up to :attr:`Figures.converted_total`.
An item "without a tier" is one whose tier is empty or unknown to the edition.
Words are in the language of whoever asks, so a cached table belongs to one language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from kpicat.convert import EXACT, total
from kpicat.guidance import Guidance
from kpicat.language import _

Measure = Literal["count", "converted_quantity"]
"""What is added up: items, or their converted quantity in standard units a year."""

GROUPINGS = ("group", "department", "position")
"""The fields a catalogue is looked at by."""

_Level = int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A catalogue in a few numbers.

    Attributes:
        items: Number of items.
        without_tier, without_points, without_quantity: How many still lack these.
        converted_total: Standard units a year, exact.
        mean_coefficient: Over the items that have one, rounded to one decimal more than
            the edition's coefficients; None when no item has one (unit: 1).
        standard_units: Ids of the items marked as the standard unit; there should be one.
        shares: Level -> share of all items, 0 to 1, for every tier of the edition.
    """

    items: int
    without_tier: int
    without_points: int
    without_quantity: int
    converted_total: Decimal
    mean_coefficient: Decimal | None
    standard_units: tuple[str, ...]
    shares: Mapping[int, Decimal]


def figures(items: pd.DataFrame, table: pd.DataFrame, guidance: Guidance) -> Figures:
    """The catalogue in a few numbers.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The catalogue's edition, with its adjusted marks.
    """
    levels = _levels(table, guidance)
    known = [c for c in table["coefficient"] if c is not None]
    mean = EXACT.quantize(EXACT.divide(total(known), len(known)), guidance.quantum / 10) if known else None
    return Figures(
        items=len(table),
        without_tier=levels.count(None),
        without_points=sum(p is None for p in table["points"]),
        without_quantity=sum(q is None for q in table["quantity"]),
        converted_total=total(table["converted_quantity"]),
        mean_coefficient=mean,
        standard_units=tuple(items.index[items["standard_unit"]]),
        shares={tier.level: _share(levels.count(tier.level), len(table)) for tier in guidance.tiers},
    )


def by_tier(table: pd.DataFrame, guidance: Guidance) -> pd.DataFrame:
    """Count and converted quantity of each tier.

    Returns:
        One row per tier of the edition, lightest first, and a last one for items
        without a tier when there are some, with columns ``level`` (Int64), ``label``,
        ``range`` (points as people write them), ``count``, ``share`` (Decimal, of all
        items), ``converted_quantity`` (Decimal, standard units a year) and
        ``converted_share`` (Decimal, of the converted total).
    """
    amounts: dict[_Level, list[Decimal | None]] = defaultdict(list)
    for level, amount in zip(_levels(table, guidance), table["converted_quantity"], strict=True):
        amounts[level].append(amount)
    rows = []
    for level, label in _legend(guidance, untiered=None in amounts):
        tier = guidance.tier(level)
        rows.append((level, label, tier.range if tier else "", len(amounts[level]), total(amounts[level])))
    result = _frame(rows, ("level", "label", "range", "count", "converted_quantity"))
    result.insert(4, "share", [_share(n, len(table)) for n in result["count"]])
    whole = total(result["converted_quantity"])
    result["converted_share"] = pd.Series([_share(a, whole) for a in result["converted_quantity"]], dtype="object")
    return result.astype({"share": "object"})


def by_field(
    items: pd.DataFrame,
    table: pd.DataFrame,
    guidance: Guidance,
    field: str,
    *,
    order: Measure = "count",
) -> pd.DataFrame:
    """Count and converted quantity of each value of a field, tier by tier.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The catalogue's edition, with its adjusted marks.
        field: One of :data:`GROUPINGS`, or another text field.
        order: The largest value by this measure comes first.

    Returns:
        One row per value and tier, also where the count is 0, values by falling total,
        tiers lightest first, with columns ``field``, ``value`` (as in the items),
        ``name`` (in words), ``level`` (Int64), ``label``, ``count`` and
        ``converted_quantity`` (Decimal, standard units a year).
    """
    levels = _levels(table, guidance)
    cells: dict[str, dict[_Level, list[Decimal | None]]] = defaultdict(lambda: defaultdict(list))
    for value, level, amount in zip(items[field], levels, table["converted_quantity"], strict=True):
        cells[value][level].append(amount)
    values = sorted(cells, key=lambda value: _weight(cells[value].values(), order), reverse=True)
    legend = _legend(guidance, untiered=None in levels)
    rows = [
        (field, value, value or _("(not given)"), level, label, len(cells[value][level]), total(cells[value][level]))
        for value in values
        for level, label in legend
    ]
    return _frame(rows, ("field", "value", "name", "level", "label", "count", "converted_quantity"))


def largest(table: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A table of :func:`by_field` in two: the first ``limit`` values, and the others."""
    shown = table["value"].isin(table["value"].drop_duplicates().iloc[:limit])
    return table[shown], table[~shown]


def converted_points(items: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The converted catalogue as the results page lists it (Bước 4).

    Returns:
        One row per item, in catalogue order, with columns ``code``, ``task``, ``product``
        and then those of :func:`kpicat.convert.converted`.

    Source: PL3 §2 bước 4.
    """
    return pd.concat([items[["code", "task", "product"]], table], axis="columns")


def _levels(table: pd.DataFrame, guidance: Guidance) -> list[_Level]:
    """The tier of each item; None where the edition has no such tier."""
    known = {tier.level for tier in guidance.tiers}
    return [level if level in known else None for level in table["tier"].array.to_numpy("object", na_value=None)]


def _legend(guidance: Guidance, *, untiered: bool) -> list[tuple[_Level, str]]:
    """Level and words of each tier, and of none where ``untiered``."""
    tiers: list[tuple[_Level, str]] = [(tier.level, tier.label) for tier in guidance.tiers]
    return [*tiers, (None, _("No tier yet"))] if untiered else tiers


def _weight(groups: Iterable[list[Decimal | None]], order: Measure) -> Decimal:
    lists = list(groups)
    return Decimal(sum(map(len, lists))) if order == "count" else total(amount for group in lists for amount in group)


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    return Decimal(part) / Decimal(whole) if part and whole else Decimal(0)


def _frame(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    dtypes = {"level": "Int64", "count": "int64", "name": "str", "label": "str", "range": "str", "field": "str"}
    data = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtypes.get(name, "object"))
            for name, values in zip(columns, data, strict=True)
        }
    )
