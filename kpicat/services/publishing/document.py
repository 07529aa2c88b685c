"""A version as other software reads it: the decision, the scale, the lines; every number exact, as text.

It says nothing but what was approved, so it is made of the frozen content alone, and never changes.
``docs/openapi.json`` describes it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any, NamedTuple

from kpicat.model import FIELDS, Kind
from kpicat.model.approvals import Version

SHAPE = 1
"""Of the document; another one whenever it says more or less, so that nobody takes theirs for the new one."""

Record = dict[str, Any]
_CONVERTED = ("points", "coefficient", "converted_quantity")
_OF_CATALOGUE = ("id", "name", "body", "period", "form")


class Body(NamedTuple):
    """An answer's bytes, as they are and packed."""

    plain: bytes
    packed: bytes


def body(told: object) -> Body:
    """Something as compact JSON in UTF-8."""
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Body(plain, gzip.compress(plain, 6, mtime=0))


def record(version: Version) -> Record:
    """A version by its decision, without its content."""
    return {
        "id": version.id,
        "number": version.number,
        "kind": version.kind.value,
        "basis": version.basis,
        "hash": version.hash,
        "decision_number": version.decision_number,
        "decided_on": version.decided_on.isoformat(),
        "effective_on": version.effective_on.isoformat(),
        "signatory": version.signatory,
        "approved_at": version.approved_at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def catalogue(own: Mapping[str, Any]) -> Record:
    """What a content says of its catalogue, as far as it is anybody else's business."""
    return {name: own.get(name, "") for name in _OF_CATALOGUE}


def document(content: str, version: Version) -> Record:
    """The whole of a version."""
    whole = json.loads(content, parse_float=str, parse_int=str)  # a number's text is the number, exactly
    return {
        "catalogue": catalogue(whole["catalogue"]),
        "version": record(version),
        "edition": _edition(whole["guidance"]),
        "items": [_item(told) for told in whole.get("items", ())],
    }


def _edition(told: Mapping[str, Any]) -> Record:
    texts = ("id", "title_vi", "title_en", "document")
    return {
        **{name: told.get(name, "") for name in texts},
        "standard_points": told["standard_points"],
        "decimals": int(told.get("decimals", "0")),
        "unit_by": told.get("unit_by", ""),
        "tiers": [
            {
                "level": int(tier["level"]),
                **{name: tier.get(name, "") for name in ("key", "label_vi", "label_en", "lowest", "highest")},
            }
            for tier in told["tiers"]
        ],
    }


def _item(told: Mapping[str, Any]) -> Record:
    """A line: texts as they were written, what it was converted to, "" and null for what is empty."""
    came_of = told.get("converted", {})
    line: Record = {"id": told["id"]}
    for name, field in FIELDS.items():
        if name in _CONVERTED:
            continue
        match field.kind:
            case Kind.LEVEL:
                level = came_of.get(name)
                line[name] = None if level is None else int(level)
            case Kind.FLAG:
                line[name] = told.get(name, False)
            case Kind.NUMBER:
                line[name] = told.get(name)
            case Kind.TEXT:
                line[name] = told.get(name, "")
    return line | {name: came_of.get(name) for name in _CONVERTED}
