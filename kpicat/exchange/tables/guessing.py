"""What a column can only be by the look of its cells, where no heading says it.

A wrong guess puts words where nobody looks for them, so a column is named only
where one field explains its cells and no second column could be the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from kpicat.exchange.tables import evidence, lines, tiers
from kpicat.exchange.tables.columns import ORDER
from kpicat.guidance import Guidance
from kpicat.text.numbers import parse_number

_CODE = re.compile(r"[A-ZĐ][A-ZĐ\d]{0,9}(?:[.\-_/][A-ZĐ\d]{1,9}){0,3}")
_WORD = re.compile(r"[^\W\d_]{2}")
_PROSE = 3.0  # words a cell on average; a work has more, a product or a post fewer
_PLAINLY = 1.5  # times as long as any other column
_WORKS = 0.6  # share of the cells that begin as works do
_TOLD_BY_LOOK = ("responsible", "position", "measure", "deadline", "frequency", "product")
_FEWEST = 3  # cells that tell a look
_MOSTLY = 0.8  # of the cells have it
_ROUNDED = Decimal("0.05")  # a coefficient of one decimal
_YEARS = range(1900, 2101)


def guess(
    samples: Mapping[int, Sequence[str]], guidance: Guidance, beside: Mapping[int, str] | None = None
) -> dict[int, str]:
    """The columns that can only be one thing.

    Args:
        samples: Zero-based column -> texts that stand in it, blanks left out.
        guidance: Whose tier words tell a tier column, and whose marks tell points.
        beside: What other columns are known to hold: none of these is named again.

    Returns:
        Column -> field id or :data:`~kpicat.exchange.tables.columns.ORDER`; each once.
    """
    known = dict(beside or {})
    found: dict[str, list[int]] = {}
    for column, texts in samples.items():
        if name := _looks_like(texts, guidance):
            found.setdefault(name, []).append(column)
    orders = found.pop(ORDER, [])[:1]
    named = {columns[0]: name for name, columns in found.items() if len(columns) == 1}
    named |= dict.fromkeys(orders, ORDER)
    named = {column: name for column, name in named.items() if name not in known.values()}
    rest = {c: texts for c, texts in samples.items() if c not in named}
    if "task" not in known.values() and (task := _task(rest)) is not None:
        named[task] = "task"
        if (detail := _detail(rest, task)) is not None and "detail" not in known.values():
            named[detail] = "detail"
    return named | _quantity(rest, known | named)


def holds_order(texts: Sequence[str]) -> bool:
    """The cells are running numbers: 1, 2, 3 …, from wherever the copy began."""
    if len(texts) < 2 or not all(text.isdecimal() for text in texts):
        return False
    return all(int(after) - int(before) == 1 for before, after in pairwise(texts))


def are_shares(texts: Sequence[str], points: Sequence[str]) -> bool:
    """The cells are those points, line by line, divided by one and the same number, as coefficients are."""
    numbers, whole = [parse_number(text) for text in texts], [parse_number(text) for text in points]
    if len(numbers) != len(whole) or len(set(whole)) < _FEWEST - 1 or len(whole) < _FEWEST:
        return False
    pairs = [(a, b) for a, b in zip(numbers, whole, strict=True) if a and b]
    if len(pairs) < len(numbers) or any(a == b for a, b in pairs):
        return False
    standard = pairs[0][1] / pairs[0][0]
    return all(abs(b / standard - a) <= _ROUNDED for a, b in pairs)


def adds_up(samples: Mapping[int, Sequence[str]], column: int) -> bool:
    """The numbers of the column are, in all, those of the columns of numbers right before it."""
    whole, before = _sum(samples[column]), list[Decimal]()
    while (part := _sum(samples.get(column - len(before) - 1, ()))) is not None:
        before.append(part)
        if len(before) >= _FEWEST and sum(before) == whole:
            return True
    return False


def _sum(texts: Sequence[str]) -> Decimal | None:
    """The sum of cells that are all numbers; None of others and of none."""
    numbers = [parse_number(text) for text in texts if lines.is_number_text(text)]
    return sum(filter(None, numbers), Decimal()) if len(numbers) == len(texts) > 0 else None


def _looks_like(texts: Sequence[str], guidance: Guidance) -> str:
    if holds_order(texts):
        return ORDER
    if all(_WORD.search(text) and tiers.tier_word(text, guidance).level for text in texts):
        return "tier"
    if all(map(lines.is_organisation, texts)):
        return "department"
    if all(_CODE.fullmatch(text) and any(c.isdecimal() for c in text) for text in texts):
        levels = [tiers.tier_word(text, guidance).level for text in texts]  # "N1", "N3"
        return "code" if _distinct(texts) else "tier" if all(levels) else ""
    marks = {tier.mark for tier in guidance.tiers if tier.mark is not None}
    points = {parse_number(text) for text in texts}
    if len(points) > 2 and points <= marks:
        return "points"
    return _by_look(texts)


def _by_look(texts: Sequence[str]) -> str:
    """The field of which most cells have the look, plainly more than of any other."""
    if len(texts) < _FEWEST:
        return ""
    shares = {field: evidence.share(field, texts) for field in _TOLD_BY_LOOK}
    best, second = sorted(_TOLD_BY_LOOK, key=shares.__getitem__, reverse=True)[:2]
    return best if shares[best] >= _MOSTLY and shares[best] >= shares[second] * _PLAINLY else ""


def _distinct(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts)


def _task(samples: Mapping[int, Sequence[str]]) -> int | None:
    """The column of works: the only one that reads so, else that of by far the longest texts."""
    words = {c: sum(len(text.split()) for text in texts) / len(texts) for c, texts in samples.items()}
    prose = {c: samples[c] for c in words if words[c] >= _PROSE and _distinct(samples[c])}
    works = [c for c, texts in prose.items() if len(texts) >= _FEWEST and evidence.share("task", texts) >= _WORKS]
    if works and (len(works) == 1 or (len(works) == 2 and goes_into_detail(prose[works[0]], prose[works[1]]))):
        return works[0]
    if works or not prose:
        return None
    longest, *others = sorted(words, key=words.__getitem__, reverse=True)
    if longest not in prose:
        return None
    return None if others and words[others[0]] * _PLAINLY > words[longest] else longest


def _detail(samples: Mapping[int, Sequence[str]], task: int) -> int | None:
    """The only column that goes into detail about the works of another at its left."""
    others = [c for c, texts in samples.items() if c > task and goes_into_detail(samples[task], texts)]
    return others[0] if len(others) == 1 and len(samples[others[0]]) >= _FEWEST else None


def goes_into_detail(works: Sequence[str], texts: Sequence[str]) -> bool:
    """Most of the texts list several things, as few of the works do, and begin as works do."""
    listing = [sum(text.count(",") + text.count(";") >= 2 for text in some) / len(some) for some in (works, texts)]
    return listing[1] >= _WORKS > 2 * listing[0] and evidence.share("task", texts) >= _WORKS / 2


def _quantity(samples: Mapping[int, Sequence[str]], known: Mapping[int, str]) -> dict[int, str]:
    """Whole numbers right beside what is counted."""
    if "quantity" in known.values():
        return {}
    measures = [column for column, name in known.items() if name == "measure"]
    for column in (measure + 1 for measure in measures):
        numbers = [parse_number(text) for text in samples.get(column, ())]
        if len(numbers) >= _FEWEST and column not in known:
            whole = [n for n in numbers if n is not None and n >= 0 and n == int(n) and int(n) not in _YEARS]
            if len(whole) >= _MOSTLY * len(numbers) and not holds_order(samples[column]):
                return {column: "quantity"}
    return {}
