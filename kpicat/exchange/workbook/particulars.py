"""Two sheets of a workbook with one word and its value on each row: the standard unit, the decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from kpicat.exchange.forms.decision import Decision, decision_label
from kpicat.exchange.outgoing import shown
from kpicat.exchange.workbook.book import EMPTY_TEXT, Book, Live, height, print_on_a4
from kpicat.exchange.workbook.sheets import item_words
from kpicat.language import _
from kpicat.model import Catalogue

_WIDTHS = (30, 80)


def standard_unit_sheet(
    book: Book,
    sheet: Worksheet,
    items: pd.DataFrame,
    table: pd.DataFrame,
    live: Live,
    *,
    by: str = "",
    elsewhere: str = "",
) -> None:
    """The yardstick, or each line that is marked as one; its points and coefficient follow the catalogue's sheet.

    Args:
        by: The field each value of which has its own; "" where there is one.
        elsewhere: Its name where it is none of these lines.
    """
    _titled(book, sheet, _("Standard unit of this catalogue"))
    said = shown(items, table)
    marked = [n for n, flag in enumerate(said["standard_unit"]) if flag]
    if not marked:
        words = _("No item is marked as the standard unit; choose one before the catalogue is approved.")
        if elsewhere:
            words = _("It stands in another part of the catalogue: {name}.").format(name=elsewhere)
        sheet.write_string(2, 0, words, book.plain)
    row = 2
    for n in marked:
        # no heading of a catalogue stands here, or a reader would take the sheet for one
        handed_over = " · ".join(str(said[name][n]) for name in ("product", "measure") if said[name][n])
        part = f" ({said[by][n]})" if by and said[by][n] else ""
        texts = ((_("Line no."), str(n + 1)), (_("Which it is"), item_words(items, n + 1) + part))
        row = _pairs(book, sheet, row, [*texts, (_("What is handed over and counted"), handed_over)])
        for words, name, where in (
            (_("How many points it has"), "points", live.points),
            (_("Which coefficient that gives"), "coefficient", live.ratios),
        ):
            value = said[name][n]
            sheet.write_string(row, 0, words, book.label)
            cached = EMPTY_TEXT if value is None else float(value)
            sheet.write_formula(row, 1, f"=INDEX({where},{n + 1})", book.left, cached)
            row += 1
        row += 1


def decision_sheet(book: Book, sheet: Worksheet, catalogue: Catalogue, decision: Decision) -> None:
    """What the catalogue goes with; what is not known yet is blank."""
    _titled(book, sheet, _("Decision"))
    known = asdict(decision) | {"issuer": decision.issuer or catalogue.body}
    _pairs(book, sheet, 2, ((decision_label(name), _written(value)) for name, value in known.items()))


def _titled(book: Book, sheet: Worksheet, title: str) -> None:
    print_on_a4(sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, book.title)


def _pairs(book: Book, sheet: Worksheet, row: int, pairs: Iterable[tuple[str, str]]) -> int:
    """Each pair on a row of its own; returns the row after the last."""
    for name, value in pairs:
        sheet.set_row(row, height((name, value), _WIDTHS))
        sheet.write_string(row, 0, name, book.label)
        sheet.write_string(row, 1, value, book.text)
        row += 1
    return row


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.strftime("%d/%m/%Y")
        case tuple() | list():
            return "\n".join(map(str, value))
    return str(value)
