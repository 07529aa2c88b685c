"""The same work has the same tier wherever it stands in the catalogue.

**Asked by** PL3 §2 bước 3 one scale for all items; bước 2 coefficients by position.

**Why** two units that do the same work at different tiers earn differently for
it, and the first appeal will be about this. Lines of different positions may
differ: there the same words are another share of the work.

**To put right** agree on one tier for both lines, name the position where it
does differ, or write what makes one of the works harder.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator

from kpicat.checks import Case, Lines, Pair, Problem, _lines
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.memo import remembered
from kpicat.model import Level
from kpicat.text import abbreviations
from kpicat.text.normalise import fold

ID = "unequal-tiers"
LEVEL = Level.WARNING
STEP = "PL3 §2 bước 3"
SCOPE = "pairs"

_FILLER = re.compile(r"\b(?:viec|cac|nhung|cua|o|tai|trong|ve|cho|va|theo|doi voi|tren dia ban|nam 20\d\d|20\d\d)\b")
"""Words that make no other work: "kiểm tra việc thu ở các chi bộ năm 2026" is "kiểm tra thu chi bộ"."""


def check(items: Lines, guidance: Guidance, apart: Collection[Pair] = frozenset()) -> Iterator[Problem]:
    """Yield a problem for each line whose tier is not that of an earlier line with the same work.

    Two lines are the same work when task, detail and product agree but for filler
    words, abbreviations, case, diacritics and punctuation; they are compared unless
    both name a position and not the same one.
    """
    message = _("“{line}” is tier {level}, but {other} with the same work is tier {theirs}; give both the same tier.")
    columns = (items[field] for field in ("task", "detail", "product"))
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, texts in enumerate(zip(*columns, strict=True)):
        groups.setdefault(_work(*texts), []).append(place)
    shared = [places for work, places in groups.items() if len(places) > 1 and (work[0] or work[1])]
    if not shared:
        return
    name = functools.partial(_lines.name, items)
    levels, positions = items["tier"], [_words(position) for position in items["position"]]
    told_apart = _lines.told_apart(items, apart)
    for places in shared:
        for place, other in _compared(places, positions, levels, told_apart):
            if levels[other] != levels[place]:
                words = {"line": name(place), "level": levels[place], "theirs": levels[other]}
                said = message.format(other=items.references[other], **words)
                yield Problem(items.index[place], "tier", said, other=items.index[other])


def groups(items: Lines, place: int) -> Collection[tuple[str, ...]]:
    """Lines are held against each other where they are the same work."""
    work = _work(*(items[field][place] for field in ("task", "detail", "product")))
    return (work,) if work[0] or work[1] else ()


def _compared(
    places: list[int], positions: list[str], levels: list[int | None], told_apart: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """Each line with a tier and the first before it that it can be held against: a position may be left open."""
    earlier: dict[str, list[int]] = {}
    for place in places:
        if levels[place] is None:
            continue
        position = positions[place]
        comparable = [places for known, places in earlier.items() if not position or known in (position, "")]
        before = [next((at for at in places if not told_apart(place, at)), place) for places in comparable]
        earlier.setdefault(position, []).append(place)
        if (other := min(before, default=place)) != place:
            yield place, other


@remembered(100_000)
def _work(task: str, detail: str, product: str) -> tuple[str, str, str]:
    return _words(task), _words(detail), _words(product)


@remembered(200_000)
def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", _FILLER.sub(" ", fold(abbreviations.written_out(text))))) if text else ""


PASS: tuple[Case, ...] = (
    [{"task": "Đăng ký khai sinh", "tier": 1}, {"task": "Đăng ký khai tử", "tier": 2}],
    [{"position": "Trưởng ban", "tier": 3}, {"position": "Chuyên viên", "tier": 1}],
    [{"product": "Kế hoạch", "tier": 2}, {"product": "Giấy mời", "tier": 1}],
    [{"tier": 1}, {"tier": None, "points": None}],
)
FAIL: tuple[Case, ...] = (
    [{"department": "Văn phòng", "tier": 1}, {"department": "Ban Xây dựng Đảng", "tier": 2}],
    [{"task": "Kiểm tra thu, nộp đảng phí", "tier": 1}, {"task": "KT việc thu nộp đảng phí năm 2026", "tier": 3}],
    [{"position": "Trưởng ban", "tier": 3}, {"position": "", "tier": 1}],
)
