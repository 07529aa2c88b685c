"""Tables of :mod:`kpicat.distribution` as plotly figures; colours, labels and formats live here.

Drawn for a projector and for both themes: large type, one colour a tier, no
colour of its own for text or ground, so that the page's theme shows through.
Floats exist only here; what a hover or a label says is the exact number.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import plotly.graph_objects as go

from kpicat.convert import total
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.palette import text_on, tier_colour

_FONT, _TITLE_FONT = 15, 18  # pixels; read from the back of a meeting room
_LINE = 22  # pixels a line of text takes
_BAR = 56  # pixels a bar takes, its two lines of label included
_TITLE_WIDTH, _LABEL_WIDTH, _HOVER_WIDTH = 38, 24, 60  # characters a line
_SMALL, _CAPITAL = 7.6, 10.5  # pixels a character takes, on the safe side
_SLIVER = Decimal("0.01")  # of the longest bar: too thin for plotly to write anything beside it by itself
_WRITTEN_OUT = 10**7  # numbers on an axis beyond this run into each other; the bars carry theirs
_CLEAR = "rgba(0,0,0,0)"


def tier_bars(by_tier: pd.DataFrame, measure: Measure = "count") -> go.Figure:
    """One bar a tier, lightest on top.

    Args:
        by_tier: As :func:`kpicat.distribution.by_tier` gives.
        measure: What the bars measure.
    """
    figure = _blank(_title(measure, "tier"), bars=len(by_tier), title_lines=2)  # two side by side stand level
    if nothing := _nothing(by_tier, measure):
        return _say(figure, nothing)
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
        text=[f"{_short(value)}<br>({part})" for *_rest, value, part in rows],
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
    _categories(figure, [name for _level_, name, *_rest in rows])
    _value_axis(figure, most, room=1.2)
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
    figure = _blank(_title(measure, field, share=share), bars=len(bars), legend=len(tiers))
    if nothing := _nothing(by_field, measure):
        return _say(figure, nothing)
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
                (percent(s) if share else _short(part)) if part else "" for part, s in zip(parts, shares, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont_color=text_on(tier_colour(level)),
            textangle=0,
            customdata=[[value, level or 0] for value in bars["value"]],
            hovertext=[
                f"<b>{_lines(bar, _HOVER_WIDTH)}</b><br>{name}<br>{amount(part, measure)} ({percent(s)})"
                for bar, part, s in zip(bars["name"], parts, shares, strict=True)
            ],
            hoverinfo="text",
        )
    figure.update_layout(barmode="stack", uniformtext={"mode": "hide", "minsize": _FONT - 1})
    _categories(figure, list(bars["name"]))
    if share:
        _value_axis(figure, Decimal(1), room=1.02, tickformat=",.0%")
    else:
        _value_axis(figure, int(max(wholes)) if measure == "count" else max(wholes), room=1.25)
        _totals(figure, wholes)
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


def _short(value: Decimal | int) -> str:
    """A number as a bar's label: at most one decimal, and short even where a quantity is absurd."""
    if value >= 10**9:
        digits, power = f"{Decimal(value):.2E}".split("E")
        return f"{number(Decimal(digits))}×10<sup>{int(power)}</sup>"
    return number(Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def _nothing(table: pd.DataFrame, measure: Measure) -> str:
    """What to say instead of an empty chart; "" when there is something to draw."""
    if any(table[measure]):
        return ""
    if not any(table["count"]):
        return _("Nothing to show yet: add items to the catalogue.")
    return _("Nothing to show yet: give the items a tier (or points) and a quantity.")


def _lines(text: str, width: int, most: int = 20) -> str:
    """``text`` in at most ``most`` lines, the last one shortened with an ellipsis."""
    lines = textwrap.wrap(text, width, max_lines=most, placeholder=" …") or [""]
    return "<br>".join(html.escape(line) for line in lines)


# -- drawing ------------------------------------------------------------------


def _blank(title: str, *, bars: int, legend: int = 0, title_lines: int = 1) -> go.Figure:
    """A figure with its title (of at least so many lines) and room for so many bars and lines of legend.

    Margins are ours, not plotly's: it would widen the left one by the legend's width.
    """
    words = _lines(title, _TITLE_WIDTH)
    breaks = words.count("<br>")
    above = max(breaks + 1, title_lines) * (_LINE + 2) + 18
    top = above + (_LINE + 1) * legend + 12 * bool(legend)
    height = top + _BAR * max(bars, 1 if legend else 2) + 2 * _LINE
    figure = go.Figure()
    figure.update_layout(
        title={"text": words, "font_size": _TITLE_FONT, "x": 0, "xref": "container", "yanchor": "top"},
        title_y=1 - (12 + breaks * 13) / height,  # plotly hangs a title by the middle of its lines
        legend={
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "traceorder": "normal",
            "bgcolor": _CLEAR,
            "font_size": _FONT - 1,
        },
        height=height,
        margin={"l": 8, "r": 8, "t": top, "b": 2 * _LINE, "autoexpand": False},
        font_size=_FONT,
        hoverlabel={"font_size": _FONT, "align": "left", "namelength": -1},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        separators=number(Decimal("0.1"))[1] + number(1000)[1],
        bargap=0.25,
    )
    figure.update_layout(legend={"y": 1 - above / height, "yref": "container", "yanchor": "top"})
    return figure


def _say(figure: go.Figure, sentence: str) -> go.Figure:
    """The figure with a sentence in place of bars."""
    figure.add_annotation(
        text=_lines(sentence, 40), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font_size=_FONT + 1
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure


def _categories(figure: go.Figure, names: Sequence[str]) -> None:
    """Bars from the top down, known by place: two names may look alike once shortened."""
    places = [str(place) for place in range(len(names))]
    labels = [_lines(name, _LABEL_WIDTH, most=2) for name in names]
    widest = max(_pixels(line) for label in labels for line in label.split("<br>"))
    figure.update_layout(margin_l=widest + 18)
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=places,
        range=[len(places) - 0.5, -0.5],
        tickmode="array",
        tickvals=places,
        ticktext=labels,
        ticklabelstandoff=6,
        fixedrange=True,
        tickfont_size=_FONT,
    )


def _pixels(line: str) -> float:
    return sum(_CAPITAL if letter.isupper() else _SMALL for letter in html.unescape(line))


def _value_axis(figure: go.Figure, most: Decimal | int, *, room: float, tickformat: str = ",~f") -> None:
    """From 0 to the largest bar, with ``room`` times its length for the words after it; a count is an int."""
    figure.update_xaxes(
        range=[0, float(most) * room],
        tickformat=tickformat,
        nticks=4,
        dtick=1 if isinstance(most, int) and most <= 4 else None,
        tickangle=0,
        showticklabels=most < _WRITTEN_OUT,
        fixedrange=True,
        tickfont_size=_FONT - 1,
    )


def _totals(figure: go.Figure, wholes: Sequence[Decimal]) -> None:
    """Each bar's total in words after its end."""
    figure.add_scatter(
        x=[float(whole) for whole in wholes],
        y=[str(place) for place in range(len(wholes))],
        mode="text",
        text=[f" {_short(whole)}" for whole in wholes],
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
