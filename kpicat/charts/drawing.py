"""What every chart is drawn with: one face for a page, a larger one for a slide, both for either theme."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import plotly.graph_objects as go

from kpicat.charts.chart import Series
from kpicat.language import number

_WRITTEN_OUT = 10**7  # numbers on an axis beyond this run into each other; the marks carry theirs
_CLEAR = "rgba(0,0,0,0)"
_HOVER_WIDTH = 60  # characters a line


@dataclass(frozen=True, slots=True)
class Face:
    """Sizes of a chart.

    Attributes:
        font, title: Pixels.
        line: Pixels a line of text takes.
        bar: Pixels a bar takes, its two lines of label included.
        title_width, label_width: Characters a line.
        small, capital: Pixels a character takes, on the safe side.
        room: How much longer than its longest bar a chart is, so that words fit after it.
        abreast: Entries of a legend beside each other.
    """

    font: int = 15
    title: int = 18
    line: int = 22
    bar: int = 56
    title_width: int = 38
    label_width: int = 24
    small: float = 7.6
    capital: float = 10.5
    room: float = 1.4
    abreast: int = 1

    def scaled(self, by: float) -> Face:
        """The same face on a larger or smaller screen."""
        pixels = {name: round(getattr(self, name) * by) for name in ("font", "title", "line", "bar")}
        return replace(self, small=self.small * by, capital=self.capital * by, **pixels)


PAGE = Face()
"""Read from the back of a meeting room, and still whole on a phone."""
SLIDE = Face(font=26, title=32, line=36, bar=84, label_width=30, small=13.2, capital=18.2, room=1.15, abreast=2)


def blank(face: Face, title: str, *, bars: int, legend: int = 0, title_lines: int = 1) -> go.Figure:
    """A figure with its title (of at least so many lines) and room for so many bars and lines of legend.

    Margins are ours, not plotly's: it would widen the left one by the legend's width.

    Args:
        title: "" where it stands above the figure.
    """
    words = lines(title, face.title_width)
    breaks = words.count("<br>")
    above = max(breaks + 1, title_lines) * (face.line + 2) + 18 if title else 8
    top = above + (face.line + 1) * legend + 12 * bool(legend)
    height = top + face.bar * max(bars, 1 if legend else 2) + 2 * face.line
    abreast = {"orientation": "h", "entrywidth": 1 / face.abreast, "entrywidthmode": "fraction"}
    figure = go.Figure()
    figure.update_layout(
        title={"text": words, "font_size": face.title, "x": 0, "xref": "container", "yanchor": "top"},
        title_y=1 - (12 + breaks * 13) / height,  # plotly hangs a title by the middle of its lines
        legend={
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "traceorder": "normal",
            "bgcolor": _CLEAR,
            "font_size": face.font - 1,
            **(abreast if face.abreast > 1 else {}),
        },
        height=height,
        margin={"l": 8, "r": 8, "t": top, "b": 2 * face.line, "autoexpand": False},
        font_size=face.font,
        hoverlabel={"font_size": face.font, "align": "left", "namelength": -1},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        separators=number(Decimal("0.1"))[1] + number(1000)[1],
        bargap=0.25,
        dragmode=False,
    )
    figure.update_layout(legend={"y": 1 - above / height, "yref": "container", "yanchor": "top"})
    return figure


def say(figure: go.Figure, face: Face, sentence: str) -> go.Figure:
    """The figure with a sentence in place of marks."""
    figure.add_annotation(
        text=lines(sentence, 40), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font_size=face.font + 1
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure


def categories(figure: go.Figure, face: Face, names: Sequence[str]) -> None:
    """Bars from the top down, known by place: two names may look alike once shortened."""
    places = [str(place) for place in range(len(names))]
    labels = [lines(name, face.label_width, most=2) for name in names]
    widest = max(_pixels(line, face) for label in labels for line in label.split("<br>"))
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
        tickfont_size=face.font,
    )


def _pixels(line: str, face: Face) -> float:
    return sum(face.capital if letter.isupper() else face.small for letter in html.unescape(line))


def value_axis(figure: go.Figure, face: Face, values: Iterable[Decimal], *, room: float, whole: bool = False) -> None:
    """From 0, or the lowest below it, to the largest, with ``room`` times that for the words after it.

    Args:
        whole: Only whole numbers are marked, as of a count.
    """
    there = [*values, Decimal(0)]
    lowest, most = min(there), max(there) or Decimal(1)
    figure.update_xaxes(
        range=[float(lowest) * room, float(most) * room],
        tickformat=",~f",
        nticks=4,
        dtick=1 if whole and most <= 4 else None,
        tickangle=0,
        showticklabels=most < _WRITTEN_OUT,
        fixedrange=True,
        tickfont_size=face.font - 1,
    )


def share_axis(figure: go.Figure, face: Face, *, room: float) -> None:
    """From nothing to all: there is no 150 %, however much room the words after the bars take."""
    value_axis(figure, face, [Decimal(1)], room=room)
    figure.update_layout(margin_r=2 * face.font)  # half of "100 %"
    figure.update_xaxes(tickvals=[0, 0.5, 1], ticktext=[f"{n}\N{NO-BREAK SPACE}%" for n in (0, 50, 100)])


def after_bars(figure: go.Figure, ends: Sequence[float], words: Sequence[str]) -> None:
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


def hovers(names: Sequence[str], series: Series) -> list[str]:
    """What is said of each mark that is pointed at: its first line stands out."""
    told = series.told or [
        "\n".join(filter(None, (name, series.name, word))) for name, word in zip(names, series.words, strict=True)
    ]
    said = []
    for each in told:
        first, *others = (lines(line, _HOVER_WIDTH) for line in each.split("\n"))
        said.append("<br>".join([f"<b>{first}</b>", *others]))
    return said


def leads(series: Series) -> list[list[object]]:
    """What a click on each mark tells: the values that the items behind it have."""
    return [[*each.values()] for each in series.leads_to]


def lines(text: str, width: int, most: int = 20) -> str:
    """``text`` in at most ``most`` lines; of a longer one the middle is left out, as names differ at their ends."""
    wrapped = textwrap.wrap(text, width) or [""]
    if len(wrapped) > most:
        wrapped = [*wrapped[: most - 1], _end_of(text, width)]
    return "<br>".join(html.escape(line) for line in wrapped)


def _end_of(text: str, width: int) -> str:
    end = ""
    for word in reversed(text.split()):
        longer = f"{word} {end}".rstrip()
        if len(longer) > width - 2:
            break
        end = longer
    return f"… {end or text.rstrip()[2 - width :]}"
