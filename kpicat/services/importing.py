"""Bring a file's items into a catalogue: append, update by code, or replace, as one batch."""

from __future__ import annotations

import enum
import operator
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from kpicat.exchange import Read
from kpicat.model import FIELDS, Add, Delete, Edit, Item, Source, Value, Write
from kpicat.services.editing import new_id, row_edits
from kpicat.services.view import View


class Mode(enum.StrEnum):
    """What becomes of the items already there."""

    APPEND = "append"
    UPDATE = "update"
    REPLACE = "replace"


@dataclass(frozen=True)
class Plan:
    """What bringing a file in would do, before it is done.

    Attributes:
        writes: The batch; edits that change nothing say by which codes lines were matched.
        added, changed, same: Items of the file, in its order.
        gone: Ids of items of the catalogue that would be taken out.
        ambiguous: Codes met twice, in the file or here: their lines are added, not matched.
    """

    mode: Mode
    writes: Sequence[Write]
    added: Sequence[Item]
    changed: Sequence[Item]
    same: Sequence[Item]
    gone: Sequence[str]
    ambiguous: Sequence[str]

    @property
    def is_idle(self) -> bool:
        """The catalogue would stay as it is: the file says nothing that does not stand there."""
        return not (self.added or self.changed or self.gone)


def plan(view: View, read: Read, mode: Mode) -> Plan:
    """Decide what bringing ``read`` in would write; nothing is written.

    Updating matches by code and takes over the cells the file fills; a cell the
    file leaves blank keeps its value, unless another brings it: a tier its points,
    points their tier, as when typed.
    """
    matches, ambiguous = _matches(view, read.items) if mode is Mode.UPDATE else ({}, [])
    gone = [str(i) for i in view.items.index] if mode is Mode.REPLACE else []
    laid = lay(view, ((item, matches.get(str(item["code"]))) for item in read.items), origin=read.origin)
    matched = [Edit(item_id, "code", code, code) for code, item_id in matches.items()]
    writes = [*matched, *(Delete(item_id, view.seq) for item_id in gone), *laid.writes]
    return Plan(mode, writes, laid.added, laid.changed, laid.same, gone, ambiguous)


def known_codes(view: View, items: Iterable[Item]) -> int:
    """How many lines have a code that stands in the catalogue already: appended, they would stand there twice."""
    here = set(view.items["code"]) - {""}
    return sum(item["code"] in here for item in items)


@dataclass(frozen=True)
class Laid:
    """What lines laid over items, or added, come to.

    Attributes:
        changed, same: The lines under the ids of the items they were laid over.
    """

    writes: list[Write]
    added: list[Item]
    changed: list[Item]
    same: list[Item]


def lay(
    view: View,
    pairs: Iterable[tuple[Item, str | None]],
    agree: Callable[[Value, Value], bool] = operator.eq,
    *,
    origin: Callable[[Item], Source],
) -> Laid:
    """Lay each line over its item, or add it where it has none.

    Args:
        view: The catalogue.
        pairs: Lines, each with the id of its item or None.
        agree: Whether what a line says of a cell is what stands there already.
        origin: Where a line first came from, kept with its item.
    """
    pairs = list(pairs)
    stored = _stored(view, {item_id for _item, item_id in pairs if item_id is not None})
    laid = Laid([], [], [], [])
    for item, item_id in pairs:
        if item_id is None:
            fresh = replace(item, id=new_id())
            laid.writes.append(Add(replace(fresh, source=origin(item))))
            laid.added.append(fresh)
            continue
        edits = _differences(view, stored[item_id], replace(item, id=item_id), agree)
        laid.writes.extend(edits)
        (laid.changed if edits else laid.same).append(replace(item, id=item_id))
    return laid


def _stored(view: View, ids: Collection[str]) -> dict[str, dict[str, Value]]:
    """Item id -> field -> value, for many items at once."""
    rows = view.items.loc[view.items.index.isin(ids), list(FIELDS)].astype("object")
    rows["tier"] = rows["tier"].where(rows["tier"].notna(), None)
    return cast("dict[str, dict[str, Value]]", rows.to_dict("index"))


def _matches(view: View, items: Sequence[Item]) -> tuple[dict[str, str], list[str]]:
    here = view.items["code"][view.items["code"] != ""]
    counts = Counter(str(item["code"]) for item in items if item["code"])
    twice_here = set(here[here.duplicated(keep=False)])
    ambiguous = sorted((twice_here & counts.keys()) | {code for code, n in counts.items() if n > 1})
    known = {str(code): str(item_id) for item_id, code in here.items() if code in counts}
    return {code: item_id for code, item_id in known.items() if code not in ambiguous}, ambiguous


def _differences(
    view: View, stored: Mapping[str, Value], item: Item, agree: Callable[[Value, Value], bool]
) -> list[Edit]:
    """What the file fills otherwise, and what follows from it where the file says nothing of that."""
    filled = {name: item[name] for name, f in FIELDS.items() if item[name] != f.empty}
    new = {name: value for name, value in filled.items() if not agree(value, stored[name])}
    edits = row_edits(view, item.id, new)
    return [e for e in edits if e.item_id != item.id or e.field in new or e.field not in filled]
