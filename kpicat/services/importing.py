"""Bring a file's items into a catalogue: append, update by code, or replace, as one batch."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpicat.exchange import Read
from kpicat.model import FIELDS, Add, Delete, Edit, Item, Write
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
        writes: The batch.
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


def plan(view: View, read: Read, mode: Mode) -> Plan:
    """Decide what bringing ``read`` in would write; nothing is written.

    Updating matches by code and takes over the cells the file fills; a cell the
    file leaves blank keeps its value, unless another brings it: a tier its points,
    points their tier, as when typed.
    """
    matches, ambiguous = _matches(view, read.items) if mode is Mode.UPDATE else ({}, [])
    writes: list[Write] = []
    added: list[Item] = []
    changed: list[Item] = []
    same: list[Item] = []
    gone = [str(i) for i in view.items.index] if mode is Mode.REPLACE else []
    writes += [Delete(item_id, view.seq) for item_id in gone]
    for item in read.items:
        known = matches.get(str(item["code"]))
        if known is None:
            fresh = replace(item, id=new_id())
            writes.append(Add(fresh))
            added.append(fresh)
            continue
        edits = _differences(view, known, item)
        writes += edits
        (changed if edits else same).append(item)
    return Plan(mode, writes, added, changed, same, gone, ambiguous)


def _matches(view: View, items: Sequence[Item]) -> tuple[dict[str, str], list[str]]:
    here = view.items["code"][view.items["code"] != ""]
    counts = Counter(str(item["code"]) for item in items if item["code"])
    twice_here = set(here[here.duplicated(keep=False)])
    ambiguous = sorted((twice_here & counts.keys()) | {code for code, n in counts.items() if n > 1})
    known = {str(code): str(item_id) for item_id, code in here.items() if code in counts}
    return {code: item_id for code, item_id in known.items() if code not in ambiguous}, ambiguous


def _differences(view: View, item_id: str, item: Item) -> list[Edit]:
    """What the file fills otherwise, and what follows from it where the file says nothing of that."""
    filled = {name: item[name] for name, f in FIELDS.items() if item[name] != f.empty}
    new = {name: value for name, value in filled.items() if value != view.value(item_id, name)}
    edits = row_edits(view, item_id, new)
    return [e for e in edits if e.item_id != item_id or e.field in new or e.field not in filled]
