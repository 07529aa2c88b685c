"""What the words of a line come to: abbreviations written out, one key for what means the same, the rest weighed.

The lexicon ``data/lexicon/similar.toml`` says which words do not count, which mean the
same, which tell two works apart and which hold others. A word it does not know counts.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from kpicat.settings import ROOT
from kpicat.text.abbreviations import written_out
from kpicat.text.normalise import fold, one_line
from kpicat.text.syllables import is_syllable

LONGEST = 600
"""Characters of a text that are read; what comes after adds words, not sense."""
_PATH = ROOT / "data" / "lexicon" / "similar.toml"
_MADE = "soạn thảo"  # what is done with a paper where nothing else is said

_TOKEN = re.compile(r"y\d{4}(?:\.\d{4})?|\d+(?:[/.,]\d+)*|[^\W\d_]+")
_PAPERS = (
    "quy định|nghị quyết|chỉ thị|kết luận|quyết định|thông tư|nghị định|luật|hướng dẫn|kế hoạch|công văn|đề án|"
    "qđ|nq|ct|kl|nđ|tt|hd|kh"
)
_PAPER_NUMBER = re.compile(  # "theo Quy định 213-QĐ/TW" says nothing, "Nghị quyết 57-NQ/TW" is "nghị quyết 57"
    rf"(?P<by>(?:theo|căn cứ)\s+)?(?P<paper>(?:{_PAPERS})\s+(?:số\s+)?\d+)(?:[-/](?:[^\W\d_]|[-/\d])+)?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!số )\b(20\d\d)(?:\s*[-–/]\s*(20\d\d))?\b")
_NUMBERED = frozenset(["quý", "khóa", "kỳ", "đợt", "loại", "hạng", "lần", "cấp", "vòng", "tập", "khối", "lớp"])
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_LONE_Y = re.compile(r"(?<![^\W\d_])([bcdghklmnprstvx]+)([yýỳỷỹỵ])(?!\w)")
_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared.

    Attributes:
        said: Key -> the words of the text it stands for, in the text's order.
        core: Keys that make the work what it is; a number's key begins with "#".
        light: Keys that count only against another of their set.
        short: Keys that are abbreviations nobody has written out.
        letters: First letters of the core's syllables, sorted; numbers and abbreviations are there in full.
        tokens: Each syllable with the key it went into.
        names: Key of one capitalised syllable -> the syllable with its diacritics.
    """

    said: Mapping[str, str]
    core: frozenset[str]
    light: frozenset[str]
    short: frozenset[str]
    letters: str
    tokens: tuple[tuple[str, str], ...]
    names: Mapping[str, str]

    @property
    def all(self) -> frozenset[str]:
        """Every key."""
        return self.core | self.light


@dataclass(frozen=True, slots=True)
class Apart:
    """Keys that tell two works apart.

    Attributes:
        kind: What they are: "period", "paper", "step", "act", "object" or "body".
        keys: The set.
        alone: Those that do so by themselves.
    """

    kind: str
    keys: frozenset[str]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``similar.toml``, its phrases as keys."""

    phrases: Mapping[tuple[str, ...], str]
    written: Set[tuple[str, ...]]
    singles: Mapping[str, str]
    sizes: Mapping[str, tuple[int, ...]]
    dropped: frozenset[str]
    light: frozenset[str]
    general: frozenset[str]
    papers: frozenset[str]
    apart: tuple[Apart, ...]
    sets_of: Mapping[str, frozenset[int]]
    acts: frozenset[str]
    parts: Mapping[str, frozenset[str]]


@functools.lru_cache(maxsize=200_000)
def read(text: str) -> Words:
    """The words of ``text``."""
    text = _PAPER_NUMBER.sub(lambda m: " " if m["by"] else m["paper"], one_line(text[:LONGEST]))
    found = list(_keyed(_TOKEN.findall(_spelling(written_out(_YEARS.sub(_years, text))))))
    known = lexicon()
    said = {key: words for key, words, _tokens in found if key not in known.dropped}
    light = {key for key in said if key in known.light or key.startswith("'")}
    light |= {key for key in said if known.parts.get(key, frozenset()) & said.keys()}  # its part says it too
    if _only_made(said):
        light.add(fold(_MADE))
    core = set(said) - light
    if not core:  # nothing but light words: then they are what it says
        core, light = set(said), set()
    short = frozenset(key for key in core if _is_short(key))
    tokens = tuple((bare, key) for key, _words, inside in found if key in said for bare in inside)
    letters = (token if key in short or token[0].isdigit() else token[0] for token, key in tokens if key in core)
    return Words(
        said=said,
        core=frozenset(core),
        light=frozenset(light),
        short=short,
        letters="".join(sorted("".join(letters))),
        tokens=tokens,
        names={fold(name): name for name in _names(text)},
    )


def _only_made(said: Iterable[str]) -> bool:
    """Whether a paper is named and nothing said before it that is done with it but writing it."""
    for key in said:
        if key in lexicon().papers:
            return True
        if key in _steps():
            return False
    return False


def bare(text: str) -> str:
    """A phrase without case, diacritics and the choice between i and y."""
    return fold(_spelling(text.lower()))


def _key(phrase: str) -> str:
    """The key of a phrase of the lexicon; one syllable keeps its diacritics, or "cửa" would be "của"."""
    return bare(phrase) if " " in phrase else _spelling(phrase)


def _spelling(text: str) -> str:
    return _LONE_Y.sub(lambda m: m[1] + m[2].translate(_TO_I), text)


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


def _keyed(tokens: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Key, words and bare syllables of each phrase, the longest known phrase first."""
    known = lexicon()
    bares = [fold(token) for token in tokens]
    plain = tokens == bares
    at = 0
    while at < len(tokens):
        taken = 1
        key = None
        for size in known.sizes.get(bares[at], ()):
            key = known.phrases.get(tuple(bares[at : at + size]))
            if key is not None and (plain or _is_meant(tokens, at, size)):
                taken = size
                break
            key = None
        if key is None:
            key = _single(tokens, bares, at, plain=plain)
        yield key, " ".join(tokens[at : at + taken]).removeprefix("y" if key[0] == "'" else ""), bares[at : at + taken]
        at += taken


def _is_meant(tokens: list[str], at: int, size: int) -> bool:
    """Whether tokens that are a phrase but for diacritics are that phrase misspelt, and not two neighbours."""
    known = lexicon()
    if tuple(tokens[at : at + size]) in known.written:
        return True
    ahead = range(at + 1, at + size)
    return not any(
        tuple(tokens[start : start + more]) in known.written
        for start in ahead
        for more in known.sizes.get(fold(tokens[start]), ())
        if start + more > at + size
    )


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
    return known.singles.get(token, bares[at])


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon.

    Raises:
        ValueError: The file breaks its own form; the message names it.
    """
    try:
        return _lexicon(tomllib.loads(_PATH.read_text("utf-8")))
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{_PATH.name}: {error!r}") from error


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    key_of = {phrase: _key(group["words"][0]) for group in data["alike"] for phrase in group["words"]}

    def keys(phrases: Iterable[str]) -> frozenset[str]:
        return frozenset(key_of.setdefault(phrase, _key(phrase)) for phrase in phrases)

    lists = {name: keys(data[name]["words"]) for name in ("dropped", "light", "general", "papers")}
    keys(data["kept"]["words"])
    apart = tuple(Apart(s["kind"], keys(s["words"]), keys(s.get("alone", ()))) for s in data["apart"])
    parts = {key: keys(each["parts"]) for each in data["within"] for key in keys([each["whole"]])}
    phrases = {tuple(_TOKEN.findall(bare(phrase))): key for phrase, key in key_of.items()}
    singles = {_spelling(phrase): key for phrase, key in key_of.items() if " " not in phrase}
    sizes: dict[str, set[int]] = {}
    for tokens in phrases:
        if len(tokens) > 1:
            sizes.setdefault(tokens[0], set()).add(len(tokens))
    sets_of: dict[str, set[int]] = {}
    for n, each in enumerate(apart):
        for key in each.keys:
            sets_of.setdefault(key, set()).add(n)
    return Lexicon(
        phrases={tokens: key for tokens, key in phrases.items() if len(tokens) > 1},
        written={tuple(_TOKEN.findall(_spelling(phrase))) for phrase in key_of},
        singles={f"~{fold(phrase)}": key for phrase, key in singles.items()} | singles,
        sizes={first: tuple(sorted(sizes, reverse=True)) for first, sizes in sizes.items()},
        apart=apart,
        acts=frozenset().union(*(each.keys for each in apart if each.kind in ("act", "step", "period"))),
        sets_of={key: frozenset(numbers) for key, numbers in sets_of.items()},
        parts=parts,
        **lists,
    )


@functools.cache
def _steps() -> frozenset[str]:
    """What is done with a paper, one step or another."""
    return next(each.keys for each in lexicon().apart if fold(_MADE) in each.keys)
