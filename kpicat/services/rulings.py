"""Which decisions apply: a decision is remembered for words, and applies as long as they stand there.

Case, diacritics and spaces make no difference. Where the words are changed back, the decision
applies again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from kpicat.checks import Pair
from kpicat.memo import remembered
from kpicat.model import CATALOGUE, Decision, Finding, Reading, Ruling, plain
from kpicat.similar import Work, decision_key
from kpicat.text.normalise import fold

WORDS = ("task", "detail", "product")
_SCALE = ("tier", "points", "coefficient", "standard_unit")
_BESIDE = {**dict.fromkeys(_SCALE, _SCALE), "deadline": ("deadline", "frequency"), "quantity": ("quantity", "measure")}
"""Fields that a finding in another rests on, too."""


class Keys:
    """The keys of decisions about the lines of one reading, made from its columns at once."""

    def __init__(self, items: pd.DataFrame) -> None:
        self._items = items
        self._columns: dict[str, Sequence[object]] = {}
        self._place = {item_id: place for place, item_id in enumerate(items.index.tolist())}

    def of_finding(self, finding: Finding) -> tuple[str, str]:
        """Item id and key under which a decision about a finding is kept.

        The key is made of the check, the line's task, detail and product, the field in question
        and what stands beside it, and the same of the line it is held against. Of a finding about
        the catalogue as a whole it is the check's id.
        """
        if finding.item_id is None:
            return CATALOGUE, finding.check
        fields = (*WORDS, *_BESIDE.get(finding.field, (finding.field,) if finding.field else ()))
        lines = [(item_id, *self._texts(item_id, fields)) for item_id in (finding.item_id, finding.other) if item_id]
        return finding.item_id, _digest(finding.check, *(text for line in lines for text in line))

    def of_pair(self, one: str, other: str) -> tuple[Pair, str]:
        """The ids of two lines in order, and the key under which a decision about them is kept, with the first."""
        pair = (min(one, other), max(one, other))
        first, second = (self._texts(item_id, ("task", "product", "detail")) for item_id in pair)
        works = (Work(task, product, detail) for task, product, detail in (first, second))
        return pair, _digest(*pair, decision_key(*works))

    def _texts(self, item_id: str, fields: Sequence[str]) -> list[str]:
        place = self._place[item_id]
        return [_text(self._column(name)[place]) for name in fields]

    def _column(self, name: str) -> Sequence[object]:
        if name not in self._columns:
            self._columns[name] = self._items[name].tolist()
        return self._columns[name]

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._place


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and what people decided about it; None while it is open."""

    finding: Finding
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be put right, or decided about."""
        return self.decision is None


def judged(findings: Sequence[Finding], reading: Reading) -> list[Judged]:
    """Each finding with the decision that waives it, in the same order."""
    waived = {(d.item_id, d.key): d for d in reading.decisions if d.verdict is Ruling.WAIVED}
    concerned = {item_id for item_id, _key in waived}
    keys = Keys(reading.items) if waived else None
    return [
        Judged(finding, waived.get(keys.of_finding(finding)))
        if keys and (finding.item_id or CATALOGUE) in concerned
        else Judged(finding)
        for finding in findings
    ]


def told_apart(reading: Reading) -> frozenset[Pair]:
    """The pairs of lines that people say, as their words stand now, are two works."""
    pairs = [decision for decision in reading.decisions if decision.verdict is not Ruling.WAIVED]
    if not pairs:
        return frozenset()
    keys = Keys(reading.items)
    return frozenset((each.item_id, each.other) for each in pairs if applies(each, keys))


def applies(decision: Decision, keys: Keys) -> bool:
    """Whether a decision about a pair is of the words that stand there now."""
    if decision.item_id not in keys or decision.other not in keys:
        return False
    return keys.of_pair(decision.item_id, decision.other)[1] == decision.key


def _text(value: object) -> str:
    if value is None or value is pd.NA or value is False:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return fold(value) if isinstance(value, str) else str(value)


@remembered(50_000)
def _digest(*parts: str) -> str:
    """32 hexadecimal digits."""
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()[:32]
