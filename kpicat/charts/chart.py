"""A chart as data: what it says, before anybody draws it.

The pages draw it with plotly, reports and picture files with typst, slides as a native chart:
one title, one order, one set of exact numbers for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from kpicat.language import _

Kind = Literal["bars", "stacked", "shares", "heatmap", "treemap", "curve", "waterfall"]
"""How it is drawn: single bars, stacked ones, stacked to 100 %, a table of tinted cells, nested
areas, a line of cumulated shares beside the even one, or bars that lead from one total to another.

Of a heatmap the categories are the rows and the series the columns; of a treemap each category is
an area, parted among the series; of a curve the first series is what is, the second what would be
even; of a waterfall the first and the last value are totals, those between them what is added."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one colour, one for each category.

    Attributes:
        name: What they have in common, in words: a tier; "" where there is only one series.
        colour: #RRGGBB, the tier's own where it is a tier.
        values: One a category, exact; None where there is none. Shares are 0 to 1.
        words: Each number as it is written in a table, exact.
        leads_to: Field -> value of the items behind each number, for a click; empty where it leads nowhere.
            A tier is its level, 0 for none.
        labels: Each number short enough to stand beside its mark; () where ``words`` are.
        colours: One a category where they differ, as of one bar a tier; () where all are ``colour``.
        told: What is said of each mark when it is pointed at, in lines; () where ``words`` say it all.
    """

    name: str
    colour: str
    values: tuple[Decimal | None, ...]
    words: tuple[str, ...]
    leads_to: tuple[Mapping[str, object], ...] = ()
    labels: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def label(self, place: int) -> str:
        """What is written beside a mark."""
        return (self.labels or self.words)[place]

    def tint(self, place: int) -> str:
        """The colour of a mark."""
        return self.colours[place] if self.colours else self.colour


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says.

    Attributes:
        key: Its short name, for addresses and file names.
        kind: How it is drawn.
        title: A sentence that says what is to be seen, with its most telling number.
        alt: The same for somebody who cannot see it, with all that the picture tells.
        categories: What is told apart, in the order they are drawn, in words; never shortened.
        series: The numbers, lightest tier first; each as long as ``categories``.
        unit: What is counted: "items", "standard units a year".
        note: A sentence below the picture, "" for none.
        empty: A sentence in place of the picture where there is nothing to draw, else "".
        by: What the categories are, as the heading of a table's column.
        totals: Each category's whole in words, where the series add up to one; beside a bar of shares, what it is of.
    """

    key: str
    kind: Kind
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    note: str = ""
    empty: str = ""
    by: str = ""
    totals: tuple[str, ...] = ()

    def table(self) -> pd.DataFrame:
        """The numbers in words: one row per category, one column per series, and their total where there is one."""
        whole = self.unit if self.kind == "shares" else _("Total")
        columns = [(self.by, self.categories), *((one.name or self.unit, one.words) for one in self.series)]
        columns += [(whole, self.totals)] if self.totals else []
        names = headings([name for name, _words in columns])
        cells = (pd.Series(words, dtype="str") for _name, words in columns)
        return pd.DataFrame(dict(zip(names, cells, strict=True)))


def headings(names: Sequence[str]) -> list[str]:
    """The names, of equal ones all but the first numbered: a table with two columns of one name shows only one."""
    told: list[str] = []
    for name in names:
        own, n = name, 2
        while own in told:
            own, n = f"{name} ({n})", n + 1
        told.append(own)
    return told
