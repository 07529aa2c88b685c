"""A chart as a picture to paste elsewhere: PNG or SVG, drawn by typst without a browser."""

from __future__ import annotations

import html
from typing import Literal

from kpicat.charts.chart import Chart
from kpicat.exchange.forms.pdf import compiled
from kpicat.exchange.results.drawing import drawing
from kpicat.language import language

Picture = Literal["png", "svg"]
MOST = 24
"""Categories drawn; more would make a picture that no page holds."""


def picture(chart: Chart, source: str, kind: Picture) -> bytes:
    """The chart under its title; 240 mm wide, as tall as it has to be, a PNG with 200 dots an inch.

    Args:
        source: What it is of and as of when; stands small below.
    """
    data = {"chart": drawing(chart, MOST), "source": source, "language": language()}
    content = compiled("picture.typ", {"picture": data}, kind=kind)
    return _spoken(content, chart) if kind == "svg" else content


def _spoken(svg: bytes, chart: Chart) -> bytes:
    """The picture with words for those who hear it: typst draws letters as outlines."""
    head, end, rest = svg.partition(b">")
    title, alt = (html.escape(text) for text in (chart.title, chart.alt))
    words = f' role="img" aria-labelledby="title alt"><title id="title">{title}</title><desc id="alt">{alt}</desc>'
    return head + words.encode() + rest if end else svg
