"""What the sheets of a workbook share: their looks, and how one refers to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpicat.guidance import Guidance

_BORDER = {"border": 1, "border_color": "#A6A6A6", "valign": "top", "text_wrap": True}
_HEAD = _BORDER | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7E6E6"}


@dataclass(frozen=True)
class Book:
    """A workbook being written, with the looks its sheets share.

    Attributes:
        decimals: To how many decimals formulas round a converted quantity.
    """

    workbook: Workbook
    guidance: Guidance
    decimals: int
    title: Format
    bold: Format
    plain: Format
    header: Format
    text: Format
    centred: Format
    ratio: Format
    amount: Format
    share: Format
    total: Format
    total_share: Format
    total_count: Format

    @classmethod
    def new(cls, workbook: Workbook, guidance: Guidance, decimals: int) -> Book:
        """The looks of a workbook under that edition."""
        places = "." + "0" * guidance.decimals if guidance.decimals else ""
        bold = _BORDER | {"bold": True, "text_wrap": False}
        looks: dict[str, Mapping[str, object]] = {
            "title": {"bold": True, "font_size": 14},
            "bold": {"bold": True},
            "plain": {},
            "header": _HEAD,
            "text": _BORDER,
            "centred": _BORDER | {"align": "center"},
            "ratio": _BORDER | {"align": "center", "num_format": f"0{places}"},
            "amount": _BORDER | {"align": "right", "num_format": f"#,##0{places}"},
            "share": _BORDER | {"align": "right", "num_format": "0.0%"},
            "total": bold | {"num_format": f"#,##0{places}"},
            "total_share": bold | {"num_format": "0.0%"},
            "total_count": bold | {"align": "center"},
        }
        return cls(workbook, guidance, decimals, **{name: workbook.add_format(look) for name, look in looks.items()})


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the scale stands, as formulas write it: the standard points, and levels beside their marks."""

    standard: str
    marks: str


@dataclass(frozen=True, slots=True)
class Live:
    """Where columns of the catalogue stand, as formulas write it: line numbers, tiers, converted quantities."""

    numbers: str
    tiers: str
    amounts: str


def quoted_name(sheet: Worksheet) -> str:
    """The sheet's name as formulas write it before a cell."""
    return "'" + str(sheet.get_name()).replace("'", "''") + "'!"


def headings(book: Book, sheet: Worksheet, row: int, words: Sequence[str]) -> None:
    """A header row from the first column on."""
    for column, heading in enumerate(words):
        sheet.write_string(row, column, heading, book.header)


def print_on_a4(sheet: Worksheet, header: int) -> None:
    """Landscape, as wide as the paper, the header repeated and kept in sight, pages numbered."""
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
