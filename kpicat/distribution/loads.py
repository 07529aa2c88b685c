"""Who carries how much: each value of a field as a whole, how evenly that lies, and the heaviest items."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from kpicat.convert import EXACT, total
from kpicat.guidance import Guidance
from kpicat.language import _


def loads(items: pd.DataFrame, table: pd.DataFrame, guidance: Guidance, field: str) -> pd.DataFrame:
    """Each value of a field as a whole, heaviest first.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The catalogue's edition, with its adjusted marks.
        field: One of :data:`kpicat.distribution.GROUPINGS`, or another text field.

    Returns:
        One row per value, in catalogue order where they weigh the same, with columns ``value`` (as in
        the items), ``name`` (in words), ``count``, ``converted_quantity`` (Decimal, standard units a
        year) and ``mean_coefficient`` (Decimal, over the items that have one, rounded to one decimal
        more than the edition's coefficients; None where none has; unit: 1).
    """
    amounts: dict[str, list[Decimal | None]] = {}
    ratios: dict[str, list[Decimal]] = {}
    columns = (items[field].tolist(), table["converted_quantity"].tolist(), table["coefficient"].tolist())
    for value, amount, ratio in zip(*columns, strict=True):
        amounts.setdefault(value, []).append(amount)
        if ratio is not None:
            ratios.setdefault(value, []).append(ratio)
    rows = [
        (value, value or _("(not given)"), len(each), total(each), mean(ratios.get(value, []), guidance))
        for value, each in amounts.items()
    ]
    rows.sort(key=lambda row: row[3], reverse=True)
    frame = pd.DataFrame(rows, columns=["value", "name", "count", "converted_quantity", "mean_coefficient"])
    return frame.astype({"count": "int64", "converted_quantity": "object", "mean_coefficient": "object"})


def mean(coefficients: Iterable[Decimal | None], guidance: Guidance) -> Decimal | None:
    """The mean of the coefficients that are there, to one decimal more than theirs; None of none (unit: 1)."""
    known = [each for each in coefficients if each is not None]
    return EXACT.quantize(EXACT.divide(total(known), len(known)), guidance.quantum / 10) if known else None


def gini(parts: Iterable[Decimal]) -> Decimal | None:
    """How unevenly a sum lies on its parts: 0 where all carry the same, towards 1 where one carries all (unit: 1).

    Returns:
        The Gini coefficient to three decimals; None for fewer than two parts, or parts that carry nothing.
    """
    ranked = sorted(parts)
    whole, n = total(ranked), len(ranked)
    if n < 2 or whole <= 0 or ranked[0] < 0:
        return None
    weighed = total(EXACT.multiply(Decimal(2 * place - n - 1), part) for place, part in enumerate(ranked, start=1))
    return EXACT.divide(weighed, EXACT.multiply(Decimal(n), whole)).quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)


def balance(items: pd.DataFrame, table: pd.DataFrame) -> Decimal | None:
    """How unevenly the converted quantity lies on the positions that have a name, see :func:`gini`."""
    amounts: dict[str, list[Decimal | None]] = {}
    for position, amount in zip(items["position"].tolist(), table["converted_quantity"].tolist(), strict=True):
        if name := position.strip():
            amounts.setdefault(name, []).append(amount)
    return gini(total(each) for each in amounts.values())


def heaviest(table: pd.DataFrame, most: int) -> list[str]:
    """Ids of the items with the largest converted quantity, largest first; those that weigh nothing are none."""
    pairs = zip(table.index.tolist(), table["converted_quantity"].tolist(), strict=True)
    weighing = [(item_id, amount) for item_id, amount in pairs if amount is not None and amount > 0]
    return [item_id for item_id, _amount in sorted(weighing, key=lambda pair: -pair[1])[:most]]
