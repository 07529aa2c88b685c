"""The tables behind the charts: how difficulty and work are distributed.

Everything is read off :func:`kpicat.convert.converted`, with exact decimal sums:
the rows of every table here add up to :attr:`Figures.converted_total`.
An item "without a tier" is one whose tier is empty or unknown to the edition.
Words are in the language of whoever asks, so a cached table belongs to one language.
"""

from kpicat.distribution.figures import Figures, figures
from kpicat.distribution.loads import balance, gini, heaviest, loads
from kpicat.distribution.spread import (
    GROUPINGS,
    Measure,
    by_field,
    by_tier,
    converted_points,
    largest,
    levels_of,
    share,
)

__all__ = [
    "GROUPINGS",
    "Figures",
    "Measure",
    "balance",
    "by_field",
    "by_tier",
    "converted_points",
    "figures",
    "gini",
    "heaviest",
    "largest",
    "levels_of",
    "loads",
    "share",
]
