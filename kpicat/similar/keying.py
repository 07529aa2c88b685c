"""Syllables to keys: the longest phrase the lexicon knows, forgiving what is misspelt, else a syllable by its sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpicat.memo import remembered
from kpicat.similar.lexicon import lexicon
from kpicat.text.normalise import fold
from kpicat.text.syllables import is_syllable

_COUNTED = ("quý", "khóa", "kì", "đợt", "loại", "hạng", "lần", "cấp", "vòng", "tập", "khối", "lớp", "độ")
_NUMBERED = frozenset([*_COUNTED, *map(fold, _COUNTED)])
_NGA_TO_HOI = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vii": "7", "viii": "8", "x": "10"}  # "lần vi phạm"
_TO, _TOWARDS = "đến", "tới"
"""Before those whom a thing reaches "đến" says no more than "tới"; after what comes in it is the opposite of "đi"."""
_COMING = frozenset(["bản", "văn", "đi", "chuyển", "thư", "và"])

Phrase = tuple[str, str, list[str]]
"""A key, the words it stands for, their bare syllables."""


def joined(found: Iterable[Phrase]) -> Iterator[Phrase]:
    """The phrases, two with only small words between them made one where the lexicon knows it: "sổ của chi bộ"."""
    known = lexicon()
    before: Phrase | None = None
    between: list[Phrase] = []
    for phrase in found:
        if phrase[0] in known.dropped:
            between.append(phrase)
            continue
        joins = before and between and known.beside.isdisjoint(key for key, _words, _bares in between)
        whole = (*before[2], *phrase[2]) if before and joins else ()
        key = known.phrases.get(whole)
        if before and key is not None and _is_meant([*before[1].split(), *phrase[1].split()], 0, len(whole)):
            said = [before, *between, phrase]
            before = key, " ".join(words for _key, words, _bares in said), [b for each in said for b in each[2]]
        else:
            yield from (before,) if before else ()
            yield from between
            before = phrase
        between = []
    yield from (before,) if before else ()
    yield from between


def keyed(tokens: list[str]) -> Iterator[Phrase]:
    """Key, words and bare syllables of each phrase, the longest known phrase first."""
    known = lexicon()
    bares = [fold(token) for token in tokens]  # of the syllables there are few, so each is known already
    plain = tokens == bares
    at = 0
    while at < len(tokens):
        for size in known.sizes.get(tuple(bares[at : at + 2]), ()):
            inside = bares[at : at + size]
            key = known.phrases.get(tuple(inside))
            if key is not None and (plain or _is_meant(tokens, at, size)):
                said = " ".join(tokens[at : at + size])
                break
        else:
            inside, said = bares[at : at + 1], tokens[at]
            key = _single(tokens, bares, at, plain=plain)
        yield key, said[1:] if key[0] == "'" else said, inside
        at += len(inside)


def _is_meant(tokens: list[str], at: int, size: int) -> bool:
    """Whether tokens that are a phrase but for diacritics are that phrase misspelt, and not two neighbours."""
    said = tuple(tokens[at : at + size])
    bare = tuple(map(fold, said))
    if said in lexicon().written[bare]:
        return True
    misspelt = any(all(map(_may_be, said, meant)) for meant in lexicon().written[bare])
    return (misspelt or said == bare) and not any(
        _is_written(tokens[start : start + more])
        for start in range(at + 1, at + size)
        for more in lexicon().sizes.get(tuple(map(fold, tokens[start : start + 2])), ())
        if start + more > at + size
    )


def _is_written(said: list[str]) -> bool:
    return tuple(said) in lexicon().written.get(tuple(map(fold, said)), ())


def _may_be(token: str, meant: str) -> bool:
    """Whether one syllable is the other misspelt: many confuse hỏi and ngã, and what is no syllable was mistyped."""
    return _one_tone(token) == _one_tone(meant) or not is_syllable(token)


@remembered(50_000)
def heard(token: str) -> str:
    """A token as it is compared: a syllable by its sound, anything else by its letters."""
    return _one_tone(token) if is_syllable(token) else fold(token)


def _one_tone(token: str) -> str:
    return token.translate(_NGA_TO_HOI)


def _single(tokens: list[str], bares: list[str], at: int, *, plain: bool) -> str:
    token, known = tokens[at], lexicon()
    if token[0].isdigit():
        return "#" + "/".join(part.lstrip("0") or "0" for part in token.split("/"))
    if token[-1].isdigit():
        return f"'{token}"  # a year
    if at and token in _ROMAN and tokens[at - 1] in _NUMBERED:
        return "#" + _ROMAN[token]
    if token == _TO and 0 < at < len(tokens) - 1 and tokens[at - 1] not in _COMING:
        return _TOWARDS
    if plain:
        return known.singles.get(f"~{bares[at]}", bares[at])
    return known.singles.get(token) or heard(token)
