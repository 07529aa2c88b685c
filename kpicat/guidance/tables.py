"""Tables of an edition's file, refused where a key is unknown or missing, a text is none or a number has no source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpicat.errors import GuidanceError
from kpicat.guidance.edition import Place


def table(data: Mapping[str, Any], name: str, keys: set[str], where: str) -> dict[str, Any]:
    """The table of that name, with these keys and no others."""
    found = data.get(name)
    if not isinstance(found, dict):
        raise GuidanceError(f"{where}: [{name}] is missing")
    only(found, keys, f"{where}: {name}")
    return found


def only(
    table: Mapping[str, Any], keys: set[str], where: str, optional: frozenset[str] | set[str] = frozenset()
) -> None:
    """Insist on these keys and no others."""
    if unknown := table.keys() - keys:
        raise GuidanceError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if missing := keys - table.keys() - optional:
        raise GuidanceError(f"{where}: {', '.join(sorted(missing))} is missing")


def text(table: Mapping[str, Any], key: str, where: str) -> str:
    """A text that says something."""
    found = table[key]
    if not isinstance(found, str) or not found.strip():
        raise GuidanceError(f"{where}: {key} must be a text")
    return found


def texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of texts, none of them empty; an absent one is an empty list."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each.strip() for each in found):
        raise GuidanceError(f"{where}: {key} must be a list of texts")
    return tuple(found)


def source(found: object, where: str) -> Place:
    """Where a number is written."""
    if not isinstance(found, dict) or not found.get("place"):
        raise GuidanceError(f"{where}: a number needs source = {{ place = … }}")
    if unknown := found.keys() - {"place", "mark", "note"}:
        raise GuidanceError(f"{where}: unknown key {', '.join(sorted(unknown))} in source")
    if type(found.get("mark", 0)) is not int:
        raise GuidanceError(f"{where}: mark in source must be a whole number")
    return Place(
        place=text(found, "place", f"{where}: source"),
        mark=found.get("mark"),
        note=text(found, "note", f"{where}: source") if "note" in found else "",
    )
