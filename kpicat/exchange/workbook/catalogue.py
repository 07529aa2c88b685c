"""The catalogue's own sheet in a workbook: one row an item, its numbers as live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kpicat.convert import total
from kpicat.errors import InputError
from kpicat.exchange import Progress
from kpicat.exchange.outgoing import shown
from kpicat.exchange.workbook.book import (
    EMPTY_TEXT,
    READABLE,
    Book,
    Live,
    Scale,
    headings,
    height,
    print_on_a4,
    quoted_name,
)
from kpicat.labels import field_label
from kpicat.language import _, number
from kpicat.model import FIELDS, SOURCE_COLUMNS, Catalogue, Kind, Value, plain
from kpicat.palette import text_on, tier_colour

ALWAYS = {"task", "product", "quantity", "tier", "points", "coefficient", "converted_quantity", "standard_unit"}
"""Columns written even when no item fills them."""

FLAG = "x"
"""What stands in the column of the standard unit."""

_HEADER = 4  # zero-based row of the header; titles stand above it
_FIRST = _HEADER + 1
_LONGEST = 32_767  # characters a cell can hold
_EVERY = 500  # rows between two reports of progress
_WIDTHS = {
    "task": 38,
    "detail": 38,
    "product": 24,
    "duty": 26,
    "rationale": 26,
    "quality": 26,
    "note": 20,
    "code": 10,
    "source_file": 26,
}
_NUMBER, _NARROW, _USUAL = 6, 10, 16
_BESIDE = 2  # characters that the edges of a cell and capitals take
_LONGEST_WORD = 14  # characters; a longer one may be broken


class CatalogueSheet:
    """The sheet being written.

    Args:
        scale: Where the scale's sheet stands.
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
    """

    def __init__(self, book: Book, sheet: Worksheet, scale: Scale, items: pd.DataFrame, table: pd.DataFrame) -> None:
        self._book, self._sheet, self._scale = book, sheet, scale
        self._own_points = list(items["points"])
        self._size, self._last = len(items), _HEADER + max(len(items), 1)
        self._sum = total(table["converted_quantity"])
        said = shown(items, table)
        self._said = {name: said[name] for name in said if name in ALWAYS or any(map(FIELDS[name].encode, said[name]))}
        self._said |= _origins(items)
        self._place = {name: column for column, name in enumerate(self._said, start=1)}
        self._styles = {name: self._style(name) for name in self._said}
        self._widths = self._fitting()

    def _fitting(self) -> dict[str, float]:
        """How wide each column is: as usual, and narrower where the paper could not be read otherwise."""
        usual = {name: _WIDTHS.get(name, _USUAL if _is_text(name) else _NARROW) for name in self._said}
        printed = {name: width for name, width in usual.items() if name not in SOURCE_COLUMNS}
        spare = {name: width - min(width, self._least(name)) for name, width in printed.items()}
        over = max(0, _NUMBER + sum(printed.values()) - READABLE)
        share = min(1.0, over / max(sum(spare.values()), 1))
        return {name: width - share * spare.get(name, 0) for name, width in usual.items()}

    def _least(self, name: str) -> int:
        """The characters a column needs so that no usual word of it is broken."""
        texts = {field_label(name), *(text for text in self._said[name] if isinstance(text, str))}
        words = (len(word) for text in texts for word in text.split())
        return min(max(words, default=0), _LONGEST_WORD) + _BESIDE

    def write(self, catalogue: Catalogue, progress: Progress) -> Live:
        """Fill the sheet; returns where other sheets find its columns."""
        self._titles(catalogue)
        for n in range(self._size):
            self._line(n)
            if n % _EVERY == 0:
                progress(n / self._size, _("Writing the workbook"))
        self._totals()
        self._helps()
        if "source_file" in self._place:  # on the screen alone: the paper is wide enough without
            self._sheet.print_area(0, 0, self._last + 1, self._place["source_file"] - 1)
        name = quoted_name(self._sheet)
        columns = map(self._place.__getitem__, ("tier", "points", "coefficient", "converted_quantity"))
        return Live(*(name + self._range(column) for column in (0, *columns)))

    def _titles(self, catalogue: Catalogue) -> None:
        sheet, guidance = self._sheet, self._book.guidance
        sheet.write_string(0, 0, _("CONVERTED CATALOGUE OF PRODUCTS AND WORK"), self._book.title)
        said = " – ".join(part for part in (catalogue.body, catalogue.name, catalogue.period) if part)
        sheet.write_string(1, 0, said[:_LONGEST], self._book.bold)
        # the standard unit's points stand on the scale sheet: said here, a reader takes them for a mark
        sheet.write_string(2, 0, _("Scale: {title}").format(title=guidance.title), self._book.plain)
        headings(
            self._book, sheet, _HEADER, [_("No."), *map(field_label, self._said)], [_NUMBER, *self._widths.values()]
        )
        sheet.autofilter(_HEADER, 0, self._last, len(self._said))
        print_on_a4(sheet, _HEADER)

    def _line(self, n: int) -> None:
        """The ``n``-th item on its row."""
        row = _FIRST + n
        formulas = self._formulas(n, {name: xl_rowcol_to_cell(row, column) for name, column in self._place.items()})
        texts = {name: text for name in self._said if isinstance(text := self._said[name][n], str)}
        self._sheet.set_row(row, height(texts.values(), map(self._widths.__getitem__, texts)))
        self._sheet.write_number(row, 0, n + 1, self._book.centred)
        for name, column in self._place.items():
            value, style = self._said[name][n], self._styles[name]
            if name in formulas:
                cached = EMPTY_TEXT if value is None else float(value)
                self._sheet.write_formula(row, column, formulas[name], style, cached)
            elif isinstance(value, str) and value:
                self._sheet.write_string(row, column, _fits(value, row, name), style)
            elif value is None or value is False or value == "":
                self._sheet.write_blank(row, column, None, style)
            elif value is True:
                self._sheet.write_string(row, column, FLAG, style)
            else:
                self._sheet.write_number(row, column, float(value), style)

    def _formulas(self, n: int, cell: Mapping[str, str]) -> dict[str, str]:
        """The formulas of one row; points that deviate from their tier's mark stay a typed number.

        Source: PL3 §2 bước 3 and 4.
        """
        book, own = self._book, self._own_points[n]
        stated = self._said["coefficient"][n] if self._said["points"][n] is None else None
        otherwise = plain(stated) if isinstance(stated, Decimal) else '""'
        points, quantity, ratio = cell["points"], cell["quantity"], cell["coefficient"]
        rounded = f"ROUND({points}/{self._scale.standard},{book.guidance.decimals})"
        # this ROUND takes off only what binary numbers add after the last true decimal
        product = f"ROUND({quantity}*{ratio},{book.decimals})"
        formulas = {
            "coefficient": f'=IF({points}="",{otherwise},{rounded})',
            "converted_quantity": f'=IF(OR({quantity}="",{points}=""),"",{product})',
        }
        tier = next((tier for tier in book.guidance.tiers if tier.level == self._said["tier"][n]), None)
        if book.guidance.has_marks and (own is None or (tier is not None and own == tier.mark)):
            formulas["points"] = f'=IFERROR(VLOOKUP({cell["tier"]},{self._scale.marks},2,FALSE),"")'
        return formulas

    def _totals(self) -> None:
        """The last row: the sum of the rows that the filter shows."""
        row, style = self._last + 1, self._book.total
        for column in range(len(self._said) + 1):
            self._sheet.write_blank(row, column, None, style)
        self._sheet.write_string(row, 0, _("Total"), style)
        column = self._place["converted_quantity"]
        formula = f"=ROUND(SUBTOTAL(109,{self._range(column)}),{self._book.decimals})"
        self._sheet.write_formula(row, column, formula, style, float(self._sum))

    def _helps(self) -> None:
        """Lists to choose from, and the colours of the tiers."""
        sheet, tier = self._sheet, self._place["tier"]
        where = (_FIRST, tier, self._last, tier)
        levels = [tier.level for tier in self._book.guidance.tiers]
        words = _("Choose one of: {known}.").format(known=", ".join(map(str, levels)))
        choice = {"validate": "list", "source": levels, "error_title": field_label("tier"), "error_message": words}
        sheet.data_validation(*where, choice)
        for level in levels:
            colour = tier_colour(level)
            style = self._book.workbook.add_format({"bg_color": colour, "font_color": text_on(colour)})
            sheet.conditional_format(*where, {"type": "cell", "criteria": "==", "value": level, "format": style})
        flag = self._place["standard_unit"]
        sheet.data_validation(_FIRST, flag, self._last, flag, {"validate": "list", "source": [FLAG]})

    def _range(self, column: int) -> str:
        return str(xl_range_abs(_FIRST, column, self._last, column))

    def _style(self, name: str) -> Format:
        book = self._book
        styles = {"coefficient": book.ratio, "converted_quantity": book.amount}
        return styles.get(name, book.centred if name in ("tier", "points", "quantity", "standard_unit") else book.text)


def _origins(items: pd.DataFrame) -> dict[str, list[Value]]:
    """Where each line came from, if any came from a file; as reading the workbook again takes it."""
    if not items["source_file"].any():
        return {}
    return {name: [None if pd.isna(value) else value for value in items[name]] for name in SOURCE_COLUMNS}


def _is_text(name: str) -> bool:
    return name in FIELDS and FIELDS[name].kind is Kind.TEXT


def _fits(text: str, row: int, name: str) -> str:
    if len(text.encode("utf-16-le")) <= 2 * _LONGEST:
        return text
    raise InputError(
        _(
            "Row {row}, column “{column}”: {n} characters do not fit into a cell of Excel; "
            "shorten the text, or take the file out as .csv or .json."
        ).format(row=row - _HEADER, column=field_label(name), n=number(len(text)))
    )
