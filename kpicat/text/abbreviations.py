"""Abbreviations written out: "BC KT-XH của UBND" is "báo cáo kinh tế xã hội của ủy ban nhân dân".

What stands for what is data (``data/lexicon/abbreviations.toml``). One that stands for
several things is written out where its neighbours tell which, and left as it is elsewhere:
a wrong word is worse than a short one.
"""

from __future__ import annotations

import functools
import re
import tomllib
from typing import Any

from kpicat.memo import remembered
from kpicat.settings import ROOT
from kpicat.text.normalise import canonical, fold, one_line
from kpicat.text.syllables import is_syllable

_PATH = ROOT / "data" / "lexicon" / "abbreviations.toml"
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[-/][^\W\d_]+)*(?![^\W_])")
_LETTERS = re.compile(r"[^\W\d_]+")


@remembered(100_000)
def written_out(text: str) -> str:
    """``text`` as :func:`~kpicat.text.normalise.canonical` gives it, with its abbreviations in full.

    Small letters are read too ("bc quý"), but not where they spell a syllable ("đu"), nor
    in a text all in capitals.
    """
    text = one_line(text)
    if _pieces().isdisjoint(_LETTERS.findall(text.lower())):
        return canonical(text)
    shouted = text.isupper() and any(is_syllable(word) and word not in _single() for word in text.lower().split())

    def full(found: re.Match[str]) -> str:
        return _full(found[0], shouted) or _LETTERS.sub(lambda part: _full(part[0], shouted) or part[0], found[0])

    return canonical(_told_by_their_place(_WORD.sub(full, text)))


@functools.cache
def folded() -> dict[str, str]:
    """Each abbreviation that no syllable is spelt like -> its words, both without diacritics."""
    return {fold(short): fold(means) for short, means in _single().items() if not is_syllable(fold(short))}


def _full(word: str, shouted: bool) -> str | None:
    means = _single().get(word.lower())
    return means if means and ((word.isupper() and not shouted) or not is_syllable(word.lower())) else None


def _told_by_their_place(text: str) -> str:
    for short, places in _several().items():
        for found in reversed(list(short.finditer(text))):
            line = fold(f"{text[: found.start()]}@{text[found.end() :]}")
            means = next((means for means, where in places if where.search(line)), found[0])
            text = f"{text[: found.start()]}{means}{text[found.end() :]}"
    return text


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_PATH.read_text("utf-8"))


@functools.cache
def _pieces() -> frozenset[str]:
    """The runs of letters an abbreviation is made of: a text that has none of them holds no abbreviation."""
    shorts = [*_single(), *(entry["short"].lower() for entry in _data()["several"])]
    return frozenset(piece for short in shorts for piece in _LETTERS.findall(short))


@functools.cache
def _single() -> dict[str, str]:
    return {short.lower(): means for group in _data()["group"] for short, means in group["means"].items()}


@functools.cache
def _several() -> dict[re.Pattern[str], list[tuple[str, re.Pattern[str]]]]:
    """A pattern for each abbreviation that stands for several things -> what, and where."""
    return {
        re.compile(rf"(?<!\w){entry['short']}(?!\w)", re.IGNORECASE): [
            (means, re.compile(where)) for means, where in entry["where"]
        ]
        for entry in _data()["several"]
    }
