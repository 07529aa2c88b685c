"""The content of a version: one text that says all that was approved, and the hash by which it is known.

Canonical JSON (UTF-8, keys sorted, no spaces, numbers exact and without trailing zeros) of

- ``content``: 1, the version of this shape;
- ``catalogue``: its id and all it says of itself, but where it stands on the way to approval or on the shelf;
- ``guidance``: the whole scale as it applied, own marks laid on, so no later change of an edition changes it;
- ``items`` in the catalogue's order: id, every field as somebody wrote it, marks by criteria, where it came from, and
  under ``converted`` the tier, points, coefficient and converted quantity that follow;
- ``decisions`` about findings with their reasons.

What is empty is left out, so a field that a later kpicat knows changes no text of today. Not in it: comments, the log,
who is at work, and the decision itself, which the version names.
``sha256sum`` of the text, kept in a file, is the hash. ``docs/version.md`` says this for whoever checks one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kpicat.approval.steps import ON_THE_WAY
from kpicat.convert import converted
from kpicat.guidance import Criterion, Grid, Guidance, Place, Tier
from kpicat.model import (
    CATALOGUE_FIELDS,
    CRITERIA,
    FIELDS,
    SOURCE_COLUMNS,
    Catalogue,
    Decision,
    Field,
    Form,
    Item,
    Reading,
    Source,
    items_frame,
    plain,
    values_of,
)

SHAPE = 1
_ABOUT = ("id", *(name for name in CATALOGUE_FIELDS if name not in (*ON_THE_WAY, "removed")))
_WRITTEN: Mapping[str, Field] = {**FIELDS, CRITERIA.name: CRITERIA}
_CONVERTED = ("tier", "points", "coefficient", "converted_quantity")
_SOURCE = dict(zip(SOURCE_COLUMNS, ("file", "sheet", "row"), strict=True))


def freeze(reading: Reading, guidance: Guidance) -> str:
    """The content of a reading under the scale that applies to it."""
    return _canonical(
        {
            "content": SHAPE,
            "catalogue": {name: getattr(reading.catalogue, name) for name in _ABOUT},
            "guidance": asdict(guidance),
            "items": _items(reading, guidance),
            "decisions": [
                {"item": each.item_id, "key": each.key} | json.loads(each.encode()) for each in reading.decisions
            ],
        }
    )


def digest(content: str) -> str:
    """The hash of a content: SHA-256 of its UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()


def about(content: str) -> dict[str, Any] | None:
    """What a content says of its catalogue, from its beginning; None where that is cut off within."""
    begins = '{"catalogue":'
    if not content.startswith(begins):
        raise ValueError("no content of a version")
    try:
        found: dict[str, Any] = json.JSONDecoder().raw_decode(content, len(begins))[0]
    except ValueError:
        return None
    return found


def thaw(content: str, **about: Any) -> tuple[Reading, Guidance]:
    """The reading and the scale that were frozen; places are those of lines added in this order.

    Args:
        about: What the content does not say of the catalogue: ``status``, ``head`` …

    Raises:
        ValueError: It is no content of a shape known here.
    """
    whole = json.loads(content, parse_float=Decimal)
    if not isinstance(whole, dict) or whole.get("content") != SHAPE:
        raise ValueError("no content of a version")
    own = whole["catalogue"]
    catalogue = Catalogue(**own | {"name": own.get("name", ""), "form": Form(own["form"])}, **about)
    decisions = tuple(
        Decision.decode(each.pop("item", ""), each.pop("key"), json.dumps(each)) for each in whole.get("decisions", ())
    )
    items = items_frame(_item(each) for each in whole.get("items", ()))
    return Reading(catalogue, items, decisions=decisions), _guidance(whole["guidance"])


# -- items ---------------------------------------------------------------------


def _items(reading: Reading, guidance: Guidance) -> list[dict[str, Any]]:
    table = converted(reading.items, guidance)
    told = [
        _rows(reading.items, dict.fromkeys(_WRITTEN)),
        _rows(reading.items, _SOURCE),
        _rows(table, dict.fromkeys(_CONVERTED)),
    ]
    return [
        {"id": item_id} | written | {"source": source, "converted": came_of}
        for item_id, written, source, came_of in zip(reading.items.index.tolist(), *told, strict=True)
    ]


def _rows(frame: Any, columns: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Each row as column -> value, None where there is none; columns under other names where one is given."""
    values = [values_of(frame[name]) for name in columns]
    names = [other or name for name, other in columns.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def _item(told: Mapping[str, Any]) -> Item:
    values = {name: _of_kind(field, told[name]) for name, field in _WRITTEN.items() if name in told}
    return Item(told["id"], values, Source(**told.get("source", {})))


def _of_kind(field: Field, value: Any) -> Any:
    return field.decode(field.encode(value))  # a whole number of a decimal field is read as int


# -- the scale -----------------------------------------------------------------


def _guidance(told: dict[str, Any]) -> Guidance:
    grid = told.pop("grid", None)
    sources = {name: Place(**place) for name, place in told.pop("sources", {}).items()}
    tiers = tuple(_tier(each) for each in told.pop("tiers"))
    told["standard_points"] = Decimal(told["standard_points"])
    return Guidance(**told, tiers=tiers, sources=sources, grid=grid and _grid(grid))


def _tier(told: dict[str, Any]) -> Tier:
    told |= {name: Decimal(told[name]) for name in ("lowest", "highest")}
    return Tier(**told | {"words": tuple(told.get("words", ())), "source": Place(**told["source"])})


def _grid(told: dict[str, Any]) -> Grid:
    return Grid(told["how"], tuple(_criterion(each) for each in told["criteria"]), Place(**told["source"]))


def _criterion(told: dict[str, Any]) -> Criterion:
    told |= {name: Decimal(told[name]) for name in ("weight", "lowest", "highest") if name in told}
    told |= {name: tuple(told[name]) for name in ("marks_vi", "marks_en") if name in told}
    return Criterion(**told | {"source": Place(**told["source"])})


# -- canonical JSON --------------------------------------------------------------


def _canonical(value: Any) -> str:
    """JSON of which there is one for equal values; json.dumps would write a Decimal as a float, which is not exact."""
    match value:
        case dict():
            written = ((name, _canonical(value[name])) for name in sorted(value))
            return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in written if text not in _EMPTY) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_canonical, value)) + "]"
        case Decimal():
            return plain(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


_EMPTY = {'""', "{}", "[]", "null", "false"}
