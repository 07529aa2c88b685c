"""Lines of one catalogue that say again what an earlier line says, and what people decided about such pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from kpicat.language import language
from kpicat.memo import remembered
from kpicat.similar.judging import Judgement, Verdict, judge
from kpicat.similar.lexicon import lexicon
from kpicat.similar.side import Work
from kpicat.similar.words import read
from kpicat.text.normalise import fold

_TELLING = 2
"""Objects that two lines of other acts name both, for them to be compared."""
MOST_COMPARED = 12
"""Earlier lines of a block that a line is compared with."""

Texts = tuple[str, str, str, str]
"""Task, product, detail and field, as in :class:`~kpicat.similar.Work`."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A line that is the same work as an earlier one.

    Attributes:
        place, first: Where the two stand, counted from 0.
    """

    place: int
    first: int
    judgement: Judgement


def repeats(lines: Sequence[Texts], told: Callable[[int, int], bool] = lambda place, first: False) -> Iterator[Repeat]:
    """Each line that is the same work as an earlier one, with the first such.

    Time grows with the number of lines. What a text comes to is remembered, so after an
    edit only the edited line is read again.

    Args:
        lines: In catalogue order; one without task and detail is no work.
        told: Whether a pair of places is left out: it is decided, or reported otherwise.
    """
    standing: dict[Hashable, list[int]] = {}
    short = [_is_short(task, detail) for task, _product, detail, _field in lines]
    for place, (task, product, detail, _field) in enumerate(lines):
        found = None
        for block in blocks_of(task, product, detail):
            earlier = standing.setdefault(block, [])
            by_letters = isinstance(block, str) and not short[place]
            near = [each for each in earlier if short[each]] if by_letters else earlier
            found = found or _first(lines, near, place, told)
            earlier.append(place)
        if found:
            yield found


def _is_short(task: str, detail: str) -> bool:
    """Whether a line holds an abbreviation nobody has written out."""
    return bool(Work(task, detail=detail).words.short)


@remembered(200_000)
def blocks_of(task: str, product: str, detail: str) -> tuple[Hashable, ...]:
    """The blocks of lines that a line is compared with; none for a line without words.

    Its core words; these and what its product says, as the other line's task may say it;
    what is left without acts and places, for which other lines have other words; and the
    first letters of its core syllables, a text, which bring together a line and one that
    abbreviates it in a way no lexicon knows.
    """
    words = Work(task, detail=detail).words
    if not words.core:
        return ()
    known = lexicon()
    said = words.core | (read(product).core - known.papers)
    objects = words.core - known.acts - words.tails
    keys = (words.core, said, *((objects,) if len(objects) >= _TELLING else ()))
    return (*dict.fromkeys(frozenset(map(fold, each)) for each in keys), words.letters)


def _first(
    lines: Sequence[Texts], earlier: Sequence[int], place: int, told: Callable[[int, int], bool]
) -> Repeat | None:
    """The first of the earlier lines that is the same work."""
    for first in earlier[:MOST_COMPARED]:
        if told(place, first):
            continue
        judgement = _judged(lines[first], lines[place], language())
        if judgement.verdict is Verdict.SAME:
            return Repeat(place, first, judgement)
    return None


@remembered(20_000)
def _judged(one: Texts, other: Texts, _language: str) -> Judgement:
    """The judgement in the reader's language, made once, as a catalogue is looked through at each edit."""
    return judge(Work(*one), Work(*other))


def decision_key(one: Work, other: Work) -> str:
    """What a decision about two lines is remembered by; another as soon as a text of either changes.

    Case, diacritics, spaces and the order of the two make no difference; 32 hexadecimal digits.
    """
    texts = sorted("\x1f".join(map(fold, (work.task, work.detail, work.product))) for work in (one, other))
    return hashlib.sha256("\x1e".join(texts).encode()).hexdigest()[:32]
