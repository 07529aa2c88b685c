"""An edition of the guidance: standard points, tiers, rounding, and what its tiers must keep to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from kpicat.errors import GuidanceError, InputError
from kpicat.language import _, language, number

MOST_TIERS = 5  # ND335 Đ13: at most five groups
PARTED_BY = ("position", "department", "group")
"""The fields each value of which may have a standard unit of its own (PL3 §2 bước 2: by title)."""


class Columns(Protocol):
    """Items by columns, as :func:`kpicat.model.items_frame` gives, or the lines a check looks at."""

    def __len__(self) -> int:
        """How many items there are."""

    def __getitem__(self, field: str, /) -> Any:
        """The cells of a field, in the items' order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number is written: a place in a document, and which mark there."""

    place: str
    mark: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """One group of difficulty: a single mark, or a frame of points.

    Attributes:
        key: Stable name, used for adjusted marks.
        level: 1 is the lightest; the value items carry as ``tier``.
        lowest, highest: Points of the frame, both included; equal for a single mark.
        words: What files and people call it besides its labels ("N2", "mức 2").
    """

    key: str
    level: int
    lowest: Decimal
    highest: Decimal
    label_vi: str
    label_en: str
    words: tuple[str, ...]
    source: Place

    @property
    def mark(self) -> Decimal | None:
        """The tier's points where it has a single mark, else None."""
        return self.lowest if self.lowest == self.highest else None

    @property
    def label(self) -> str:
        """The tier in the guidance's words, in the reader's language."""
        return self.label_vi if language() == "vi" else self.label_en

    @property
    def range(self) -> str:
        """Its points as people write them: "150" or "11–50"."""
        return number(self.lowest) if self.mark is not None else f"{number(self.lowest)}–{number(self.highest)}"

    def holds(self, points: Decimal | None) -> bool:
        """Whether these points are its mark, or lie in its frame."""
        return points is not None and self.lowest <= points <= self.highest


@dataclass(frozen=True, slots=True)
class Criterion:
    """What points follow, and how it is marked.

    Attributes:
        weight: How much a mark counts; None where points are given instead of marks.
        marks_vi, marks_en: A sentence for each mark, the lightest first; none where points are given.
        lowest, highest: The points that may be given, both included; None where there are marks.
    """

    key: str
    label_vi: str
    label_en: str
    source: Place
    weight: Decimal | None = None
    marks_vi: tuple[str, ...] = ()
    marks_en: tuple[str, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.label_vi if language() == "vi" else self.label_en

    @property
    def marks(self) -> tuple[str, ...]:
        """The sentence of each mark in the reader's language, the lightest first."""
        return self.marks_vi if language() == "vi" else self.marks_en


@dataclass(frozen=True, slots=True)
class Grid:
    """The criteria by which a tier is proposed.

    Attributes:
        how: "mean": the weighted mean of the marks is a tier; "sum": the points of all add up to the item's.
        source: Where it is written how they are put together.
    """

    how: str
    criteria: tuple[Criterion, ...]
    source: Place


@dataclass(frozen=True, slots=True)
class Guidance:
    """The rules a catalogue is converted by.

    Attributes:
        standard_points: Points of the standard unit; a coefficient of 1.
        decimals: Decimals of a coefficient.
        tiers: Lightest first.
        sources: ``standard`` and ``rounding`` -> where they are written.
        grid: Its criteria; None where the edition has none.
        unit_by: The field, of :data:`PARTED_BY`, each value of which has a standard unit of its own; "" where the
            catalogue has one.
    """

    id: str
    title_vi: str
    title_en: str
    document: str
    standard_points: Decimal
    decimals: int
    tiers: tuple[Tier, ...]
    sources: Mapping[str, Place]
    grid: Grid | None = None
    unit_by: str = ""

    @property
    def title(self) -> str:
        """The edition's name in the reader's language."""
        return self.title_vi if language() == "vi" else self.title_en

    @property
    def quantum(self) -> Decimal:
        """The smallest step of a coefficient, e.g. 0.01."""
        return Decimal(1).scaleb(-self.decimals)

    @property
    def has_marks(self) -> bool:
        """Every tier is a single mark, so choosing a tier gives the points."""
        return all(tier.mark is not None for tier in self.tiers)

    def tier(self, level: int | None) -> Tier | None:
        """The tier of that level, or None when the edition has none."""
        return next((tier for tier in self.tiers if tier.level == level), None)

    def tier_of(self, points: Decimal) -> Tier | None:
        """The tier whose mark or frame holds these points, or None when they are off the marks."""
        return next((tier for tier in self.tiers if tier.holds(points)), None)

    def parts(self, items: Columns) -> Sequence[str]:
        """For each item the part of the catalogue that has a standard unit of its own; "" where all have the same.

        Those without a value are a part as well, whose name is "", too.
        """
        return [" ".join(cell.split()) for cell in items[self.unit_by]] if self.unit_by else [""] * len(items)

    def adjusted(self, marks: str) -> Guidance:
        """This edition with a catalogue's own marks.

        Args:
            marks: JSON, tier key -> ``{"points": 160}`` for a single mark or
                ``{"lowest": 11, "highest": 60}`` for a frame; "" for none.

        Raises:
            InputError: The marks are not readable or no longer in order.
        """
        if not marks:
            return self
        try:
            wanted = json.loads(marks, parse_float=Decimal, parse_int=Decimal)
            if not isinstance(wanted, dict):
                raise GuidanceError("marks must be an object, a tier's key to its points")
            own = {key: span(value, key) for key, value in wanted.items()}
        except (ValueError, GuidanceError) as error:
            raise InputError(_("The catalogue's own marks cannot be read: {why}").format(why=error)) from error
        source = Place("danh mục", note="mức điểm do danh mục điều chỉnh")
        tiers = tuple(
            replace(tier, lowest=own[tier.key][0], highest=own[tier.key][1], source=source) if tier.key in own else tier
            for tier in self.tiers
        )
        adjusted = replace(self, tiers=tiers)
        if unknown := own.keys() - {tier.key for tier in self.tiers}:
            raise InputError(_("The scale has no tier “{key}”.").format(key=", ".join(sorted(unknown))))
        try:
            check_order(adjusted.tiers, self.id)
        except GuidanceError as error:
            raise InputError(
                _("Each tier's points must be above those of the tier before it; put the marks in order.")
            ) from error
        return adjusted


def span(entry: object, where: str) -> tuple[Decimal, Decimal]:
    """Lowest and highest points of a tier, from its one mark or its frame.

    Raises:
        GuidanceError: It states neither, both, or something that is no number of points.
    """
    match entry:
        case {"points": mark, **other} if not other:
            return points(mark, where), points(mark, where)
        case {"lowest": lowest, "highest": highest, **other} if not other:
            return points(lowest, where), points(highest, where)
    raise GuidanceError(f"{where}: give either points, or lowest and highest")


def check_order(tiers: tuple[Tier, ...], where: str) -> None:
    """Insist on one to five tiers, numbered from 1, each above the one before it.

    Raises:
        GuidanceError: They are not.
    """
    if not 1 <= len(tiers) <= MOST_TIERS:
        raise GuidanceError(f"{where}: {len(tiers)} tiers; there must be 1 to {MOST_TIERS} (ND335 Đ13)")
    if [tier.level for tier in tiers] != list(range(1, len(tiers) + 1)):
        raise GuidanceError(f"{where}: levels must be 1, 2, 3 … in this order")
    if len({tier.key for tier in tiers}) != len(tiers):
        raise GuidanceError(f"{where}: two tiers have the same key")
    previous = Decimal(0)
    for tier in tiers:
        if tier.lowest > tier.highest or tier.lowest <= previous:
            raise GuidanceError(f"{where}: tier {tier.key!r} is out of order or overlaps the one before it")
        previous = tier.highest


def points(value: object, where: str, *, zero: bool = False) -> Decimal:
    """A number of points, exact.

    Args:
        value: As the file has it.
        where: Of errors.
        zero: Whether it may be zero.

    Raises:
        GuidanceError: It is none, or not above zero.
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise GuidanceError(f"{where}: points must be a number")
    try:
        exact = Decimal(value)
    except InvalidOperation:
        raise GuidanceError(f"{where}: points must be a number") from None
    if not exact.is_finite() or exact < 0 or (exact == 0 and not zero):
        raise GuidanceError(f"{where}: points must be above zero")
    return exact
