"""A guidance edition as data: standard points, tiers, rounding, each with its source.

Editions are TOML files in ``data/guidance``; the loader refuses a number without
a source, a key it does not know, tiers out of order, and more than five groups.
A catalogue may adjust an edition's marks (:meth:`Guidance.adjusted`).
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kpicat.errors import GuidanceError, InputError
from kpicat.language import _, language, number
from kpicat.settings import ROOT

FOLDER = ROOT / "data" / "guidance"
DEFAULT = "phu_luc_3"
MOST_TIERS = 5  # ND335 Đ13: at most five groups


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


@dataclass(frozen=True, slots=True)
class Guidance:
    """The rules a catalogue is converted by.

    Attributes:
        standard_points: Points of the standard unit; a coefficient of 1.
        decimals: Decimals of a coefficient.
        tiers: Lightest first.
        sources: ``standard`` and ``rounding`` -> where they are written.
    """

    id: str
    title_vi: str
    title_en: str
    document: str
    standard_points: Decimal
    decimals: int
    tiers: tuple[Tier, ...]
    sources: Mapping[str, Place]

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
        return next((tier for tier in self.tiers if tier.lowest <= points <= tier.highest), None)

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
            own = {key: _span(value, key) for key, value in wanted.items()}
        except (ValueError, TypeError, AttributeError, GuidanceError) as error:
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
            _check_order(adjusted.tiers, self.id)
        except GuidanceError as error:
            raise InputError(
                _("Each tier's points must be above those of the tier before it; put the marks in order.")
            ) from error
        return adjusted


@functools.cache
def editions(folder: Path = FOLDER) -> Mapping[str, Guidance]:
    """Every edition in ``folder`` by id.

    Raises:
        GuidanceError: One of the files breaks a rule; the message names file and place.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        edition = load(path)
        found[edition.id] = edition
    return found


def get(edition: str) -> Guidance:
    """The edition of that id.

    Raises:
        InputError: There is none; the message lists those there are.
    """
    try:
        return editions()[edition]
    except KeyError:
        raise InputError(
            _("There is no guidance “{id}”; choose one of: {known}.").format(id=edition, known=", ".join(editions()))
        ) from None


def load(path: Path) -> Guidance:
    """Read one edition.

    Raises:
        GuidanceError: The file breaks a rule; the message names the place.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GuidanceError(f"{path.name}: {error}") from error
    where = path.name
    _only(data, {"edition", "standard", "rounding", "tier"}, where)
    edition = _table(data, "edition", {"id", "title_vi", "title_en", "document"}, where)
    standard = _table(data, "standard", {"points", "source"}, where)
    rounding = _table(data, "rounding", {"decimals", "source"}, where)
    if edition["id"] != path.stem:
        raise GuidanceError(f"{where}: edition.id is {edition['id']!r} but the file is {path.stem!r}")
    if type(rounding["decimals"]) is not int or not 0 <= rounding["decimals"] <= 6:
        raise GuidanceError(f"{where}: rounding.decimals must be a whole number from 0 to 6")
    points = _points(standard["points"], f"{where}: standard.points")
    if not isinstance(data["tier"], list):
        raise GuidanceError(f"{where}: write each tier under [[tier]]")
    tiers = tuple(_tier(entry, f"{where}: tier {n}") for n, entry in enumerate(data["tier"], start=1))
    _check_order(tiers, where)
    return Guidance(
        id=edition["id"],
        title_vi=edition["title_vi"],
        title_en=edition["title_en"],
        document=edition["document"],
        standard_points=points,
        decimals=rounding["decimals"],
        tiers=tiers,
        sources={
            "standard": _place(standard["source"], f"{where}: standard"),
            "rounding": _place(rounding["source"], f"{where}: rounding"),
        },
    )


def _tier(entry: dict[str, Any], where: str) -> Tier:
    shape = {"points"} if "points" in entry else {"lowest", "highest"}
    _only(entry, {"key", "level", "label_vi", "label_en", "words", "source"} | shape, where, optional={"words"})
    lowest, highest = _span({name: entry[name] for name in shape}, where)
    if type(entry["level"]) is not int:
        raise GuidanceError(f"{where}: level must be a whole number")
    return Tier(
        key=entry["key"],
        level=entry["level"],
        lowest=lowest,
        highest=highest,
        label_vi=entry["label_vi"],
        label_en=entry["label_en"],
        words=tuple(entry.get("words", ())),
        source=_place(entry["source"], where),
    )


def _span(entry: Mapping[str, Any], where: str) -> tuple[Decimal, Decimal]:
    if set(entry) == {"points"}:
        points = _points(entry["points"], where)
        return points, points
    if set(entry) == {"lowest", "highest"}:
        return _points(entry["lowest"], where), _points(entry["highest"], where)
    raise GuidanceError(f"{where}: give either points, or lowest and highest")


def _check_order(tiers: tuple[Tier, ...], where: str) -> None:
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


def _points(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise GuidanceError(f"{where}: points must be a number")
    try:
        points = Decimal(value)
    except InvalidOperation:
        raise GuidanceError(f"{where}: points must be a number") from None
    if not points.is_finite() or points <= 0:
        raise GuidanceError(f"{where}: points must be above zero")
    return points


def _table(data: Mapping[str, Any], name: str, keys: set[str], where: str) -> dict[str, Any]:
    table = data.get(name)
    if not isinstance(table, dict):
        raise GuidanceError(f"{where}: [{name}] is missing")
    _only(table, keys, f"{where}: {name}")
    return table


def _only(
    table: Mapping[str, Any], keys: set[str], where: str, optional: frozenset[str] | set[str] = frozenset()
) -> None:
    if unknown := table.keys() - keys:
        raise GuidanceError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if missing := keys - table.keys() - optional:
        raise GuidanceError(f"{where}: {', '.join(sorted(missing))} is missing")


def _place(source: object, where: str) -> Place:
    if not isinstance(source, dict) or not source.get("place"):
        raise GuidanceError(f"{where}: a number needs source = {{ place = … }}")
    if unknown := source.keys() - {"place", "mark", "note"}:
        raise GuidanceError(f"{where}: unknown key {', '.join(sorted(unknown))} in source")
    return Place(**source)
