"""What every drawing of a chart rests on, whether typst, a slide or a workbook draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from kpicat.charts.chart import Chart, Series
from kpicat.charts.words import brief
from kpicat.convert import EXACT, total
from kpicat.language import ngettext, number

T = TypeVar("T")


def first(chart: Chart, most: int) -> tuple[Chart, str]:
    """The chart with its first ``most`` categories, and a sentence on those left out, "" for none.

    A curve is drawn whole, as it takes no more room; of a waterfall the last total is kept.
    """
    left = len(chart.categories) - most
    if left <= 0 or chart.kind == "curve":
        return chart, ""
    kept = [*range(most - 1), len(chart.categories) - 1] if chart.kind == "waterfall" else [*range(most)]
    shown = replace(
        chart,
        categories=_some(chart.categories, kept),
        series=tuple(_shown(each, kept) for each in chart.series),
        totals=_some(chart.totals, kept),
    )
    sentence = ngettext(
        "{n} more is not drawn here; the numbers in Excel hold all of them.",
        "{n} more are not drawn here; the numbers in Excel hold all of them.",
        left,
    )
    return shown, sentence.format(n=number(left))


def _shown(series: Series, kept: Sequence[int]) -> Series:
    return replace(
        series,
        values=_some(series.values, kept),
        words=_some(series.words, kept),
        labels=_some(series.labels, kept),
        colours=_some(series.colours, kept),
    )


def _some(values: tuple[T, ...], kept: Sequence[int]) -> tuple[T, ...]:
    return tuple(values[n] for n in kept) if values else ()


def sums(chart: Chart) -> list[Decimal]:
    """What the numbers of each category come to, exact; none counts as nothing."""
    return [total(each.values[n] for each in chart.series) for n in range(len(chart.categories))]


def own(chart: Chart, n: int) -> Series:
    """The series that has a number for a category, where each category has but one."""
    return next((each for each in chart.series if each.values[n] is not None), chart.series[0])


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of a waterfall.

    Attributes:
        start, end: Where it begins and ends; a total begins at 0.
        words: Its number as the chart writes it.
    """

    name: str
    start: Decimal
    end: Decimal
    colour: str
    words: str


def steps(chart: Chart) -> list[Step]:
    """The bars of a waterfall: the first and the last number are totals, those between lead from one to the other."""
    found: list[Step] = []
    at = Decimal(0)
    for n, name in enumerate(chart.categories):
        series = own(chart, n)
        start = Decimal(0) if n in (0, len(chart.categories) - 1) else at
        at = EXACT.add(start, series.values[n] or Decimal(0))
        found.append(Step(name, start, at, series.tint(n), series.label(n)))
    return found


def told_apart(names: Sequence[str], most: int) -> list[str]:
    """The names in at most ``most`` letters each; of those that look alike then, all but the first are numbered."""
    found: list[str] = []
    for name in names:
        short = brief(name, most)
        n = 2
        while short in found:
            short, n = f"{brief(name, most - 4)} ({n})", n + 1
        found.append(short)
    return found
