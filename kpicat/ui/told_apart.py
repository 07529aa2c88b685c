"""Words for what is chosen from a list: a list knows its entries by their words, so no two of them may say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from kpicat.charts import headings

Key = TypeVar("Key")


def told_apart(words: Mapping[Key, str]) -> dict[Key, str]:
    """The words, of equal ones all but the first numbered; else whoever chooses one of these is given the last."""
    return dict(zip(words, headings(list(words.values())), strict=True))
