"""The criteria grid: what points follow, marked one by one, proposes a tier; the group decides (Bước 3).

Exact: a mean of 2.5 is 2.5, and lies between two tiers as the edition says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from kpicat.convert import EXACT, total
from kpicat.errors import InputError
from kpicat.guidance import Criterion, Guidance
from kpicat.language import _, number
from kpicat.model import plain

_SHOWN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Score:
    """What the marks of an item come to.

    Attributes:
        value: The weighted mean of the marks, to two decimals, or the sum of the points; None until all are given.
        tier: The tier proposed; None until all are given, or where no tier holds that many points.
        points: The item's points where the grid gives them itself.
        missing: The criteria that have no mark yet, in the grid's order.
    """

    value: Decimal | None
    tier: int | None
    points: Decimal | None
    missing: tuple[Criterion, ...] = ()


def score(marks: Mapping[str, Decimal], guidance: Guidance) -> Score:
    """The tier that these marks propose.

    Args:
        marks: Criterion's key -> its mark (1 the lightest), or its points where the grid is a sum.
        guidance: An edition with a grid.

    Raises:
        InputError: The edition has no grid, or a mark is not one of it.

    Source: PL3 §2 bước 3; the grid of the edition.
    """
    grid = guidance.grid
    if grid is None:
        raise InputError(
            _("The scale “{title}” has no criteria grid; choose the tier directly.").format(title=guidance.title)
        )
    criteria = {criterion.key: criterion for criterion in grid.criteria}
    if unknown := marks.keys() - criteria.keys():
        raise InputError(
            _("The grid has no criterion “{key}”; choose one of the grid.").format(key=", ".join(sorted(unknown)))
        )
    for key, mark in marks.items():
        _insist(criteria[key], mark)
    if missing := tuple(criterion for criterion in grid.criteria if criterion.key not in marks):
        return Score(None, None, None, missing)
    if grid.how == "sum":
        points = total(marks.values())
        held = guidance.tier_of(points)
        return Score(points, held.level if held else None, points)
    weights = {key: Fraction(criterion.weight or 0) for key, criterion in criteria.items()}
    weighed = sum((weight * Fraction(marks[key]) for key, weight in weights.items()), Fraction(0))
    mean = weighed / sum(weights.values(), Fraction(0))
    exact = EXACT.divide(Decimal(mean.numerator), Decimal(mean.denominator))
    return Score(EXACT.quantize(exact, _SHOWN), math.floor(mean + Fraction(1, 2)), None)


def asks_why(proposed: Score, tier: int | None, points: Decimal | None = None) -> bool:
    """Whether the group has chosen otherwise than its own marks propose, so that a reason is due.

    Args:
        proposed: What the marks come to.
        tier: The item's tier; None for none.
        points: The item's points; what counts where the grid gives points itself.
    """
    if proposed.points is not None:
        return points is not None and points != proposed.points
    return proposed.tier is not None and tier is not None and tier != proposed.tier


def encode(marks: Mapping[str, Decimal]) -> str:
    """Marks as an item's cell keeps them: equal marks are equal texts, "" for none."""
    return json.dumps({key: plain(marks[key]) for key in sorted(marks)}) if marks else ""


def decode(text: str) -> dict[str, Decimal]:
    """The marks that :func:`encode` wrote; none where it is not one of its texts."""
    try:
        kept = json.loads(text) if text else {}
        return {str(key): Decimal(str(mark)) for key, mark in kept.items()}
    except (ValueError, AttributeError, InvalidOperation):
        return {}


def fitting(marks: Mapping[str, Decimal], guidance: Guidance) -> dict[str, Decimal]:
    """The marks that are marks of this edition's grid; those given under another edition are left aside."""
    found = {}
    for criterion in guidance.grid.criteria if guidance.grid else ():
        with suppress(InputError):
            if criterion.key in marks:
                _insist(criterion, marks[criterion.key])
                found[criterion.key] = marks[criterion.key]
    return found


def in_words(text: str, guidance: Guidance) -> str:
    """A cell of marks as people read it: "Progress 2; Scope of impact 3"."""
    names = {criterion.key: criterion.label for criterion in guidance.grid.criteria} if guidance.grid else {}
    return "; ".join(f"{names.get(key, key)} {number(mark)}" for key, mark in decode(text).items())


def _insist(criterion: Criterion, mark: Decimal) -> None:
    if criterion.lowest is not None and criterion.highest is not None:
        if not criterion.lowest <= mark <= criterion.highest:
            raise InputError(
                _("“{criterion}” takes {lowest} to {highest} points, not {mark}; give it points within these.").format(
                    criterion=criterion.label,
                    lowest=number(criterion.lowest),
                    highest=number(criterion.highest),
                    mark=number(mark),
                )
            )
    elif mark not in range(1, len(criterion.marks) + 1):
        raise InputError(
            _("“{criterion}” is marked from 1 to {most}, not {mark}; choose one of these marks.").format(
                criterion=criterion.label, most=len(criterion.marks), mark=number(mark)
            )
        )
