"""The words of lists of work, which are data: headings, and marks in a column of times."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping

from kpicat.settings import ROOT
from kpicat.text.normalise import canonical
from kpicat.text.numbers import parse_number

COLUMNS = ("code", "work", "assigned", "done", "late", "failed")
_MOST_TIMES = 1_000_000


@functools.cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """List name -> its words, of ``data/lexicon/assigned.toml``."""
    data = tomllib.loads((ROOT / "data" / "lexicon" / "assigned.toml").read_text(encoding="utf-8"))
    return {name: tuple(entry["words"]) for name, entry in data.items()}


def times(text: str) -> int | None:
    """How many times a cell says: 0 where it is blank; None where it says no number of times."""
    word = canonical(text)
    if not word or word in lexicon()["never"]:
        return 0
    if word in lexicon()["once"]:
        return 1
    value = parse_number(text)
    if value is None or value < 0 or value != int(value) or value > _MOST_TIMES:
        return None
    return int(value)
