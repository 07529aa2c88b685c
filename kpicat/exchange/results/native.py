"""A chart as PowerPoint's own: its numbers lie in it as a workbook, so it can be changed there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Length, Pt

from kpicat.charts.chart import Chart
from kpicat.exchange.results.shaping import Step, steps, sums, told_apart
from kpicat.exchange.workbook.book import SAFE
from kpicat.language import _, number
from kpicat.palette import UNTIERED, text_on

SHOWN = 48
"""Letters of a name beside a bar; the notes of the slide hold all of them."""

_MANY = 12  # points of a line whose names would run into each other
_GIANT = 10**9
_LETTER = 0.012  # of the longest bar a letter of its label takes
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "treemap": XL_CHART_TYPE.BAR_STACKED,  # PowerPoint has areas, too, but other programs do not open them
    "shares": XL_CHART_TYPE.BAR_STACKED_100,
    "curve": XL_CHART_TYPE.LINE,
    "waterfall": XL_CHART_TYPE.COLUMN_STACKED,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the workbook within a chart, and how its numbers are drawn.

    Attributes:
        colours: One a category; "" is not drawn.
        labels: The format of the numbers at the marks, "" for none.
        within, beyond: Whether they stand within the marks, or after their ends.
    """

    name: str
    values: Sequence[Decimal | None]
    colours: Sequence[str]
    labels: str = ""
    within: bool = False
    beyond: bool = False


def columns(chart: Chart) -> list[Column]:
    """What is drawn of a chart; the bars of a waterfall stand on one that is not seen."""
    if chart.kind == "waterfall":
        return _waterfall(chart)
    longest = _longest(chart)
    return [
        Column(
            clean(each.name or chart.unit),
            each.values,
            [each.tint(n) for n in range(len(each.values))],
            "" if chart.kind == "curve" else _labels(chart, each.values, longest),
            within=chart.kind in ("stacked", "treemap", "shares"),
            beyond=chart.kind == "bars",
        )
        for each in chart.series
    ]


def _waterfall(chart: Chart) -> list[Column]:
    bars = steps(chart)
    pattern = _pattern([bar.end - bar.start for bar in bars])
    ends = (0, len(bars) - 1)

    def drawn(name: str, wanted: Callable[[int, Step], bool], labels: str) -> Column:
        chosen = [wanted(n, bar) for n, bar in enumerate(bars)]
        values = [abs(bar.end - bar.start) if own else None for own, bar in zip(chosen, bars, strict=True)]
        colour = next((bar.colour for own, bar in zip(chosen, bars, strict=True) if own), UNTIERED)
        return Column(name, values, [colour] * len(bars), labels, within=True)

    return [
        Column(_("Rests on"), [min(bar.start, bar.end) for bar in bars], [""] * len(bars)),
        drawn(_("Total"), lambda n, bar: n in ends, pattern),
        drawn(_("Increase"), lambda n, bar: n not in ends and bar.end >= bar.start, f"+{pattern}"),
        drawn(_("Decrease"), lambda n, bar: n not in ends and bar.end < bar.start, f'"-"{pattern}'),
    ]


def _longest(chart: Chart) -> Decimal:
    """The longest bar, its pieces added up."""
    return max(sums(chart), default=Decimal(0))


class Room(NamedTuple):
    """Where something stands on a slide."""

    left: Length
    top: Length
    width: Length
    height: Length


def add(slide: Slide, chart: Chart, room: Room) -> GraphicFrame:
    """Draw a chart of any kind but a heatmap on a slide."""
    drawn_of, names = columns(chart), told_apart([clean(name) for name in chart.categories], SHOWN)
    data = CategoryChartData()
    data.categories = names
    for column in drawn_of:
        data.add_series(column.name, [_plain(value) for value in column.values])
    frame = slide.shapes.add_chart(_KINDS[chart.kind], *room, data)
    drawn: Drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(names, drawn_of))
    drawn.has_title = False
    drawn.font.size = Pt(12 if len(names) > 8 else 14)
    drawn.has_legend = len(chart.series) > 1 and chart.kind != "waterfall"
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    for series, column in zip(drawn.plots[0].series, drawn_of, strict=True):
        (_line if chart.kind == "curve" else _fill)(series, column)
    _axes(drawn, chart, _longest(chart))
    return frame


def _fill(series: Any, column: Column) -> None:
    """Colour the bars, and write the numbers beside or within them."""
    differ = len({*column.colours}) > 1
    for place, colour in enumerate(column.colours if differ else column.colours[:1]):
        fill = (series.points[place] if differ else series).format.fill
        if colour:
            fill.solid()
            fill.fore_color.rgb = _rgb(colour)
        else:
            fill.background()
    if column.labels:
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = column.labels, False
        labels.font.size = Pt(11)
        if column.within:
            labels.font.color.rgb = _rgb(text_on(column.colours[0]))
        elif column.beyond:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _line(series: Any, column: Column) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.width = Pt(3)
    series.format.line.color.rgb = _rgb(column.colours[0])


def _axes(drawn: Drawn, chart: Chart, longest: Decimal) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    values.has_major_gridlines = chart.kind == "curve"
    names.format.line.color.rgb = RGBColor(0xA6, 0xA6, 0xA6)
    match chart.kind:
        case "curve":
            values.minimum_scale, values.maximum_scale = 0, 1
            values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0%", False
            values.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
            if len(chart.categories) > _MANY:
                names.tick_label_position = XL_TICK_LABEL_POSITION.NONE
            return
        case "waterfall":
            names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        case "bars" if longest:
            names.reverse_order = True  # bars from the top down
            values.maximum_scale = float(longest) * 1.2  # room for the numbers after the bars
        case _stacked:
            names.reverse_order = True
    values.visible = False
    drawn.plots[0].gap_width = 40
    if chart.kind != "bars":
        drawn.plots[0].overlap = 100


def _labels(chart: Chart, values: Sequence[Decimal | None], longest: Decimal) -> str:
    """The format of the numbers; those within a bar are left out where it is too short for them."""
    if chart.kind == "shares":
        return '[<0.05]"";0%'
    pattern = _pattern(values)
    if chart.kind == "bars":
        return pattern
    letters = max((len(number(value)) for value in values if value), default=0)
    return f'[<{float(longest) * _LETTER * letters:.6g}]"";{pattern}'


def _pattern(values: Sequence[Decimal | None]) -> str:
    """As many decimals as the numbers have, two at most; a giant is written by its power of ten."""
    known = [value for value in values if value]
    if any(abs(value) >= _GIANT for value in known):
        return f"[>={_GIANT}]0.00E+00;#,##0.##"
    places = max((-int(value.normalize().as_tuple().exponent) for value in known), default=0)
    return "#,##0" + ("." + "0" * min(places, 3) if places > 0 else "")


def _plain(value: Decimal | None) -> int | float | None:
    """A number as files hold it, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))


def clean(text: str) -> str:
    """The text without letters that XML does not know."""
    return _CONTROL.sub("", text)


def _workbook(names: Sequence[str], columns: Sequence[Column]) -> bytes:
    """The numbers of a chart as the workbook within it: python-pptx would make formulas of what looks like one."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **SAFE}) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        sheet.set_column(0, 0, SHOWN)
        for row, name in enumerate(names, start=1):
            sheet.write_string(row, 0, name)
        for place, column in enumerate(columns, start=1):
            sheet.write_string(0, place, column.name)
            for row, value in enumerate(column.values, start=1):
                sheet.write(row, place, _plain(value))
    return content.getvalue()
