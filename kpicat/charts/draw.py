"""A described chart as a plotly figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from kpicat.charts import areas, bars
from kpicat.charts.chart import Chart
from kpicat.charts.drawing import PAGE, Face, blank, hovers, leads, say
from kpicat.charts.fields import field_chart
from kpicat.charts.principles import Kept, principle_chart
from kpicat.charts.tiers import tier_chart
from kpicat.distribution import Measure
from kpicat.palette import themed


def draw(chart: Chart, face: Face = PAGE, *, titled: bool = True, title_lines: int = 1) -> go.Figure:
    """The figure of a chart.

    Each series is one trace, in order; ``customdata`` of a mark are the values of its ``leads_to``.

    Args:
        face: How large everything is.
        titled: Whether the figure has the title; else it stands above.
        title_lines: The title has room for at least so many, so that two side by side stand level.
    """
    title = chart.title if titled else ""
    if chart.empty:
        return say(blank(face, title, bars=2, title_lines=title_lines), face, chart.empty)
    return _DRAWN[chart.kind](chart, face, title, title_lines)


def _curve(chart: Chart, face: Face, title: str, title_lines: int) -> go.Figure:
    """What is added up, from the lightest to the heaviest, beside the even line."""
    figure = blank(face, title, bars=6, legend=-(-len(chart.series) // face.abreast), title_lines=title_lines)
    n = len(chart.categories)
    real, even = chart.series
    for series, line in ((even, {"dash": "dot", "width": 2}), (real, {"width": 3})):
        figure.add_scatter(
            x=list(range(1, n + 1)) if series is real else list(range(n + 1)),
            y=[*([] if series is real else [0.0]), *(float(value or 0) for value in series.values)],
            mode="lines+markers" if series is real else "lines",
            name=series.name,
            line={"color": themed(series.colour), **line},
            marker={"size": 9, "color": themed(series.colour)},
            customdata=leads(series) or None,
            hovertext=hovers(chart.categories, series) if series is real else None,
            hoverinfo="text" if series is real else "skip",
        )
    figure.data = figure.data[::-1]  # a trace a series, in order; what comes first lies below all the same
    ticks = {"tickvals": [0, 0.5, 1], "ticktext": [f"{n}\N{NO-BREAK SPACE}%" for n in (0, 50, 100)]}
    figure.update_yaxes(range=[-0.03, 1.04], fixedrange=True, tickfont_size=face.font, **ticks)
    figure.update_xaxes(
        range=[0, n + 0.5], fixedrange=True, nticks=6, tickformat=",~f", tickfont_size=face.font - 1,
        dtick=1 if n <= 6 else None, showgrid=False, zeroline=False, title_text=chart.by, title_font_size=face.font - 1,
    )  # fmt: skip
    figure.update_layout(margin_l=4 * face.font, margin_b=3 * face.line, hovermode="closest")
    return figure


_DRAWN: Mapping[str, Callable[[Chart, Face, str, int], go.Figure]] = {
    "bars": bars.single,
    "stacked": bars.stacked,
    "shares": bars.stacked,
    "waterfall": bars.waterfall,
    "heatmap": areas.heatmap,
    "treemap": areas.treemap,
    "curve": _curve,
}


def tier_bars(by_tier: pd.DataFrame, measure: Measure = "count") -> go.Figure:
    """One bar a tier, see :func:`~kpicat.charts.tiers.tier_chart`."""
    return draw(tier_chart(by_tier, measure), title_lines=2)


def field_bars(by_field: pd.DataFrame, measure: Measure = "count", *, share: bool = False) -> go.Figure:
    """One bar a value of a field, see :func:`~kpicat.charts.fields.field_chart`; all that the table has are drawn."""
    return draw(field_chart(by_field, measure, kind="shares" if share else "stacked", most=None))


def principle_bars(kept: Sequence[Kept], title: str) -> go.Figure:
    """One bar a principle, see :func:`~kpicat.charts.principles.principle_chart`."""
    return draw(principle_chart(kept, title))
