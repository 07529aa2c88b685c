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

from kpicat.settings import ROOT
from kpicat.text.normalise import fold, one_line

FOLDER = ROOT / "data" / "lexicon"
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
    """

    says: str
    why: str
    pattern: re.Pattern[str]
    as_written: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules for one kind of phrase.

    Attributes:
        asks: The question it answers.
        default: The answer when no rule applies.
        short: Abbreviation (folded) -> the words it stands for (folded).
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
        folded = re.sub(r"[a-z/&]+", lambda word: self.short.get(word[0], word[0]), folded)
        return next((r for r in self.rules if r.pattern.search(written if r.as_written else folded)), None)

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
    words = {name: f"(?:{'|'.join(each)})" for name, each in data.get("words", {}).items()}

    def compiled(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(re.sub(r"\{([a-z_]+)\}", lambda m: words[m[1]], p) for p in patterns))

    return Lexicon(
        asks=data["asks"],
        default=data["default"],
        short=data.get("short", {}),
        ignore=compiled(data["ignore"]) if "ignore" in data else None,
        rules=tuple(
            Rule(
                says=rule["says"],
                why=rule["why"],
                pattern=compiled(rule["patterns"]),
                as_written=rule.get("as_written", False),
                examples=tuple(rule["examples"]),
            )
            for rule in data["rule"]
        ),
    )


@functools.lru_cache(maxsize=100_000)
def says(kind: str, text: str) -> str:
    """What ``text`` says by the lexicon ``kind``; "" for an empty text."""
    return lexicon(kind).says(text) if text.strip() else ""


def is_open_ended(task: str) -> bool:
    """Whether a task is in essence "other work", with no one work named."""
    return says("task", task) == "open"


# -- products ------------------------------------------------------------------

_PARTS = re.compile(r"\s*(?:[/;,+&\n]|\bva\b|\bhoac\b|\bkem\b)\s*")


@functools.lru_cache(maxsize=100_000)
def is_paper_only(product: str) -> bool:
    """Whether a product is nothing but papers about work.

    Each part of "Báo cáo/biên bản kiểm tra" is judged; a part that names no thing of
    its own ("định kỳ/đột xuất") goes with the one before it.
    """
    kinds = {says("product", part) for part in _PARTS.split(fold(product[:LONGEST])) if part}
    return "paper" in kinds and "result" not in kinds
