"""The lines that checks look at, and what they share: names for lines, tiers and points, gaps."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.memo import remembered
from kpicat.model import FIELDS, values_of
from kpicat.text.normalise import tidy

MOST = 60
"""About as many characters of a text as a message quotes."""


class Lines:
    """The lines of a catalogue, as checks look at them: ``lines["task"]`` is a list with a cell a line.

    Cells are texts, numbers or flags; None for a number that is not written. It is made of a
    column when that is first asked for, and not changed.

    Attributes:
        index: The items' ids, in catalogue order.
        whole: The catalogue these are some lines of; itself where they are all.
        places: Where they stand in it.
    """

    def __init__(self, index: Sequence[str], read: Callable[[str], list[Any]], whole: Lines | None = None) -> None:
        self.index = index
        self.whole = whole or self
        self.places: Sequence[int] = range(len(index))
        self._read = read
        self._columns: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, field: str) -> list[Any]:
        if (column := self._columns.get(field)) is None:
            column = self._columns[field] = self._read(field)
        return column

    def some(self, places: Sequence[int]) -> Lines:
        """The lines at some places, in their order."""
        part = Lines([self.index[at] for at in places], lambda field: _at(self[field], places), self.whole)
        part.places = [self.places[at] for at in places]
        return part

    def edited(self, items: pd.DataFrame, rows: Mapping[int, int], all_rows: Sequence[int]) -> Lines:
        """The same lines with other cells in some.

        Args:
            items: The catalogue now.
            rows: Place of each line that was edited -> its row in ``items``.
            all_rows: The row of each line.
        """
        now = Lines(self.index, _reader(items, all_rows))
        for field, column in self._columns.items():
            cells = items[field].array
            now._columns[field] = column.copy()
            for place, row in rows.items():
                now._columns[field][place] = _cell(cells[row])
        return now

    @functools.cached_property
    def references(self) -> list[str]:
        """What each line is called where another line's message points at it, no two alike.

        Its code where no other line has it, else its row in the file or its place.
        """
        if self.whole is not self:
            return _at(self.whole.references, self.places)
        by_row, by_place = _("row {row}"), _("line {number}")
        codes, rows = list(map(short, self["code"])), self["source_row"]
        shared = {name for name, times in Counter([*codes, *rows]).items() if times > 1} | {"", None}
        return [
            code if code not in shared else by_row.format(row=at) if at not in shared else by_place.format(number=n)
            for n, (code, at) in enumerate(zip(codes, rows, strict=True), start=1)
        ]


def lines_of(items: pd.DataFrame) -> tuple[Lines, Sequence[int]]:
    """The rows of a catalogue that hold anything, and which rows these are."""
    rows = filled_rows(items)
    return Lines(_at(items.index.tolist(), rows), _reader(items, rows)), rows


def _reader(items: pd.DataFrame, rows: Sequence[int]) -> Callable[[str], list[Any]]:
    """Gives the cells of a field in some rows."""
    if len(rows) == len(items):
        return lambda field: values_of(items[field])
    return lambda field: _at(values_of(items[field]), rows)


def filled_rows(items: pd.DataFrame) -> Sequence[int]:
    """Places of the rows that hold anything; the rest are blank rows kept ready for typing."""
    nameless = [row for row, task in enumerate(items["task"].tolist()) if task == ""]
    if not nameless:
        return range(len(items))
    blank = {row for row in nameless if is_blank(items, row)}
    return [row for row in range(len(items)) if row not in blank]


def is_blank(items: pd.DataFrame, row: int) -> bool:
    """Whether a row holds nothing."""
    return all(_is_empty(name, items[name].array[row]) for name in ("task", *FIELDS))


def _is_empty(field: str, cell: object) -> bool:
    return cell is None or cell is pd.NA or bool(cell == FIELDS[field].empty)


def _cell(cell: Any) -> Any:
    return None if cell is pd.NA else cell


def _at(column: Sequence[Any], places: Iterable[int]) -> list[Any]:
    return [column[place] for place in places]


# -- what checks share -----------------------------------------------------------


@remembered(100_000)
def short(text: str) -> str:
    """The text on one line, cut at a word to about :data:`MOST` characters."""
    text = tidy(text[: 10 * MOST])
    if not text.isprintable():
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) <= MOST:
        return text
    cut = text[:MOST]
    return cut[: cut.rfind(" ")].rstrip(" ,;:-–") + "…" if " " in cut else cut + "…"


def points(items: Lines, guidance: Guidance) -> list[Decimal | None]:
    """Each item's points: as stated, else the single mark of its tier; as ``convert`` takes them, without a table.

    Source: PL3 §2 bước 3.
    """
    stated = items["points"]
    if None not in stated:
        return stated
    marks = {tier.level: tier.mark for tier in guidance.tiers}
    return [
        marks.get(level) if score is None and level is not None else score
        for score, level in zip(stated, items["tier"], strict=True)
    ]


def marked(items: Lines) -> Lines:
    """The lines marked as the standard unit."""
    return items.some([place for place, mark in enumerate(items["standard_unit"]) if mark])


def names(items: Lines) -> Iterator[str]:
    """Each line's short name: its task, or failing that what else it holds."""
    return map(functools.partial(name, items), range(len(items)))


def name(items: Lines, place: int) -> str:
    """The short name of the line at a place."""
    said = (short(items[field][place]) for field in ("task", "detail", "product", "code"))
    return next(filter(None, said), _("line without a name"))


def told_apart(items: Lines, apart: Collection[tuple[str, str]]) -> Callable[[int, int], bool]:
    """Tells whether people say of the lines at two places that they are two works."""
    if not apart:
        return lambda place, other: False
    ids = items.index
    return lambda place, other: (min(ids[place], ids[other]), max(ids[place], ids[other])) in apart


def empty(items: Lines, field: str, *, dashes: bool = False) -> Iterator[tuple[int, str, str]]:
    """Place, id and name of each line whose ``field`` holds nothing.

    Args:
        items: The catalogue.
        field: A text field.
        dashes: Whether "-", "…" or "?" holds nothing too; where another check reads
            the field's words, that one says so.
    """
    for place, text in enumerate(items[field]):
        if not any(map(str.isalnum, text)) if dashes else not text.strip():
            yield place, items.index[place], name(items, place)
