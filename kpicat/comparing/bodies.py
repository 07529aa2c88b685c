"""Several bodies on one measure, though their scales have other lengths and other points.

A tier counts by where it stands between the lightest and the heaviest of its own scale, a coefficient by how many
times the median coefficient of its own body it is: a body whose scale is twice as steep is not twice as hard.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pandas as pd

from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import values_of

RANKS = ("lightest", "lower", "middle", "upper", "heaviest")
"""Where a tier stands in its own scale."""
MULTIPLES = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(4))
"""Times the median up to which each class of coefficients goes; the last class has no end."""


@dataclass(frozen=True, eq=False)
class Body:
    """One body's catalogue.

    Attributes:
        id: Of the catalogue.
        name: As the body is called.
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
    """

    id: str
    name: str
    items: pd.DataFrame
    table: pd.DataFrame
    guidance: Guidance


@dataclass(frozen=True)
class Spread:
    """How a body's lines are spread.

    Attributes:
        items: All its lines.
        ranked: How many have a tier; ``ranks`` counts these, one number for each of :data:`RANKS`.
        median: Of the coefficients (unit: 1); None where no line has one.
        multiples: How many coefficients lie in each class of :data:`MULTIPLES`, the endless one last.
    """

    body: Body
    items: int
    ranked: int
    ranks: tuple[int, ...]
    median: Decimal | None
    multiples: tuple[int, ...]


def place_of(level: int | None, guidance: Guidance) -> Fraction | None:
    """Where a tier stands between the lightest (0) and the heaviest (1) of its scale; None for none of its tiers."""
    if level is None or guidance.tier(level) is None:
        return None
    return Fraction(level - 1, len(guidance.tiers) - 1) if len(guidance.tiers) > 1 else Fraction(0)


def _rank(place: Fraction) -> int:
    half = Fraction(1, 2)
    if place in (0, 1):
        return 0 if place == 0 else 4
    return 2 if place == half else 1 if place < half else 3


def spread(body: Body) -> Spread:
    """How the lines of a body are spread over its own scale and around its own median."""
    places = [place for level in values_of(body.table["tier"]) if (place := place_of(level, body.guidance)) is not None]
    ranks = [_rank(place) for place in places]
    known = [ratio for ratio in body.table["coefficient"].tolist() if ratio is not None]
    middle = median(known) if known else None
    classes = [_class(ratio, middle) for ratio in known] if middle else []
    return Spread(
        body, len(body.items), len(places), tuple(ranks.count(n) for n in range(len(RANKS))), middle,
        tuple(classes.count(n) for n in range(len(MULTIPLES) + 1)),
    )  # fmt: skip


def _class(ratio: Decimal, middle: Decimal) -> int:
    return next((n for n, most in enumerate(MULTIPLES) if ratio <= most * middle), len(MULTIPLES))


# -- words -----------------------------------------------------------------------


def rank_words() -> tuple[str, ...]:
    """Each of :data:`RANKS` in the reader's language."""
    return _("Lightest tier"), _("Below the middle"), _("Middle tier"), _("Above the middle"), _("Heaviest tier")


def multiple_words() -> tuple[str, ...]:
    """Each class of coefficients in the reader's language."""
    return (
        _("Up to half the median"), _("Up to the median"), _("Up to twice the median"),
        _("Up to four times the median"), _("Above four times the median"),
    )  # fmt: skip
