"""``data/lexicon/similar.toml``: which words do not count, mean the same, tell two works apart, hold others."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from kpicat.settings import ROOT
from kpicat.text.normalise import fold

TOKEN = re.compile(r"y\d{4}(?:\.\d{4})?|\d+(?:[/.,]\d+)*|[^\W\d_]+")
"""A year marked as such, a number or a date, a syllable."""
_PATH = ROOT / "data" / "lexicon" / "similar.toml"
_MADE = "soạn thảo"
_BESIDE = ("và", "hoặc", "hay", "cùng")
_LONE_Y = re.compile(r"(?<![^\W\d_])([bcdghklmnprstvx]+)([yýỳỷỹỵ])(?!\w)")
_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


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
    """What the words of ``similar.toml`` say; a phrase is known by its key.

    Attributes:
        phrases: Bare syllables of each phrase of several -> its key.
        written: Bare syllables of every phrase -> the syllables as the file writes them, "hằng" and "hàng" alike.
        singles: Syllable -> its key; after "~" without diacritics, for texts typed so.
        sizes: First two bare syllables -> how many syllables phrases that begin so have, the longest first.
        dropped, light, general, manages, papers: As the file explains them.
        apart: The sets that tell two works apart.
        sets_of: Key -> places of the sets it is in.
        acts: Keys of sets of acts, steps and periods: they name no object.
        alone: Keys that tell two works apart by themselves.
        parts: Key -> keys of what it holds.
        fields: Those of them that are fields of work, which a line may name beside the part.
        bare: Keys of single syllables written without any mark.
        beside: Small words that put two things side by side and make no phrase of them.
        leads: Finds an act that stands bare before another: "rà soát, bổ sung quy hoạch".
        leading: What ``leads`` finds -> its key.
        trails: Finds an act that only ends the one before it: "lập và nộp tờ khai".
        trailing: What ``trails`` finds -> its key.
        periods: Keys that say how often.
        made: What is done with a paper where nothing else is said.
        steps: What can be done with a paper.
        kin: Key of an act -> keys that may stand for it where all else is the same.
        opens: Small words after which a place, a time or those for whom it is done follow.
    """

    phrases: Mapping[tuple[str, ...], str]
    written: Mapping[tuple[str, ...], Set[tuple[str, ...]]]
    singles: Mapping[str, str]
    sizes: Mapping[tuple[str, ...], tuple[int, ...]]
    dropped: frozenset[str]
    light: frozenset[str]
    general: frozenset[str]
    manages: frozenset[str]
    papers: frozenset[str]
    apart: tuple[Apart, ...]
    sets_of: Mapping[str, frozenset[int]]
    acts: frozenset[str]
    alone: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    fields: frozenset[str]
    bare: frozenset[str]
    beside: frozenset[str]
    leads: re.Pattern[str]
    leading: Mapping[str, str]
    trails: re.Pattern[str]
    trailing: Mapping[str, str]
    periods: frozenset[str]
    made: str
    steps: frozenset[str]
    kin: Mapping[str, frozenset[str]]
    opens: frozenset[str]


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

    lists = {name: keys(data[name]["words"]) for name in ("dropped", "light", "general", "manages", "papers")}
    keys(data["kept"]["words"])
    apart = tuple(Apart(s["kind"], keys(s["words"]), keys(s.get("alone", ()))) for s in data["apart"])
    parts = {key: keys(each["parts"]) for each in data["within"] for key in keys([each["whole"]])}
    kin: dict[str, set[str]] = {}
    for group in data["kin"]:
        for key in (acts := keys(group["words"])):
            kin.setdefault(key, set()).update(acts - {key})
    opens = keys(data["opens"]["words"])
    leading, trailing = (
        {_bare(act): key for act in data[name]["words"] for key in keys([act])} for name in ("leading", "trailing")
    )
    phrases = {tuple(TOKEN.findall(_bare(phrase))): key for phrase, key in key_of.items()}
    singles = {spelling(phrase): key for phrase, key in key_of.items() if " " not in phrase}
    written: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for phrase in key_of:
        written.setdefault(tuple(TOKEN.findall(_bare(phrase))), set()).add(tuple(TOKEN.findall(spelling(phrase))))
    made = key_of[_MADE]
    sizes: dict[tuple[str, ...], set[int]] = {}
    for tokens in phrases:
        if len(tokens) > 1:
            sizes.setdefault(tokens[:2], set()).add(len(tokens))
    sets_of: dict[str, set[int]] = {}
    for n, each in enumerate(apart):
        for key in each.keys:
            sets_of.setdefault(key, set()).add(n)
    return Lexicon(
        phrases={tokens: key for tokens, key in phrases.items() if len(tokens) > 1},
        written=written,
        singles={f"~{fold(phrase)}": key for phrase, key in singles.items()} | singles,
        sizes={begun: tuple(sorted(each, reverse=True)) for begun, each in sizes.items()},
        apart=apart,
        acts=frozenset(kin).union(*(each.keys for each in apart if each.kind in ("act", "step", "period"))),
        sets_of={key: frozenset(numbers) for key, numbers in sets_of.items()},
        alone=frozenset().union(*(each.alone for each in apart)),
        parts=parts,
        fields=frozenset(key for each in data["within"] if each.get("field", True) for key in keys([each["whole"]])),
        bare=frozenset(key for key in singles.values() if key == fold(key)),
        beside=keys(_BESIDE),
        leads=re.compile(rf"(?<![a-z])({_either(leading)})(?: ?[,;/-] ?| va )(?!tra |va tra )"),
        leading=leading,
        trails=re.compile(rf"(?:[,;/-] ?| va )({_either(trailing)})(?![a-z])"),
        trailing=trailing,
        periods=keys(data["often"]["words"]),
        made=made,
        kin={key: frozenset(others) for key, others in kin.items()},
        opens=opens,
        steps=next(each.keys for each in apart if made in each.keys),
        **lists,
    )


def _either(phrases: Iterable[str]) -> str:
    return "|".join(sorted(phrases, key=len, reverse=True))


def _bare(text: str) -> str:
    """A phrase without case, diacritics and the choice between i and y."""
    return fold(spelling(text.lower()))


def _key(phrase: str) -> str:
    """The key of a phrase of the lexicon; one syllable keeps its diacritics, or "cửa" would be "của"."""
    return _bare(phrase) if " " in phrase else spelling(phrase)


def spelling(text: str) -> str:
    """``text`` in small letters with i where a lone y is the same ("đăng ký" is "đăng kí")."""
    return _LONE_Y.sub(lambda m: m[1] + m[2].translate(_TO_I), text)
