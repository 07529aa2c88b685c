"""What a phrase of a catalogue says, by rules that are data: ``data/lexicon/*.toml``.

A lexicon answers one question about one kind of phrase. Its rules are tried in
order and the first whose pattern is found decides; when none is, its ``default``
does. Each rule says why, and carries examples that a test holds it to. Patterns
are regular expressions over the folded text (no diacritics, lower case), with the
lexicon's abbreviations written out, or over the text as written where a capital
matters, as in names.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from kpicat.memo import remembered
from kpicat.settings import ROOT
from kpicat.text import abbreviations
from kpicat.text.normalise import fold, one_line

FOLDER = ROOT / "data" / "lexicon"
_ABBREVIATED = re.compile(r"[a-z/&-]+")
_PIECE = re.compile(r"[a-z]+|&")
_PLAIN = re.compile(r"(?:[a-z]+|[0-9]+)(?: (?:[a-z]+|[0-9]+))*")
"""Words and numbers only, nothing that joins or shortens them."""
LONGEST = 600
"""Characters of a phrase that are read; what comes after adds words, not sense."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell.

    Attributes:
        says: The answer when one of the patterns is found.
        why: For whoever maintains the lexicon.
        pattern: All the rule's patterns as one.
        as_written: Whether it reads the text as written instead of the folded one.
        examples: Phrases that this very rule decides.
        why_en: The reason in English, where people are shown it.
    """

    says: str
    why: str
    pattern: re.Pattern[str]
    as_written: bool
    examples: tuple[str, ...]
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules for one kind of phrase.

    Attributes:
        asks: The question it answers.
        default: The answer when no rule applies.
        short: Abbreviation (folded) -> the words it stands for (folded): those of this kind of
            phrase over those that stand for the same everywhere.
        ignore: What is taken out before any rule is tried; None for nothing.
    """

    asks: str
    default: str
    short: dict[str, str]
    ignore: re.Pattern[str] | None
    rules: tuple[Rule, ...]

    def rule_for(self, text: str) -> Rule | None:
        """The rule that decides on ``text``; None when the default does."""
        written = one_line(text[:LONGEST])
        folded = fold(written)
        if self.ignore and (aside := self.ignore.search(folded)):
            kept = slice(0, aside.start())
            written = written[kept] if len(written) == len(folded) else written
            folded = folded[kept]
        folded = self.in_full(folded)
        for rule in self.rules:
            if rule.pattern.search(written if rule.as_written else folded):
                return rule
        return None

    def in_full(self, folded: str) -> str:
        """A folded text with the abbreviations it may hold written out."""
        words = folded.split(" ")
        if self.short.keys().isdisjoint(words) and _PLAIN.fullmatch(folded):
            return folded
        return " ".join([self.short.get(w) or (w if w.isalpha() else self._pieces_in_full(w)) for w in words])

    def _pieces_in_full(self, word: str) -> str:
        """A word with signs in it: "bc," or "kh/bc", but "d/c" as a whole where it is known."""

        def full(found: re.Match[str]) -> str:
            return self.short.get(found[0]) or _PIECE.sub(lambda piece: self.short.get(piece[0], piece[0]), found[0])

        return _ABBREVIATED.sub(full, word)

    def says(self, text: str) -> str:
        """The answer for ``text``."""
        rule = self.rule_for(text)
        return rule.says if rule else self.default


@functools.cache
def lexicon(kind: str) -> Lexicon:
    """The lexicon ``data/lexicon/<kind>.toml``.

    Raises:
        ValueError: The file breaks its own form; the message names it.
    """
    path = FOLDER / f"{kind}.toml"
    try:
        return _lexicon(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, TypeError, re.error, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path.name}: {error!r}") from error


def _lexicon(data: dict[str, Any]) -> Lexicon:
    words: dict[str, str] = {}

    def either(patterns: list[str]) -> str:
        return "|".join(re.sub(r"\{([a-z_]+)\}", lambda m: words[m[1]], p) for p in patterns)

    def compiled(patterns: list[str]) -> re.Pattern[str]:
        return re.compile(either(patterns))

    for name, each in data.get("words", {}).items():
        words[name] = f"(?:{either(each)})"

    return Lexicon(
        asks=data["asks"],
        default=data["default"],
        short=abbreviations.folded() | data.get("short", {}),
        ignore=compiled(data["ignore"]) if "ignore" in data else None,
        rules=tuple(
            Rule(
                says=rule["says"],
                why=rule["why"],
                pattern=compiled(rule["patterns"]),
                as_written=rule.get("as_written", False),
                examples=tuple(rule["examples"]),
                why_en=rule.get("why_en", ""),
            )
            for rule in data["rule"]
        ),
    )


@remembered(100_000)
def says(kind: str, text: str) -> str:
    """What ``text`` says by the lexicon ``kind``; "" for an empty text."""
    return lexicon(kind).says(text) if text.strip() else ""


def folded(kind: str, text: str) -> str:
    """``text`` as the rules of the lexicon ``kind`` read it."""
    return lexicon(kind).in_full(fold(text[:LONGEST]))
