"""What a group has decided, counted: how its tiers depart from the rules, and what its words went with.

Everything is a count of lines, so one tier more is one addition, and why a tier is
proposed can be said in numbers of lines.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kpicat.suggest.reading import Said, Shares

Row = list[float]
"""For each tier of the scale, lightest first, a share or a count."""

# How much one decided line weighs against what was thought before. Chosen on the sample catalogue and on a commune's
# real one; half or twice as much changes the share of tiers hit by at most two hundredths.
_SCALE = 12.0  # lines until how far the group departs from the rules in all counts half
_MARK = 12.0  # … until its tiers for what the rules call 3, say, count as much as the rules
_RULE = 8.0  # … and its tiers for one rule
_WORD = 1.0  # … on each side, until how often a word went with a tier is believed
_EACH = 0.3  # words say much the same as their neighbours do: less than a whole reason each


class Learnt:
    """The lines decided, by tier and by what they say."""

    def __init__(self, tiers: int) -> None:
        self.tiers = tiers
        self.total: Row = [0.0] * tiers
        self._ruled = 0.0  # lines on which a rule decided …
        self._above = 0.0  # … and by how many tiers in all they lie above its answer
        self._by_cue: defaultdict[str, Row] = defaultdict(lambda: [0.0] * tiers)

    def add(self, said: Said, tier: int, weight: float = 1.0) -> None:
        """Count a line that was given ``tier``; a negative weight takes it back."""
        self.total[tier - 1] += weight
        if said.rule:
            self._ruled += weight
            self._above += weight * (tier - 1 - place(int(said.says), self.tiers))
        for cue in (f"mark:{said.says}", said.rule_key, *said.words, *said.signals):
            self._by_cue[cue][tier - 1] += weight

    def with_cue(self, cue: str) -> Row:
        """Of the lines decided that say ``cue``, how many are of each tier."""
        return self._by_cue[cue] if cue in self._by_cue else [0.0] * self.tiers

    def shares(self, said: Said) -> Row:
        """How likely each tier is for a line that is not among those decided; they sum to 1."""
        shares = scaled(said.shares, self.tiers)
        if sum(self.total) <= 0:
            return shares
        shares = moved(shares, self._above / (self._ruled + _SCALE))
        if said.rule is None:  # then what most lines are tells more than nothing
            shares = _towards(shares, self.total, _MARK)
        shares = _towards(shares, self.with_cue(f"mark:{said.says}"), _MARK)
        shares = _towards(shares, self.with_cue(said.rule_key), _RULE)
        weights = [math.log(max(share, 1e-9)) for share in shares]
        for _cue, pull in self.pulls(said):
            weights = [weight + each for weight, each in zip(weights, pull, strict=True)]
        most = max(weights)
        return _one([math.exp(weight - most) for weight in weights])

    def pulls(self, said: Said) -> Iterator[tuple[str, Row]]:
        """Each cue that a decided line says too, with how much it speaks for each tier (logarithms)."""
        decided = sum(self.total)
        for cue in (*said.words, *said.signals):
            if cue in self._by_cue and (times := sum(row := self._by_cue[cue])) > 0:
                expected = [times * count / decided for count in self.total]
                pairs = zip(row, expected, strict=True)
                yield cue, [_EACH * math.log((count + _WORD) / (usual + _WORD)) for count, usual in pairs]


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


def _towards(shares: Row, counted: Row, patience: float) -> Row:
    whole = patience + sum(counted)
    return [(patience * share + count) / whole for share, count in zip(shares, counted, strict=True)]


def _one(row: Row) -> Row:
    whole = sum(row)
    return [each / whole for each in row]
