"""Where the lines that may be one work are looked for, so that never all are compared with all.

Lines that are one work have the same core words, so they share a block; those of which
one holds the other share a rare word, or differ by a word or two. Nothing else is judged.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, islice
from typing import Generic, TypeVar

from kpicat.similar.judging import Judgement, Verdict, judge
from kpicat.similar.lexicon import lexicon
from kpicat.similar.side import Work
from kpicat.similar.words import Words
from kpicat.text.normalise import fold

Id = TypeVar("Id", bound=Hashable)
Block = frozenset[str]

RAREST = 5
"""Words of a line by which lines like it are looked for."""
MOST_SHARING = 150
"""A word that more lines have tells nothing and is not looked for."""
MOST_JUDGED = 40
"""Lines that are judged for one, those that share most words first."""
_FEW = 9  # core words of a line for which lines with fewer are looked up


@dataclass(frozen=True, slots=True)
class Match(Generic[Id]):
    """A line of the index that is the same work as the one asked for, or related to it."""

    id: Id
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Pair(Generic[Id]):
    """Two lines that are one work, or of which one holds the other."""

    a: Id
    b: Id
    judgement: Judgement


class Index(Generic[Id]):
    """Lines by their words; it follows edits and is asked as a person types.

    Memory is about 2 KB a line. It is not safe to change it while another thread asks.
    """

    def __init__(self, works: Mapping[Id, Work] | None = None) -> None:
        self._works: dict[Id, Work] = {}
        self._said: dict[Id, frozenset[str]] = {}
        self._having: defaultdict[str | Block, dict[Id, None]] = defaultdict(dict)
        for line, work in (works or {}).items():
            self.add(line, work)

    def __len__(self) -> int:
        return len(self._works)

    def __contains__(self, line: object) -> bool:
        return line in self._works

    def add(self, line: Id, work: Work) -> None:
        """Put a line in; one of this id that is there already is replaced."""
        self.remove(line)
        self._works[line] = work
        self._said[line] = work.words.bare
        for key in self._keys(work):
            self._having[key][line] = None

    def remove(self, line: Id) -> None:
        """Take a line out; nothing happens where there is none of this id."""
        if (work := self._works.pop(line, None)) is None:
            return
        del self._said[line]
        for key in self._keys(work):
            lines = self._having[key]
            del lines[line]
            if not lines:
                del self._having[key]

    @staticmethod
    def _keys(work: Work) -> Iterator[str | Block]:
        yield from blocks(work.words)
        yield from work.words.bare

    def query(self, work: Work, *, but: Id | None = None) -> list[Match[Id]]:
        """The lines that are the same work or related to it, the same first, then those that share most words.

        Args:
            work: The line asked for; it need not be in the index.
            but: A line that is left out: the one asked for itself.
        """
        found = [Match(line, judge(work, self._works[line])) for line in self._near(work.words, but)]
        likely = [match for match in found if match.judgement.verdict is not Verdict.DIFFERENT]
        return sorted(likely, key=lambda match: (match.judgement.verdict is not Verdict.SAME, -match.judgement.score))

    def _near(self, words: Words, but: Id | None) -> Iterator[Id]:
        """The lines worth judging, those that share most words first."""
        sharing: Counter[Id] = Counter()
        for key in self._rarest(words):
            sharing.update(self._having[key].keys())
        said = words.bare
        likely = Counter({line: times for line, times in sharing.items() if _alike(said, self._said[line])})
        likely.update(chain.from_iterable(map(self._first, _kin(words))))
        for block in _near_blocks(words):
            likely.update(dict.fromkeys(self._first(block), len(words.core)))
        for line, _times in likely.most_common(MOST_JUDGED):
            if line != but:
                yield line

    def _first(self, key: str | Block) -> Iterator[Id]:
        return islice(self._having.get(key, ()), MOST_JUDGED)

    def _rarest(self, words: Words) -> list[str]:
        counted = sorted((len(self._having[key]), key) for key in words.bare if key in self._having)
        return [key for times, key in counted[:RAREST] if times <= MOST_SHARING]


def pairs(works: Mapping[Id, Work]) -> list[Pair[Id]]:
    """Every two lines found to be one work or related, in the order of the lines.

    Also across catalogues: let an id be the catalogue and the line.
    """
    place = {line: n for n, line in enumerate(works)}
    once = functools.cache(judge)  # in many catalogues the same two texts meet again and again
    judged = (Pair(a, b, once(works[a], works[b])) for a, b in candidates(works))
    found = [pair for pair in judged if pair.judgement.verdict is not Verdict.DIFFERENT]
    return sorted(found, key=lambda pair: (place[pair.a], place[pair.b]))


def candidates(works: Mapping[Id, Work]) -> Iterator[tuple[Id, Id]]:
    """Every two lines that are worth judging, each two once and the earlier first."""
    index = Index(works)
    place = {line: n for n, line in enumerate(works)}
    given: set[tuple[int, int]] = set()
    for line, work in works.items():
        for near in index._near(work.words, line):
            a, b = (line, near) if place[line] < place[near] else (near, line)
            if (at := (place[a], place[b])) not in given:
                given.add(at)
                yield a, b


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a third of what the shorter of the two says stands in both: else neither holds the other."""
    return 3 * len(one & other) >= min(len(one), len(other))


# -- blocks ----------------------------------------------------------------------


def blocks(words: Words) -> Iterator[Block]:
    """The blocks that a line stands in: its core words, and the first letters of its core syllables."""
    yield words.bare_core
    yield frozenset(("letters", words.letters))
    if words.short:
        yield frozenset(("short", words.letters))


def same_blocks(words: Words) -> tuple[Block, Block]:
    """The blocks in which lines that are the same work stand.

    The letters bring together a line and one that abbreviates it in a way no lexicon knows.
    """
    return words.bare_core, frozenset(("letters" if words.short else "short", words.letters))


def _near_blocks(words: Words) -> Iterator[Block]:
    """The blocks of lines that are the same work, or say one or two core words less."""
    yield from same_blocks(words)
    core = words.bare_core
    if len(core) <= _FEW:
        for fewer in range(1, min(3, len(core))):
            yield from map(frozenset, combinations(sorted(core), len(core) - fewer))


@functools.cache
def _kin_of() -> Mapping[str, frozenset[str]]:
    """Key -> keys that hold it or that it holds."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for whole, parts in lexicon().parts.items():
        for part in parts:
            found[part].add(whole)
            found[whole].add(part)
    return {key: frozenset(map(fold, kin)) for key, kin in found.items()}


def _kin(words: Words) -> Iterator[str]:
    return chain.from_iterable(sorted(_kin_of()[key]) for key in sorted(words.core) if key in _kin_of())
