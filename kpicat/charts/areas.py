"""Areas: a table of tinted cells, and a whole parted among its categories.

Both are drawn as bars that lie side by side: only of bars and points does Streamlit say which were clicked.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from kpicat.charts.chart import Chart
from kpicat.charts.drawing import Face, blank, categories, hovers, leads, lines
from kpicat.charts.tiling import Tile, tiles
from kpicat.convert import total
from kpicat.distribution import share
from kpicat.palette import BLACK, themed, themed_heat, themed_text_on

_NONE = "rgba(128,128,128,0.12)"
_WIDE, _HIGH = 2.0, 1.0
_GAP = 0.012
"""Between two areas, of the height."""


def heatmap(chart: Chart, face: Face, title: str, title_lines: int) -> go.Figure:
    """One row a category, one column a series; the more, the darker."""
    columns = len(chart.series)
    figure = blank(face, title, bars=len(chart.categories), legend=columns, title_lines=title_lines)
    most = max((value or Decimal(0) for one in chart.series for value in one.values), default=Decimal(0))
    for series in chart.series:
        tints = [_tint(value, most) for value in series.values]
        figure.add_bar(
            orientation="h",
            y=[str(place) for place in range(len(chart.categories))],
            x=[1] * len(chart.categories),
            name=html.escape(series.name),
            marker_color=[tint for tint, _ink in tints],
            marker_line={"width": 2, "color": "rgba(128,128,128,0.25)"},
            text=[html.escape(series.label(place)) if value else "" for place, value in enumerate(series.values)],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": [ink for _tint, ink in tints], "size": face.font},
            textangle=0,
            customdata=leads(series) or None,
            hovertext=hovers(chart.categories, series),
            hoverinfo="text",
            showlegend=False,
        )
    figure.update_layout(barmode="stack", bargap=0.0, margin_b=8, uniformtext={"mode": "show", "minsize": 9})
    categories(figure, face, chart.categories)
    _columns(figure, face, [series.name for series in chart.series])
    return figure


def _columns(figure: go.Figure, face: Face, names: Sequence[str]) -> None:
    """The columns' names above them: their numbers, and in full in the lines above."""
    marks = [name.partition(". ")[0] if ". " in name else "–" for name in names]
    figure.update_xaxes(
        range=[0, len(names)], side="top", tickmode="array", tickvals=[n + 0.5 for n in range(len(names))],
        ticktext=[f"<b>{html.escape(mark)}</b>" for mark in marks], fixedrange=True, showgrid=False,
        tickfont_size=face.font, ticks="",
    )  # fmt: skip
    said = [html.escape(name if ". " in name else f"–  {name}") for name in names]
    figure.add_annotation(
        text="<br>".join(said), x=0, xref="paper", xanchor="left", xshift=8 - figure.layout.margin.l, align="left",
        y=1, yref="paper", yanchor="bottom", yshift=face.line + 6, showarrow=False, font_size=face.font - 1,
    )  # fmt: skip


def _tint(value: Decimal | None, most: Decimal) -> tuple[str, str]:
    """The colour of a cell, and of what is written on it."""
    return (_NONE, BLACK) if not value or value <= 0 or most <= 0 else themed_heat(float(value / most))


def treemap(chart: Chart, face: Face, title: str, title_lines: int) -> go.Figure:
    """One area a category, as large as what it has, parted among the series."""
    figure = blank(face, title, bars=8, legend=-(-len(chart.series) // face.abreast), title_lines=title_lines)
    rows = [[max(series.values[place] or Decimal(0), Decimal(0)) for series in chart.series]
            for place in range(len(chart.categories))]  # fmt: skip
    sums = [total(row) for row in rows]
    boxes = areas([float(share(own, total(sums))) for own in sums])  # first over the whole: a giant fits no float
    parts = [[float(share(part, own)) for part in row] for row, own in zip(rows, sums, strict=True)]
    pieces = [_parted(box, row) for box, row in zip(boxes, parts, strict=True)]
    for place, series in enumerate(chart.series):
        own = [piece[place] for piece in pieces]
        leading = [max(range(len(row)), key=row.__getitem__) == place for row in rows]
        figure.add_bar(
            x=[box.x + box.width / 2 for box in own],
            y=[box.height for box in own],
            base=[box.y for box in own],
            width=[box.width for box in own],
            name=html.escape(series.name),
            marker_color=themed(series.colour),
            marker_line={"width": 1, "color": "rgba(255,255,255,0.6)"},
            text=[
                f"<b>{lines(name, 18, most=3)}</b><br>{html.escape(chart.totals[n])}" if leads_it else ""
                for n, (name, leads_it) in enumerate(zip(chart.categories, leading, strict=True))
            ],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont_color=themed_text_on(series.colour),
            textangle=0,
            customdata=leads(series) or None,
            hovertext=hovers(chart.categories, series),
            hoverinfo="text",
        )
    figure.update_layout(barmode="overlay", uniformtext={"mode": "hide", "minsize": face.font - 4})
    figure.update_layout(margin_b=8)
    figure.update_xaxes(range=[0, _WIDE], visible=False, fixedrange=True)
    figure.update_yaxes(range=[0, _HIGH], visible=False, fixedrange=True)
    return figure


def areas(sizes: Sequence[float]) -> list[Tile]:
    """Rectangles of these sizes that fill a box twice as wide as high, as square as can be, in the order given.

    The largest lies at the left, at the lower end, as plotly counts from below.
    """
    return [
        Tile(tile.x * _WIDE, tile.y * _HIGH, tile.width * _WIDE, tile.height * _HIGH)
        for tile in tiles(sizes, _WIDE / _HIGH)
    ]


def _parted(box: Tile, parts: Sequence[float]) -> list[Tile]:
    """A rectangle, a little smaller than given, cut along its longer side."""
    gap = min(_GAP, box.width / 4, box.height / 4)
    x, y, width, height = box.x + gap / 2, box.y + gap / 2, box.width - gap, box.height - gap
    whole, at, cut = sum(parts), 0.0, list[Tile]()
    for part in parts:
        size = part / whole if whole else 0.0
        if width >= height:
            cut.append(Tile(x + at * width, y, size * width, height))
        else:
            cut.append(Tile(x, y + at * height, width, size * height))
        at += size
    return cut
