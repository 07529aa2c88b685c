"""The rules a person's work is scored by, as data: ``data/kpi/*.toml``, each number with its source."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from kpicat.errors import GuidanceError
from kpicat.guidance import Place
from kpicat.guidance.edition import points
from kpicat.guidance.tables import only, source, table, text
from kpicat.language import language
from kpicat.settings import ROOT

FOLDER = ROOT / "data" / "kpi"
DEFAULT = "nd_335_2025"
OF = ("done", "good", "timely", "given")
"""What a part counts: what was completed, what of it was acceptable, what of it on time; or it is given by people."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of a, b, c, d, đ, e: a share from 0 to 1.

    Attributes:
        of: One of :data:`OF`.
    """

    key: str
    of: str
    label_vi: str
    label_en: str
    says_vi: str
    says_en: str
    source: Place

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.label_vi if language() == "vi" else self.label_en

    @property
    def says(self) -> str:
        """How it is found, in a sentence."""
        return self.says_vi if language() == "vi" else self.says_en


@dataclass(frozen=True, slots=True)
class Band:
    """A rating, from its lowest total on."""

    key: str
    lowest: Decimal
    label_vi: str
    label_en: str
    source: Place

    @property
    def label(self) -> str:
        """The rating in the decree's words."""
        return self.label_vi if language() == "vi" else self.label_en


@dataclass(frozen=True, slots=True)
class Rules:
    """How a person's work is scored.

    Attributes:
        general: Most points of the general criteria.
        result: Points of a result of 100 %.
        deduction: Share of a line's score that each delay, or each failure, takes.
        parts: Of leaders; of staff those that are not ``given``.
        bands: Highest first; the last begins at 0.
        sources: ``general``, ``result`` and ``deduction`` -> where they are written.
    """

    id: str
    title_vi: str
    title_en: str
    document: str
    general: Decimal
    result: Decimal
    deduction: Decimal
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    sources: Mapping[str, Place]

    @property
    def title(self) -> str:
        """The rules' name in the reader's language."""
        return self.title_vi if language() == "vi" else self.title_en

    def parts_for(self, *, leader: bool) -> tuple[Part, ...]:
        """The parts that count, each as much as any other."""
        return tuple(part for part in self.parts if leader or part.of != "given")

    def band(self, total: Decimal | Fraction) -> Band:
        """The rating of a total."""
        return next((band for band in self.bands if total >= band.lowest), self.bands[-1])


@functools.cache
def get(id: str = DEFAULT, folder: Path = FOLDER) -> Rules:
    """The rules of that id.

    Raises:
        GuidanceError: The file is not there or breaks a rule of its form; the message names the place.
    """
    path = folder / f"{id}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GuidanceError(f"{path.name}: {error}") from error
    where = path.name
    only(data, {"rules", "general", "result", "deduction", "part", "band"}, where)
    about = table(data, "rules", {"id", "title_vi", "title_en", "document"}, where)
    if about["id"] != id:
        raise GuidanceError(f"{where}: rules.id is {about['id']!r} but the file is {id!r}")
    units = {"general": "points", "result": "points", "deduction": "share"}
    entries = {name: table(data, name, {unit, "source"}, where) for name, unit in units.items()}
    general, result, deduction = (points(entries[name][unit], f"{where}: {name}") for name, unit in units.items())
    if deduction > 1:
        raise GuidanceError(f"{where}: deduction.share must be at most 1")
    return Rules(
        **{key: text(about, key, f"{where}: rules") for key in ("id", "title_vi", "title_en", "document")},
        general=general,
        result=result,
        deduction=deduction,
        parts=_parts(data["part"], where),
        bands=_bands(data["band"], where),
        sources={name: source(entry["source"], f"{where}: {name}") for name, entry in entries.items()},
    )


def _parts(entries: object, where: str) -> tuple[Part, ...]:
    texts = ("key", "of", "label_vi", "label_en", "says_vi", "says_en")
    found = []
    for entry, place in _each(entries, f"{where}: part"):
        only(entry, {*texts, "source"}, place)
        if entry["of"] not in OF:
            raise GuidanceError(f"{place}: of must be one of {', '.join(OF)}")
        found.append(Part(**{key: text(entry, key, place) for key in texts}, source=source(entry["source"], place)))
    if len({part.key for part in found}) != len(found) or not any(part.of != "given" for part in found):
        raise GuidanceError(f"{where}: parts need keys of their own, and one at least that is counted")
    return tuple(found)


def _bands(entries: object, where: str) -> tuple[Band, ...]:
    texts = ("key", "label_vi", "label_en")
    found = []
    for entry, place in _each(entries, f"{where}: band"):
        only(entry, {*texts, "lowest", "source"}, place)
        lowest = points(entry["lowest"], place, zero=True)
        words = {key: text(entry, key, place) for key in texts}
        found.append(Band(**words, lowest=lowest, source=source(entry["source"], place)))
    marks = [band.lowest for band in found]
    if not marks or marks[-1] != 0 or any(upper <= lower for upper, lower in pairwise(marks)):
        raise GuidanceError(f"{where}: bands go from the highest down to one that begins at 0")
    return tuple(found)


def _each(entries: object, where: str) -> list[tuple[dict[str, Any], str]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise GuidanceError(f"{where}: write each under [[…]]")
    return [(entry, f"{where} {n}") for n, entry in enumerate(entries, start=1)]
