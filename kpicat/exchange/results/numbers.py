"""The numbers behind the charts as an Excel workbook: a sheet a chart, exact, with Excel's own chart beside."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from kpicat.charts.chart import Chart
from kpicat.convert import total
from kpicat.exchange import Progress, no_progress
from kpicat.exchange.results.contents import Results
from kpicat.exchange.results.drawing import DARK, LIGHT
from kpicat.exchange.results.native import Column, columns
from kpicat.exchange.results.shaping import sums
from kpicat.exchange.workbook.book import SAFE, height, print_on_a4
from kpicat.language import _

_HEAD = 3  # row of the headings, 0 the first
_NAMES, _NUMBERS = 60, 16  # characters wide
_DRAWN = 30  # rows a chart shows; more would be slivers
_KINDS = {
    "bars": {"type": "bar"},
    "stacked": {"type": "bar", "subtype": "stacked"},
    "treemap": {"type": "bar", "subtype": "stacked"},
    "shares": {"type": "bar", "subtype": "percent_stacked"},
    "curve": {"type": "line"},
    "waterfall": {"type": "column", "subtype": "stacked"},
}


@dataclass(frozen=True, slots=True)
class _Book:
    workbook: xlsxwriter.Workbook
    title: Format
    plain: Format
    header: Format
    text: Format
    bold: Format

    @classmethod
    def new(cls, workbook: xlsxwriter.Workbook) -> _Book:
        line = {"border": 1, "border_color": "#A6A6A6", "valign": "top"}
        return cls(
            workbook,
            title=workbook.add_format({"bold": True, "font_size": 14}),
            plain=workbook.add_format({}),
            header=workbook.add_format({**line, "bold": True, "bg_color": "#E7E6E6", "text_wrap": True}),
            text=workbook.add_format({**line, "text_wrap": True}),
            bold=workbook.add_format({**line, "bold": True}),
        )

    def figure(self, values: Sequence[Decimal | None], *, share: bool, bold: bool = False) -> Format:
        """How numbers of a column are shown: with as many decimals as they have."""
        places = decimals(values)
        pattern = "0.0%" if share else "#,##0" + ("." + "0" * places if places else "")
        return self.workbook.add_format(
            {"border": 1, "border_color": "#A6A6A6", "valign": "top", "num_format": pattern, "bold": bold}
        )


def numbers(results: Results, *, progress: Progress = no_progress) -> bytes:
    """The workbook as .xlsx: the figures and what stands where, then a sheet for each chart."""
    content = io.BytesIO()
    charts = [chart for section in results.sections for chart in section.charts]
    with xlsxwriter.Workbook(content, {"in_memory": True, **SAFE}) as workbook:
        book = _Book.new(workbook)
        front = workbook.add_worksheet(_("Figures"))
        sheets = [workbook.add_worksheet(_("Chart {n}").format(n=n)) for n, _chart in enumerate(charts, start=1)]
        _front(book, front, results, [(sheet.get_name(), chart) for sheet, chart in zip(sheets, charts, strict=True)])
        for n, (sheet, chart) in enumerate(zip(sheets, charts, strict=True)):
            progress(n / len(charts), chart.title)
            _sheet(book, sheet, chart)
    return content.getvalue()


def decimals(values: Sequence[Decimal | None]) -> int:
    """To how many decimals all of the values are whole; ten at most, as Excel keeps fifteen digits."""
    known = [value for value in values if value]
    return max(0, min(10, max((-int(value.normalize().as_tuple().exponent) for value in known), default=0)))


def _front(book: _Book, sheet: Worksheet, results: Results, contents: Sequence[tuple[str, Chart]]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, results.title, book.title)
    sheet.write_string(1, 0, results.source, book.plain)
    for row, told in enumerate(results.figures, start=_HEAD):
        sheet.write_string(row, 0, told.name, book.header)
        if told.value is None:
            sheet.write_string(row, 1, told.words, book.text)
        else:
            left = book.figure([told.value], share=False)
            left.set_align("left")
            sheet.write_number(row, 1, told.value, left)
    for row, (name, chart) in enumerate(contents, start=_HEAD + len(results.figures) + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", book.header, name)
        sheet.write_string(row, 1, chart.empty or chart.title, book.text)
    row = _HEAD + len(results.figures) + len(contents) + 2
    for section in results.sections:
        for sentence in section.sentences:
            sheet.write_string(row, 0, section.title, book.header)
            sheet.write_string(row, 1, sentence, book.text)
            row += 1
    print_on_a4(sheet)


def _sheet(book: _Book, sheet: Worksheet, chart: Chart) -> None:
    sheet.write_string(0, 0, chart.title, book.title)
    sheet.write_string(1, 0, " · ".join(filter(None, (chart.unit, chart.note, chart.empty))), book.plain)
    print_on_a4(sheet)
    if not chart.categories:
        return
    told = bool(chart.totals)
    added = told and chart.kind != "shares"  # of shares it is a sentence: 82 % · 328/400
    heads = [chart.by, *(each.name or chart.unit for each in chart.series), *([_("Total")] if told else [])]
    widths = [_NAMES, *[_NUMBERS] * (len(heads) - 1)]
    sheet.set_row(_HEAD, height(heads, widths))
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, head, book.header)
    for row, name in enumerate(chart.categories, start=_HEAD + 1):
        sheet.set_row(row, height([name], [_NAMES]))
        sheet.write_string(row, 0, name, book.text)
    last = _HEAD + len(chart.categories)
    share = chart.kind in ("shares", "curve")
    for column, each in enumerate(chart.series, start=1):
        _numbers(book, sheet, column, each.values, share=share)
    if added:
        wholes = sums(chart)
        style, places = book.figure(wholes, share=False, bold=True), decimals(wholes)
        for row, whole in enumerate(wholes, start=_HEAD + 1):
            formula = f"=ROUND(SUM({xl_range(row, 1, row, len(chart.series))}),{places})"
            sheet.write_formula(row, len(chart.series) + 1, formula, style, float(whole))
    elif told:
        for row, words in enumerate(chart.totals, start=_HEAD + 1):
            sheet.write_string(row, len(chart.series) + 1, words, book.text)
    if added or chart.key.startswith("tiers_"):
        _bottom(book, sheet, chart, last + 1, len(heads))
    sheet.freeze_panes(_HEAD + 1, 1)
    if chart.kind == "heatmap":
        shades = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "min_color": LIGHT, "max_color": DARK}
        sheet.conditional_format(_HEAD + 1, 1, last, len(chart.series), shades)
    elif not chart.empty:
        _draw(book, sheet, chart, len(heads) + 1)


def _numbers(book: _Book, sheet: Worksheet, column: int, values: Sequence[Decimal | None], *, share: bool) -> None:
    style = book.figure(values, share=share)
    for row, value in enumerate(values, start=_HEAD + 1):
        if value is None:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write_number(row, column, value, style)


def _bottom(book: _Book, sheet: Worksheet, chart: Chart, row: int, wide: int) -> None:
    """The last row: what each column comes to."""
    sheet.write_string(row, 0, _("Total"), book.bold)
    drawn = [[*each.values] for each in chart.series] + ([[*sums(chart)]] if wide > len(chart.series) + 1 else [])
    for column, values in enumerate(drawn, start=1):
        whole = total(values)
        formula = f"=ROUND(SUM({xl_range(_HEAD + 1, column, row - 1, column)}),{decimals(values)})"
        sheet.write_formula(row, column, formula, book.figure(values, share=False, bold=True), float(whole))


def _draw(book: _Book, sheet: Worksheet, chart: Chart, beside: int) -> None:
    """Excel's own chart of the first rows; a waterfall stands on columns of its own further right."""
    rows = len(chart.categories) if chart.kind == "curve" else min(len(chart.categories), _DRAWN)
    drawn_of = columns(chart)
    first = 1 if chart.kind != "waterfall" else beside + 12
    if chart.kind == "waterfall":
        for column, each in enumerate(drawn_of, start=first):
            sheet.write_string(_HEAD, column, each.name, book.header)
            _numbers(book, sheet, column, each.values, share=False)
    drawn = book.workbook.add_chart(_KINDS[chart.kind])
    name = sheet.get_name()
    for column, each in enumerate(drawn_of, start=first):
        drawn.add_series(
            {
                "name": [name, _HEAD, column],
                "categories": [name, _HEAD + 1, 0, _HEAD + rows, 0],
                "values": [name, _HEAD + 1, column, _HEAD + rows, column],
                **_looks(chart, each, rows),
            }
        )
    lying = chart.kind not in ("curve", "waterfall")
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 and chart.kind != "waterfall" else {"none": True})
    amounts = {"min": 0, "visible": not lying, "major_gridlines": {"visible": not lying}}
    names = {"reverse": lying, "major_gridlines": {"visible": False}}
    drawn.set_x_axis(amounts if lying else names)  # of bars lying down XlsxWriter calls the lower one x
    drawn.set_y_axis(names if lying else amounts)
    drawn.set_size({"width": 820, "height": 420 if not lying else max(360, 40 * rows + 120)})
    sheet.insert_chart(_HEAD, beside, drawn, {"description": chart.alt[:2000]})


def _looks(chart: Chart, column: Column, rows: int) -> dict[str, object]:
    """Colours and labels of a series, as XlsxWriter takes them."""
    if chart.kind == "curve":
        return {"line": {"color": column.colours[0], "width": 2.5}}
    looks: dict[str, object] = {"gap": 40}
    if chart.kind != "bars":
        looks["overlap"] = 100
    if column.labels:
        looks["data_labels"] = {"value": True, "num_format": column.labels}
    fills = [{"fill": {"color": colour} if colour else {"none": True}} for colour in column.colours[:rows]]
    if len({*column.colours[:rows]}) > 1:
        return looks | {"points": fills}
    return looks | fills[0]
