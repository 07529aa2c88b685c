"""How items, their converted quantity and their converted points are spread: by tier, and by a field tier by tier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

import pandas as pd

from kpicat.convert import EXACT, total
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import values_of

Measure = Literal["count", "converted_quantity", "converted_points"]
"""What is added up: items, their converted quantity in standard units a year, or their converted points a year."""

GROUPINGS = ("group", "department", "position")
"""The fields a catalogue is looked at by."""

Level = int | None
"""A tier; None for an item without one."""


def by_tier(table: pd.DataFrame, guidance: Guidance) -> pd.DataFrame:
    """Count, converted quantity and converted points of each tier.

    Returns:
        One row per tier of the edition, lightest first, and a last one for items
        without a tier when there are some, with columns ``level`` (Int64), ``label``,
        ``range`` (points as people write them), ``count``, ``share`` (Decimal, of all
        items), ``converted_quantity`` (Decimal, standard units a year),
        ``converted_points`` (Decimal, points a year) and ``converted_share`` (Decimal, of
        the converted total, and so of the points).
    """
    amounts: dict[Level, list[Decimal | None]] = defaultdict(list)
    for level, amount in zip(levels_of(table, guidance), table["converted_quantity"], strict=True):
        amounts[level].append(amount)
    rows = []
    for level, label in _legend(guidance, untiered=None in amounts):
        tier = guidance.tier(level)
        rows.append((level, label, tier.range if tier else "", len(amounts[level]), total(amounts[level])))
    result = _frame(rows, ("level", "label", "range", "count", "converted_quantity"))
    result.insert(4, "share", [share(n, len(table)) for n in result["count"]])
    result["converted_points"] = _points(result, guidance)
    whole = total(result["converted_quantity"])
    result["converted_share"] = pd.Series([share(a, whole) for a in result["converted_quantity"]], dtype="object")
    return result.astype({"share": "object"})


def by_field(
    items: pd.DataFrame,
    table: pd.DataFrame,
    guidance: Guidance,
    field: str,
    *,
    order: Measure = "count",
) -> pd.DataFrame:
    """Count, converted quantity and converted points of each value of a field, tier by tier.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The catalogue's edition, with its adjusted marks.
        field: One of :data:`GROUPINGS`, or another text field.
        order: The largest value by this measure comes first.

    Returns:
        One row per value and tier, also where the count is 0, values by falling total,
        tiers lightest first, with columns ``field``, ``value`` (as in the items),
        ``name`` (in words), ``level`` (Int64), ``label``, ``count``,
        ``converted_quantity`` (Decimal, standard units a year) and ``converted_points``
        (Decimal, points a year).
    """
    levels = levels_of(table, guidance)
    cells: dict[str, dict[Level, list[Decimal | None]]] = defaultdict(lambda: defaultdict(list))
    for value, level, amount in zip(items[field], levels, table["converted_quantity"], strict=True):
        cells[value][level].append(amount)
    values = sorted(cells, key=lambda value: _weight(cells[value].values(), order), reverse=True)
    legend = _legend(guidance, untiered=None in levels)
    rows = [
        (field, value, value or _("(not given)"), level, label, len(cells[value][level]), total(cells[value][level]))
        for value in values
        for level, label in legend
    ]
    result = _frame(rows, ("field", "value", "name", "level", "label", "count", "converted_quantity"))
    result["converted_points"] = _points(result, guidance)
    return result


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


def levels_of(table: pd.DataFrame, guidance: Guidance) -> list[Level]:
    """The tier of each item; None where the edition has no such tier."""
    known = {tier.level for tier in guidance.tiers}
    return [level if level in known else None for level in values_of(table["tier"])]


def _points(rows: pd.DataFrame, guidance: Guidance) -> pd.Series:
    """Converted quantities in points: what each item has is its quantity times the standard unit's points."""
    points = [EXACT.multiply(amount, guidance.standard_points) for amount in rows["converted_quantity"]]
    return pd.Series(points, index=rows.index, dtype="object")


def _legend(guidance: Guidance, *, untiered: bool) -> list[tuple[Level, str]]:
    """Level and words of each tier, and of none where ``untiered``."""
    tiers: list[tuple[Level, str]] = [(tier.level, tier.label) for tier in guidance.tiers]
    return [*tiers, (None, _("No tier yet"))] if untiered else tiers


def _weight(groups: Iterable[list[Decimal | None]], order: Measure) -> Decimal:
    lists = list(groups)
    return Decimal(sum(map(len, lists))) if order == "count" else total(amount for group in lists for amount in group)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A part of a whole, 0 to 1; 0 of nothing."""
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
