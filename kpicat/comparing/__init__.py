"""Catalogues held against each other: two states of one, and several bodies.

:func:`compare` says what became of each line between two states and how that leads from the old total to the new one.
:func:`spread` puts scales of different lengths on one measure; :func:`works` finds the same work at several bodies.
"""

from kpicat.comparing.bodies import Body, Spread, multiple_words, rank_words, spread
from kpicat.comparing.matching import match
from kpicat.comparing.same_work import Line, Work, works
from kpicat.comparing.states import CHANGES, EFFECTS, Comparison, Pair, State, compare

__all__ = [
    "CHANGES", "EFFECTS", "Body", "Comparison", "Line", "Pair", "Spread", "State", "Work", "compare", "match",
    "multiple_words", "rank_words", "spread", "works",
]  # fmt: skip
