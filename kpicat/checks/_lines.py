"""What the checks share: the lines they look at, and how they call one by name."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal

import pandas as pd

from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.text.normalise import tidy

MOST = 60
"""About as many characters of a text as a message quotes."""


@functools.lru_cache(maxsize=100_000)
def short(text: str) -> str:
    """The text on one line, cut at a word to about :data:`MOST` characters."""
    text = tidy(text[: 10 * MOST])
    if not text.isprintable():
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) <= MOST:
        return text
    cut = text[:MOST]
    return cut[: cut.rfind(" ")].rstrip(" ,;:-–") + "…" if " " in cut else cut + "…"


def levels(items: pd.DataFrame) -> list[int | None]:
    """Each item's tier as stated."""
    return [None if level is pd.NA else int(level) for level in items["tier"].astype("object")]


def points(items: pd.DataFrame, guidance: Guidance) -> list[Decimal | None]:
    """Each item's points: as stated, else the single mark of its tier; as ``convert`` takes them, without a table.

    Source: PL3 §2 bước 3.
    """
    marks = {tier.level: tier.mark for tier in guidance.tiers}
    stated = items["points"].tolist()
    if None not in stated:
        return stated
    return [
        marks.get(level) if score is None and level is not None else score
        for score, level in zip(stated, levels(items), strict=True)
    ]


def names(items: pd.DataFrame) -> Iterator[str]:
    """Each line's short name: its task, or failing that what else it holds."""
    return map(namer(items), range(len(items)))


def namer(items: pd.DataFrame) -> Callable[[int], str]:
    """Gives the short name of the line at a place, for checks that name few of many."""
    columns = [items[field].tolist() for field in ("task", "detail", "product", "code")]

    def name(place: int) -> str:
        return next(filter(None, (short(column[place]) for column in columns)), _("line without a name"))

    return name


def references(items: pd.DataFrame) -> list[str]:
    """What each line is called where another line's message points at it, no two alike.

    Its code where no other line has it, else its row in the file or its place.
    """
    row, place = _("row {row}"), _("line {number}")
    codes = [short(code) for code in items["code"].tolist()]
    rows = [None if at is pd.NA else int(at) for at in items["source_row"].astype("object").tolist()]
    shared = {name for name, times in Counter([*codes, *rows]).items() if times > 1} | {"", None}
    return [
        code if code not in shared else row.format(row=at) if at not in shared else place.format(number=n)
        for n, (code, at) in enumerate(zip(codes, rows, strict=True), start=1)
    ]


def told_apart(items: pd.DataFrame, apart: Collection[tuple[str, str]]) -> Callable[[int, int], bool]:
    """Tells whether people say of the lines at two places that they are two works."""
    if not apart:
        return lambda place, other: False
    ids = items.index.tolist()
    return lambda place, other: (min(ids[place], ids[other]), max(ids[place], ids[other])) in apart


def empty(items: pd.DataFrame, field: str, *, dashes: bool = False) -> Iterator[tuple[str, str]]:
    """Id and name of each line whose ``field`` holds nothing.

    Args:
        items: The catalogue.
        field: A text field.
        dashes: Whether "-", "…" or "?" holds nothing too; where another check reads
            the field's words, that one says so.
    """
    gaps = [not any(c.isalnum() for c in text) if dashes else not text.strip() for text in items[field]]
    if any(gaps):
        there = items[pd.Series(gaps, index=items.index, dtype="bool")]
        yield from zip(there.index, names(there), strict=True)
