"""A catalogue in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from kpicat.convert import total
from kpicat.distribution.loads import mean
from kpicat.distribution.spread import levels_of, share
from kpicat.guidance import Guidance


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
    levels = levels_of(table, guidance)
    return Figures(
        items=len(table),
        without_tier=levels.count(None),
        without_points=sum(p is None for p in table["points"]),
        without_quantity=sum(q is None for q in table["quantity"]),
        converted_total=total(table["converted_quantity"]),
        mean_coefficient=mean(table["coefficient"], guidance),
        standard_units=tuple(items.index[items["standard_unit"]]),
        shares={tier.level: share(levels.count(tier.level), len(table)) for tier in guidance.tiers},
    )
