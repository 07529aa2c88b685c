"""What the cells of a column say about which field it is: for one, against it, or nothing.

What cells look like is data: ``data/lexicon/cells.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from kpicat.exchange.tables import lines, tiers
from kpicat.exchange.tables.columns import lexicon
from kpicat.guidance import Guidance
from kpicat.text.normalise import fold
from kpicat.text.numbers import parse_number

_CODE = re.compile(r"[A-ZĐ][A-ZĐ\d]{0,9}(?:[.\-_/ ]?[A-ZĐ\d]{1,9}){0,3}")
_YES = frozenset(
    {"x", "✓", "✔", "√", "v", "có", "1", "*", "+", "•", "●", "■", "☑", "☒", "ü", "þ"}
)  # the last two are ticks in Wingdings
_MOST_COEFFICIENT = 100
_ADDRESS = re.compile(r"^(?:đ/c|đồng chí|ông|bà)\.?\s+", re.IGNORECASE)


def fits(field: str, samples: Sequence[str], guidance: Guidance) -> bool:
    """Whether the cells could be values of the field; an empty column fits any."""
    return _against(field, samples, guidance) * 2 <= len(samples)


def weigh(field: str, samples: Sequence[str], guidance: Guidance) -> float:
    """How the cells speak for the field (up to 1) or against it (down to -1); 0 where they say nothing."""
    if not samples:
        return 0.0
    if against := _against(field, samples, guidance):
        share = 1 - against / len(samples)
        return 2 * share - 1 if 2 * share < 1 else share * _for(field, samples, guidance)
    return _for(field, samples, guidance)


def share(field: str, samples: Sequence[str]) -> float:
    """The share of cells that look like values of the field, 0 where the lexicon does not know its look."""
    return sum(looks_like(field, text) for text in samples) / len(samples) if samples else 0.0


@functools.lru_cache(maxsize=50_000)
def looks_like(field: str, text: str) -> bool:
    """The text is what cells of the field often are."""
    if (pattern := _look(field)) is None:
        return False
    if field == "responsible" and not _ADDRESS.sub("", text).istitle():
        return False  # a name, each part of it with a capital
    return pattern.search(fold(text)) is not None


@functools.cache
def _look(field: str) -> re.Pattern[str] | None:
    entry = lexicon("cells").get(field)
    if entry is None:
        return None
    forms = list(entry.get("patterns", ()))
    if words := entry.get("begins"):
        forms.append(rf"^(?:{'|'.join(map(re.escape, words))})\b")
    if words := entry.get("whole"):
        forms.append(rf"^(?:{'|'.join(map(re.escape, words))})$")
    return re.compile("|".join(forms))


def _for(field: str, samples: Sequence[str], guidance: Guidance) -> float:
    if field in ("points", "coefficient"):
        return _numbers_of(field, samples, guidance)
    if field == "tier":
        return sum(tiers.tier_word(text, guidance).level is not None for text in samples) / len(samples)
    if field == "department":
        return sum(map(lines.is_organisation, samples)) / len(samples)
    if field == "code":
        return sum(_CODE.fullmatch(text) is not None for text in samples) / len(samples)
    return share(field, samples)


def _numbers_of(field: str, samples: Sequence[str], guidance: Guidance) -> float:
    """Marks of the scale are points; small numbers, some with decimals, coefficients."""
    numbers = [number for text in samples if (number := parse_number(text)) is not None]
    if not numbers:
        return 0.0
    if field == "points":
        return sum(guidance.tier_of(number) is not None for number in numbers) / len(samples)
    small = sum(0 < number < _MOST_COEFFICIENT for number in numbers)
    return small / len(samples) if any(number != int(number) for number in numbers) else 0.0


def _against(field: str, samples: Sequence[str], guidance: Guidance) -> int:
    """How many cells can hardly be values of the field."""
    possible = _possible(field, guidance)
    return 0 if possible is None else sum(not possible(text) for text in samples)


def _possible(field: str, guidance: Guidance) -> Callable[[str], bool] | None:
    match field:
        case "tier":
            return lambda text: tiers.looks_like_tier(text, guidance)
        case "points" | "coefficient" | "quantity":
            return lambda text: parse_number(text) is not None
        case "frequency":
            return lambda text: not text.isdecimal()
        case "measure":
            return lambda text: len(text.split()) <= 4 and not lines.is_organisation(text)
        case "department":
            return lambda text: lines.is_organisation(text) or text.isupper()
        case "group":
            return lambda text: not tiers.looks_like_tier(text, guidance)
        case "order":
            return lambda text: lines.level_of(text) is not None or len(text.split()) > 2  # a heading of lines
        case "standard_unit":
            return lambda text: len(text) <= 5
        case "task":
            return lambda text: not lines.is_number_text(text) and tiers.tier_word(text, guidance).level is None
        case "responsible":
            return lambda text: not (lines.is_number_text(text) or is_tick(text) or lines.is_organisation(text))
        case "position":
            return lambda text: not lines.is_number_text(text) and not is_tick(text)
        case "product" | "detail" | "quality" | "deadline" | "rationale" | "duty":
            return lambda text: not lines.is_number_text(text)
        case _:
            return None


def is_tick(text: str) -> bool:
    """The cell is a mark like x, "(x)" or "x."."""
    return text.lower().strip("()[]. ") in _YES


def mark_tier(samples: Sequence[str], level: int, guidance: Guidance) -> bool:
    """The cells only say that a line is of that tier: by marks like x, by points of the tier, or there are none."""
    return all(is_tick(text) or _is_of(text, level, guidance) for text in samples)


def _is_of(text: str, level: int, guidance: Guidance) -> bool:
    points = parse_number(text)
    tier = None if points is None else guidance.tier_of(points)
    return tier is not None and tier.level == level
