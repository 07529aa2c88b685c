"""Which columns a form has and how wide they are, so that all of them fit the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kpicat.exchange.tables.columns import fields_named

PAPER_WIDTH = 297 - 30 - 20  # mm of an A4 sheet lying down, between its margins
SIZES = (13, 12, 11)  # pt; the largest in which an ordinary row is not too tall is taken
MOST_LINES = 5.0  # of an ordinary row
_MM_OF_POINT = 25.4 / 72
_SMALL, _CAPITAL, _BOLD = 0.52, 0.8, 1.1  # widths in type sizes, a little more than Times New Roman's average
_PADDING = 3.0  # mm, left and right of a cell's text together
_WIDEST_WORD = 26.0  # mm; longer words are broken


@dataclass(frozen=True, slots=True)
class Column:
    """One column as ``data/templates/form.toml`` describes it.

    Attributes:
        fields: What its cells hold, one beneath the other.
        wraps: Its texts are sentences: it shares what the others leave of the page.
        always: It stands there even if nothing fills it.
        labels: Field -> what is printed before its words, of fields that the heading does not name.
    """

    heading: str
    fields: tuple[str, ...]
    align: Literal["left", "center", "right"] = "left"
    wraps: bool = False
    always: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def means(self) -> str:
        """The field that its heading names to whoever reads it: of those it holds the first that is so called."""
        named = fields_named(self.heading)
        return next((name for name in self.fields if name in named), self.fields[0])


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths in mm, which add up to :data:`PAPER_WIDTH`, and the type size in pt."""

    widths: tuple[float, ...]
    size: int


def present(columns: Sequence[Column], said: Mapping[str, Sequence[str]]) -> list[Column]:
    """The columns that something fills, and those that are always there."""
    return [column for column in columns if column.always or any(any(said[name]) for name in column.fields)]


def lay_out(columns: Sequence[Column], cells: Sequence[Sequence[Sequence[str]]]) -> Layout:
    """No column narrower than its longest word; the rest of the page goes where most is written.

    Args:
        columns: From left to right.
        cells: For each column its cells, each the texts beneath each other.
    """
    longest = [_longest_word(column, own) for column, own in zip(columns, cells, strict=True)]
    written = [_mean_length(own) if column.wraps else 0.0 for column, own in zip(columns, cells, strict=True)]
    whole = sum(written)
    for size in SIZES:
        least = [min(length * size * _MM_OF_POINT + _PADDING, _WIDEST_WORD) for length in longest]
        left = PAPER_WIDTH - sum(least)
        widths = [width + left * own / whole for width, own in zip(least, written, strict=True)]
        lines = (own * size * _MM_OF_POINT / (width - _PADDING) for width, own in zip(widths, written, strict=True))
        if left >= 0 and max(lines) <= MOST_LINES:
            break
    return Layout(tuple(widths), size)


def longest_that_fits(width: float, size: int) -> int:
    """How many characters of one word a column holds."""
    return max(int((width - _PADDING) / (size * _MM_OF_POINT * _CAPITAL)), 1)


def _longest_word(column: Column, cells: Iterable[Iterable[str]]) -> float:
    """How long the longest word is, heading included, in type sizes."""
    words = {word for texts in cells for text in texts for word in text.split()}
    heading = _BOLD * max(map(_length, column.heading.split()))
    return max([heading, *map(_length, words)])


def _length(word: str) -> float:
    return sum(_CAPITAL if sign.isupper() else _SMALL for sign in word)


def _mean_length(cells: Sequence[Iterable[str]]) -> float:
    """How much is written in a cell, in type sizes; never nothing."""
    return 5 + _SMALL * sum(len(text) for texts in cells for text in texts) / max(len(cells), 1)
