"""A chart as lengths and places for ``data/templates/charts.typ``, which draws them."""

from __future__ import annotations

import re
from decimal import Decimal

from kpicat.charts.chart import Chart, Series
from kpicat.charts.tiling import Tile, tiles
from kpicat.convert import total
from kpicat.exchange.results.shaping import first, own, steps, sums
from kpicat.language import number
from kpicat.palette import text_on

Row = dict[str, object]

LIGHT, DARK = "#F2F6FB", "#0B3C6F"
"""Of a table of tinted cells, nothing and the most: one hue, so that it reads in a grey print too."""

_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_SHAPE = 2.2  # times as wide as tall an area chart is


def drawing(chart: Chart, most: int) -> Row:
    """What the template draws of a chart.

    Args:
        most: How many categories are drawn; of more the first are, and a sentence says so.
    """
    shown, left = first(chart, most)
    data: Row = {
        "kind": chart.kind,
        "title": chart.title,
        "alt": chart.alt,
        "notes": [words for words in (left, chart.note) if words],
        "empty": chart.empty,
        "legend": [] if chart.kind in ("heatmap", "waterfall") else legend(chart),
    }
    if chart.empty:
        return data
    match chart.kind:
        case "heatmap":
            return data | _heatmap(shown)
        case "treemap":
            return data | _treemap(shown)
        case "curve":
            return data | _curve(shown)
        case "waterfall":
            return data | _waterfall(shown)
        case _bars:
            return data | _bars_of(shown)


def legend(chart: Chart) -> list[Row]:
    """Which colour says what; nothing where there is only one."""
    named = [each for each in chart.series if each.name]
    if len(named) < 2:
        return []
    return [{"name": each.name, **_coloured(each.colour), "lined": lined(chart, each)} for each in named]


def lined(chart: Chart, one: Series) -> bool:
    """Whether a colour has lines over it: every other area has, as two may be the same grey in print."""
    return chart.kind in ("stacked", "shares", "treemap") and chart.series.index(one) % 2 == 1


def _bars_of(chart: Chart) -> Row:
    """Single bars and stacked ones over the longest, shares each over its own whole."""
    wholes = [total(_up(each.values[n]) for each in chart.series) for n in range(len(chart.categories))]
    longest = max(wholes, default=Decimal(0)) or Decimal(1)
    rows = []
    for n, name in enumerate(chart.categories):
        over = (wholes[n] or Decimal(1)) if chart.kind == "shares" else longest
        parts = [
            {
                **_coloured(each.tint(n), "" if chart.kind == "bars" else each.label(n)),
                "width": _ratio(each.values[n], over),
                "lined": lined(chart, each),
            }
            for each in chart.series
        ]
        said = own(chart, n).label(n) if chart.kind == "bars" else chart.totals[n] if chart.totals else ""
        rows.append({"name": broken(name), "parts": parts, "value": said})
    return {"bars": rows}


def _heatmap(chart: Chart) -> Row:
    return {
        "columns": [broken(each.name) for each in chart.series],
        "rows": [
            {
                "name": broken(name),
                "cells": [
                    {**_coloured(tint(share_of_most(chart, each.values[n]))), "words": each.label(n) or each.words[n]}
                    for each in chart.series
                ],
            }
            for n, name in enumerate(chart.categories)
        ],
    }


def share_of_most(chart: Chart, value: Decimal | None) -> float:
    """A number over the largest of the chart, 0 to 1."""
    most = max((_up(each) for series in chart.series for each in series.values), default=Decimal(0))
    return _ratio(value, most or Decimal(1))


def tint(share: float) -> str:
    """The colour of a cell of that share of the most, 0 to 1, as #RRGGBB."""
    ends = (bytes.fromhex(colour[1:]) for colour in (LIGHT, DARK))
    mixed = (round(light + (dark - light) * share) for light, dark in zip(*ends, strict=True))
    return "#" + "".join(f"{each:02X}" for each in mixed)


def _treemap(chart: Chart) -> Row:
    """An area a category, parted among the series; each is numbered, and listed under its number."""
    wholes = sums(chart)
    most = max([*wholes, Decimal(0)]) or Decimal(1)
    areas = tiles([_ratio(whole, most) for whole in wholes], _SHAPE)
    drawn: list[Row] = []
    for n, (name, area) in enumerate(zip(chart.categories, areas, strict=True)):
        sizes = [_ratio(each.values[n], most) for each in chart.series]
        order = sorted((k for k, size in enumerate(sizes) if size), key=sizes.__getitem__, reverse=True)
        shape = _SHAPE * area.width / area.height if area.height else 1.0
        inner = tiles([sizes[k] for k in order], shape, area)
        for place, (k, part) in enumerate(zip(order, inner, strict=True)):
            each = chart.series[k]
            said = name if place == 0 else ""
            told: Row = {
                "lined": lined(chart, each),
                "name": broken(said),
                "longest": _longest(said),
                "words": each.label(n),
            }
            drawn.append({**_placed(part), **_coloured(each.tint(n), str(n + 1)), **told})
    listed = [
        {
            "mark": f"{n + 1}.",
            "name": broken(name),
            "words": chart.totals[n] if chart.totals else own(chart, n).label(n),
        }
        for n, name in enumerate(chart.categories)
    ]
    frames = [_placed(area) for area in areas] if len(chart.series) > 1 else []
    return {"tiles": drawn, "frames": frames, "listed": listed}


def _placed(tile: Tile) -> Row:
    return {"x": tile.x, "y": tile.y, "width": tile.width, "height": tile.height}


def _longest(name: str) -> str:
    return max(broken(name).replace(_BREAK, " ").split(), key=len, default="")


def _curve(chart: Chart) -> Row:
    """What is as a line over as many steps as there are categories, and what would be even."""
    n = len(chart.categories)
    lines = [
        {
            "colour": each.colour,
            "even": place > 0,
            "points": [((step + 1) / n, min(_ratio(value, Decimal(1)), 1)) for step, value in enumerate(each.values)],
        }
        for place, each in enumerate(chart.series)
    ]
    marks = [{"at": part / 4, "words": f"{25 * part}\N{NO-BREAK SPACE}%"} for part in range(5)]
    return {"lines": lines, "marks": marks, "across": chart.by, "last": number(n)}


def _waterfall(chart: Chart) -> Row:
    bars = steps(chart)
    low = min([Decimal(0), *(min(bar.start, bar.end) for bar in bars)])
    span = max([Decimal(0), *(max(bar.start, bar.end) for bar in bars)]) - low or Decimal(1)
    return {
        "bars": [
            {
                "name": broken(bar.name),
                "start": _ratio(min(bar.start, bar.end) - low, span),
                "parts": [{**_coloured(bar.colour), "width": _ratio(abs(bar.end - bar.start), span)}],
                "value": bar.words,
            }
            for bar in bars
        ]
    }


def _coloured(colour: str, mark: str = "") -> Row:
    return {"colour": colour, "on": text_on(colour), "mark": mark}


def _up(value: Decimal | None) -> Decimal:
    """The number as a length: below nothing there is none."""
    return max(value or Decimal(0), Decimal(0))


def _ratio(value: Decimal | None, whole: Decimal) -> float:
    return float(_up(value) / whole)


_BREAK = "\N{ZERO WIDTH SPACE}"


def broken(text: str) -> str:
    """The text with places where a word longer than a line may break."""
    return _LONG_WORD.sub(rf"\g<0>{_BREAK}", text)
