"""Editions from ``data/guidance/*.toml``, refused where a rule of their form is broken.

Every number carries its source; a key the form does not know, a missing one, a
text that is none, tiers out of order and more than five of them are refused.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from kpicat.errors import GuidanceError, InputError
from kpicat.guidance.edition import Guidance, Tier, check_order, points, span
from kpicat.guidance.grid import GRID, grid_of
from kpicat.guidance.tables import only, source, table, text, texts
from kpicat.language import _
from kpicat.settings import ROOT

FOLDER = ROOT / "data" / "guidance"
DEFAULT = "phu_luc_3"


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
    only(data, {"edition", "standard", "rounding", "tier", "grid", "criterion"}, where, optional=GRID)
    edition = table(data, "edition", {"id", "title_vi", "title_en", "document"}, where)
    standard = table(data, "standard", {"points", "source"}, where)
    rounding = table(data, "rounding", {"decimals", "source"}, where)
    if edition["id"] != path.stem:
        raise GuidanceError(f"{where}: edition.id is {edition['id']!r} but the file is {path.stem!r}")
    if type(rounding["decimals"]) is not int or not 0 <= rounding["decimals"] <= 6:
        raise GuidanceError(f"{where}: rounding.decimals must be a whole number from 0 to 6")
    standard_points = points(standard["points"], f"{where}: standard.points")
    if not isinstance(data["tier"], list):
        raise GuidanceError(f"{where}: write each tier under [[tier]]")
    tiers = tuple(_tier(entry, f"{where}: tier {n}") for n, entry in enumerate(data["tier"], start=1))
    check_order(tiers, where)
    _check_words(tiers, where)
    return Guidance(
        **{key: text(edition, key, f"{where}: edition") for key in ("id", "title_vi", "title_en", "document")},
        standard_points=standard_points,
        decimals=rounding["decimals"],
        tiers=tiers,
        sources={
            "standard": source(standard["source"], f"{where}: standard"),
            "rounding": source(rounding["source"], f"{where}: rounding"),
        },
        grid=grid_of(data, len(tiers), where),
    )


def _tier(entry: object, where: str) -> Tier:
    if not isinstance(entry, dict):
        raise GuidanceError(f"{where}: write each tier under [[tier]]")
    shape = {"points"} if "points" in entry else {"lowest", "highest"}
    only(entry, {"key", "level", "label_vi", "label_en", "words", "source"} | shape, where, optional={"words"})
    lowest, highest = span({name: entry[name] for name in shape}, where)
    if type(entry["level"]) is not int:
        raise GuidanceError(f"{where}: level must be a whole number")
    return Tier(
        **{key: text(entry, key, where) for key in ("key", "label_vi", "label_en")},
        level=entry["level"],
        lowest=lowest,
        highest=highest,
        words=texts(entry, "words", where),
        source=source(entry["source"], where),
    )


def _check_words(tiers: tuple[Tier, ...], where: str) -> None:
    """A word that meant two tiers would put a file's lines into either."""
    meant: dict[str, str] = {}
    for tier in tiers:
        for word in tier.words:
            if meant.setdefault(word.casefold(), tier.key) != tier.key:
                raise GuidanceError(f"{where}: “{word.casefold()}” names two tiers")
