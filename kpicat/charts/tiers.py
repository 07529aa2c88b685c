"""How items, or the converted quantity, are spread over the tiers."""

from __future__ import annotations

import html
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from kpicat.charts.drawing import FONT, blank, categories, lines, say, share_axis, short, totals, value_axis
from kpicat.convert import total
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.palette import text_on, tier_colour

_HOVER_WIDTH = 60  # characters a line
_SLIVER = Decimal("0.01")  # of the longest bar: too thin for plotly to write anything beside it by itself


def tier_bars(by_tier: pd.DataFrame, measure: Measure = "count") -> go.Figure:
    """One bar a tier, lightest on top.

    Args:
        by_tier: As :func:`kpicat.distribution.by_tier` gives.
        measure: What the bars measure.
    """
    figure = blank(_title(measure, "tier"), bars=len(by_tier), title_lines=2)  # two side by side stand level
    if nothing := _nothing(by_tier, measure):
        return say(figure, nothing)
    share = "share" if measure == "count" else "converted_share"
    rows = [
        (_level(level), _tier_name(level, label), points, value, percent(part))
        for level, label, points, value, part in by_tier[["level", "label", "range", measure, share]].values
    ]
    most = max(row[3] for row in rows)
    figure.add_bar(
        orientation="h",
        y=[str(place) for place in range(len(rows))],
        x=[float(value) for *_rest, value, _part in rows],
        marker_color=[tier_colour(level) for level, *_rest in rows],
        text=[f"{short(value)}<br>({part})" for *_rest, value, part in rows],
        textposition=["auto" if value > most * _SLIVER else "outside" for *_rest, value, _part in rows],
        insidetextfont_color=[text_on(tier_colour(level)) for level, *_rest in rows],
        insidetextanchor="end",
        constraintext="none",
        textangle=0,
        cliponaxis=False,
        customdata=[[level or 0] for level, *_rest in rows],
        hovertext=[
            f"<b>{html.escape(name)}</b>{_points(points)}<br>{amount(value, measure)} ({part})"
            for _level_, name, points, value, part in rows
        ],
        hoverinfo="text",
        showlegend=False,
    )
    categories(figure, [name for _level_, name, *_rest in rows])
    value_axis(figure, most, room=1.2)
    return figure


def field_bars(by_field: pd.DataFrame, measure: Measure = "count", *, share: bool = False) -> go.Figure:
    """One bar a value of a field, its tiers stacked, with a legend in the tiers' words.

    ``customdata`` of each piece is ``[value, level]`` as in the items (level 0: no tier), so that
    a click can lead to the items behind it.

    Args:
        by_field: As :func:`kpicat.distribution.by_field` gives.
        measure: What the bars measure.
        share: Every bar is 100 % and shows the tiers' shares of it.
    """
    tiers = [(_level(level), label) for level, label in by_field[["level", "label"]].drop_duplicates().values]
    bars = by_field[["value", "name"]].iloc[:: max(len(tiers), 1)]
    field = str(by_field["field"].iat[0]) if len(by_field) else ""
    figure = blank(_title(measure, field, share=share), bars=len(bars), legend=len(tiers))
    if nothing := _nothing(by_field, measure):
        return say(figure, nothing)
    amounts = by_field[measure].to_numpy("object").reshape(len(bars), len(tiers))
    wholes = [total(row) for row in amounts]
    for place, (level, label) in enumerate(tiers):
        parts = list(amounts[:, place])
        shares = [part / whole if whole else Decimal(0) for part, whole in zip(parts, wholes, strict=True)]
        name = html.escape(_tier_name(level, label))
        figure.add_bar(
            orientation="h",
            name=name,
            y=[str(bar) for bar in range(len(bars))],
            x=[float(value) for value in (shares if share else parts)],
            marker_color=tier_colour(level),
            text=[
                (percent(s) if share else short(part)) if part else "" for part, s in zip(parts, shares, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont_color=text_on(tier_colour(level)),
            textangle=0,
            customdata=[[value, level or 0] for value in bars["value"]],
            hovertext=[
                f"<b>{lines(bar, _HOVER_WIDTH)}</b><br>{name}<br>{amount(part, measure)} ({percent(s)})"
                for bar, part, s in zip(bars["name"], parts, shares, strict=True)
            ],
            hoverinfo="text",
        )
    figure.update_layout(barmode="stack", uniformtext={"mode": "hide", "minsize": FONT - 1})
    categories(figure, list(bars["name"]))
    if share:
        share_axis(figure, room=1.02)
    else:
        value_axis(figure, int(max(wholes)) if measure == "count" else max(wholes), room=1.25)
        totals(figure, wholes)
    return figure


def alt_text(by_tier: pd.DataFrame, measure: Measure = "count") -> str:
    """What :func:`tier_bars` shows, as a sentence for those who hear the page."""
    if nothing := _nothing(by_tier, measure):
        return nothing
    share = "share" if measure == "count" else "converted_share"
    parts = [
        f"{_tier_name(level, label)}: {number(value)} ({percent(part)})"
        for level, label, value, part in by_tier[["level", "label", measure, share]].values
    ]
    return _("{title}: {parts}; {total} in all.").format(
        title=_title(measure, "tier"), parts="; ".join(parts), total=number(total(by_tier[measure]))
    )


# -- words --------------------------------------------------------------------


def _title(measure: Measure, field: str, *, share: bool = False) -> str:
    """What a chart shows; ``field`` "" when even that is not known for want of rows."""
    what = _("Number of items") if measure == "count" else _("Converted quantity (standard units a year)")
    if not field:
        return what
    sentence = _("{what} by {field}: share of each tier") if share else _("{what} by {field}")
    return sentence.format(what=what, field=field_label(field).lower())


def _level(level: object) -> int | None:
    return level if isinstance(level, int) else None


def _tier_name(level: object, label: str) -> str:
    return f"{level}. {label}" if isinstance(level, int) else label


def _points(points: str) -> str:
    return "<br>" + _("{points} points").format(points=points) if points else ""


def amount(value: Decimal | int, measure: Measure) -> str:
    """So many items, or standard units a year, in words and exact."""
    if measure == "count":
        return ngettext("{n} item", "{n} items", int(value)).format(n=number(value))
    return _("{n} standard units a year").format(n=number(value))


def _nothing(table: pd.DataFrame, measure: Measure) -> str:
    """What to say instead of an empty chart; "" when there is something to draw."""
    if any(table[measure]):
        return ""
    if not any(table["count"]):
        return _("Nothing to show yet: add items to the catalogue.")
    return _("Nothing to show yet: give the items a tier (or points) and a quantity.")
