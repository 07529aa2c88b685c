"""Bars: one a category, stacked, stacked to 100 %, or leading from one total to another."""

from __future__ import annotations

import html
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

import plotly.graph_objects as go

from kpicat.charts.chart import Chart, Series
from kpicat.charts.drawing import (
    Face,
    after_bars,
    blank,
    categories,
    hovers,
    leads,
    share_axis,
    value_axis,
)
from kpicat.charts.words import short
from kpicat.convert import EXACT, total
from kpicat.palette import themed, themed_text_on

_SLIVER = Decimal("0.01")  # of the longest bar: too thin for plotly to write anything beside it by itself
_TALL = 4
"""Of the longest bar: where a word beside a bar is longer than that, it takes a second line."""


def single(chart: Chart, face: Face, title: str, title_lines: int) -> go.Figure:
    """One bar a category, first on top."""
    figure = blank(face, title, bars=len(chart.categories), title_lines=title_lines)
    (series,) = chart.series
    values = [value or Decimal(0) for value in series.values]
    most = max(values)
    places = range(len(values))
    figure.add_bar(
        **_common(chart, series),
        x=[float(value) for value in values],
        marker_color=[themed(series.tint(place)) for place in places],
        text=[html.escape(series.label(place)).replace(" (", "<br>(") for place in places],
        textposition=["auto" if value > most * _SLIVER else "outside" for value in values],
        insidetextfont_color=[themed_text_on(series.tint(place)) for place in places],
        insidetextanchor="end",
        constraintext="none",
        textangle=0,
        cliponaxis=False,
        showlegend=False,
    )
    categories(figure, face, chart.categories)
    value_axis(figure, face, values, room=1.2, whole=_counts(chart))
    return figure


def stacked(chart: Chart, face: Face, title: str, title_lines: int) -> go.Figure:
    """One bar a category, its series one after the other, with a legend."""
    shares, legend = chart.kind == "shares", -(-len(chart.series) // face.abreast)
    figure = blank(face, title, bars=len(chart.categories), legend=legend, title_lines=title_lines)
    for series in chart.series:
        figure.add_bar(
            **_common(chart, series),
            name=html.escape(series.name),
            x=[float(value or 0) for value in series.values],
            marker_color=themed(series.colour),
            text=[html.escape(series.label(place)) if value else "" for place, value in enumerate(series.values)],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont_color=themed_text_on(series.colour),
            textangle=0,
        )
    figure.update_layout(barmode="stack", uniformtext={"mode": "hide", "minsize": face.font - 1})
    categories(figure, face, chart.categories)
    wholes = [total(row) for row in zip(*(series.values for series in chart.series), strict=True)]
    if not shares:
        value_axis(figure, face, wholes, room=face.room, whole=_counts(chart))
        after_bars(figure, [float(whole) for whole in wholes], [short(whole) for whole in wholes])
    elif chart.totals:
        share_axis(figure, face, room=face.room * 1.35)
        words = [html.escape(each).replace(" · ", "<br> ") for each in chart.totals]  # a phone is narrow
        after_bars(figure, [1.0] * len(words), words)
    else:
        share_axis(figure, face, room=1.02)
    return figure


def waterfall(chart: Chart, face: Face, title: str, title_lines: int) -> go.Figure:
    """From the first total through what is added and taken away to the last."""
    figure = blank(face, title, bars=len(chart.categories), title_lines=title_lines)
    (series,) = chart.series
    values = [value or Decimal(0) for value in series.values]
    starts, ends = _steps(values)
    places = range(len(values))
    figure.add_bar(
        **_common(chart, series),
        base=[float(start) for start in starts],
        x=[float(EXACT.subtract(end, start)) for start, end in zip(starts, ends, strict=True)],
        marker_color=[themed(series.tint(place)) for place in places],
        showlegend=False,
    )
    categories(figure, face, chart.categories)
    value_axis(figure, face, [*starts, *ends], room=face.room)
    after_bars(
        figure,
        [float(max(start, end)) for start, end in zip(starts, ends, strict=True)],
        [html.escape(series.label(place)) for place in places],
    )
    return figure


def _steps(values: Sequence[Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    """Where each bar of a waterfall begins and ends; the first and the last are whole."""
    ends = list(accumulate(values[:-1], EXACT.add))
    zero = Decimal(0)
    return [zero, *ends[:-1], zero], [*ends, values[-1]]


def _common(chart: Chart, series: Series) -> dict[str, object]:
    return {
        "orientation": "h",
        "y": [str(place) for place in range(len(chart.categories))],
        "customdata": leads(series) or None,
        "hovertext": hovers(chart.categories, series),
        "hoverinfo": "text",
    }


def _counts(chart: Chart) -> bool:
    """Whether what is drawn are whole things."""
    return all(value is None or value == value.to_integral_value() for one in chart.series for value in one.values)
