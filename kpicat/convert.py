"""Points into standard units: coefficient and converted quantity (Bước 3, Bước 4).

Exact decimals throughout: the coefficient is rounded once, as the edition says,
and everything after it is multiplication and addition, so totals add up.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import pandas as pd

from kpicat.guidance import Guidance

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
    ratio = functools.cache(lambda points: coefficient(points, guidance))
    fallback = functools.cache(guidance.tier_of)
    marks = {tier.level: tier.mark for tier in guidance.tiers}
    tiers: list[int | None] = []
    points: list[Decimal | None] = []
    coefficients: list[Decimal | None] = []
    quantities: list[Decimal | None] = []
    amounts: list[Decimal | None] = []
    for level, score, quantity in zip(
        items["tier"].astype("object").where(items["tier"].notna(), None),
        items["points"],
        items["quantity"],
        strict=True,
    ):
        if level is None and score is not None:
            found = fallback(score)
            level = found.level if found else None
        elif level is not None and score is None:
            score = marks.get(level)
        share = ratio(score) if score is not None else None
        tiers.append(level)
        points.append(score)
        coefficients.append(share)
        quantities.append(quantity)
        amounts.append(EXACT.multiply(share, quantity) if share is not None and quantity is not None else None)
    standard = guidance.standard_points
    columns = {
        "tier": pd.Series(tiers, index=items.index, dtype="Int64"),
        "points": pd.Series(points, index=items.index, dtype="object"),
        "coefficient": pd.Series(coefficients, index=items.index, dtype="object"),
        "quantity": pd.Series(quantities, index=items.index, dtype="object"),
        "converted_quantity": pd.Series(amounts, index=items.index, dtype="object"),
        "converted_points": pd.Series(
            [None if a is None else EXACT.multiply(a, standard) for a in amounts], index=items.index, dtype="object"
        ),
    }
    return pd.DataFrame(columns, index=items.index)
