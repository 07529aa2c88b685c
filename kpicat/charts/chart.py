"""A chart as data: what it says, before anybody draws it.

The pages draw it with plotly, reports and picture files with typst, slides as a native chart:
one title, one order, one set of exact numbers for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["bars", "stacked", "shares", "heatmap", "treemap", "curve", "waterfall"]
"""How it is drawn: single bars, stacked ones, stacked to 100 %, a table of tinted cells, nested
areas, a line of cumulated shares beside the even one, or bars that lead from one total to another."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one colour, one for each category.

    Attributes:
        name: What they have in common, in words: a tier; "" where there is only one series.
        colour: #RRGGBB, the tier's own where it is a tier.
        values: One a category, exact; None where there is none. Shares are 0 to 1.
        words: Each number as it is written beside its mark and in the table.
        leads_to: Field -> value of the items behind each number, for a click; empty where it leads nowhere.
    """

    name: str
    colour: str
    values: tuple[Decimal | None, ...]
    words: tuple[str, ...]
    leads_to: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says.

    Attributes:
        key: Its short name, for addresses and file names.
        kind: How it is drawn.
        title: A sentence that says what is to be seen, with its most telling number.
        alt: The same for somebody who cannot see it, with all that the picture tells.
        categories: What is told apart, in the order they are drawn, in words.
        series: The numbers, lightest tier first; each as long as ``categories``.
        unit: What is counted: "items", "standard units a year".
        note: A sentence below the picture, "" for none.
        empty: A sentence in place of the picture where there is nothing to draw, else "".
    """

    key: str
    kind: Kind
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    note: str = ""
    empty: str = field(default="")
