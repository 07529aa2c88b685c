"""Numbers that Word counts itself: "1.", "a)", "II." stand in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from kpicat.exchange.documents.word_xml import child, child_says, said

BULLET = "-"
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 9
_LONGEST = 20  # characters of a label
_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(frozen=True, slots=True)
class _Style:
    numbered: tuple[str | None, str | None]  # list and level, each None where it does not say
    depth: int | None
    based_on: str


@dataclass
class Numbering:
    """The lists of one file, counted as its paragraphs go by."""

    levels: Mapping[str, Mapping[int, _Level]]  # list's pattern -> its levels
    patterns: Mapping[str, tuple[str, Mapping[int, int]]]  # list -> its pattern, and levels it starts anew
    styles: Mapping[str, _Style]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, properties: etree._Element | None) -> str:
        """The number of the next paragraph, which has these properties; "" for one outside any list."""
        if properties is None:
            return ""
        own = child(properties, "numPr")
        style = child_says(properties, "pStyle") or ""
        if own is None and not self.styles:
            return ""
        at, deep = self._by_style(style)
        at, deep = child_says(own, "numId") or at, child_says(own, "ilvl") or deep
        level = int(deep) if deep and deep.isdecimal() else 0
        if not at or at not in self.patterns or level >= _DEEPEST:
            return ""
        return self._count(at, level)

    def depth(self, properties: etree._Element | None) -> int | None:
        """How deep a heading the paragraph is by its style or its own word; None for plain text."""
        told = child_says(properties, "outlineLvl")
        if told is None:
            style = self.styles.get(child_says(properties, "pStyle") or "")
            seen = 0
            while style and style.depth is None and seen < _DEEPEST:
                style, seen = self.styles.get(style.based_on), seen + 1
            return style.depth if style else None
        return _depth(told)

    def _by_style(self, name: str) -> tuple[str | None, str | None]:
        at = deep = None
        for _step in range(_DEEPEST):
            style = self.styles.get(name)
            if style is None:
                break
            at, deep, name = at or style.numbered[0], deep or style.numbered[1], style.based_on
        return at, deep

    def _count(self, at: str, level: int) -> str:
        pattern, anew = self.patterns[at]
        levels = self.levels.get(pattern, {})
        counts = self._counts.setdefault(pattern, {})
        if at not in self._begun:
            self._begun.add(at)
            for deep, start in anew.items():
                counts[deep] = start - 1
        here = levels.get(level)
        if here is None or here.form == "none":
            return ""
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [deep for deep in counts if deep > level]:
            del counts[deeper]
        if here.form == "bullet":
            return BULLET

        def number(place: re.Match[str]) -> str:
            deep = int(place[1]) - 1
            of = levels.get(deep)
            return _formed(counts.get(deep, of.start if of else 1), of.form if of else "decimal")

        return _PLACE.sub(number, here.text).strip()[:_LONGEST]


def numbering(lists: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists that ``numbering.xml`` and ``styles.xml`` define."""
    levels: dict[str, dict[int, _Level]] = {}
    patterns: dict[str, tuple[str, dict[int, int]]] = {}
    for pattern in () if lists is None else lists.iterchildren("{*}abstractNum"):
        levels[said(pattern, "abstractNumId") or ""] = dict(map(_level, pattern.iterchildren("{*}lvl")))
    for own in () if lists is None else lists.iterchildren("{*}num"):
        anew = {
            _whole(said(over, "ilvl"), 0): _whole(start, 1)
            for over in own.iterchildren("{*}lvlOverride")
            if (start := child_says(over, "startOverride")) is not None
        }
        patterns[said(own, "numId") or ""] = child_says(own, "abstractNumId") or "", anew
    named = {} if styles is None else {said(s, "styleId") or "": _style(s) for s in styles.iterchildren("{*}style")}
    return Numbering(levels, patterns, named)


def _style(style: etree._Element) -> _Style:
    numbered = child_says(style, "pPr", "numPr", "numId"), child_says(style, "pPr", "numPr", "ilvl")
    told = child_says(style, "pPr", "outlineLvl")
    return _Style(numbered, None if told is None else _depth(told), child_says(style, "basedOn") or "")


def _level(level: etree._Element) -> tuple[int, _Level]:
    start = _whole(child_says(level, "start"), 1)
    form, text = child_says(level, "numFmt") or "decimal", child_says(level, "lvlText") or ""
    return _whole(said(level, "ilvl"), 0), _Level(start, form, text)


def _depth(told: str) -> int | None:
    deep = _whole(told, _DEEPEST)
    return deep if deep < _DEEPEST else None


def _whole(told: str | None, otherwise: int) -> int:
    return int(told) if told and told.isdecimal() and len(told) < 6 else otherwise


def _formed(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "decimalZero":
            return f"{number:02}"
        case _decimal:
            return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 90:
        return str(number)
    written = ""
    for sign, value in _ROMAN if number < 40 else (("L", 50), ("XL", 40), *_ROMAN):
        while number >= value:
            written, number = written + sign, number - value
    return written
