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
from kpicat.similar.keying import Phrase, heard, joined, keyed
from kpicat.similar.lexicon import TOKEN, lexicon, spelling
from kpicat.text.abbreviations import written_out
from kpicat.text.normalise import fold, one_line
from kpicat.text.syllables import at_home, is_syllable

LONGEST = 600
"""Characters of a text that are read; what comes after adds words, not sense."""

_PAPERS = (
    "quy định|nghị quyết|chỉ thị|kết luận|quyết định|thông tư|nghị định|luật|hướng dẫn|kế hoạch|công văn|đề án|"
    "qđ|nq|ct|kl|nđ|tt|hd|kh"
)
_PAPER_NUMBER = re.compile(  # "theo Quy định 213-QĐ/TW" says nothing, "Nghị quyết 57-NQ/TW" is "nghị quyết 57"
    rf"\b(?P<by>(?:theo|căn cứ)\s+)?(?P<paper>(?:{_PAPERS})\s+(?:số\s+)?\d+)(?:[-/](?:[^\W\d_]|[-/\d])+)?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_YEARS = re.compile(r"(?<!số )\b(20\d\d)(?:\s*[-–/]\s*(20\d\d))?\b")
_GLUED = re.compile(r"\b([A-ZĐ]{2,})(?=\d{1,2}\b)")  # "HK1"
_COUNTED = re.compile(
    r"\b(một|hai|ba|bốn|sáu|tám|chín|mười)(?= (?:tuổi|tháng|tuần|ngày|lần|năm|cấp|kỳ)\b)", re.IGNORECASE
)
_NUMBERS = {"một": "1", "hai": "2", "ba": "3", "bốn": "4", "sáu": "6", "tám": "8", "chín": "9", "mười": "10"}
_LISTS = re.compile(r"[,;/+&]| - ")
_SIDE_BY_SIDE = re.compile(r"[,;/-]| v[aà] ")
_GO = "đi"
"""As the first word of a line it says nothing: "đi kiểm tra"."""


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
    def syllables(self) -> frozenset[str]:
        """Each syllable as it is compared."""
        return frozenset(syllable for syllable, _key in self.tokens)

    @functools.cached_property
    def inside(self) -> Mapping[str, tuple[str, ...]]:
        """Key -> its syllables as they are compared."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self.all, ())
        for syllable, key in self.tokens:
            found[key] = (*found.get(key, ()), syllable)
        return found

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
    full = text = one_line(text[:LONGEST])
    if _DIGIT.search(text):
        text = _PAPER_NUMBER.sub(lambda m: " " if m["by"] else m["paper"], text)
        full = _YEARS.sub(_years, _GLUED.sub(r"\1 ", text))
    full = spelling(written_out(_COUNTED.sub(lambda m: _NUMBERS[m[1].lower()], full)))
    full = fold(full) if plain else full
    known = lexicon()
    found = list(joined(keyed([at_home(token) for token in TOKEN.findall(full)])))
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
        tokens=tuple([(heard(token), key) for key, words, _inside in found for token in words.split()]),
        **_places(full, found, core),
        all=frozenset(core | light),
        plain=plain,
        written=text,
    )


def _places(full: str, found: Sequence[Phrase], core: Set[str]) -> dict[str, frozenset[str]]:
    """Which keys of the core stand only in tails, and which beside others in a list."""
    known = lexicon()
    said = {key for key, _words, _inside in found}
    listed = _LISTS.search(full) is not None
    if not listed and known.opens.isdisjoint(said) and known.beside.isdisjoint(said):
        return {"tails": frozenset(), "aside": frozenset()}
    joints = [False] * (1 + sum(len(inside) for _key, _words, inside in found))
    if listed:
        joints = [_LISTS.search(between) is not None for between in TOKEN.split(full)]
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
