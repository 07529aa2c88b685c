"""``data/lexicon/similar_fields.toml``: words that may stand for one another, by the fields of a commune's work.

They are not read as one word, only seen to lie near: of what one line says, how much the other says in words of the
same field is a mark among those weighed (:mod:`kpicat.similar.combining`).
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from kpicat.memo import remembered
from kpicat.settings import ROOT
from kpicat.similar.keying import heard
from kpicat.similar.lexicon import TOKEN, lexicon, spelling
from kpicat.similar.words import Words
from kpicat.text.normalise import fold

_PATH = ROOT / "data" / "lexicon" / "similar_fields.toml"

Groups = frozenset[int]
_NONE: Groups = frozenset()


class Answered(NamedTuple):
    """How much of a line's core another one says: syllables in all, said, in words of the same field, in neither."""

    all: int
    said: int
    near: int
    unsaid: int
    near_objects: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The groups by their phrases.

    Attributes:
        phrases: Syllables of a phrase, as they are compared -> the groups it is in.
        sizes: First syllable -> how many syllables phrases that begin with it have, the longest first.
        keys: Key of a phrase that is read as one word -> the groups it is in.
        acts: The groups of acts: they name no object.
    """

    phrases: Mapping[tuple[str, ...], Groups]
    sizes: Mapping[str, Sequence[int]]
    keys: Mapping[str, Groups]
    acts: Groups


@functools.cache
def fields(*, plain: bool = False) -> Fields:
    """The groups, as words with or without diacritics.

    Raises:
        ValueError: The file breaks its own form; the message names it.
    """
    try:
        return _fields(tomllib.loads(_PATH.read_text("utf-8")), plain=plain)
    except (KeyError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{_PATH.name}: {error!r}") from error


def _fields(data: Mapping[str, Any], *, plain: bool) -> Fields:
    known = lexicon()
    phrases: dict[tuple[str, ...], set[int]] = {}
    keys: dict[str, set[int]] = {}
    for number, group in enumerate([*data["acts"].values(), *data["things"].values()]):
        for phrase in group:
            tokens = TOKEN.findall(spelling(phrase))
            bare = tuple(map(fold, tokens))
            heard_as = bare if plain else tuple(map(heard, tokens))
            single = known.singles.get(f"~{bare[0]}" if plain else tokens[0], heard_as[0])
            key = known.phrases.get(bare, "") if len(bare) > 1 else single
            phrases.setdefault(heard_as, set()).add(number)
            keys.setdefault(key, set()).add(number)
    keys.pop("", None)
    sizes: dict[str, set[int]] = {}
    for syllables in phrases:
        sizes.setdefault(syllables[0], set()).add(len(syllables))
    return Fields(
        phrases={syllables: frozenset(numbers) for syllables, numbers in phrases.items()},
        sizes={first: tuple(sorted(each, reverse=True)) for first, each in sizes.items()},
        keys={key: frozenset(numbers) for key, numbers in keys.items()},
        acts=frozenset(range(len(data["acts"]))),
    )


def answered(mine: Words, theirs: Words, product: Words) -> Answered:
    """How much of the core of ``mine`` another line says too, in its name or its product."""
    inside, said = mine.inside, theirs.syllables | product.syllables
    whole = sum([len(inside[key]) for key in mine.core])
    unsaid = [n for n, (syllable, key) in enumerate(mine.tokens) if syllable not in said and key in mine.core]
    if not unsaid:
        return Answered(whole, whole, 0, 0, 0)
    in_their_stead = _beyond(theirs, mine.syllables) | _beyond(product, mine.syllables)
    known, acts, of_each = lexicon(), fields().acts, _groups(mine.tokens, mine.plain)
    near = objects = 0
    for n in unsaid:
        groups, key = of_each[n], mine.tokens[n][1]
        if not in_their_stead.isdisjoint(groups) or not theirs.all.isdisjoint(known.kin.get(key, ())):
            near += 1
            objects += not (groups <= acts or key in known.acts or key in known.papers or key in known.general)
    return Answered(whole, whole - len(unsaid), near, len(unsaid) - near, objects)


def _beyond(words: Words, said: Set[str]) -> Set[int]:
    """The groups of what one text says and the other does not: what both say stands for nothing else."""
    if words.syllables <= said:
        return _NONE
    of_each = zip(words.tokens, _groups(words.tokens, words.plain), strict=True)
    return _NONE.union(*[groups for (syllable, _key), groups in of_each if groups and syllable not in said])


@remembered(100_000)
def _groups(tokens: tuple[tuple[str, str], ...], plain: bool) -> tuple[Groups, ...]:
    """The groups that each syllable is in."""
    known = fields(plain=plain)
    found = [known.keys.get(key, _NONE) for _syllable, key in tokens]
    long = {key for (_syllable, key), (_next, same) in itertools.pairwise(tokens) if key == same}
    syllables = tuple(syllable for syllable, _key in tokens)
    at = 0
    while at < len(tokens):
        for size in known.sizes.get(syllables[at], ()):
            groups = known.phrases.get(syllables[at : at + size])
            if groups and (size > 1 or tokens[at][1] not in long):
                found[at : at + size] = [each | groups for each in found[at : at + size]]
                at += size
                break
        else:
            at += 1
    return tuple(found)
