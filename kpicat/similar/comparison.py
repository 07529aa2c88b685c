"""Two lines held against each other: what each alone says, what tells the two apart, what may make another work."""

from __future__ import annotations

import functools
from collections.abc import Set
from dataclasses import dataclass

from kpicat.similar.otherwise import said_otherwise
from kpicat.similar.side import Side, Work
from kpicat.similar.telling_apart import Told, apart
from kpicat.similar.weighing import counting, hand_over_the_same


@dataclass(frozen=True)
class Comparison:
    """Two lines side by side.

    Attributes:
        known: Keys that only one of the two has, but of which the other says the same.
        told: What tells the two apart for certain.
    """

    a: Side
    b: Side
    known: Set[str]
    told: Told

    @classmethod
    def of(cls, one: Work, other: Work) -> Comparison:
        """The comparison of two lines; without diacritics where one of them is typed so."""
        a, b = one.words, other.words
        if a.plain is not b.plain:
            a, b = one.plain_words, other.plain_words
        known = said_otherwise(a, b, one.product, other.product) if a.all != b.all else set()
        mine, theirs = Side(one, a, a.all - b.all - known), Side(other, b, b.all - a.all - known)
        return cls(mine, theirs, known, apart(mine, theirs))

    @property
    def shared(self) -> Set[str]:
        """Keys of the core that both say."""
        return self.a.words.core & self.b.words.core

    @functools.cached_property
    def same_product(self) -> bool:
        """Whether both hand over one thing, as far as their products say."""
        return hand_over_the_same(self.a.work.product, self.b.work.product)

    @functools.cached_property
    def beyond(self) -> tuple[Set[str], Set[str]]:
        """What each says alone that may make another work."""
        a, b = self.a, self.b
        return counting(a.words, b.words, a.core, b.core, same_product=self.same_product)
