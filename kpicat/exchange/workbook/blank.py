"""The sheet a unit fills in without kpicat and sends back: lists to choose from, formulas that follow the scale.

Its headings are those that kpicat knows, so it comes back without a question; the example
is marked as one and is left out then.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kpicat.exchange.forms.filling_in import example, instructions
from kpicat.exchange.workbook.book import EMPTY_TEXT, SAFE, Book, Scale, headings, height, print_on_a4
from kpicat.exchange.workbook.sheets import scale_sheet
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _

LINES = 300
"""Rows ready to be filled; more can be added by copying one down."""

COLUMNS = {
    "code": 8, "group": 13, "duty": 18, "task": 28, "detail": 24, "product": 20, "measure": 9, "quantity": 8,
    "deadline": 12, "quality": 16, "position": 12, "responsible": 13, "tier": 6, "points": 7, "coefficient": 7,
    "converted_quantity": 9, "rationale": 14, "note": 10,
}  # fmt: skip
"""What a unit says of each line, and how wide the column is in characters."""

_HEADER, _EXAMPLE, _FIRST = 5, 6, 7  # zero-based rows
_LAST = _FIRST + LINES - 1


def blank(guidance: Guidance, *, unit: str = "") -> bytes:
    """An empty .xlsx to fill in.

    Args:
        guidance: The catalogue's edition with its adjusted marks.
        unit: Whose part it will be, if known.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **SAFE}) as workbook:
        book = Book.new(workbook, guidance, guidance.decimals + 4)
        sheet, scale = workbook.add_worksheet(_("Catalogue")), workbook.add_worksheet(_("Scale"))
        _Blank(book, sheet, scale_sheet(book, scale)).write(unit)
    return content.getvalue()


class _Blank:
    def __init__(self, book: Book, sheet: Worksheet, scale: Scale) -> None:
        self._book, self._sheet, self._scale = book, sheet, scale
        self._place = {name: column for column, name in enumerate(COLUMNS, start=1)}
        new = book.workbook.add_format
        edges = {"border": 1, "border_color": "#A6A6A6", "valign": "top", "text_wrap": True}
        ratio = "0." + "0" * book.guidance.decimals if book.guidance.decimals else "0"
        self._typed = new(edges)
        self._derived = new(edges | {"bg_color": "#EDEDED", "align": "center", "num_format": ratio})
        self._level = new(edges | {"bg_color": "#EDEDED", "align": "center"})
        self._shown = new(edges | {"italic": True, "font_color": "#7F7F7F"})
        self._note = new({"text_wrap": True, "valign": "top", "italic": True})

    def write(self, unit: str) -> None:
        sheet, book = self._sheet, self._book
        sheet.write_string(0, 0, _("CONVERTED CATALOGUE OF PRODUCTS AND WORK"), book.title)
        sheet.write_string(1, 0, _("Part of: {unit}").format(unit=unit or "……………………"), book.bold)
        sheet.write_string(2, 0, _("Scale: {title}").format(title=book.guidance.title), book.plain)
        widths = [8.0, *map(float, COLUMNS.values())]
        sheet.merge_range(3, 0, 3, len(COLUMNS), instructions(derived=True), self._note)
        sheet.set_row(3, height([instructions(derived=True)], [sum(widths) / 2]))
        headings(book, sheet, _HEADER, [_("No."), *map(field_label, COLUMNS)], widths)
        print_on_a4(sheet, _HEADER)
        self._example(widths)
        for row in range(_FIRST, _LAST + 1):
            self._line(row)
        self._lists()

    def _example(self, widths: list[float]) -> None:
        shown = example(self._book.guidance)
        texts = [text for text in shown.values() if isinstance(text, str)]
        self._sheet.set_row(
            _EXAMPLE, height(texts, [widths[self._place[n]] for n in shown if isinstance(shown[n], str)])
        )
        self._sheet.write_string(_EXAMPLE, 0, _("Example:"), self._shown)
        for name, column in self._place.items():
            value = shown.get(name, "")
            if isinstance(value, Decimal):
                self._sheet.write_number(_EXAMPLE, column, float(value), self._shown)
            else:
                self._sheet.write_string(_EXAMPLE, column, value, self._shown)

    def _line(self, row: int) -> None:
        cell = {name: xl_rowcol_to_cell(row, column) for name, column in self._place.items()}
        counted = f"COUNTA({xl_rowcol_to_cell(_FIRST, self._place['task'], True, True)}:{cell['task']})"
        numbered = f'=IF({cell["task"]}="","",{counted})'  # a typed number would make a line of an empty row
        self._sheet.write_formula(row, 0, numbered, self._level, EMPTY_TEXT)
        formulas = self._formulas(cell)
        for name, column in self._place.items():
            if name in formulas:
                look = self._level if name in ("tier", "points") else self._derived
                self._sheet.write_formula(row, column, formulas[name], look, EMPTY_TEXT)
            else:
                self._sheet.write_blank(row, column, None, self._typed)

    def _formulas(self, cell: Mapping[str, str]) -> dict[str, str]:
        """Points from the tier where tiers are single marks, else the tier from the points.

        Source: PL3 §2 bước 3 and 4.
        """
        guidance, points = self._book.guidance, cell["points"]
        rounded = f"ROUND({points}/{self._scale.standard},{guidance.decimals})"
        product = f"ROUND({cell['quantity']}*{cell['coefficient']},{self._book.decimals})"
        formulas = {
            "coefficient": f'=IF({points}="","",{rounded})',
            "converted_quantity": f'=IF(OR({cell["quantity"]}="",{points}=""),"",{product})',
        }
        if guidance.has_marks:
            return formulas | {"points": f'=IFERROR(VLOOKUP({cell["tier"]},{self._scale.marks},2,FALSE),"")'}
        within = "".join(
            f"IF(AND({points}>={tier.lowest},{points}<={tier.highest}),{tier.level}," for tier in guidance.tiers
        )
        return formulas | {"tier": f'=IF({points}="","",{within}""{")" * len(guidance.tiers)})'}

    def _lists(self) -> None:
        """What a cell takes: a tier of the scale, points within it, quantities that are numbers."""
        guidance = self._book.guidance
        if guidance.has_marks:
            levels = [tier.level for tier in guidance.tiers]
            words = "\n".join(f"{tier.level} – {tier.label} ({tier.range})" for tier in guidance.tiers)
            self._validate("tier", {"validate": "list", "source": levels}, words)
        else:
            lowest, highest = guidance.tiers[0].lowest, guidance.tiers[-1].highest
            words = " · ".join(f"{tier.label}: {tier.range}" for tier in guidance.tiers)
            limits = {"criteria": "between", "minimum": float(lowest), "maximum": float(highest)}
            self._validate("points", {"validate": "decimal", **limits}, words)
        rule = {"validate": "decimal", "criteria": ">=", "value": 0}
        self._validate("quantity", rule, _("How many a year, a number."))

    def _validate(self, name: str, rule: Mapping[str, object], words: str) -> None:
        column, title = self._place[name], field_label(name)[:32]
        said = {"input_title": title, "input_message": words[:255], "error_title": title, "error_message": words[:255]}
        self._sheet.data_validation(_FIRST, column, _LAST, column, {**rule, **said})
