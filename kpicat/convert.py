"""Points into standard units: coefficient and converted quantity (Bước 3, Bước 4).

Exact decimals throughout: the coefficient is rounded once, as the edition says,
and everything after it is multiplication and addition, so totals add up.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

import pandas as pd

from kpicat.guidance import Guidance
from kpicat.model import values_of

EXACT = Context(prec=1000, rounding=ROUND_HALF_UP)
"""Wide enough for any number a file can hold, so that only a coefficient is ever rounded."""


def coefficient(points: Decimal, guidance: Guidance) -> Decimal:
    """Points of an item ÷ points of the standard unit, rounded once (unit: 1).

    Halves go away from zero, as a spreadsheet's ROUND does.

    Source: PL3 §2 bước 3; decimals from the edition.
    """
    return EXACT.quantize(EXACT.divide(points, guidance.standard_points), guidance.quantum)


def total(values: Iterable[Decimal | None]) -> Decimal:
    """The exact sum of the values that are there."""
    with localcontext(EXACT):
        return sum((v for v in values if v is not None), start=Decimal(0))


def converted(items: pd.DataFrame, guidance: Guidance) -> pd.DataFrame:
    """The converted catalogue: each item expressed in standard units.

    An item with a tier but no points has the tier's mark, where the tier has a
    single one; an item with points but no tier has the tier those points fall in.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The catalogue's edition, with its adjusted marks.

    Returns:
        One row per item, same index and order, with columns ``tier`` (Int64),
        ``points`` (Decimal or None), ``coefficient`` (Decimal or None, unit 1),
        ``quantity`` and ``converted_quantity`` (Decimal or None, a year, the latter in
        standard units) and ``converted_points`` (Decimal or None).

    Source: PL3 §2 bước 3 and 4.
    """
    columns = lines(values_of(items["tier"]), items["points"].tolist(), items["quantity"].tolist(), guidance)
    table = pd.DataFrame({"tier": pd.Series(columns.pop("tier"), index=items.index, dtype="Int64")}, index=items.index)
    return table.assign(**{name: pd.Series(values, items.index, dtype="object") for name, values in columns.items()})


def lines(
    tiers: Sequence[int | None],
    points: Sequence[Decimal | None],
    quantities: Sequence[Decimal | None],
    guidance: Guidance,
) -> dict[str, list[Any]]:
    """The columns of :func:`converted` for a few lines, each as long as ``tiers``."""
    ratio = functools.cache(lambda points: coefficient(points, guidance))
    levels, scores = _completed(tiers, points, guidance)
    coefficients = [None if score is None else ratio(score) for score in scores]
    amounts = [_product(share, quantity) for share, quantity in zip(coefficients, quantities, strict=True)]
    return {
        "tier": levels,
        "points": scores,
        "coefficient": coefficients,
        "quantity": list(quantities),
        "converted_quantity": amounts,
        "converted_points": [_product(amount, guidance.standard_points) for amount in amounts],
    }


def _completed(
    tiers: Sequence[int | None], points: Sequence[Decimal | None], guidance: Guidance
) -> tuple[list[int | None], list[Decimal | None]]:
    """Each line's tier and points, the one that is missing taken from the other where that says it."""
    tier_of = functools.cache(guidance.tier_of)
    marks = {tier.level: tier.mark for tier in guidance.tiers}
    levels, scores = list(tiers), list(points)
    for n, (level, score) in enumerate(zip(tiers, points, strict=True)):
        if level is None and score is not None and (found := tier_of(score)):
            levels[n] = found.level
        elif level is not None and score is None:
            scores[n] = marks.get(level)
    return levels, scores


def _product(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else EXACT.multiply(one, other)
