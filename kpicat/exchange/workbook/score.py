"""What a person's work scores as a workbook: numbers and texts only, no formula, so nothing typed can become one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kpicat.exchange.workbook.book import SAFE, height, print_on_a4
from kpicat.kpi import Rules, Said, Score, columns, share_written, written
from kpicat.language import _

_BORDER = {"border": 1, "border_color": "#A6A6A6", "valign": "top", "text_wrap": True}
_NAME, _OTHER = 56, 13  # width in characters of the column of names, and of the others


def write(score: Score, rules: Rules, left: Sequence[Said]) -> bytes:
    """The parts, the total and the rating; every line in standard units; the rows that do not count."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, **SAFE}) as book:
        sheet = book.add_worksheet(_("KPI preview"))
        title = book.add_format({"bold": True, "font_size": 14})
        sheet.set_column(0, 10, _OTHER)
        sheet.set_column(1, 1, _NAME)
        sheet.write_string(0, 0, _("KPI preview"), title)
        sheet.write_string(1, 0, rules.title)
        row = _outcome(book, sheet, 3, score, rules)
        row = _lines(book, sheet, row + 1, score)
        if left:
            sheet.write_string(row + 1, 0, _("Rows that do not count"), title)
        for place, said in enumerate(left, start=row + 2):
            sheet.write_number(place, 0, said.row)
            sheet.write_string(place, 1, said.sentence)
        print_on_a4(sheet)
    return content.getvalue()


def _outcome(book: Workbook, sheet: Worksheet, row: int, score: Score, rules: Rules) -> int:
    """From ``row`` on what it comes to; the row after it."""
    if score.result is None or score.total is None or score.band is None:
        return row
    plain = book.add_format(_BORDER)
    shares = [(part.key, part.label, score.parts[part.key]) for part in rules.parts if part.key in score.parts]
    for key, label, share in (*shares, ("", _("Result"), score.result)):
        sheet.write_string(row, 0, key, plain)
        sheet.write_string(row, 1, label, plain)
        sheet.write_number(row, 2, float(share), book.add_format(_BORDER | {"num_format": _percent(share)}))
        row += 1
    totals = ((_("General criteria (points)"), score.general), (_("Total (points)"), written(score.total, rules)))
    for label, points in totals:
        sheet.write_string(row, 1, label, plain)
        sheet.write_number(row, 2, float(points), plain)
        row += 1
    sheet.write_string(row, 1, _("Rating"), plain)
    sheet.write_string(row, 2, score.band.label)
    return row + 1


def _percent(share: Fraction) -> str:
    """How Excel is to show a share: with the decimals it is written with, two of them within the percent."""
    places = -int(share_written(share).as_tuple().exponent) - 2
    return f"0.{'0' * places}%"


def _lines(book: Workbook, sheet: Worksheet, row: int, score: Score) -> int:
    """From ``row`` on the lines under their headings; the row after them."""
    head = book.add_format(_BORDER | {"bold": True, "align": "center", "bg_color": "#E7E6E6"})
    looks = book.add_format(_BORDER), book.add_format(_BORDER | {"num_format": "#,##0.####"})
    shown = columns()
    sheet.set_row(
        row, height([heading for heading, _of in shown], [_NAME if n == 1 else _OTHER for n in range(len(shown))])
    )
    for column, (heading, _of) in enumerate(shown):
        sheet.write_string(row, column, heading, head)
    for each in score.lines:
        row += 1
        sheet.set_row(row, height([each.line.name], [_NAME]))
        for column, (_heading, of) in enumerate(shown):
            value = of(each)
            if isinstance(value, str):
                sheet.write_string(row, column, value, looks[0])
            else:
                sheet.write_number(row, column, float(value), looks[1])
    return row + 1
