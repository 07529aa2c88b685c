"""What a column without a heading can only be, from the look of its cells.

A wrong guess puts words where nobody looks for them, so a column is named only
where one field explains every cell of it and no second column could be the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kpicat.exchange.tables import lines, tiers
from kpicat.exchange.tables.columns import ORDER
from kpicat.guidance import Guidance
from kpicat.text.numbers import parse_number

_CODE = re.compile(r"[A-ZĐ][A-ZĐ\d]{0,9}(?:[.\-_/][A-ZĐ\d]{1,9}){0,3}")
_WORD = re.compile(r"[^\W\d_]{2}")
_PROSE = 3.0  # words a cell on average; a work has more, a product or a post fewer
_PLAINLY = 1.5  # times as long as any other column


def guess(samples: Mapping[int, Sequence[str]], guidance: Guidance) -> dict[int, str]:
    """The columns that can only be one thing.

    Args:
        samples: Zero-based column -> texts that stand in it, blanks left out.
        guidance: Whose tier words tell a tier column, and whose marks tell points.

    Returns:
        Column -> field id or :data:`~kpicat.exchange.tables.columns.ORDER`; each once.
    """
    found: dict[str, list[int]] = {}
    for column, texts in samples.items():
        if name := _looks_like(texts, guidance):
            found.setdefault(name, []).append(column)
    orders = found.pop(ORDER, [])[:1]
    named = {columns[0]: name for name, columns in found.items() if len(columns) == 1}
    named |= dict.fromkeys(orders, ORDER)
    if (task := _task({c: texts for c, texts in samples.items() if c not in named})) is not None:
        named[task] = "task"
    return named


def holds_order(texts: Sequence[str]) -> bool:
    """The cells are running numbers: 1, 2, 3 …, from wherever the copy began."""
    if len(texts) < 2 or not all(text.isdecimal() for text in texts):
        return False
    return all(int(after) - int(before) == 1 for before, after in pairwise(texts))


def _looks_like(texts: Sequence[str], guidance: Guidance) -> str:
    if holds_order(texts):
        return ORDER
    if all(_WORD.search(text) and tiers.tier_word(text, guidance).level for text in texts):
        return "tier"
    if all(map(lines.is_organisation, texts)):
        return "department"
    if all(_CODE.fullmatch(text) and any(c.isdecimal() for c in text) for text in texts) and _distinct(texts):
        return "code"
    marks = {tier.mark for tier in guidance.tiers if tier.mark is not None}
    points = {parse_number(text) for text in texts}
    return "points" if len(points) > 2 and points <= marks else ""


def _distinct(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts)


def _task(samples: Mapping[int, Sequence[str]]) -> int | None:
    """The column of the longest texts, where it is so by far and no two works are the same."""
    words = {c: sum(len(text.split()) for text in texts) / len(texts) for c, texts in samples.items()}
    if not words:
        return None
    longest, *others = sorted(words, key=words.__getitem__, reverse=True)
    if words[longest] < _PROSE or not _distinct(samples[longest]):
        return None
    return None if others and words[others[0]] * _PLAINLY > words[longest] else longest
