"""Figures side by side that are read against each other."""

from __future__ import annotations

import plotly.graph_objects as go


def on_one_scale(first: go.Figure, *others: go.Figure) -> list[go.Figure]:
    """The figures over the longest span and at one height, so that equal bars are equally long.

    Args:
        first: Left as it is, as it may be shown elsewhere too; a copy is given where it has to change.
        others: Changed in place.
    """
    figures = [first, *others]
    height, margin = (max(name(f) for f in figures) for name in (_height, _margin))
    spans = [f.layout.xaxis.range for f in figures]
    span = max(spans, key=lambda each: each[1]) if all(spans) else None
    if (_height(first), _margin(first), spans[0] if span else None) != (height, margin, span):
        figures[0] = go.Figure(first.to_dict())  # plotly takes its traces apart while it copies the figure itself
    for figure in figures if figures[0] is not first else others:
        figure.update_layout(height=height, margin_l=margin)
        if span:
            figure.update_xaxes(range=span)
    return figures


def _height(figure: go.Figure) -> float:
    return float(figure.layout.height)


def _margin(figure: go.Figure) -> float:
    return float(figure.layout.margin.l)
