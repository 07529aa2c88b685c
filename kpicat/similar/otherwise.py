"""What one line says in words of its own and the other line says too: short, cut up, in its product, misspelt."""

from __future__ import annotations

from collections.abc import Set

from kpicat.similar.lexicon import lexicon
from kpicat.similar.words import Words, read
from kpicat.text.normalise import fold
from kpicat.text.products import parts
from kpicat.text.syllables import is_syllable

_TELLING = 2
"""Letters up to which an abbreviation may be one by chance."""
_PHRASE = 2  # syllables
_SHORTEST = 3
"""Letters of a syllable that can be misspelt and still be known: "di" and "de" are two words."""


def said_otherwise(a: Words, b: Words, product_a: str, product_b: str) -> set[str]:
    """Keys that only one of two tasks has, of which the other line says the same.

    Args:
        a, b: The words of the two tasks.
        product_a, product_b: As written.
    """
    known = _written_short(a, b) | _written_short(b, a)
    only_a, only_b = a.all - b.all - known, b.all - a.all - known
    known |= _told_by_product(only_a, product_b) | _told_by_product(only_b, product_a)
    known |= _cut_up(a, b, only_a, only_b) | _cut_up(b, a, only_b, only_a)
    return known | _misspelt(a, b, only_a - known, only_b - known)


def _written_short(a: Words, b: Words) -> set[str]:
    """Keys of ``a`` that abbreviate words of ``b``, and the keys of these."""
    unknown = a.short - b.all
    if not unknown:
        return set()
    initials = "".join(fold(token[0]) for token, _key in b.tokens)
    apart = "".join(" " if key in a.all else fold(token[0]) for token, key in b.tokens)
    found: set[str] = set()
    for short in unknown:
        # Two letters begin many neighbours: only those that the abbreviating line does not say besides.
        if (at := (initials if len(short) > _TELLING else apart).find(short)) >= 0:
            found |= {short, *(key for _token, key in b.tokens[at : at + len(short)])}
    return found


def _told_by_product(only: Set[str], product: str) -> set[str]:
    """Of what only one task says, what the other line's product says: "chấm điểm" beside the product "bảng điểm".

    A paper among several that the other line hands over may be a part of its work alone.
    """
    if not only or not product.strip():
        return set()
    known = lexicon()
    said = {key for key in only & read(product).all if key not in known.alone}
    return said if len(parts(product)) == 1 else said - known.papers


def _cut_up(a: Words, b: Words, only_a: Set[str], only_b: Set[str]) -> set[str]:
    """Phrases of ``a`` whose syllables ``b`` says in their order in other phrases, and these.

    "quản lý con dấu" is said by "quản lý và sử dụng con dấu", "giao đất" not by "bàn giao đất".
    """
    found: set[str] = set()
    for phrase in only_a:
        whole = a.inside.get(phrase, ())
        if len(whole) < _PHRASE or not b.syllables.issuperset(whole):
            continue
        there = iter(b.tokens)
        words = [next((key for bare, key in there if bare == wanted), "") for wanted in whole]
        if all(words) and all(key not in only_b or _is_whole(key, b, words) for key in words):
            found |= {phrase, *words} & (only_a | only_b)
    return found


def _is_whole(key: str, b: Words, words: list[str]) -> bool:
    return words.count(key) == sum(each == key for _bare, each in b.tokens)


def _misspelt(a: Words, b: Words, only_a: Set[str], only_b: Set[str]) -> set[str]:
    """Keys of both lines of which one is the other with a letter wrong.

    Only where all else they say is the same, and one of the two spellings is no
    syllable, or the lexicon knows the words around it only as the other line writes them.
    """
    for left, right in ((only_a & a.core, only_b & b.core), (only_a, only_b)):
        if not left or not right or _how_many(a, left) != _how_many(b, right):
            continue
        if known := _one_wrong(_telling(a, left), _telling(b, right)):
            return known
    return set()


def _one_wrong(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> set[str]:
    """All the keys, where of the syllables one is misspelt and the others agree."""
    differ = [at for at, (one, other) in enumerate(zip(left, right, strict=True)) if one[0] != other[0]]
    if len(differ) != 1:
        return set()
    (one, key), (other, its) = left[differ[0]], right[differ[0]]
    if min(len(one), len(other)) < _SHORTEST or not _one_letter_apart(one, other):
        return set()
    if (" " in key) == (" " in its) and is_syllable(one) and is_syllable(other):
        return set()
    return {key for _bare, key in (*left, *right)}


def _how_many(words: Words, only: Set[str]) -> int:
    return sum(map(len, map(words.inside.__getitem__, only)))


def _telling(words: Words, only: Set[str]) -> list[tuple[str, str]]:
    """The syllables that only this line says, each with its key."""
    return [(fold(token), key) for token, key in words.tokens if key in only]


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter is another, is too many, is missing, or two have changed places."""
    if one == other or not (one + other).isalpha() or abs(len(one) - len(other)) > 1:
        return False
    same = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    left, right = one[same:], other[same:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] in (right, right[1:]) or left == right[1:]
