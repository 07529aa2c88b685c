"""From what a person was assigned and completed to a, b, c …, the result, the total and the rating.

Exact: shares are fractions, so that a total on the edge of a band falls on the right side of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpicat.convert import EXACT
from kpicat.convert import total as total_of
from kpicat.kpi.rules import Band, Rules

_DECIMALS = 1
_SHARE_DECIMALS = 3
"""Of a share: one of its percentage, so that it is rounded once."""
_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """Work that one person was assigned in a month or a quarter.

    One line is one product: where of several pieces only some were late or failed, they are lines of their own.

    Attributes:
        row: Where the person wrote it, 1 the first.
        name: As the catalogue calls it.
        coefficient: Of the catalogue's line (unit: 1).
        assigned, done: How many, in their own unit of measure; ``assigned`` is above 0.
        late, failed: How many times it was late, or failed by a major error.
    """

    row: int
    name: str
    coefficient: Decimal
    assigned: Decimal
    done: Decimal
    late: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """A line in standard units.

    Attributes:
        assigned: All that was assigned.
        done: What of it was completed; what was done beyond it is not counted.
        good, timely: What of that is left after each failure, or delay, has taken its share.
    """

    line: Line
    assigned: Decimal
    done: Decimal
    good: Decimal
    timely: Decimal


@dataclass(frozen=True)
class Score:
    """What it comes to.

    Attributes:
        lines: In the order they were written.
        assigned: All of them (standard units).
        parts: Key of a part -> its share, 0 to 1; empty where nothing was assigned.
        result: Their mean, 0 to 1; None where nothing was assigned.
        general: Points of the general criteria.
        total: ``general`` and the points of the result; None where there is no result.
        band: The rating; None likewise.
    """

    lines: tuple[Scored, ...]
    assigned: Decimal
    parts: Mapping[str, Fraction]
    result: Fraction | None
    general: Decimal
    total: Fraction | None
    band: Band | None


def score(
    lines: Sequence[Line],
    rules: Rules,
    *,
    general: Decimal,
    leader: bool = False,
    given: Mapping[str, Decimal] | None = None,
) -> Score:
    """Score a person's work.

    Args:
        lines: What counts.
        rules: By which.
        general: Points of the general criteria; kept within what there are.
        leader: Whether the parts that are given count, too.
        given: Their keys -> shares, 0 to 1; one that is absent is 0.

    Source: ND335 Đ14–17.
    """
    scored = tuple(_scored(line, rules) for line in lines)
    assigned = total_of(each.assigned for each in scored)
    general = min(max(general, Decimal(0)), rules.general)
    if not assigned:
        return Score(scored, assigned, {}, None, general, None, None)
    parts = {}
    for part in rules.parts_for(leader=leader):
        if part.of == "given":
            share = (given or {}).get(part.key, Decimal(0))
            parts[part.key] = Fraction(min(max(share, Decimal(0)), Decimal(1)))
        else:
            parts[part.key] = Fraction(total_of(getattr(each, part.of) for each in scored)) / Fraction(assigned)
    result = sum(parts.values(), start=Fraction(0)) / len(parts)
    total = Fraction(general) + result * Fraction(rules.result)
    return Score(scored, assigned, parts, result, general, total, rules.band(total))


def _scored(line: Line, rules: Rules) -> Scored:
    done = EXACT.multiply(line.coefficient, min(line.done, line.assigned))

    def left(times: int) -> Decimal:
        return EXACT.multiply(done, max(1 - rules.deduction * times, Decimal(0)))

    assigned = EXACT.multiply(line.coefficient, line.assigned)
    return Scored(line, assigned, done, left(line.failed), left(line.late))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """A fraction with so many decimals, halves away from zero."""
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return EXACT.quantize(exact, Decimal(1).scaleb(-decimals)) if value >= 0 else -rounded(-value, decimals)


def written(total: Fraction, rules: Rules) -> Decimal:
    """A total with one decimal, or with as many as it takes to stand in its own band: 89,96 is not 90,0."""
    return _written(total, _DECIMALS, lambda shown: rules.band(shown) == rules.band(total))


def share_written(share: Fraction) -> Decimal:
    """A share with three decimals, or with as many as it takes not to read as all or nothing: 0,9996 is not 1."""
    return _written(share, _SHARE_DECIMALS, lambda shown: (shown in (0, 1)) == (share in (0, 1)))


def _written(value: Fraction, decimals: int, is_true: Callable[[Decimal], bool]) -> Decimal:
    """A fraction with at least so many decimals, and with as many as it takes to be true."""
    found = (rounded(value, n) for n in range(decimals, _MOST_DECIMALS))
    return next(filter(is_true, found), EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))
