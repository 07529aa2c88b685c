"""Whose part a file is: guessed from its lines, sheets, title and name, for a person to correct."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kpicat.exchange import Read
from kpicat.exchange.tables.columns import lexicon
from kpicat.exchange.tables.lines import is_organisation
from kpicat.model import Item
from kpicat.text.normalise import fold, one_line

Units = Mapping[tuple[str, str], str]
"""(File, sheet) -> the unit that its lines without a department of their own belong to."""

_MOSTLY = 0.9  # of the lines that name a department, so many the same
_LABELLED = re.compile(r"(?:đơn vị|phòng, ban|cơ quan|bộ phận|tên đơn vị)\s*[:：]\s*(?P<unit>.+)", re.IGNORECASE)
_OF = re.compile(r"\bcủa\s+(?P<unit>.+)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_APART = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+[a-z]?")


def guess_units(reads: Sequence[Read], known: Collection[str] = ()) -> dict[tuple[str, str], str]:
    """The unit of each sheet of each file, "" where nothing says so.

    A sheet called after a unit is that unit's; else what most of its lines name, what
    the title says, what the file or its folder is called.

    Args:
        reads: The files.
        known: Units as the catalogue spells them; a guess that agrees takes their spelling.
    """
    spelled = {fold(unit): unit for unit in known if unit}
    guesses = {}
    for read in reads:
        for sheet in dict.fromkeys(item.source.sheet for item in read.items):
            unit = _of_sheet(read, sheet, spelled)
            guesses[read.report.file, sheet] = spelled.setdefault(fold(unit), unit) if unit else ""
    return guesses


def with_units(reads: Sequence[Read], units: Units) -> list[Read]:
    """The files, every line without a department in that of its sheet."""

    def placed(item: Item) -> Item:
        unit = units.get((item.source.file, item.source.sheet), "")
        return replace(item, values={**item.values, "department": unit}) if unit and not item["department"] else item

    return [replace(read, items=[placed(item) for item in read.items]) for read in reads]


def _of_sheet(read: Read, sheet: str, spelled: Mapping[str, str]) -> str:
    named = Counter(str(item["department"]) for item in read.items if item.source.sheet == sheet and item["department"])
    if named:
        unit, times = named.most_common(1)[0]
        if times >= _MOSTLY * named.total():
            return unit
    path = PurePosixPath(read.report.file)
    return (
        _in_name(sheet, spelled)
        or _in_title(read.report.titles.get(sheet, ()), labelled=True)
        or _first(_in_name(name, spelled) for name in (path.stem, *reversed(path.parent.parts)))
        or _in_title(read.report.titles.get(sheet, ()), labelled=False)
    )


def _first(names: Iterable[str]) -> str:
    return next(filter(None, names), "")


def _in_title(titles: Sequence[str], *, labelled: bool) -> str:
    """A unit that the title says is whose part this is, or the last body of the letterhead."""
    lines = [one_line(line) for title in titles for line in title.split("\n")]
    if labelled:
        for line in lines:
            found = _LABELLED.search(line) or _OF.search(line)
            if found and (is_organisation(found["unit"]) or found.re is _LABELLED):
                return found["unit"].strip(" .:-–")
        return ""
    return next((line for line in reversed(lines) if is_organisation(line)), "")


def _in_name(name: str, spelled: Mapping[str, str]) -> str:
    """The body that a file, folder or sheet is called after, without the words that say what it is."""
    words = [word for word in _APART.split(_ASIDE.sub(" ", unicodedata.normalize("NFC", name))) if word]
    bare = [fold(word) for word in words]
    while (cut := _noise_at(bare)) is not None:
        start, end = cut
        if start and end < len(bare):  # what stands before it and after it are not one name
            rest = [(words[:start], bare[:start]), (words[end:], bare[end:])]
            words, bare = max(rest, key=lambda side: (_is_body(side[1]), len(side[1])))
        else:
            del words[start:end], bare[start:end]
    said = " ".join(words)
    if (whole := spelled.get(" ".join(bare))) is not None:
        return whole
    return said if _is_body(bare) else ""


def _noise_at(bare: Sequence[str]) -> tuple[int, int] | None:
    """Where the first words stand that are none of a unit's name."""
    for start in range(len(bare)):
        if _NUMBER.fullmatch(bare[start]):
            return start, start + 1
        for phrase in _noise():
            if tuple(bare[start : start + len(phrase)]) == phrase:
                return start, start + len(phrase)
    return None


@functools.cache
def _noise() -> tuple[tuple[str, ...], ...]:
    phrases = (tuple(words.split()) for words in lexicon("units")["noise"]["words"])
    return tuple(sorted(phrases, key=len, reverse=True))


@functools.cache
def _bodies() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(words).split()) for words in lexicon("rows")["organisation"]["words"])


def _is_body(bare: Sequence[str]) -> bool:
    return len(bare) > 1 and any(tuple(bare[: len(body)]) == body for body in _bodies())
