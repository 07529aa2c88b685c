"""The proposal: rules, what was decided and the lines most alike brought together, with the reasons in words."""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kpicat.language import _, language, ngettext, number
from kpicat.similar import Verdict
from kpicat.suggest.learning import Learnt, Row
from kpicat.suggest.nearest import Near, Nearest
from kpicat.suggest.reading import Line, Said, read
from kpicat.text.phrases import Rule

Id = TypeVar("Id", bound=Hashable)

ELSEWHERE = 0.5
"""Lines that one of a reference catalogue counts as: another body's measure is not quite one's own."""
_TELLING = 0.1  # from this on what a word went with is given as a reason
_FEWEST = 3  # decided lines that must say a word
_QUOTED = 70  # characters of a line that a reason quotes


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tier proposed for a line.

    Attributes:
        tier: The most likely one.
        confidence: How likely it is, 0 to 1.
        reasons: The weightiest first, in the reader's language; never none.
    """

    tier: int
    confidence: float
    reasons: tuple[str, ...]


class Proposer(Generic[Id]):
    """What is decided of a catalogue, brought together once, to propose a tier for any of its lines.

    Args:
        lines: The catalogue's lines.
        decided: Those that have a tier, 1 being the lightest; others' ids are of no account.
        tiers: How many the scale has.
        reference: Lines of another catalogue, tiered on the same scale.
    """

    def __init__(
        self,
        lines: Mapping[Id, Line],
        decided: Mapping[Id, int],
        *,
        tiers: int,
        reference: Sequence[tuple[Line, int]] = (),
    ) -> None:
        self._lines = lines
        self._own = {id: decided[id] for id in lines if 1 <= decided.get(id, 0) <= tiers}
        self._learnt, self._near = Learnt(tiers), Nearest[Hashable]()
        self._guard = threading.Lock()  # a line's own tier is taken out of what was learnt while it is asked for
        known: dict[Hashable, Said] = {}
        for id, tier in self._own.items():
            known[id] = read(lines[id])
            self._learnt.add(known[id], tier)
            self._near.add(id, lines[id], known[id], tier)
        for place, (line, tier) in enumerate(reference):
            if 1 <= tier <= tiers:
                there = ("reference", place)
                known[there] = read(line)
                self._learnt.add(known[there], tier, ELSEWHERE)
                self._near.add(there, line, known[there], tier, elsewhere=True)
        self._near.settle(known)

    def propose(self, id: Id) -> Suggestion:
        """A tier for a line, as if that line itself had not been decided."""
        line, own = self._lines[id], self._own.get(id)
        said = read(line)
        near = self._near.query(line, said, but=id)
        with self._guard:
            if own is None:
                return _of(said, self._learnt, near)
            self._learnt.add(said, own, -1)
            try:
                return _of(said, self._learnt, near)
            finally:
                self._learnt.add(said, own)


def suggest(
    lines: Mapping[Id, Line],
    decided: Mapping[Id, int],
    *,
    tiers: int,
    reference: Sequence[tuple[Line, int]] = (),
    only: Collection[Id] | None = None,
) -> dict[Id, Suggestion]:
    """A tier for each line, as if that line itself had not been decided; arguments as for :class:`Proposer`.

    Args:
        only: The lines that are asked for; all where None.
    """
    proposer = Proposer(lines, decided, tiers=tiers, reference=reference)
    return {id: proposer.propose(id) for id in (lines if only is None else only)}


def _of(said: Said, learnt: Learnt, near: list[Near]) -> Suggestion:
    shares = learnt.shares(said)
    for each in near:
        shares[each.tier - 1] += each.weight
    whole = sum(shares)
    tier = max(range(learnt.tiers), key=shares.__getitem__) + 1
    reasons = (*_alike(near, tier), *_by_rule(said), *_by_signals(said), *_by_words(said, learnt, tier))
    nothing = _("no word of it tells how difficult it is; decide by what you know")
    return Suggestion(tier, round(shares[tier - 1] / whole, 2), reasons or (nothing,))


# -- reasons -------------------------------------------------------------------


def _alike(near: list[Near], tier: int) -> Iterator[str]:
    """The lines most alike, those that are one work with it also where they have another tier."""
    words = {
        (Verdict.SAME, False): _("the same work is tier {tier} here: “{line}”"),
        (Verdict.SAME, True): _("the same work is tier {tier} in the reference catalogue: “{line}”"),
        (Verdict.RELATED, False): _("related work is tier {tier} here: “{line}”"),
        (Verdict.RELATED, True): _("related work is tier {tier} in the reference catalogue: “{line}”"),
        (Verdict.DIFFERENT, False): _("work in like words is tier {tier} here: “{line}”"),
        (Verdict.DIFFERENT, True): _("work in like words is tier {tier} in the reference catalogue: “{line}”"),
    }
    for each in near:
        if each.tier == tier or each.verdict is Verdict.SAME:
            yield words[each.verdict, each.elsewhere].format(tier=each.tier, line=_short(each.line.name))


def _by_rule(said: Said) -> Iterator[str]:
    if said.rule:
        yield _why(said.rule)


def _by_signals(said: Said) -> Iterator[str]:
    often = {"frequency:often": _("done several times a month"), "frequency:ad hoc": _("done only when it arises")}
    for signal, rule in said.signals.items():
        yield _why(rule) if rule else often[signal]


def _by_words(said: Said, learnt: Learnt, tier: int) -> Iterator[str]:
    """The word that most speaks for the tier, with what the lines decided say."""
    words = {cue for cue, word in said.words.items() if " " in word}  # a syllable alone tells people little
    pulls = [(pull[tier - 1], cue) for cue, pull in learnt.pulls(said) if cue in words]
    telling = [(pull, cue) for pull, cue in pulls if pull >= _TELLING and sum(learnt.with_cue(cue)) >= _FEWEST]
    if telling:
        cue = max(telling)[1]
        yield _counted(said.words[cue], learnt.with_cue(cue), tier)


def _counted(word: str, row: Row, tier: int) -> str:
    times, here = round(sum(row)), round(row[tier - 1])
    return ngettext(
        "of {n} line decided that says “{word}”, {here} is tier {tier}",
        "of {n} lines decided that say “{word}”, {here} are tier {tier}",
        times,
    ).format(n=number(times), word=_short(word), here=number(here), tier=tier)


def _why(rule: Rule) -> str:
    return rule.why.rstrip(".") if language() == "vi" or not rule.why_en else rule.why_en


def _short(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text[: 10 * _QUOTED]).split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rsplit(" ", 1)[0] + "…"
