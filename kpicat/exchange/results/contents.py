"""What the report, the slides and the workbook of numbers are made of, whichever of them is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from kpicat.charts.chart import Chart
from kpicat.charts.words import brief
from kpicat.distribution import Figures
from kpicat.language import _, number
from kpicat.model import Catalogue


@dataclass(frozen=True, slots=True)
class Told:
    """One of the numbers a leader asks for first: in words, and exact where it is a number."""

    name: str
    words: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What is told under one heading.

    Attributes:
        sentences: Said before the charts.
    """

    title: str
    charts: Sequence[Chart] = ()
    sentences: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Everything there is to take away.

    Attributes:
        subtitle: The catalogue's name, body and period.
        body: Whose results these are.
        day: As of when.
    """

    title: str
    subtitle: str
    body: str
    day: date
    figures: Sequence[Told]
    sections: Sequence[Section]

    @property
    def source(self) -> str:
        """What stands below a picture or a slide: of what, and as of when."""
        return source(self.subtitle, self.day)


def source(words: str, day: date) -> str:
    """What stands below a picture: of what, and as of when."""
    return f"{brief(words, 120)} · {day:%d/%m/%Y}"


def subtitle(about: Catalogue) -> str:
    """Which catalogue, of whom, for when."""
    return " – ".join(filter(None, (about.name, about.body, about.period)))


def told(figures: Figures, items: pd.DataFrame) -> list[Told]:
    """A catalogue in a few numbers."""
    unit = ", ".join(str(items["code"].at[one] or items["task"].at[one]) for one in figures.standard_units)
    return [
        Told(_("Items"), number(figures.items), Decimal(figures.items)),
        Told(_("Standard unit"), brief(unit, 20) or "–"),
        Told(_("Mean coefficient"), number(figures.mean_coefficient) or "–", figures.mean_coefficient),
        Told(_("Converted quantity"), number(figures.converted_total), figures.converted_total),
        Told(_("No tier yet"), number(figures.without_tier), Decimal(figures.without_tier)),
    ]
