"""Whose part a file is: guessed from its lines, sheets, title and name, for a person to correct."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kpicat.exchange import Read
from kpicat.exchange.tables.columns import lexicon
from kpicat.exchange.tables.lines import is_organisation
from kpicat.language import _
from kpicat.model import Item, LeftOut
from kpicat.text.normalise import fold, one_line

Units = Mapping[tuple[str, str], str]
"""(File, sheet) -> the unit that its lines without a department of their own belong to."""

_MOSTLY = 0.9  # of the lines that name a department, so many the same
_LABELLED = re.compile(
    r"(?:tên )?(?:cơ quan, đơn vị|đơn vị|phòng, ban|cơ quan|bộ phận)\s*[:：]\s*(?P<unit>.+)", re.IGNORECASE
)
_OF = re.compile(r"\bcủa\s+(?P<unit>.+)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+")
_AS_SPACE = re.compile(r"[\s_]+")
_NUMBER = re.compile(r"\d+[a-z]?")


def guess_units(reads: Sequence[Read], known: Collection[str] = ()) -> dict[tuple[str, str], str]:
    """The unit of each sheet of each file, "" where nothing says so.

    A sheet called after a unit is that unit's; else what most of its lines name, what
    the title says, what the file or its folder is called.

    Args:
        reads: The files.
        known: Units as the catalogue spells them; a guess that agrees, or abbreviates one of them, takes their
            spelling. Of spellings that only the files have, one in capitals gives way to any other.
    """
    spelled = {fold(unit): unit for unit in known if unit}
    guesses = {
        (read.report.file, sheet): _of_sheet(read, sheet, spelled)
        for read in reads
        for sheet in dict.fromkeys(item.source.sheet for item in read.items)
    }
    own = sorted(filter(None, (*guesses.values(), *_said(reads))), key=_how_plain)
    spelled = {fold(unit): unit for unit in own} | spelled
    return {place: spelled.get(fold(unit), unit) for place, unit in guesses.items()}


def _said(reads: Iterable[Read]) -> Iterator[str]:
    """Names that the files spell somewhere: their lines, sheets and titles, themselves and their folders."""
    for read in reads:
        path = PurePosixPath(read.report.file)
        yield from {str(item["department"]) for item in read.items}
        for name in (path.stem, *path.parent.parts, *read.report.titles):
            yield _in_name(name, {})
        yield from (one_line(line) for titles in read.report.titles.values() for line in "\n".join(titles).split("\n"))


def _how_plain(unit: str) -> tuple[bool, bool]:
    """Sorts how people write a name in a sentence last: with its marks, not in capitals."""
    return not unit.isascii(), not unit.isupper()


def with_units(reads: Sequence[Read], units: Units) -> list[Read]:
    """The files, every line without a department in that of its sheet."""

    def placed(item: Item) -> Item:
        unit = units.get((item.source.file, item.source.sheet), "")
        return replace(item, values={**item.values, "department": unit}) if unit and not item["department"] else item

    return [replace(read, items=[placed(item) for item in read.items]) for read in reads]


def by_sheet(read: Read) -> Read:
    """A file whose sheets are different units' parts: its lines as :func:`with_units` gives them, with a remark.

    Any other file stays as it is: whose it is, whoever brings it in knows.
    """
    units = {place: unit for place, unit in guess_units([read]).items() if unit}
    if len(set(units.values())) < 2:
        return read
    (placed,) = with_units([read], units)
    given = {new.source.sheet for old, new in zip(read.items, placed.items, strict=True) if old is not new}
    sentence = _("Lines without a department took “{unit}”, whose part the sheet seems to be; check it.")
    remarks = [
        LeftOut(sheet, None, sentence.format(unit=unit)) for (_file, sheet), unit in units.items() if sheet in given
    ]
    return replace(placed, report=replace(read.report, remarks=[*read.report.remarks, *remarks]))


def _of_sheet(read: Read, sheet: str, spelled: Mapping[str, str]) -> str:
    named = Counter(str(item["department"]) for item in read.items if item.source.sheet == sheet and item["department"])
    if named:
        unit, times = named.most_common(1)[0]
        if times >= _MOSTLY * named.total():
            return unit
    path = PurePosixPath(read.report.file)
    return (
        _in_name(sheet, spelled)
        or _in_title(read.report.titles.get(sheet, ()), spelled, labelled=True)
        or _first(_in_name(name, spelled) for name in (path.stem, *reversed(path.parent.parts)))
        or _in_title(read.report.titles.get(sheet, ()), spelled, labelled=False)
    )


def _first(names: Iterable[str]) -> str:
    return next(filter(None, names), "")


def _in_title(titles: Sequence[str], spelled: Mapping[str, str], *, labelled: bool) -> str:
    """A unit that the title says is whose part this is, or the last body of the letterhead."""
    lines = [one_line(_ASIDE.sub(" ", line)) for title in titles for line in title.split("\n")]
    if labelled:
        for line in lines:
            found = _LABELLED.match(line) or _OF.search(line)
            if found and (is_organisation(found["unit"]) or found.re is _LABELLED):
                return found["unit"].strip(" .:-–…_")
        return _first(_in_name(line, spelled) for line in lines if fold(line).startswith("danh muc"))
    return next((line for line in reversed(lines) if is_organisation(line) and ":" not in line), "")


def _in_name(name: str, spelled: Mapping[str, str]) -> str:
    """The body that a file, folder or sheet is called after, without the words that say what it is."""
    text = _ASIDE.sub(" ", unicodedata.normalize("NFC", name))
    best = ""
    for words in _pieces(list(_WORD.finditer(text))):
        bare = [fold(word[0]) for word in words]
        if (whole := _known(bare, spelled)) is not None:
            return whole
        said = _AS_SPACE.sub(" ", text[words[0].start() : words[-1].end()])
        best = max(best, said if _is_body(bare) else "", key=len)
    return best


def _pieces(words: Sequence[re.Match[str]]) -> Iterator[Sequence[re.Match[str]]]:
    """The words between those that are none of a unit's name."""
    bare = [fold(word[0]) for word in words]
    start = at = 0
    while at < len(words):
        length = _noise_at(bare, at)
        if length and at > start:
            yield words[start:at]
        at += length or 1
        if length:
            start = at
    if start < len(words):
        yield words[start:]


def _known(bare: Sequence[str], spelled: Mapping[str, str]) -> str | None:
    """The known unit of that name, or the only one that the words abbreviate: "VPĐU", "Ban XDĐ"."""
    names = {unit: _WORD.findall(words) for words, unit in spelled.items()}
    same = [unit for unit, words in names.items() if words == bare]
    meant = same or [unit for unit, words in names.items() if _stands_for(bare, words)]
    return meant[0] if len(meant) == 1 else None


def _stands_for(bare: Sequence[str], words: Sequence[str]) -> bool:
    """Each of the one is a word of the other, or the first letters of two or more."""
    at = 0
    for part in bare:
        initials = "".join(word[0] for word in words[at : at + len(part)])
        if words[at : at + 1] == [part]:
            at += 1
        elif len(part) > 1 and part == initials:
            at += len(part)
        else:
            return False
    return bool(bare) and at == len(words)


def _noise_at(bare: Sequence[str], at: int) -> int:
    """How many words from there on are none of a unit's name."""
    if _NUMBER.fullmatch(bare[at]):
        return 1
    return next((len(phrase) for phrase in _noise() if tuple(bare[at : at + len(phrase)]) == phrase), 0)


@functools.cache
def _noise() -> tuple[tuple[str, ...], ...]:
    phrases = (tuple(words.split()) for words in lexicon("units")["noise"]["words"])
    return tuple(sorted(phrases, key=len, reverse=True))


@functools.cache
def _bodies() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(words).split()) for words in lexicon("rows")["organisation"]["words"])


def _is_body(bare: Sequence[str]) -> bool:
    return len(bare) > 1 and any(tuple(bare[: len(body)]) == body for body in _bodies())
