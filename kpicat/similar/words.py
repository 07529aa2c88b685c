"""What the words of a line come to: abbreviations written out, one key for what means the same, the rest weighed.

A word that the lexicon does not know counts as it stands: "thống" is not "thông". Only a text typed without
diacritics is read by its letters, and so is one that is held against it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from kpicat.memo import remembered
from kpicat.similar.lexicon import TOKEN, lexicon, spelling
from kpicat.text.abbreviations import written_out
from kpicat.text.normalise import fold, one_line
from kpicat.text.syllables import is_syllable

LONGEST = 600
"""Characters of a text that are read; what comes after adds words, not sense."""

_PAPERS = (
    "quy định|nghị quyết|chỉ thị|kết luận|quyết định|thông tư|nghị định|luật|hướng dẫn|kế hoạch|công văn|đề án|"
    "qđ|nq|ct|kl|nđ|tt|hd|kh"
)
_PAPER_NUMBER = re.compile(  # "theo Quy định 213-QĐ/TW" says nothing, "Nghị quyết 57-NQ/TW" is "nghị quyết 57"
    rf"(?P<by>(?:theo|căn cứ)\s+)?(?P<paper>(?:{_PAPERS})\s+(?:số\s+)?\d+)(?:[-/](?:[^\W\d_]|[-/\d])+)?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!số )\b(20\d\d)(?:\s*[-–/]\s*(20\d\d))?\b")
_LISTS = re.compile(r"[,;/+&]| - ")
_SIDE_BY_SIDE = re.compile(r"[,;/-]| v[aà] ")
_NUMBERED = frozenset(["quý", "khóa", "kỳ", "đợt", "loại", "hạng", "lần", "cấp", "vòng", "tập", "khối", "lớp"])
_NGA_TO_HOI = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")
_GO = "đi"
"""As the first word of a line it says nothing: "đi kiểm tra"."""
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vii": "7", "viii": "8", "x": "10"}  # "lần vi phạm"

_Phrase = tuple[str, str, list[str]]
"""A key, the words it stands for, their bare syllables."""


@dataclass(frozen=True)
class Words:
    """A text as it is compared.

    Attributes:
        said: Key -> the words of the text it stands for, in the text's order.
        core: Keys that make the work what it is; a number's key begins with "#".
        light: Keys that count only against another of their set.
        short: Keys that are abbreviations nobody has written out.
        tokens: Each syllable with the key it went into.
        tails: Keys of the core that stand only after a small word such as "cho", "tại": where, when, for whom.
        aside: Keys that stand beside another in a list.
        all: Every key.
        plain: Whether the text was typed without diacritics.
        written: The text.
    """

    said: Mapping[str, str]
    core: frozenset[str]
    light: frozenset[str]
    short: frozenset[str]
    tokens: tuple[tuple[str, str], ...]
    tails: frozenset[str]
    aside: frozenset[str]
    all: frozenset[str]
    plain: bool
    written: str

    @functools.cached_property
    def letters(self) -> str:
        """First letters of the core's syllables, sorted; numbers and abbreviations are there in full."""
        core, short = self.core, self.short
        heads = [t if key in short or t[0].isdigit() else fold(t[0]) for t, key in self.tokens if key in core]
        return "".join(sorted("".join(heads)))

    @functools.cached_property
    def bare(self) -> frozenset[str]:
        """Every key without diacritics: what lines are looked for by."""
        return frozenset(map(fold, self.all))

    @functools.cached_property
    def bare_core(self) -> frozenset[str]:
        """The keys of the core without diacritics."""
        return frozenset(map(fold, self.core))

    @functools.cached_property
    def names(self) -> Mapping[str, str]:
        """Key of one capitalised syllable -> the syllable with its diacritics."""
        return {fold(name): name for name in _names(self.written)}


@remembered(200_000)
def read(text: str, *, plainly: bool = False) -> Words:
    """The words of ``text``.

    Args:
        plainly: Leave its diacritics aside, to hold it against a text that has none.
    """
    plain = plainly or text.isascii()
    text = _PAPER_NUMBER.sub(lambda m: " " if m["by"] else m["paper"], one_line(text[:LONGEST]))
    full = spelling(written_out(_YEARS.sub(_years, text)))
    full = fold(full) if plain else full
    known = lexicon()
    found = list(_joined(_keyed(TOKEN.findall(full))))
    said: dict[str, str] = {}
    for key, words, _tokens in found:
        # "góp ý dự thảo": a draft, not drafting
        is_noun = key == known.made and not said.keys().isdisjoint(known.steps)
        if key not in known.dropped and not is_noun:
            said.setdefault(key, words)
    if next(iter(said), "") == _GO and len(said) > 1:
        del said[_GO]
    light = {key for key in said if key in known.light or key.startswith("'")}
    light |= {key for key in said if key in known.fields and known.parts[key] & said.keys()}  # its part says it too
    if _SIDE_BY_SIDE.search(full):
        bare = fold(full)
        on_the_way = {known.leading[act] for act in known.leads.findall(bare)}
        light |= (on_the_way | {known.trailing[act] for act in known.trails.findall(bare)}) & said.keys()
    often = known.periods & said.keys()
    if len(often) == 1 and known.papers.isdisjoint(said):
        light |= often
    if _only_made(said):
        light.add(known.made)
    core = set(said) - light
    if not core:  # nothing but light words: then they are what it says
        core, light = set(said), set()
    short = frozenset(key for key in core if _is_short(key))
    return Words(
        said=said,
        core=frozenset(core),
        light=frozenset(light),
        short=short,
        tokens=tuple([(_heard(token), key) for key, words, _inside in found for token in words.split()]),
        **_places(full, found, core),
        all=frozenset(core | light),
        plain=plain,
        written=text,
    )


def _places(full: str, found: Sequence[_Phrase], core: Set[str]) -> dict[str, frozenset[str]]:
    """Which keys of the core stand only in tails, and which beside others in a list."""
    known = lexicon()
    said = {key for key, _words, _inside in found}
    listed = _LISTS.search(full) is not None
    if not listed and known.opens.isdisjoint(said) and known.beside.isdisjoint(said):
        return {"tails": frozenset(), "aside": frozenset()}
    joints = [listed and _LISTS.search(between) is not None for between in TOKEN.split(full)]
    at, in_tail, beside = 0, False, False
    tails: set[str] = set()
    heads: set[str] = set()
    aside: set[str] = set()
    for key, _words, inside in found:
        in_tail = (in_tail and not joints[at]) or key in known.opens
        beside |= joints[at]
        at += len(inside)
        if key in known.beside:
            beside = True
        elif key in core:
            (tails if in_tail else heads).add(key)
            if beside or joints[at]:
                aside.add(key)
            beside = False
    return {"tails": frozenset(tails - heads), "aside": frozenset(aside)}


def _only_made(said: Iterable[str]) -> bool:
    """Whether a paper is named and nothing said before it that is done with it but writing it."""
    for key in said:
        if key in lexicon().papers:
            return True
        if key in lexicon().steps:
            return False
    return False


def _years(found: re.Match[str]) -> str:
    """The years as one token that is no number: "y2026", "y2026.2027"."""
    return f" y{found[1]}.{found[2]} " if found[2] else f" y{found[1]} "


def _names(text: str) -> Iterator[str]:
    """Capitalised syllables inside a line that is not all capitals: names of places and bodies."""
    if not text.isupper():
        yield from (m[0].lower() for m in re.finditer(r"(?<=\w )[^\W\d_a-z]\w*", text) if m[0].istitle())


def _is_short(key: str) -> bool:
    return key.isalpha() and 1 < len(key) < 9 and not is_syllable(key)


# -- phrases to keys -----------------------------------------------------------


def _joined(found: Iterable[_Phrase]) -> Iterator[_Phrase]:
    """The phrases, two with only small words between them made one where the lexicon knows it: "sổ của chi bộ"."""
    known = lexicon()
    before: _Phrase | None = None
    between: list[_Phrase] = []
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


def _keyed(tokens: list[str]) -> Iterator[_Phrase]:
    """Key, words and bare syllables of each phrase, the longest known phrase first."""
    known = lexicon()
    bares = [fold(token) for token in tokens]  # of the syllables there are few, so each is known already
    plain = tokens == bares
    at = 0
    while at < len(tokens):
        taken = 1
        key = None
        for size in known.sizes.get(bares[at], ()):
            if at + size > len(tokens):
                continue
            key = known.phrases.get(tuple(bares[at : at + size]))
            if key is not None and (plain or _is_meant(tokens, at, size)):
                taken = size
                break
            key = None
        if key is None:
            key = _single(tokens, bares, at, plain=plain)
        said = tokens[at] if taken == 1 else " ".join(tokens[at : at + taken])
        yield key, said[1:] if key[0] == "'" else said, bares[at : at + taken]
        at += taken


def _is_meant(tokens: list[str], at: int, size: int) -> bool:
    """Whether tokens that are a phrase but for diacritics are that phrase misspelt, and not two neighbours."""
    said = tokens[at : at + size]
    if _is_written(said):
        return True
    bare = tuple(map(fold, said))
    misspelt = any(all(map(_may_be, said, meant)) for meant in lexicon().written[bare])
    return (misspelt or tuple(said) == bare) and not any(
        _is_written(tokens[start : start + more])
        for start in range(at + 1, at + size)
        for more in lexicon().sizes.get(fold(tokens[start]), ())
        if start + more > at + size
    )


def _is_written(said: list[str]) -> bool:
    return tuple(said) in lexicon().written.get(tuple(map(fold, said)), ())


def _may_be(token: str, meant: str) -> bool:
    """Whether one syllable is the other misspelt: many confuse hỏi and ngã, and what is no syllable was mistyped."""
    return _one_tone(token) == _one_tone(meant) or not is_syllable(token)


@remembered(50_000)
def _heard(token: str) -> str:
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
    if plain:
        return known.singles.get(f"~{bares[at]}", bares[at])
    return known.singles.get(token) or _heard(token)
