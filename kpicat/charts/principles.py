"""How many keep each principle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from kpicat.charts.drawing import blank, categories, lines, share_axis, totals_in_words
from kpicat.language import _, number, percent
from kpicat.palette import BROKEN, KEPT


@dataclass(frozen=True, slots=True)
class Kept:
    """A bar: a principle, in words, and how many of the items it asks something of keep it.

    Attributes:
        key: What a click on the bar tells.
    """

    key: str
    label: str
    kept: int
    of: int

    @property
    def words(self) -> str:
        """ "82 % · 328/400"; exact, also where the bar is short."""
        if not self.of:
            return "–"
        return f"{percent(Decimal(self.kept) / self.of)} · {number(self.kept)}/{number(self.of)}"


def principle_bars(bars: Sequence[Kept], title: str) -> go.Figure:
    """One bar a principle: of all items, those that keep it; ``customdata`` of each piece is ``[key]``."""
    figure = blank(title, bars=len(bars))
    places = [str(place) for place in range(len(bars))]
    pieces = [(_("kept"), KEPT, [b.kept for b in bars]), (_("not kept"), BROKEN, [b.of - b.kept for b in bars])]
    for name, colour, counts in pieces:
        figure.add_bar(
            orientation="h",
            name=name,
            y=places,
            x=[n / bar.of if bar.of else 0.0 for n, bar in zip(counts, bars, strict=True)],
            marker_color=colour,
            customdata=[[bar.key] for bar in bars],
            hovertext=[
                f"<b>{lines(bar.label, 60)}</b><br>{name}: {number(n)} / {number(bar.of)}"
                for n, bar in zip(counts, bars, strict=True)
            ],
            hoverinfo="text",
            showlegend=False,
        )
    figure.update_layout(barmode="stack")
    categories(figure, [bar.label for bar in bars])
    share_axis(figure, room=1.9)
    totals_in_words(figure, [1.0] * len(bars), [bar.words.replace(" · ", "<br> ") for bar in bars])  # a phone is narrow
    return figure
