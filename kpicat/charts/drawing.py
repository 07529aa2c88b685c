"""What every chart is drawn with: one face for a projector and for both themes."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import plotly.graph_objects as go

from kpicat.language import number

FONT, _TITLE_FONT = 15, 18  # pixels; read from the back of a meeting room
_LINE = 22  # pixels a line of text takes
_BAR = 56  # pixels a bar takes, its two lines of label included
_TITLE_WIDTH, _LABEL_WIDTH = 38, 24  # characters a line
_SMALL, _CAPITAL = 7.6, 10.5  # pixels a character takes, on the safe side
_WRITTEN_OUT = 10**7  # numbers on an axis beyond this run into each other; the bars carry theirs
_CLEAR = "rgba(0,0,0,0)"


def blank(title: str, *, bars: int, legend: int = 0, title_lines: int = 1) -> go.Figure:
    """A figure with its title (of at least so many lines) and room for so many bars and lines of legend.

    Margins are ours, not plotly's: it would widen the left one by the legend's width.
    """
    words = lines(title, _TITLE_WIDTH)
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
            "font_size": FONT - 1,
        },
        height=height,
        margin={"l": 8, "r": 8, "t": top, "b": 2 * _LINE, "autoexpand": False},
        font_size=FONT,
        hoverlabel={"font_size": FONT, "align": "left", "namelength": -1},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        separators=number(Decimal("0.1"))[1] + number(1000)[1],
        bargap=0.25,
    )
    figure.update_layout(legend={"y": 1 - above / height, "yref": "container", "yanchor": "top"})
    return figure


def say(figure: go.Figure, sentence: str) -> go.Figure:
    """The figure with a sentence in place of bars."""
    figure.add_annotation(
        text=lines(sentence, 40), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font_size=FONT + 1
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure


def categories(figure: go.Figure, names: Sequence[str]) -> None:
    """Bars from the top down, known by place: two names may look alike once shortened."""
    places = [str(place) for place in range(len(names))]
    labels = [lines(name, _LABEL_WIDTH, most=2) for name in names]
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
        tickfont_size=FONT,
    )


def _pixels(line: str) -> float:
    return sum(_CAPITAL if letter.isupper() else _SMALL for letter in html.unescape(line))


def value_axis(figure: go.Figure, most: Decimal | int, *, room: float) -> None:
    """From 0 to the largest bar, with ``room`` times its length for the words after it; a count is an int."""
    figure.update_xaxes(
        range=[0, float(most) * room],
        tickformat=",~f",
        nticks=4,
        dtick=1 if isinstance(most, int) and most <= 4 else None,
        tickangle=0,
        showticklabels=most < _WRITTEN_OUT,
        fixedrange=True,
        tickfont_size=FONT - 1,
    )


def share_axis(figure: go.Figure, *, room: float) -> None:
    """From nothing to all: there is no 150 %, however much room the words after the bars take."""
    value_axis(figure, Decimal(1), room=room)
    figure.update_xaxes(tickvals=[0, 0.5, 1], ticktext=[f"{n}\N{NO-BREAK SPACE}%" for n in (0, 50, 100)])


def totals(figure: go.Figure, wholes: Sequence[Decimal]) -> None:
    """Each bar's total in words after its end."""
    totals_in_words(figure, [float(whole) for whole in wholes], [short(whole) for whole in wholes])


def totals_in_words(figure: go.Figure, ends: Sequence[float], words: Sequence[str]) -> None:
    """Words after the end of each bar."""
    figure.add_scatter(
        x=list(ends),
        y=[str(place) for place in range(len(ends))],
        mode="text",
        text=[f" {each}" for each in words],
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def short(value: Decimal | int) -> str:
    """A number as a bar's label: at most one decimal, and short even where a quantity is absurd."""
    if value >= 10**9:
        digits, power = f"{Decimal(value):.2E}".split("E")
        return f"{number(Decimal(digits))}×10<sup>{int(power)}</sup>"
    return number(Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def lines(text: str, width: int, most: int = 20) -> str:
    """``text`` in at most ``most`` lines, the last one shortened with an ellipsis."""
    wrapped = textwrap.wrap(text, width, max_lines=most, placeholder=" …") or [""]
    return "<br>".join(html.escape(line) for line in wrapped)
