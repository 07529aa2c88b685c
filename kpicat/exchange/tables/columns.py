"""The headings people use, which are data (``data/lexicon/columns.toml``), each list with its reason.

A heading may name several fields ("Nhóm", "Đơn vị"): then what stands under it, and beside it, decides
(:mod:`~kpicat.exchange.tables.choosing`).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from kpicat.model import FIELDS
from kpicat.settings import ROOT
from kpicat.text.normalise import canonical, fold

LEXICON = ROOT / "data" / "lexicon"
ORDER = "order"
FRAME = "frame"
IGNORED = "ignored"
NAMES = "task", "product"
"""A sheet is a catalogue only if one of its columns is one of these."""

MEASURED = frozenset({"product", "measure", "quantity", "tier", "points", "coefficient"})
"""A list of remarks is a catalogue, too, only if one of its columns is one of these."""

EXACT, ALSO, BEGINS = 0, 1, 2
"""How a heading names a field, the plainest first."""
_MOST_MORE_WORDS = 4  # "Sản phẩm đầu ra của cơ quan, đơn vị" still begins with "Sản phẩm đầu ra"
_LONGEST_HEADING = 60  # characters

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FIRST_WORD = re.compile(r"[^\W_]+|#")
_MARKS = re.compile(r"[^\w#]+|_")


@functools.cache
def lexicon(name: str) -> Mapping[str, Any]:
    """A file of ``data/lexicon``: list name -> ``why``, ``words`` and more."""
    return tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=20_000)
def key(heading: str) -> str:
    """A heading as words to compare: no case, punctuation, asides in brackets."""
    text = canonical(heading)
    return " ".join(_MARKS.sub(" ", _ASIDE.sub(" ", text)).split()) or " ".join(_MARKS.sub(" ", text).split())


@functools.cache
def _headings() -> Mapping[str, tuple[tuple[str, int], ...]]:
    known: dict[str, dict[str, int]] = {}
    for field, entry in lexicon("columns").items():
        own = [field] if field in FIELDS else []
        for rank, words in ((EXACT, [*entry["words"], *own]), (ALSO, entry.get("also", []))):
            for word in words:
                known.setdefault(key(word), {}).setdefault(field, rank)
    return {word: tuple(fields.items()) for word, fields in known.items()}


@functools.cache
def _first_words() -> frozenset[str]:
    """Headings begin with few words, which tells most other texts quickly."""
    return frozenset(word.partition(" ")[0] for word in _headings())


@functools.cache
def _bare_headings() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Headings typed without diacritics; one that could be two words is neither."""
    bare: dict[str, set[str]] = {}
    for word in _headings():
        bare.setdefault(fold(word), set()).add(word)
    return {word: _headings()[next(iter(full))] for word, full in bare.items() if len(full) == 1}


@functools.lru_cache(maxsize=20_000)
def fields_named(heading: str) -> Mapping[str, int]:
    """Fields the heading may name -> how plainly (:data:`EXACT` … :data:`BEGINS`)."""
    words = key(heading)
    if not words or len(words) > 120:
        return {}
    if found := _headings().get(words) or (_bare_headings().get(words) if words.isascii() else None):
        return dict(found)
    if "=" in heading:  # a sentence, not a name
        return {}
    parts = words.split()
    for length in range(len(parts) - 1, max(0, len(parts) - 1 - _MOST_MORE_WORDS), -1):
        if found := _headings().get(" ".join(parts[:length])):
            return {field: BEGINS + rank for field, rank in found if field != ORDER}
    return {}


def is_heading(text: str) -> bool:
    """The text is exactly a known heading."""
    if len(text) > _LONGEST_HEADING or (first := _FIRST_WORD.search(text)) is None:
        return False
    return first[0].lower() in _first_words() and key(text) in _headings()
