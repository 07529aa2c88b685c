"""Every chart of a catalogue, described: what pages draw, reports print and slides carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kpicat.charts.chart import Chart, Kind
from kpicat.charts.fields import MOST, field_chart
from kpicat.charts.loads import MOST_ITEMS, curve_chart, heaviest_chart, mean_chart
from kpicat.charts.principles import PAPER_ONLY, Kept, papers_chart, principle_chart
from kpicat.charts.tiers import tier_chart
from kpicat.distribution import Measure, by_field, by_tier, figures, loads
from kpicat.guidance import Guidance
from kpicat.model import Finding


@dataclass(frozen=True, eq=False)
class Asked:
    """What charts are asked for: some items, and how they are to be looked at.

    Attributes:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The catalogue's edition, with its adjusted marks.
        papers: Ids of the items whose product is only papers.
        principles: How many keep each principle.
        group_by: One of :data:`kpicat.distribution.GROUPINGS`.
        measure: What is added up.
        most: Values of a field that are drawn, None for all; fewer than usual are also the heaviest items.
    """

    items: pd.DataFrame
    table: pd.DataFrame
    guidance: Guidance
    papers: frozenset[str] = frozenset()
    principles: Sequence[Kept] = ()
    group_by: str = "department"
    measure: Measure = "converted_quantity"
    most: int | None = MOST


def _tiers(measure: Measure) -> Callable[[Asked], Chart]:
    return lambda asked: tier_chart(by_tier(asked.table, asked.guidance), measure)


def _fields(kind: Kind) -> Callable[[Asked], Chart]:
    def describe(asked: Asked) -> Chart:
        found = by_field(asked.items, asked.table, asked.guidance, asked.group_by, order=asked.measure)
        return field_chart(found, asked.measure, kind=kind, most=asked.most)

    return describe


def _mean(asked: Asked) -> Chart:
    found = loads(asked.items, asked.table, asked.guidance, asked.group_by)
    whole = figures(asked.items, asked.table, asked.guidance).mean_coefficient
    return mean_chart(found, asked.group_by, whole, most=asked.most)


def _curve(asked: Asked) -> Chart:
    return curve_chart(loads(asked.items, asked.table, asked.guidance, "position"))


def _heaviest(asked: Asked) -> Chart:
    most = MOST_ITEMS if asked.most is None or asked.most >= MOST else asked.most
    return heaviest_chart(asked.items, asked.table, asked.guidance, most=most)


CHARTS: Mapping[str, Callable[[Asked], Chart]] = {
    "tiers_count": _tiers("count"),
    "tiers_converted_quantity": _tiers("converted_quantity"),
    "tiers_converted_points": _tiers("converted_points"),
    "stacked": _fields("stacked"),
    "shares": _fields("shares"),
    "mean": _mean,
    "heatmap": _fields("heatmap"),
    "treemap": _fields("treemap"),
    "curve": _curve,
    "heaviest": _heaviest,
    "papers": lambda asked: papers_chart(asked.items, asked.table, asked.papers, asked.group_by, most=asked.most),
    "principles": lambda asked: principle_chart(asked.principles),
}
"""Name of a chart -> what describes it, in the order a leader asks."""


def described(
    items: pd.DataFrame,
    table: pd.DataFrame,
    guidance: Guidance,
    findings: Iterable[Finding] = (),
    *,
    principles: Sequence[Kept] = (),
    group_by: str = "department",
    measure: Measure = "converted_quantity",
    most: int | None = MOST,
) -> tuple[Chart, ...]:
    """Every chart of some items; one of the principles only where it is told how they are kept.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        guidance: The catalogue's edition, with its adjusted marks.
        findings: What the checks found in them; of these the products that are only papers are read.
        principles: How many keep each principle.
        group_by: One of :data:`kpicat.distribution.GROUPINGS`.
        measure: What is added up.
        most: Values of a field that are drawn; None for all.
    """
    papers = frozenset(found.item_id for found in findings if found.check == PAPER_ONLY and found.item_id)
    asked = Asked(items, table, guidance, papers, principles, group_by, measure, most)
    return tuple(describe(asked) for name, describe in CHARTS.items() if principles or name != "principles")
