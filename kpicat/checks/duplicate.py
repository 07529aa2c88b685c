"""A work stands in the catalogue once.

**Asked by** PL3 §1b no duplicates.

**Why** work that stands twice is assigned twice and counted twice, and the two
lines drift apart: one is re-tiered, the other is not.

**To put right** keep the line that is better described and take the other out;
if they are two works, write what makes them differ.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from kpicat.checks import Case, Lines, Pair, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.memo import remembered
from kpicat.model import Level
from kpicat.text.normalise import fold

ID = "duplicate"
LEVEL = Level.ERROR
STEP = "PL3 §1b"
SCOPE = "pairs"

SAME = ("task", "detail", "product", "position", "department")


def check(items: Lines, guidance: Guidance, apart: Collection[Pair] = frozenset()) -> Iterator[Problem]:
    """Yield a problem for each line that repeats an earlier one.

    Two lines are one when task, detail, product, position and department agree but
    for case, diacritics, punctuation and spaces.
    """
    message = _("“{line}” repeats {other}; keep one of the two, or write what makes them differ.")
    name = functools.partial(_lines.name, items)
    before: dict[tuple[str, ...], list[int]] = {}
    told_apart = _lines.told_apart(items, apart)
    columns = {field: items[field] for field in SAME}
    for place in range(len(items)):
        words = key(columns, place)
        nameless = not (words[0] or words[1])
        if nameless:
            continue
        other = next((at for at in before.setdefault(words, []) if not told_apart(place, at)), None)
        before[words].append(place)
        if other is not None:
            said = message.format(line=name(place), other=items.references[other])
            yield Problem(items.index[place], "task", said, other=items.index[other])


def groups(items: Lines, place: int) -> Collection[tuple[str, ...]]:
    """Lines are held against each other where all they say agrees."""
    words = key({field: items[field] for field in SAME}, place)
    return (words,) if words[0] or words[1] else ()


def key(columns: Mapping[str, Sequence[str]], place: int) -> tuple[str, ...]:
    """What the line at ``place`` says, but for case, diacritics, punctuation and spaces; equal keys repeat.

    Args:
        columns: The cells of each field of :data:`SAME`, line by line.
    """
    return tuple(_words(columns[field][place]) for field in SAME)


@remembered(200_000)
def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


PASS: tuple[Case, ...] = (
    [{"task": "Đăng ký khai sinh"}, {"task": "Đăng ký khai tử"}],
    [{"position": "Trưởng ban"}, {"position": "Phó Trưởng ban"}],
    [{"task": ""}, {"task": ""}],
)
FAIL: tuple[Case, ...] = (
    [{"task": "Uỷ quyền ký hồ sơ, tài liệu"}, {"task": "Ủy quyền  ký hồ sơ - tài liệu"}],
    [{}, {"points": Decimal(120), "tier": 2}],
)
