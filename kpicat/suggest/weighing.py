"""What a group's decisions make of the rules: a regression on what the lines say, fitted anew at each decision.

A line is its cues (:mod:`kpicat.suggest.reading`). How the tiers decided depart from what the rules alone expect is
learnt as a sum over cues: a multinomial logistic regression that begins at the rules' shares, each cue held back by the
weight of its kind. Tiers are an order, so most of what a cue tells is told along it: what makes tier 3 likelier makes
tier 4 likelier, too, and a few decisions teach much. What no decided line says is left to the rules.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kpicat.suggest.reading import Said, Shares

Row = list[float]
"""For each tier of the scale, lightest first, a share or a count."""
_Array = np.ndarray[Any, np.dtype[np.float64]]

# Chosen on the sample catalogue and on a commune's real one; half or twice as much of any of them changes the share of
# tiers hit by about one hundredth.
_WEIGHTS = {"any rule": 0.4, "rule": 0.3, "mark": 0.5, "head": 0.45, "word": 0.4, "signal": 0.5, "place": 0.5}
"""How freely what is decided moves the cues of a kind."""
_ALL = 0.5  # and what all lines have in common
_ORDER = 0.7  # part of what is learnt that goes along the order of the tiers; the rest is each tier's own
_PATIENCE = 12.0  # decided lines until how far the group departs from the rules in all counts half, and …
_LESS_RULES = 0.3  # … the rules are held to by half of this less
_STEPS = 60  # of the descent; five times as many hit as many tiers
MOST = 200
"""Decided lines that are learnt from; of more, as many spread evenly."""
_FOLDS = 5


@dataclass(frozen=True)
class _Learnt:
    """What some of the decided lines teach.

    Attributes:
        by: How many tiers the group lies above the rules in all.
        firmly: How firmly the rules are held to, 1 where nothing is decided.
        adds: What each cue adds for each tier; one row a cue, the last for all lines.
    """

    by: float
    firmly: float
    adds: _Array


class Weighing:
    """What is learnt from decided lines.

    Args:
        said: The lines.
        tiers: Theirs, from 1.
        counts: As how many lines each counts.
        of: How many tiers the scale has.
    """

    def __init__(self, said: Sequence[Said], tiers: Sequence[int], counts: Sequence[float], of: int) -> None:
        kept = np.unique(np.linspace(0, len(said) - 1, min(len(said), MOST)).astype(int)).tolist()
        self._place = {place: n for n, place in enumerate(kept)}
        self._of, self._lines = of, [said[place] for place in kept]
        self._tiers = [tiers[place] for place in kept]
        self._counts = np.array([counts[place] for place in kept])
        self._cues: dict[str, int] = {}
        for line in self._lines:
            for cue in line.cues:
                self._cues.setdefault(cue, len(self._cues))
        self._freely = np.array([_WEIGHTS[cue.partition(":")[0]] for cue in self._cues] + [_ALL])
        self._learnt: dict[int | None, _Learnt] = {}

    def shares(self, said: Sequence[Said], among: Sequence[int | None]) -> list[Row]:
        """How likely each tier is for each of these lines; they sum to 1.

        Args:
            said: The lines asked for.
            among: Where each stands among those learnt from, so that it does not speak for itself; None where it
                does not.
        """
        found = []
        for line, at in zip(said, among, strict=True):
            place = None if at is None else self._place.get(at)
            learnt = self._by_others(None if place is None else place % _FOLDS)
            cues = [*(self._cues[cue] for cue in line.cues if cue in self._cues), -1]
            found.append(self._expected(line, learnt.by, learnt.firmly) + learnt.adds[cues].sum(0))
        shares: list[Row] = _likely(np.array(found)).tolist() if found else []
        return shares

    def _by_others(self, fold: int | None) -> _Learnt:
        """What all lines teach, but those of a fold."""
        if fold not in self._learnt:
            self._learnt[fold] = self._taught(
                [n for n in range(len(self._lines)) if fold is None or n % _FOLDS != fold]
            )
        return self._learnt[fold]

    def _taught(self, places: list[int]) -> _Learnt:
        ruled = [n for n in places if self._lines[n].rule]
        above = sum(self._counts[n] * (self._tiers[n] - 1 - place(int(self._lines[n].says), self._of)) for n in ruled)
        by = float(above / (sum(self._counts[n] for n in ruled) + _PATIENCE))
        many = float(self._counts[places].sum())
        firmly = 1 - _LESS_RULES * many / (many + _PATIENCE)
        learnt = self._descend(places, by, firmly)
        return _Learnt(by, firmly, self._freely[:, None] * (self._says[places].T @ learnt))

    def _descend(self, places: list[int], by: float, firmly: float) -> _Array:
        """How much each line's departure from what was expected of it speaks (Nesterov's descent, in kernel form)."""
        if not places:
            return np.zeros((0, self._of))
        expected = np.array([self._expected(self._lines[n], by, firmly) for n in places])
        wanted, counts = np.eye(self._of)[[self._tiers[n] - 1 for n in places]], self._counts[places][:, None]
        # A tier neither given yet nor expected by the rules is no evidence against itself: it goes with the nearest.
        asked = wanted.any(0) | np.eye(self._of, dtype=bool)[expected.argmax(1)].any(0)
        expected, along = np.where(asked, expected, -np.inf), _along(self._of) * np.outer(asked, asked)
        alike = self._alike[np.ix_(places, places)]
        learnt = ahead = np.zeros_like(wanted)
        pace = 1.0
        for _step in range(_STEPS):
            surprise = counts * (_likely(expected + alike @ ahead) - wanted)
            stepped = ahead - (surprise @ along + ahead) / self._slowly
            faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
            ahead = stepped + (pace - 1) / faster * (stepped - learnt)
            learnt, pace = stepped, faster
        spread: _Array = learnt @ _nearest(asked)
        return spread

    @functools.cached_property
    def _says(self) -> _Array:
        """Which line says which cue, each cue by its weight."""
        says = np.zeros((len(self._lines), len(self._cues) + 1))
        for n, line in enumerate(self._lines):
            says[n, [*(self._cues[cue] for cue in line.cues), -1]] = 1.0
        says *= self._freely
        return says

    @functools.cached_property
    def _alike(self) -> _Array:
        """How much each two of the lines have in common."""
        alike: _Array = self._says @ self._says.T
        return alike

    @functools.cached_property
    def _slowly(self) -> float:
        """The steepest there is: no step may go further."""
        return 1 + 0.5 * float(np.linalg.norm(self._alike, 2)) * float(np.linalg.norm(_along(self._of), 2))

    def _expected(self, said: Said, by: float, firmly: float) -> _Array:
        """What the rules expect, as logarithms."""
        expected: _Array = firmly * np.log(np.maximum(moved(scaled(said.shares, self._of), by), 1e-6))
        return expected


@functools.cache
def _along(tiers: int) -> _Array:
    """How a step for one tier moves the others: in the order of the tiers, and by itself."""
    level = np.arange(tiers) - (tiers - 1) / 2
    order = np.outer(level, level) / max(float(level @ level) / tiers, 1e-9)
    along: _Array = (1 - _ORDER) * np.eye(tiers) + _ORDER * order
    return along


def _nearest(asked: np.ndarray[Any, np.dtype[np.bool_]]) -> _Array:
    """What has each tier move as those asked about do: between two of them in part as each, beyond them as the last."""
    levels = np.flatnonzero(asked)
    moves = np.zeros((len(asked), len(asked)))
    for level, alone in zip(levels, np.eye(len(levels)), strict=True):
        moves[level] = np.interp(np.arange(len(asked)), levels, alone)
    return moves


def _likely(logarithms: _Array) -> _Array:
    likely = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    shares: _Array = likely / likely.sum(axis=1, keepdims=True)
    return shares


def place(mark: int, tiers: int) -> float:
    """Where one of the guidance's four marks lies on a scale of so many tiers, 0 being the lightest."""
    return (mark - 1) * (tiers - 1) / 3


def scaled(shares: Shares, tiers: int) -> Row:
    """Shares of the guidance's four marks on a scale of so many tiers."""
    return _put(zip(shares, (place(mark, tiers) for mark in (1, 2, 3, 4)), strict=True), tiers)


def moved(shares: Row, by: float) -> Row:
    """The shares with everything so many tiers heavier, lighter where it is below zero; none beyond the ends."""
    return _put(((share, tier + by) for tier, share in enumerate(shares)), len(shares))


def _put(shares: Iterable[tuple[float, float]], tiers: int) -> Row:
    """A row with each share at its place; between two tiers it is divided by its nearness to them."""
    row = [0.0] * tiers
    for share, at in shares:
        at = min(max(at, 0.0), tiers - 1.0)
        low = int(at)
        row[low] += share * (1 - (at - low))
        if at > low:
            row[low + 1] += share * (at - low)
    return row
