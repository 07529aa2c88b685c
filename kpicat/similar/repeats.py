"""Lines of one catalogue that say again what an earlier line says, and what people decided about such pairs."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kpicat.similar.index import Block, blocks, same_blocks
from kpicat.similar.judging import Judgement, Verdict, Work, judge
from kpicat.text.normalise import fold

MOST_COMPARED = 12
"""Earlier lines with the same core words that a line is compared with."""

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
    seen: dict[Block, list[int]] = {}
    for place, line in enumerate(lines):
        own, shared = _blocks(line[0], line[2])
        for block in shared:
            if (earlier := seen.get(block)) and (found := _first(lines, earlier, place, told)):
                yield found
                break
        for block in own:
            seen.setdefault(block, []).append(place)


@functools.lru_cache(maxsize=200_000)
def _blocks(task: str, detail: str) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    words = Work(task, detail=detail).words
    return (tuple(blocks(words)), same_blocks(words)) if words.core else ((), ())


def _first(
    lines: Sequence[Texts], earlier: Sequence[int], place: int, told: Callable[[int, int], bool]
) -> Repeat | None:
    """The first of the earlier lines that is the same work."""
    work = Work(*lines[place])
    for first in earlier[:MOST_COMPARED]:
        if not told(place, first) and (judgement := judge(Work(*lines[first]), work)).verdict is Verdict.SAME:
            return Repeat(place, first, judgement)
    return None


def decision_key(one: Work, other: Work) -> str:
    """What a decision about two lines is remembered by; another as soon as a text of either changes.

    Case, diacritics, spaces and the order of the two make no difference; 32 hexadecimal digits.
    """
    texts = sorted("\x1f".join(map(fold, (work.task, work.detail, work.product))) for work in (one, other))
    return hashlib.sha256("\x1e".join(texts).encode()).hexdigest()[:32]
