"""Two figures side by side that are read against each other."""

from __future__ import annotations

import plotly.graph_objects as go


def on_one_scale(one: go.Figure, other: go.Figure) -> None:
    """Draw both over the longer span and at one height, so that equal bars are equally long."""
    spans = [figure.layout.xaxis.range for figure in (one, other)]
    margin = max(figure.layout.margin.l for figure in (one, other))
    height = max(figure.layout.height for figure in (one, other))
    for figure in (one, other):
        figure.update_layout(height=height, margin_l=margin)
        if all(spans):
            figure.update_xaxes(range=max(spans, key=lambda span: span[1]))
