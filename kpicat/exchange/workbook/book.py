"""What the sheets of a workbook share: their looks, and how one refers to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpicat.guidance import Guidance

_BORDER = {"border": 1, "border_color": "#A6A6A6", "valign": "top", "text_wrap": True}
_LINE, _TALLEST = 15.0, 409.0  # points, of one line and of the tallest row there can be
_FILLED = 0.85  # of a line's width, as words break
_HEAD = _BORDER | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7E6E6"}

READABLE = 230
"""Characters side by side on A4 lying down of which each is still 7 points high."""

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What people typed is text, whatever it looks like."""


class _EmptyText(str):
    """XlsxWriter takes whatever equals "" for a formula never computed; this equals nothing."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


EMPTY_TEXT = _EmptyText()
"""The stored value of a formula that came out as an empty text."""


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
    label: Format
    left: Format
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
            "label": _BORDER | {"bold": True},
            "left": _BORDER | {"align": "left"},
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
    """Where columns of the catalogue stand, as formulas write it: line numbers, tiers, … converted quantities."""

    numbers: str
    tiers: str
    points: str
    ratios: str
    amounts: str


def quoted_name(sheet: Worksheet) -> str:
    """The sheet's name as formulas write it before a cell."""
    return "'" + str(sheet.get_name()).replace("'", "''") + "'!"


def height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """How tall a row of wrapped texts is, in points; not every program measures it by itself.

    Args:
        texts: What its cells say.
        widths: How wide each is, in characters.
    """
    lines = (
        sum(ceil(len(part) / (width * _FILLED)) if len(part) > width else 1 for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(_LINE * max(lines, default=1), _TALLEST)


def headings(book: Book, sheet: Worksheet, row: int, words: Sequence[str], widths: Sequence[float]) -> None:
    """A header row from the first column on, and how wide the columns are in characters."""
    sheet.set_row(row, height(words, widths))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, heading in enumerate(words):
        sheet.write_string(row, column, heading, book.header)


def listing(
    book: Book,
    sheet: Worksheet,
    title: str,
    columns: Sequence[tuple[str, float]],
    lines: Sequence[tuple[int | None, Sequence[str]]],
) -> None:
    """A whole sheet of what there is to say of the catalogue's lines, to be printed and filtered.

    Args:
        columns: Heading and width in characters of each; the first is that of the lines' numbers.
        lines: The number of the line in the catalogue, None for all of it, and the words of the other columns.
    """
    words, widths = zip(*columns, strict=True)
    sheet.write_string(0, 0, title, book.title)
    headings(book, sheet, 2, words, widths)
    for row, (n, texts) in enumerate(lines, start=3):
        sheet.set_row(row, height(texts, widths[1:]))
        sheet.write(row, 0, n, book.centred)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, text, book.text)
    print_on_a4(sheet, 2)
    sheet.autofilter(2, 0, 2 + len(lines), len(columns) - 1)


def print_on_a4(sheet: Worksheet, header: int | None = None) -> None:
    """Landscape, as wide as the paper, pages numbered; the header repeated and kept in sight."""
    if header is not None:
        sheet.freeze_panes(header + 1, 0)
        sheet.repeat_rows(header)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
