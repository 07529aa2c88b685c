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
from typing import Any

from kpicat.errors import GuidanceError, InputError
from kpicat.guidance.edition import Guidance, Place, Tier, check_order, points, span
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
    _only(data, {"edition", "standard", "rounding", "tier"}, where)
    edition = _table(data, "edition", {"id", "title_vi", "title_en", "document"}, where)
    standard = _table(data, "standard", {"points", "source"}, where)
    rounding = _table(data, "rounding", {"decimals", "source"}, where)
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
        **{key: _text(edition, key, f"{where}: edition") for key in ("id", "title_vi", "title_en", "document")},
        standard_points=standard_points,
        decimals=rounding["decimals"],
        tiers=tiers,
        sources={
            "standard": _place(standard["source"], f"{where}: standard"),
            "rounding": _place(rounding["source"], f"{where}: rounding"),
        },
    )


def _tier(entry: object, where: str) -> Tier:
    if not isinstance(entry, dict):
        raise GuidanceError(f"{where}: write each tier under [[tier]]")
    shape = {"points"} if "points" in entry else {"lowest", "highest"}
    _only(entry, {"key", "level", "label_vi", "label_en", "words", "source"} | shape, where, optional={"words"})
    lowest, highest = span({name: entry[name] for name in shape}, where)
    if type(entry["level"]) is not int:
        raise GuidanceError(f"{where}: level must be a whole number")
    words = entry.get("words", [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise GuidanceError(f"{where}: words must be a list of texts")
    return Tier(
        **{key: _text(entry, key, where) for key in ("key", "label_vi", "label_en")},
        level=entry["level"],
        lowest=lowest,
        highest=highest,
        words=tuple(words),
        source=_place(entry["source"], where),
    )


def _check_words(tiers: tuple[Tier, ...], where: str) -> None:
    """A word that meant two tiers would put a file's lines into either."""
    meant: dict[str, str] = {}
    for tier in tiers:
        for word in tier.words:
            if meant.setdefault(word.casefold(), tier.key) != tier.key:
                raise GuidanceError(f"{where}: “{word.casefold()}” names two tiers")


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


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    text = table[key]
    if not isinstance(text, str) or not text.strip():
        raise GuidanceError(f"{where}: {key} must be a text")
    return text


def _place(source: object, where: str) -> Place:
    if not isinstance(source, dict) or not source.get("place"):
        raise GuidanceError(f"{where}: a number needs source = {{ place = … }}")
    if unknown := source.keys() - {"place", "mark", "note"}:
        raise GuidanceError(f"{where}: unknown key {', '.join(sorted(unknown))} in source")
    if type(source.get("mark", 0)) is not int:
        raise GuidanceError(f"{where}: mark in source must be a whole number")
    return Place(
        place=_text(source, "place", f"{where}: source"),
        mark=source.get("mark"),
        note=_text(source, "note", f"{where}: source") if "note" in source else "",
    )
