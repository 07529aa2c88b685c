"""How much a heading nobody has listed is like those that are: by its words, weighed by what they tell.

"Thời điểm phải hoàn thành" is no known heading, but most of what it says is said by
"Thời hạn hoàn thành" too, and by no heading of another field. Abbreviations are
written out by the lexicon's own words ("S.lượng", "SP đầu ra"), and a syllable
with a wrong mark or letter is taken for the nearest ("công viêc").
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpicat.exchange.tables import columns
from kpicat.text.normalise import fold
from kpicat.text.syllables import is_syllable

_ALSO = 0.85  # of a heading that may name the field, beside one that does
_LATER = 0.8  # the words stand further on in the heading: Vietnamese says the main thing first
_ONE_WORD_LATER = 0.5  # and it is one syllable, which may be half of another word ("thời điểm")
_SCATTERED = 0.8  # the words stand apart
_FOLDED, _MISTYPED = 0.9, 0.75  # how far a syllable with other marks, or another letter, is the same
_UNKNOWN = 0.3  # weight of a syllable that no heading has
_USUAL = 3  # headings with a pair of syllables, from which its initials alone stand for it
_MOST_SYLLABLES = 14


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    field: str
    words: tuple[str, ...]
    plainness: float
    weight: float  # of its different words


@dataclass(frozen=True)
class _Lexicon:
    """The headings of ``columns.toml``, cut up.

    Attributes:
        weights: Syllable -> how much it tells: 1 for one that only one field's headings have.
        by_word: Syllable -> the phrases it is in.
        by_fold: Folded syllable -> the syllables it may be.
        pairs: Two syllables that follow each other -> how often.
    """

    weights: Mapping[str, float]
    by_word: Mapping[str, Sequence[_Phrase]]
    by_fold: Mapping[str, Sequence[str]]
    pairs: Counter[tuple[str, str]]


@functools.lru_cache(maxsize=20_000)
def likeness(heading: str) -> Mapping[str, float]:
    """Field -> how much the heading is like one of that field's, 0 to 1; below 0.2 left out."""
    lexicon = _lexicon()
    words = _written_out(columns.key(heading).split(), lexicon.pairs)
    if not words or len(words) > _MOST_SYLLABLES or "=" in heading:
        return {}
    nearest = [_nearest(word) for word in words]
    said = dict(nearest)
    whole = sum(_weight(word) for word, _same in set(nearest))
    shared: dict[_Phrase, float] = {}
    for word, same in said.items():
        for phrase in lexicon.by_word.get(word, ()):
            shared[phrase] = shared.get(phrase, 0.0) + _weight(word) * same
    found: dict[str, float] = {}
    for phrase, both in shared.items():
        alike = 1.0 if nearest[0][0] == phrase.words[0] else _LATER
        like = _SCATTERED * alike * both / (phrase.weight + whole - both)  # what both say, of all that either says
        if all(word in said for word in phrase.words):
            like = max(like, _contained(phrase.words, nearest))
        found[phrase.field] = max(phrase.plainness * like, found.get(phrase.field, 0.0))
    return {field: like for field, like in found.items() if like >= 0.2}


@functools.cache
def _lexicon() -> _Lexicon:
    listed = [
        (field, columns.key(word).split(), plainness)
        for field, entry in columns.lexicon("columns").items()
        for plainness, words in ((1.0, entry["words"]), (_ALSO, entry.get("also", ())))
        for word in words
    ]
    pairs = Counter(pair for _field, words, _plainness in listed for pair in pairwise(words) if len(pair[0]) > 1)
    phrases = sorted({(field, tuple(_written_out(words, pairs)), plainness) for field, words, plainness in listed})
    fields: dict[str, set[str]] = defaultdict(set)
    for field, said, _plainness in phrases:
        for word in said:
            fields[word].add(field)
    weights = {word: 1 / len(of) for word, of in fields.items()}
    by_word: dict[str, list[_Phrase]] = defaultdict(list)
    for field, said, plainness in phrases:
        phrase = _Phrase(field, said, plainness, sum(map(weights.__getitem__, set(said))))
        for word in dict.fromkeys(said):
            by_word[word].append(phrase)
    by_fold: dict[str, list[str]] = defaultdict(list)
    for word in fields:
        by_fold[fold(word)].append(word)
    return _Lexicon(weights, by_word, by_fold, pairs)


def _written_out(words: Sequence[str], pairs: Counter[tuple[str, str]]) -> list[str]:
    """The words with abbreviated pairs in full: "s lượng" and "sl" are "số lượng"."""
    full: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if len(word) == 1 and rest and (pair := _commonest(pairs, word, rest[0])):
            full += pair
            rest.pop(0)
        elif len(word) == 2 and (pair := _commonest(pairs, word[0], word[1])) and pairs[pair] >= _USUAL:
            full += pair
        else:
            full.append(word)
    return full


def _commonest(pairs: Counter[tuple[str, str]], first: str, second: str) -> tuple[str, str] | None:
    """The pair that occurs most of those whose syllables begin so; the second may be given whole."""
    fitting = (
        pair
        for pair in pairs
        if pair[0].startswith(first) and (pair[1] == second if len(second) > 1 else pair[1].startswith(second))
    )
    return max(fitting, key=lambda pair: (pairs[pair], pair), default=None)


@functools.lru_cache(maxsize=20_000)
def _nearest(word: str) -> tuple[str, float]:
    """The known syllable that the word is, and how surely; the word itself where it is none."""
    lexicon = _lexicon()
    if word in lexicon.weights:
        return word, 1.0
    bare = fold(word)
    if same := lexicon.by_fold.get(bare):
        return max(same, key=lambda known: len(lexicon.by_word[known])), _FOLDED
    if len(bare) > 3:
        for known, full in _about_as_long(len(bare)):
            if _one_letter_apart(known, bare):
                return full, _MISTYPED
    return word, 0.0


@functools.cache
def _about_as_long(length: int) -> Sequence[tuple[str, str]]:
    """Folded syllables of four letters and more that are at most one longer or shorter, and what each stands for."""
    by_fold = _lexicon().by_fold.items()
    return [(known, words[0]) for known, words in by_fold if len(known) > 3 and abs(len(known) - length) <= 1]


def _one_letter_apart(a: str, b: str) -> bool:
    """One letter more, less or other, or two neighbours exchanged."""
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def _weight(word: str) -> float:
    return _lexicon().weights.get(word, _UNKNOWN)


def _contained(phrase: Sequence[str], heading: Sequence[tuple[str, float]]) -> float:
    """The heading has the phrase in one piece: how much of the heading it is, and where it stands."""
    whole = sum(_weight(word) for word, _same in heading)
    best = 0.0
    for start in range(len(heading) - len(phrase) + 1):
        window = heading[start : start + len(phrase)]
        if tuple(word for word, _same in window) != tuple(phrase):
            continue
        share = sum(_weight(word) for word, _same in window) / whole
        where = 1.0 if start == 0 else _ONE_WORD_LATER if len(phrase) == 1 and is_syllable(phrase[0]) else _LATER
        best = max(best, where * (0.5 + 0.5 * share) * min(same for _word, same in window))
    return best
