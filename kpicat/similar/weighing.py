"""Whether what only one of two lines says makes another work: another word for its act, a place, a step on the way.

The sets that tell works apart for certain have been asked before (:mod:`kpicat.similar.telling_apart`).
"""

from __future__ import annotations

import re
from collections.abc import Set

from kpicat.memo import remembered
from kpicat.similar.lexicon import lexicon
from kpicat.similar.words import Words, read
from kpicat.text.products import parts

_JOINTS = re.compile(r"[,;/+&]| - | v[aà] ")
_ENOUGH = 3
"""Words of the core that both lines say, for what one says beyond them to count for little."""


def counting(
    a: Words, b: Words, only_a: Set[str], only_b: Set[str], *, same_product: bool
) -> tuple[Set[str], Set[str]]:
    """Of the core words that one line alone says, each line's that may make another work.

    An act does not where the other line has another word for it; a place or those for
    whom it is done do not where the other line names nothing in their stead, and both
    hand over the same or agree in much.
    """
    left, right = _unmatched(b, only_a), _unmatched(a, only_b)
    left, right = _beyond(a, left, b, right), _beyond(b, right, a, left)
    if same_product or len(a.core & b.core) >= _ENOUGH:
        acts = lexicon().acts
        bare_left, bare_right = left <= acts, right <= acts
        if bare_right:
            left = left - _telling_nothing(left & a.tails)
        if bare_left:
            right = right - _telling_nothing(right & b.tails)
    return left, right


def is_only_fuller(words: Words, only: Set[str]) -> bool:
    """Whether what one line says beyond the other is one word in passing: no act, no number, no member of a list."""
    known = lexicon()
    if len(only) != 1 or known.general & set(list(words.said)[:1]):
        return False
    (key,) = only
    return not (key in known.acts or key in known.sets_of or key in known.parts or key[0] in "#'" or key in words.aside)


def hold_each_other(a: Words, left: Set[str], b: Words, right: Set[str]) -> bool:
    """Whether of these words the one line's are among the other's: "dân quân", "dân quân năm thứ nhất"."""
    return all(any(_is_within(a, key, b, longer) for longer in right) for key in left) or all(
        any(_is_within(b, key, a, longer) for longer in left) for key in right
    )


def hand_over_the_same(product: str, other: str) -> bool:
    """Whether two products are one thing, or one of them is not written; what is said of it is left aside."""
    mine, theirs = _things(product), _things(other)
    if not (mine and theirs):
        return True
    kin = lexicon().kin
    return len(mine) == len(theirs) and any(a == b or b in kin.get(a, ()) for a in mine for b in theirs)


@remembered(100_000)
def listed(text: str) -> tuple[frozenset[str], ...]:
    """The things that a line sets side by side, each as its syllables; without acts, and words that do not count."""
    known = lexicon()
    leave = known.acts | known.general | known.light
    found = [read(part) for part in _JOINTS.split(text)]
    things = [frozenset(s for key in words.core - leave for s in words.inside[key]) for words in found]
    return tuple(filter(None, things))


def _unmatched(other: Words, only: Set[str]) -> set[str]:
    """Words but for the acts that the other line says in another word."""
    kin = lexicon().kin
    return {key for key in only if other.said.keys().isdisjoint(kin.get(key, ()))}


def _beyond(a: Words, mine: Set[str], b: Words, theirs: Set[str]) -> set[str]:
    """Words but for those that are a part of one of the other line's: "hội viên" of "hội viên cựu chiến binh"."""
    longer = [key for key in theirs if len(b.inside.get(key, ())) > 1]  # only a phrase has parts
    return {key for key in mine if not any(_is_within(a, key, b, each) for each in longer)} if longer else set(mine)


def _is_within(a: Words, key: str, b: Words, longer: str) -> bool:
    short, long = a.inside.get(key, ()), b.inside.get(longer, ())
    if len(short) >= len(long) or key in lexicon().alone:
        return False
    size = len(short)
    return any(long[at : at + size] == short for at in range(len(long) - size + 1))


def _telling_nothing(tail: Set[str]) -> set[str]:
    return {key for key in tail if key[0] not in "#'" and key not in lexicon().alone}


@remembered(100_000)
def _things(product: str) -> tuple[str, ...]:
    return tuple(_thing(part) for part in parts(product))


def _thing(part: str) -> str:
    """The thing a part of a product names, without what is said of it."""
    words = read(part)
    return next((key for key in words.said if key in words.core), "")
