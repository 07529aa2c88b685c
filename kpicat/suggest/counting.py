"""What the words of decided lines went with, counted, so that a reason can be said in numbers of lines."""

from __future__ import annotations

import math
from collections import defaultdict

from kpicat.suggest.reading import Said
from kpicat.suggest.weighing import Row

_BELIEVED = 1.0  # lines on each side, until how often a word went with a tier is believed


class Counted:
    """The lines decided, by tier and by their words."""

    def __init__(self, tiers: int) -> None:
        self._total: Row = [0.0] * tiers
        self._by_word: defaultdict[str, Row] = defaultdict(lambda: [0.0] * tiers)

    def add(self, said: Said, tier: int, count: float = 1.0) -> None:
        """Count a line that was given ``tier``."""
        self._total[tier - 1] += count
        for word in said.words:
            self._by_word[word][tier - 1] += count

    def with_word(self, word: str, but: int | None = None) -> Row:
        """Of the lines decided that say a word, how many are of each tier; without one of tier ``but`` that says it."""
        return _without(self._by_word[word], but) if word in self._by_word else []

    def speaks_for(self, word: str, tier: int, but: int | None = None) -> float:
        """How much oftener than any line one that says a word is of a tier (a logarithm)."""
        row, total = self.with_word(word, but), _without(self._total, but)
        times, decided = sum(row), sum(total)
        if times <= 0:
            return 0.0
        expected = times * total[tier - 1] / decided
        return math.log((row[tier - 1] + _BELIEVED) / (expected + _BELIEVED))


def _without(row: Row, but: int | None) -> Row:
    return row if but is None else [count - (tier == but) for tier, count in enumerate(row, start=1)]
