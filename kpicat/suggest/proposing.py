"""The proposal: rules, what was decided and the lines most alike brought together, with the reasons in words."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kpicat.language import _, language, ngettext, number
from kpicat.similar import Verdict
from kpicat.suggest.counting import Counted
from kpicat.suggest.nearest import Near, Nearest
from kpicat.suggest.reading import Line, Said, read
from kpicat.suggest.weighing import Row, Weighing
from kpicat.text.phrases import Rule

Id = TypeVar("Id", bound=Hashable)

ELSEWHERE = 0.5
"""Lines that one of a reference catalogue counts as: another body's measure is not quite one's own."""
_TELLING = 0.33  # from this on what a word went with is given as a reason
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
        self._counted, self._near = Counted(tiers), Nearest[Hashable]()
        known: dict[Hashable, tuple[Said, int, float]] = {}
        for id, tier in self._own.items():
            known[id] = read(lines[id]), tier, 1.0
            self._near.add(id, lines[id], known[id][0], tier)
        for place, (line, tier) in enumerate(reference):
            if 1 <= tier <= tiers:
                there = ("reference", place)
                known[there] = read(line), tier, ELSEWHERE
                self._near.add(there, line, known[there][0], tier, elsewhere=True)
        for told in known.values():
            self._counted.add(*told)
        self._near.settle({id: said for id, (said, _tier, _count) in known.items()})
        said, levels, counts = zip(*known.values(), strict=True) if known else ((), (), ())
        self._weighing = Weighing(said, levels, counts, tiers)
        self._among = {id: place for place, id in enumerate(known)}

    def propose(self, id: Id) -> Suggestion:
        """A tier for a line, as if that line itself had not been decided."""
        return self.propose_all([id])[id]

    def propose_all(self, ids: Collection[Id]) -> dict[Id, Suggestion]:
        """A tier for each of these lines, each as if that line itself had not been decided."""
        said = {id: read(self._lines[id]) for id in ids}
        weighed = self._weighing.shares(list(said.values()), [self._among.get(id) for id in said])
        return {id: self._of(id, said[id], shares) for id, shares in zip(said, weighed, strict=True)}

    def _of(self, id: Id, said: Said, shares: Row) -> Suggestion:
        near = self._near.query(self._lines[id], said, but=id)
        for each in near:
            shares[each.tier - 1] += each.weight
        tier = max(range(len(shares)), key=shares.__getitem__) + 1
        by_words = _by_words(said, self._counted, tier, self._own.get(id))
        reasons = (*_alike(near, tier), *_by_rule(said), *_by_signals(said), *by_words)
        nothing = _("no word of it tells how difficult it is; decide by what you know")
        return Suggestion(tier, round(shares[tier - 1] / sum(shares), 2), reasons or (nothing,))


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
    return proposer.propose_all(list(lines) if only is None else only)


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


def _by_words(said: Said, counted: Counted, tier: int, own: int | None) -> Iterator[str]:
    """The word that most speaks for the tier, with what the lines decided say; the line's own tier is left out."""
    several = [key for key, word in said.words.items() if " " in word]  # a syllable alone tells people little
    often = [key for key in several if sum(counted.with_word(key, own)) >= _FEWEST]
    telling = [(speaks, key) for key in often if (speaks := counted.speaks_for(key, tier, own)) >= _TELLING]
    if telling:
        key = max(telling)[1]
        yield _in_numbers(said.words[key], counted.with_word(key, own), tier)


def _in_numbers(word: str, row: Row, tier: int) -> str:
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
