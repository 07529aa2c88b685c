"""The same work at several bodies, found by its words, and whether they value it differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from kpicat import similar
from kpicat.comparing.bodies import Body, place_of, spread
from kpicat.model import values_of
from kpicat.similar import Verdict
from kpicat.text.normalise import canonical

FACTOR = Decimal("1.5")
"""Two ratios to the median so many times apart are another valuation."""
_MOST_JUDGED = 40
"""Earlier lines of the same core words that a line is held against."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one of the bodies.

    Attributes:
        body: Place of the body among those compared.
        place: Where its tier stands in its scale, 0 the lightest, 1 the heaviest; None without a tier.
        ratio: Its coefficient to its body's median (unit: 1); None without one.
    """

    body: int
    item_id: str
    level: int | None
    coefficient: Decimal | None
    place: Fraction | None
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Work:
    """The same work at two bodies or more.

    Attributes:
        name: As its first line calls it.
        lines: By body.
        differs: Whether two bodies value it differently.
        gap: How far apart its tiers stand, 0 to 1.
        factor: How many times the smallest ratio to the median the largest is; 1 where they are the same.
    """

    name: str
    lines: tuple[Line, ...]
    differs: bool
    gap: Fraction
    factor: Decimal


def works(bodies: Sequence[Body]) -> list[Work]:
    """Every work that stands at two bodies or more; those valued differently first, the widest apart before others."""
    lines: dict[_Key, Line] = {}
    texts: dict[_Key, similar.Work] = {}
    for place, body in enumerate(bodies):
        middle = spread(body).median
        valued = (values_of(body.table[name]) for name in ("tier", "coefficient"))
        columns = (body.items[name].tolist() for name in ("task", "product", "detail"))
        rows = zip(body.items.index.tolist(), *valued, *columns, strict=True)
        for item_id, level, coefficient, task, product, detail in rows:
            key = place, item_id
            ratio = coefficient / middle if coefficient is not None and middle else None
            lines[key] = Line(place, item_id, level, coefficient, place_of(level, body.guidance), ratio)
            texts[key] = similar.Work(task, product, detail)
    found = [_work(texts[group[0]], [lines[key] for key in group], bodies) for group in _groups(texts)]
    return sorted(found, key=lambda work: (work.differs, work.gap, work.factor), reverse=True)


_Key = tuple[int, str]
"""Place of the body, id of the line."""


def _groups(texts: Mapping[_Key, similar.Work]) -> list[list[_Key]]:
    """Lines that are one work, of two bodies or more, in their order.

    What stands in equal words at many bodies is looked for once: bodies copy from each other.
    """
    first: dict[tuple[str, ...], _Key] = {}
    alike: defaultdict[_Key, list[_Key]] = defaultdict(list)
    for key, work in texts.items():
        words = tuple(map(canonical, (work.task, work.product, work.detail)))
        if words[0] or words[2]:
            alike[first.setdefault(words, key)].append(key)
    leader = {key: key for key in alike}

    def lead(key: _Key) -> _Key:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    places = {key: {place for place, _id in own} for key, own in alike.items()}
    for one, other in _near({key: texts[key] for key in alike}):
        apart = lead(one) != lead(other) and len(places[one] | places[other]) > 1
        if apart and similar.judge(texts[one], texts[other]).verdict is Verdict.SAME:
            leader[lead(other)] = lead(one)
    groups: defaultdict[_Key, list[_Key]] = defaultdict(list)
    for key, own in alike.items():
        groups[lead(key)] += own
    return [sorted(group, key=_place) for group in groups.values() if len({place for place, _id in group}) > 1]


def _near(texts: Mapping[_Key, similar.Work]) -> Iterator[tuple[_Key, _Key]]:
    """Every two lines worth judging whether they are one work: those with the same core words, however abbreviated."""
    standing: defaultdict[Hashable, list[_Key]] = defaultdict(list)
    for key, work in texts.items():
        for block in similar.blocks_of(work.task, work.product, work.detail):
            earlier = standing[block]
            by_letters = isinstance(block, str) and not work.words.short
            near = [each for each in earlier if texts[each].words.short] if by_letters else earlier
            yield from ((each, key) for each in near[:_MOST_JUDGED])
            earlier.append(key)


def _place(key: _Key) -> int:
    return key[0]


def _work(named: similar.Work, lines: Sequence[Line], bodies: Sequence[Body]) -> Work:
    places = [line.place for line in lines if line.place is not None]
    ratios = [line.ratio for line in lines if line.ratio]
    differs = any(_differ(one, other, bodies) for one, other in combinations(lines, 2) if one.body != other.body)
    gap = max(places) - min(places) if places else Fraction(0)
    factor = max(ratios) / min(ratios) if ratios and min(ratios) > 0 else Decimal(1)
    return Work(named.task.strip() or named.detail.strip(), tuple(lines), differs, gap, factor)


def _differ(one: Line, other: Line, bodies: Sequence[Body]) -> bool:
    """Whether two bodies value a work differently: on one scale by the coefficient, else by place and ratio."""
    scales = [bodies[line.body].guidance for line in (one, other)]
    if scales[0] == scales[1]:
        known = one.coefficient is not None and other.coefficient is not None
        return (known and one.coefficient != other.coefficient) or _apart(one.level, other.level)
    if one.place is not None and other.place is not None:
        fewest = min(len(scale.tiers) for scale in scales)
        tolerance = Fraction(1, 2 * (fewest - 1)) if fewest > 1 else Fraction(1)
        if abs(one.place - other.place) > tolerance:
            return True
    if one.ratio and other.ratio and min(one.ratio, other.ratio) > 0:
        return max(one.ratio, other.ratio) >= FACTOR * min(one.ratio, other.ratio)
    return False


def _apart(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other
