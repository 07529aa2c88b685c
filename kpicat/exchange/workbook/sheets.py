"""The sheets beside the catalogue in a workbook: tiers with charts, scale."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kpicat.convert import total
from kpicat.exchange.workbook.book import Book, Live, Scale, headings, print_on_a4, quoted_name
from kpicat.guidance import Place
from kpicat.language import _
from kpicat.palette import tier_colour


def scale_sheet(book: Book, sheet: Worksheet) -> Scale:
    """The scale with its sources."""
    guidance = book.guidance
    print_on_a4(sheet)
    sheet.write_string(0, 0, guidance.title, book.title)
    sheet.write_string(1, 0, guidance.document, book.plain)
    rules = (
        (_("Points of the standard unit"), float(guidance.standard_points), guidance.sources["standard"]),
        (_("Decimals of a coefficient"), guidance.decimals, guidance.sources["rounding"]),
    )
    for row, (rule, value, source) in enumerate(rules, start=3):
        sheet.write_string(row, 0, rule, book.text)
        sheet.write_number(row, 1, value, book.centred)
        sheet.write_string(row, 2, _words(source), book.plain)
    words = (_("Tier"), _("Mark"), _("From"), _("To"), _("In words"), _("Written in"))
    headings(book, sheet, 6, words, (30, 12, 12, 12, 50, 50))
    for row, tier in enumerate(guidance.tiers, start=7):
        sheet.write_number(row, 0, tier.level, book.centred)
        for column, points in enumerate((tier.mark, tier.lowest, tier.highest), start=1):
            sheet.write(row, column, None if points is None else float(points), book.centred)
        sheet.write_string(row, 4, tier.label, book.text)
        sheet.write_string(row, 5, _words(tier.source), book.text)
    last = 6 + len(guidance.tiers)
    name = quoted_name(sheet)
    return Scale(standard=name + xl_rowcol_to_cell(3, 1, True, True), marks=name + xl_range_abs(7, 0, last, 1))


def tier_sheet(book: Book, sheet: Worksheet, by_tier: pd.DataFrame, live: Live) -> None:
    """Count and converted quantity of each tier as formulas, with a chart of each."""
    first, totals = 3, 4 + len(book.guidance.tiers)
    print_on_a4(sheet)
    sheet.write_string(0, 0, _("Distribution by tier"), book.title)
    words = (_("Tier"), _("In words"), _("Number of items"), _("Share"), _("Converted quantity"), _("Share"))
    headings(book, sheet, first - 1, words, (11, 44, 16, 16, 16, 16))
    by_level = {level if isinstance(level, int) else None: row for level, *row in by_tier[_COLUMNS].values}
    rows = [(tier.level, *by_level[tier.level]) for tier in book.guidance.tiers]
    rows.append((None, *by_level.get(None, (_("No tier yet"), 0, Decimal(0), Decimal(0), Decimal(0)))))
    for row, (level, label, count, share, amount, part) in enumerate(rows, start=first):
        own = xl_rowcol_to_cell(row, 0)
        if level is None:  # what is left over, so that the rows always add up
            numbers, sums = (f"{xl_rowcol_to_cell(totals, c)}-SUM({_column(first, row - 1, c)})" for c in (2, 4))
            sheet.write_blank(row, 0, None, book.centred)
        else:
            numbers, sums = f"COUNTIF({live.tiers},{own})", f"SUMIF({live.tiers},{own},{live.amounts})"
            sheet.write_number(row, 0, level, book.centred)
        sheet.write_string(row, 1, label, book.text)
        sheet.write_formula(row, 2, f"={numbers}", book.centred, count)
        sheet.write_formula(row, 3, _share(row, totals, 2), book.share, float(share))
        sheet.write_formula(row, 4, f"=ROUND({sums},{book.decimals})", book.amount, float(amount))
        sheet.write_formula(row, 5, _share(row, totals, 4), book.share, float(part))
    items, whole = sum(by_tier["count"]), total(by_tier["converted_quantity"])
    sheet.write_string(totals, 0, _("Total"), book.total)
    sheet.write_blank(totals, 1, None, book.total)
    sheet.write_formula(totals, 2, f"=COUNT({live.numbers})", book.total_count, items)
    sheet.write_formula(totals, 3, _share(totals, totals, 2), book.total_share, int(items > 0))
    sheet.write_formula(totals, 4, f"=ROUND(SUM({live.amounts}),{book.decimals})", book.total, float(whole))
    sheet.write_formula(totals, 5, _share(totals, totals, 4), book.total_share, int(whole != 0))
    _charts(book, sheet, first, totals)


_COLUMNS = ["level", "label", "count", "share", "converted_quantity", "converted_share"]


def _charts(book: Book, sheet: Worksheet, first: int, totals: int) -> None:
    """Two native charts beside each other, a colour a tier."""
    levels = [*(tier.level for tier in book.guidance.tiers), None]
    for column, title, anchor in (
        (2, _("Number of items"), 0),
        (4, _("Converted quantity (standard units a year)"), 3),
    ):
        chart = book.workbook.add_chart({"type": "column"})
        name = sheet.get_name()
        chart.add_series(
            {
                "name": title,
                "categories": [name, first, 1, totals - 1, 1],
                "values": [name, first, column, totals - 1, column],
                "points": [{"fill": {"color": tier_colour(level)}} for level in levels],
                "data_labels": {"value": True},
                "gap": 60,
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 13}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        chart.set_size({"width": 620, "height": 380})
        sheet.insert_chart(totals + 2, anchor, chart, {"x_offset": 10 + anchor * 60, "description": title})


def item_words(items: pd.DataFrame, n: int) -> str:
    """Code and task of the ``n``-th item, 1 the first."""
    return " – ".join(str(items[name].iat[n - 1]) for name in ("code", "task") if items[name].iat[n - 1])


def _share(row: int, totals: int, column: int) -> str:
    whole = xl_rowcol_to_cell(totals, column, row_abs=True)
    return f"=IF({whole}=0,0,{xl_rowcol_to_cell(row, column)}/{whole})"


def _column(first: int, last: int, column: int) -> str:
    return f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"


def _words(source: Place) -> str:
    mark = f" ({source.mark})" if source.mark is not None else ""
    return source.place + mark + (f": {source.note}" if source.note else "")
