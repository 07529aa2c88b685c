"""The decided lines most like a given one: those that share most of the words few lines say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kpicat.similar import Verdict, judge
from kpicat.suggest.reading import Line, Said

Id = TypeVar("Id", bound=Hashable)

ALIKE = 0.5
"""Share of their words, each by its rarity, from which two lines are called alike."""
_MOST_SAYING = 300  # a word that more lines say tells nothing
_JUDGED = 3  # lines, the most alike first, that are looked at closely


@dataclass(frozen=True, slots=True)
class Near:
    """A decided line like the one asked for.

    Attributes:
        verdict: What the two are to each other; DIFFERENT are two works alike in their words.
        likeness: 0 to 1.
        elsewhere: Whether it stands in the reference catalogue.
    """

    line: Line
    tier: int
    verdict: Verdict
    likeness: float
    elsewhere: bool

    @property
    def weight(self) -> float:
        """As how many lines its tier counts against everything else that is known of the line asked for."""
        lines = {Verdict.SAME: 4.0, Verdict.RELATED: 0.8, Verdict.DIFFERENT: 0.5}[self.verdict] * self.likeness
        return lines / 2 if self.elsewhere else lines


class Nearest(Generic[Id]):
    """Decided lines by their words."""

    def __init__(self) -> None:
        self._lines: dict[Id, tuple[Line, int, bool]] = {}
        self._saying: defaultdict[str, list[Id]] = defaultdict(list)
        self._lengths: dict[Id, float] = {}
        self._rarities: dict[str, float] = {}

    def add(self, id: Id, line: Line, said: Said, tier: int, *, elsewhere: bool = False) -> None:
        """Put a decided line in."""
        self._lines[id] = line, tier, elsewhere
        for key in said.words:
            self._saying[key].append(id)

    def settle(self, said: dict[Id, Said]) -> None:
        """Weigh the lines put in, when all are: how rare a word is, is known then."""
        self._rarities = {key: math.log(1 + len(self._lines) / len(ids)) ** 2 for key, ids in self._saying.items()}
        self._lengths = {id: self._length(said[id]) for id in self._lines}

    def _length(self, said: Said) -> float:
        unheard = math.log(1 + len(self._lines)) ** 2
        return math.sqrt(sum(self._rarities.get(key, unheard) for key in said.words)) or 1.0

    def query(self, line: Line, said: Said, *, but: Id | None = None) -> list[Near]:
        """The few lines most alike, the most alike first; those too unlike are left out."""
        likeness = self._likeness(said, but)
        return [self._near(line, id, min(likeness[id], 1.0)) for id in _best(likeness)[:_JUDGED]]

    def alike(self, said: Said, *, but: Id | None = None, most: int) -> list[Id]:
        """The lines most alike, the most alike first; those too unlike are left out."""
        return _best(self._likeness(said, but))[:most]

    def _likeness(self, said: Said, but: Id | None) -> dict[Id, float]:
        """How alike the lines are that are alike, by the words that few lines say, up to about 1."""
        shared: defaultdict[Id, float] = defaultdict(float)
        for key in said.words:
            saying = self._saying.get(key, ())
            if 0 < len(saying) <= _MOST_SAYING:
                rarity = self._rarities[key]
                for id in saying:
                    shared[id] += rarity
        if but is not None:
            shared.pop(but, None)
        length, lengths = self._length(said), self._lengths
        least = ALIKE * length
        return {id: weight / (length * lengths[id]) for id, weight in shared.items() if weight >= least * lengths[id]}

    def _near(self, line: Line, id: Id, likeness: float) -> Near:
        other, tier, elsewhere = self._lines[id]
        return Near(other, tier, judge(line.work, other.work).verdict, likeness, elsewhere)


def _best(likeness: Mapping[Id, float]) -> list[Id]:
    return sorted(likeness, key=likeness.__getitem__, reverse=True)
