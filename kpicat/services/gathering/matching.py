"""Which line of a unit's part is which item of the catalogue: by code, else by its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import fuzz, process

from kpicat.model import Item
from kpicat.text.normalise import canonical, fold

LineKey = tuple[str, str]
"""A line that was sent: its file, and its id among that file's items."""

CLOSE = 86.0
"""Share in percent of two texts' letters that must agree for the one to be proposed for the other."""
_RAREST = 4  # words of a text by which others like it are looked for
_MOST_SHARING = 60  # texts with such a word that are compared


@dataclass(frozen=True)
class Line:
    """A line that a unit sent; ``unit`` is folded, "" for nobody knows whose."""

    item: Item
    unit: str
    code: str
    words: tuple[str, ...]

    @property
    def key(self) -> LineKey:
        """What it is called in a plan."""
        return key_of(self.item)


@dataclass(frozen=True)
class Standing:
    """An item of the catalogue, likewise."""

    id: str
    unit: str
    code: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Close:
    """A line that may be an item: said, not done, until somebody agrees.

    Attributes:
        score: Percent of the letters that agree.
    """

    line: Item
    item_id: str
    score: float


@dataclass
class Matched:
    """What was found.

    Attributes:
        pairs: Line -> id of its item.
        codes: (Unit, code) that several lines or items have, and whose words do not tell which is which.
    """

    pairs: dict[LineKey, str] = field(default_factory=dict)
    codes: set[tuple[str, str]] = field(default_factory=set)


def key_of(item: Item) -> LineKey:
    """What a line that was sent is called."""
    return item.source.file, item.id


def line(item: Item) -> Line:
    """A line with what it is compared by."""
    fields = (str(item[name]) for name in ("task", "detail", "product", "position"))
    return Line(item, fold(str(item["department"])), canonical(str(item["code"])), tuple(map(fold, fields)))


def standing(items: pd.DataFrame) -> list[Standing]:
    """The catalogue's items with what they are compared by."""
    columns = (items[name] for name in ("department", "code", "task", "detail", "product", "position"))
    return [
        Standing(str(item_id), fold(unit), canonical(code), (fold(task), fold(detail), fold(product), fold(position)))
        for item_id, unit, code, task, detail, product, position in zip(items.index, *columns, strict=True)
    ]


def match(lines: Sequence[Line], items: Sequence[Standing], agreed: Mapping[LineKey, str]) -> Matched:
    """Pair lines with items: what a person agreed to, then codes, then words; within a unit, then without one.

    Nothing is paired with two, and every pairing is told by equal codes or equal words alone.
    """
    known = {item.id for item in items}
    found = Matched()
    for key, item_id in agreed.items():
        if item_id in known:
            found.pairs[key] = item_id
    _pair(found, lines, items, lambda one: one.code and (one.unit, one.code), names_codes=True)
    _pair(found, lines, items, lambda one: any(one.words) and (one.unit, one.words))
    nowhere = [item for item in items if not item.unit]
    nobodys = [one for one in lines if not one.unit]
    for some_lines, some_items in ((lines, nowhere), (nobodys, items)):
        _pair(found, some_lines, some_items, lambda one: one.code)
        _pair(found, some_lines, some_items, lambda one: any(one.words) and one.words)
    return found


def _pair(
    found: Matched,
    lines: Iterable[Line],
    items: Iterable[Standing],
    by: Callable[[Line | Standing], Hashable],
    *,
    names_codes: bool = False,
) -> None:
    """Pair what is open on both sides and has the same key; of several the one with the same words."""
    taken = set(found.pairs.values())
    here: dict[Hashable, list[Standing]] = defaultdict(list)
    for item in items:
        if item.id not in taken and (key := by(item)):
            here[key].append(item)
    sent: dict[Hashable, list[Line]] = defaultdict(list)
    for one in lines:
        if one.key not in found.pairs and (key := by(one)) in here:
            sent[key].append(one)
    for key, ones in sent.items():
        there = here[key]
        if len(ones) == len(there) == 1:
            found.pairs[ones[0].key] = there[0].id
            continue
        rest = _same_words(found, ones, there)
        if names_codes and rest:
            found.codes.add((ones[0].unit, ones[0].code))


def _same_words(found: Matched, ones: Sequence[Line], there: Sequence[Standing]) -> bool:
    """Pair those of equal words in their order; whether any line is left."""
    waiting: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in reversed(there):
        waiting[item.words].append(item.id)
    for one in ones:
        if waiting[one.words]:
            found.pairs[one.key] = waiting[one.words].pop()
    return any(one.key not in found.pairs for one in ones)


def close(lines: Iterable[Line], items: Iterable[Standing]) -> list[Close]:
    """For lines without an item: the one of their unit whose words are nearly theirs, each proposed once."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for item in items:
        texts[item.unit][item.id] = " ".join(filter(None, item.words))
    proposals: list[Close] = []
    by_unit: dict[str, list[Line]] = defaultdict(list)
    for one in lines:
        by_unit[one.unit].append(one)
    for unit, ones in by_unit.items():
        if here := texts.get(unit):
            proposals += _closest(ones, here)
    best: dict[str, Close] = {}
    for proposal in sorted(proposals, key=lambda found: -found.score):
        best.setdefault(proposal.item_id, proposal)
    return list(best.values())


def _closest(ones: Sequence[Line], here: Mapping[str, str]) -> Iterable[Close]:
    holding: dict[str, list[str]] = defaultdict(list)
    for item_id, text in here.items():
        for word in set(text.split()):
            holding[word].append(item_id)
    for one in ones:
        text = " ".join(filter(None, one.words))
        sharing = _sharing(text.split(), holding)
        found = process.extractOne(text, {i: here[i] for i in sharing}, scorer=fuzz.ratio, score_cutoff=CLOSE)
        if found:
            yield Close(one.item, found[2], found[1])


def _sharing(words: Collection[str], holding: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """Items that share one of the text's rarest words."""
    rarest = sorted((word for word in set(words) if word in holding), key=lambda word: (len(holding[word]), word))
    return dict.fromkeys(i for word in rarest[:_RAREST] for i in holding[word][:_MOST_SHARING])
