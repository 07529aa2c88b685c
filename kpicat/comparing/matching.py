"""Which line of one state is which of another: by identity, equal words, the code, and last by nearly equal words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pandas as pd

from kpicat.similar import Index, Verdict, Work, judge
from kpicat.text.normalise import canonical

_KEYS = (
    ("code", "task", "detail", "product", "position", "department"),
    ("task", "detail", "product", "position", "department"),
    ("task", "detail", "product"),
)
"""Fields that must agree, the most first: lines that stand several times find their own."""
_SHARED = 0.5
"""Share of words that two lines of one code must have in common: codes are given anew, too."""

Matched = tuple[str | None, str | None]
"""Ids of a line before and after; None where it was not there."""


def match(before: pd.DataFrame, after: pd.DataFrame, *, one_log: bool) -> list[Matched]:
    """Pair the lines of two states.

    Args:
        before, after: As :func:`kpicat.model.items_frame` gives.
        one_log: They are states of one catalogue, so a line keeps its id.

    Returns:
        Every line of ``after`` in its order, then those of ``before`` that are there no more, in theirs; each once.
    """
    found: dict[str, str] = {}  # after -> before
    if one_log:
        there = set(before.index.tolist())
        found = {item_id: item_id for item_id in after.index.tolist() if item_id in there}
    else:
        for fields in _KEYS:
            _by(found, before, after, fields)
        _by_code(found, before, after)
        _by(found, before, after, ("task", "detail"))
        _by_likeness(found, before, after)
    kept = set(found.values())
    pairs: list[Matched] = [(found.get(item_id), item_id) for item_id in after.index.tolist()]
    return pairs + [(item_id, None) for item_id in before.index.tolist() if item_id not in kept]


def _by(found: dict[str, str], before: pd.DataFrame, after: pd.DataFrame, fields: Sequence[str]) -> None:
    """Pair what has equal words in some fields, in order; what names no work pairs with nothing."""
    waiting: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    taken = set(found.values())
    for item_id, texts in _texts(before, fields):
        if item_id not in taken:
            waiting[texts].append(item_id)
    for item_id, texts in _texts(after, fields):
        if item_id not in found and waiting.get(texts):
            found[item_id] = waiting[texts].pop(0)


def _texts(items: pd.DataFrame, fields: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Id and words of each line that names a work."""
    columns = (items[name].tolist() for name in ("task", "detail", *fields))
    for item_id, task, detail, *texts in zip(items.index.tolist(), *columns, strict=True):
        if task.strip() or detail.strip():
            yield item_id, tuple(map(canonical, texts))


def _by_code(found: dict[str, str], before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Pair lines of one code that no other line has, if they speak of one work or share half their words."""
    ours, theirs = (_unique_codes(items) for items in (before, after))
    works = _works(before), _works(after)
    taken = set(found.values())
    for code, item_id in theirs.items():
        other = ours.get(code)
        if item_id in found or other is None or other in taken:
            continue
        judgement = judge(works[0][other], works[1][item_id])
        if judgement.verdict is not Verdict.DIFFERENT or judgement.score >= _SHARED:
            found[item_id] = other


def _unique_codes(items: pd.DataFrame) -> dict[str, str]:
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for item_id, code in zip(items.index.tolist(), items["code"].tolist(), strict=True):
        if code.strip():
            lines[canonical(code)].append(item_id)
    return {code: ids[0] for code, ids in lines.items() if len(ids) == 1}


def _by_likeness(found: dict[str, str], before: pd.DataFrame, after: pd.DataFrame) -> None:
    taken = set(found.values())
    left = Index({item_id: work for item_id, work in _works(before).items() if item_id not in taken})
    for item_id, work in _works(after).items():
        if item_id in found:
            continue
        same = next((m.id for m in left.query(work) if m.judgement.verdict is Verdict.SAME), None)
        if same is not None:
            found[item_id] = same
            left.remove(same)


def _works(items: pd.DataFrame) -> dict[str, Work]:
    texts = zip(*(items[name].tolist() for name in ("task", "product", "detail")), strict=True)
    return {item_id: Work(*each) for item_id, each in zip(items.index.tolist(), texts, strict=True)}
