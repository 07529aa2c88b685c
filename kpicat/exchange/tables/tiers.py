"""Tiers as files write them: the edition's words, "Dễ", "N3", "Nhóm 3", "Mức 2 (120)", "Mức III".

What people write beside the edition's own words is data: ``data/lexicon/tiers.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpicat.guidance import Guidance
from kpicat.settings import ROOT
from kpicat.text.normalise import canonical
from kpicat.text.numbers import parse_number

_WORDS = ROOT / "data" / "lexicon" / "tiers.toml"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_BELOW_ZERO = re.compile(r"[-−–]\d")
_ASIDE = re.compile(r"\(([^()]*)\)")
_AND = re.compile(r"\s*[,;/]\s*|\s+(?:và|hoặc)\s+")
_MORE = re.compile(r"(?:rất|đặc biệt)\s+(?!.*(?:[;/]|\bhoặc\b))")  # "rất khó, phức tạp": both are very much so
_HEADED = re.compile(r"\s*[:.]\s+|\s+[-–—]\s+|:")
_FRAME = re.compile(r"\d+\s*(?:-|–|—|đến)\s*\d+(?:\s*điểm)?")
_BETWEEN = re.compile(r"\s*(?:-|–|—|đến)\s*")


@dataclass(frozen=True, slots=True)
class TierWord:
    """What a tier cell says: a level, points, both, or (neither) nothing that is known."""

    level: int | None = None
    points: Decimal | None = None


UNKNOWN = TierWord()


def tier_word(text: str, guidance: Guidance) -> TierWord:
    """The tier that ``text`` names on this scale, and the points if it states them."""
    return _words_of(_Scale(guidance), canonical(text))


def looks_like_tier(text: str, guidance: Guidance) -> bool:
    """The text names a tier of this scale, or of some scale ("N5")."""
    plain = canonical(text)
    if tier_word(text, guidance) != UNKNOWN:
        return True
    return _number_in(_ASIDE.sub("", plain).strip()) is not None


@dataclass(frozen=True, slots=True)
class _Scale:
    """A guidance to look words up by; two are the same when their tiers are."""

    guidance: Guidance

    def __hash__(self) -> int:
        return hash(self.guidance.tiers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Scale) and self.guidance.tiers == other.guidance.tiers


@functools.cache
def _lexicon() -> Mapping[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@functools.cache
def _numbered() -> re.Pattern[str]:
    spelt = "|".join(_lexicon()["spelt"]["words"])
    return re.compile(
        rf"(?:(?:{_nouns()})\s*:?\s*)?(?:n\s*)?(?:0?(?P<digit>[1-9])(?:[.,]0)?|(?P<roman>iii|ii|iv|i|v))"
        rf"|(?:{_nouns()})\s+(?P<spelt>{spelt})"
    )


def _nouns() -> str:
    return "|".join(sorted(map(re.escape, _lexicon()["numbered"]["words"]), key=len, reverse=True))


@functools.cache
def _announced() -> re.Pattern[str]:
    return re.compile(rf"(?:{_nouns()})\s*:?\s+(?P<word>.+)")


def _number_in(text: str) -> int | None:
    """The number of "mức 3", "n3", "03", "iii" or "mức ba"; None for any other text."""
    if not (found := _numbered().fullmatch(text)):
        return None
    if digit := found["digit"]:
        return int(digit)
    roman = found["roman"]
    return _ROMAN[roman] if roman else 1 + _lexicon()["spelt"]["words"].index(found["spelt"])


@functools.lru_cache(maxsize=64)
def _known(scale: _Scale) -> dict[str, int]:
    known: dict[str, int] = {}
    for tier in scale.guidance.tiers:
        frame = () if tier.mark is not None else (f"{tier.lowest}-{tier.highest}",)
        for word in (tier.label_vi, tier.label_en, tier.key, *tier.words, *frame):
            known.setdefault(canonical(word), tier.level)
            known.setdefault(_ASIDE.sub("", canonical(word)).strip(), tier.level)
    for word, entry in _lexicon().items():
        if level := known.get(canonical(word)):
            for same in entry["words"]:
                known.setdefault(canonical(same), level)
    return known


@functools.lru_cache(maxsize=10_000)
def _words_of(scale: _Scale, text: str) -> TierWord:
    guidance = scale.guidance
    if _BELOW_ZERO.match(text):
        return UNKNOWN
    level = _level(scale, text)
    if level is not None:
        return TierWord(level)
    aside = _ASIDE.search(text)
    outside = _ASIDE.sub("", text).strip(" :.-–")
    if aside and outside:  # "Mức 2 (120)"
        return TierWord(_level(scale, outside), _mark(guidance, aside[1]))
    if outside != text:
        return _words_of(scale, outside)
    points = _mark(guidance, text)
    tier = guidance.tier_of(points) if points is not None else None
    return TierWord(tier.level if tier else None, points)


def _mark(guidance: Guidance, text: str) -> Decimal | None:
    """The number in ``text`` if it is a single mark of the scale: "120", "120 điểm"."""
    points = parse_number(text)
    return points if points is not None and any(tier.mark == points for tier in guidance.tiers) else None


def _level(scale: _Scale, text: str) -> int | None:
    known = _known(scale)
    said = _announced().fullmatch(text)  # "mức khó", "độ khó: trung bình"
    for form in (text, _BETWEEN.sub("-", text), said["word"] if said else text):
        if form in known:
            return known[form]
    if number := _number_in(text.rstrip(".")):
        return number if scale.guidance.tier(number) else None
    more = found[0] if (found := _MORE.match(text)) else ""
    parts = {known.get(more + part.removeprefix(more)) for part in _AND.split(text)}
    level = parts.pop() if len(parts) == 1 else None
    return level if level is not None else _headed(scale, text)


def _headed(scale: _Scale, text: str) -> int | None:
    """The level of "Mức 3: khó", or "N3: 51-100 điểm", when what follows does not name another."""
    head, _sign, rest = _HEADED.sub("\n", text, count=1).partition("\n")
    if _number_in(head) is None or not rest or (rest[0].isdecimal() and not _FRAME.fullmatch(rest)):
        return None
    level = _level(scale, head)
    return level if _level(scale, rest) in (level, None) else None
