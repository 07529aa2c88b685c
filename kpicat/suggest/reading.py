"""What a line says of its difficulty: the rule that decides on its words, and every cue that can be learnt from.

Source: PL3 §2 bước 3; the rules are data/lexicon/difficulty.toml.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpicat.memo import remembered
from kpicat.similar import Work
from kpicat.similar.words import read as words_of
from kpicat.text import phrases
from kpicat.text.normalise import fold
from kpicat.text.phrases import Rule

Shares = tuple[float, float, float, float]
"""For each of the guidance's four marks, a share or a factor."""

_BY_RULE: Mapping[str, Shares] = {
    "1": (0.70, 0.24, 0.05, 0.01),
    "2": (0.22, 0.55, 0.20, 0.03),
    "3": (0.04, 0.18, 0.66, 0.12),
    "4": (0.01, 0.08, 0.26, 0.65),
    "unclear": (0.30, 0.40, 0.25, 0.05),
}
"""How sure a rule is of its answer: about what appraisers gave lines of which it said so."""

_BY_SIGNAL: Mapping[str, Shares] = {
    "frequency:often": (2.5, 1.0, 0.6, 0.4),  # several times a month: regular work
    "frequency:ad hoc": (0.7, 1.0, 1.3, 1.0),
    "submitted:above": (0.6, 1.1, 1.2, 1.2),
    "submitted:body": (0.7, 1.1, 1.1, 1.1),
    "parties:many": (0.6, 1.0, 1.3, 1.1),
}
"""What else a line says makes a mark that many times as likely."""


_PIECES = re.compile("[/,;\n]")
"""Between things that are done or handed over one beside the other."""
_MOST_PIECES = 6
_SYLLABLE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a catalogue as far as it tells its difficulty, its texts as written."""

    task: str
    product: str = ""
    detail: str = ""
    department: str = ""
    frequency: str = ""
    position: str = ""
    group: str = ""

    @property
    def name(self) -> str:
        """What it is called by: its task, failing that its detail."""
        return self.task if self.task.strip() else self.detail

    @property
    def work(self) -> Work:
        """As it is compared with others."""
        return Work(self.task, self.product, self.detail, self.department)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of its difficulty.

    Attributes:
        says: "1" to "4", the mark by the rules alone, or "unclear".
        rule: The rule that decided; None where none did.
        signals: Signal -> the rule that found it, None where the words are not a rule's.
        words: Key of each word of its texts -> the word.
        shares: Of each of the four marks, before anything was decided; they sum to 1.
        cues: All that can be learnt from, each named by its kind first: "word:…", "rule:…".
    """

    says: str
    rule: Rule | None
    signals: Mapping[str, Rule | None]
    words: Mapping[str, str]
    shares: Shares
    cues: tuple[str, ...]


@remembered(50_000)
def read(line: Line) -> Said:
    """What ``line`` says; its task first, its product where the task leaves it open."""
    difficulty = phrases.lexicon("difficulty")
    rule = difficulty.rule_for(line.name) or difficulty.rule_for(line.product)
    says = rule.says if rule else difficulty.default
    signals = _signals(line)
    shares = _BY_RULE[says]
    for signal in signals:
        shares = _times(shares, _BY_SIGNAL[signal])
    words = {key: word for text in (line.name, line.product, line.detail) for key, word in words_of(text).said.items()}
    cues = dict.fromkeys(sys.intern(cue) for cue in _cues(line, words, signals))  # a catalogue's lines share most
    return Said(says, rule, signals, words, shares, tuple(cues))


def _cues(line: Line, words: Mapping[str, str], signals: Mapping[str, Rule | None]) -> Iterator[str]:
    for field, text in (("task", line.name), ("product", line.product), ("detail", line.detail)):
        for piece in list(filter(str.strip, _PIECES.split(text)))[:_MOST_PIECES]:
            says, rule = _ruled(piece)
            yield f"any rule:{rule}"
            yield f"rule:{field}:{rule}"
            yield f"mark:{field}:{says}"
            yield f"head:{field}:{' '.join(_SYLLABLE.findall(fold(piece))[:2])}"
    yield from (f"word:{key}" for key in words)
    yield from (f"signal:{signal}" for signal in signals)
    for field, place in (("department", line.department), ("position", line.position), ("group", line.group)):
        if place.strip():
            yield f"place:{field}:{' '.join(place.split())}"


@remembered(50_000)
def _ruled(piece: str) -> tuple[str, str]:
    """What the rules say of a piece of a text by itself, and which rule does; "" where none does."""
    rule = phrases.lexicon("difficulty").rule_for(piece)
    return (rule.says, rule.why) if rule else ("", "")


def _signals(line: Line) -> dict[str, Rule | None]:
    found: dict[str, Rule | None] = {}
    if line.frequency.strip():
        if phrases.says("difficulty", line.frequency) == "1":
            found["frequency:often"] = None
        elif phrases.says("regular", line.frequency) == "ad hoc":
            found["frequency:ad hoc"] = None
    text = f"{line.task}; {line.detail}; {line.product}"
    for kind in ("submitted", "parties"):
        if rule := phrases.lexicon(kind).rule_for(text):
            found[f"{kind}:{rule.says}"] = rule
    return found


def _times(shares: Shares, factors: Shares) -> Shares:
    a, b, c, d = (share * factor for share, factor in zip(shares, factors, strict=True))
    whole = a + b + c + d
    return a / whole, b / whole, c / whole, d / whole
