"""Gestures on items: type into a cell, choose a tier, set many, add, delete, undo."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import FIELDS, Add, Conflict, Delete, Edit, Item, Kind, Outcome, Restore, Value, Write
from kpicat.services import yardsticks
from kpicat.services.tying import save_tied
from kpicat.services.view import View, written
from kpicat.text.normalise import tidy
from kpicat.text.numbers import parse_number

if TYPE_CHECKING:
    from kpicat.store import Store


def new_id() -> str:
    """An id for an item that does not exist yet; its author keeps it, so a repeat adds nothing."""
    return uuid.uuid4().hex


def typed(field: str, raw: object, guidance: Guidance) -> Value:
    """What somebody typed or pasted into a cell, as the field's value.

    Raises:
        InputError: The text cannot be a value of this field; the sentence says why.
    """
    text = tidy(str(raw).encode(errors="ignore").decode()) if raw is not None else ""
    match FIELDS[field].kind:
        case Kind.FLAG:
            return bool(raw)
        case Kind.TEXT:
            return text
        case Kind.LEVEL if text:
            if not text.isdigit() or guidance.tier(int(text)) is None:
                raise InputError(_("“{text}” is not a tier of this scale.").format(text=text))
            return int(text)
        case Kind.NUMBER if text:
            if (number := parse_number(text)) is None:
                raise InputError(_("“{text}” is not a number; write it like 1,5 or 1200.").format(text=text))
            if any(letter.isalpha() for letter in text):  # "3 lần/tháng": who kept the 3 alone would lose the rest
                sentence = _("“{text}” is more than a number; write {number} here and the rest in its own column.")
                raise InputError(sentence.format(text=text, number=written(number)))
            return number
    return None


def cell_edits(view: View, item_id: str, field: str, new: Value) -> list[Edit]:
    """The edits that setting one cell asks for.

    A tier brings its mark as points where it has a single one, points bring the
    tier they fall in, and both withdraw a coefficient a file had stated; a new
    standard unit takes over from the one before it in its part of the catalogue.
    """

    def edit(name: str, value: Value, item: str = item_id) -> Edit:
        return Edit(item, name, view.value(item, name), value)

    edits = [edit(field, new)]
    scale = view.guidance
    if field == "tier":
        tier = scale.tier(new if isinstance(new, int) else None)
        before = scale.tier(_level(view.value(item_id, "tier")))
        points = view.value(item_id, "points")
        if tier and tier.mark is not None:
            edits.append(edit("points", tier.mark))
        elif tier is None and before and before.mark == points:
            edits.append(edit("points", None))
    elif field == "points" and isinstance(new, Decimal) and (tier := scale.tier_of(new)):
        edits.append(edit("tier", tier.level))
    elif field == "standard_unit" and new is True:
        edits += [edit("standard_unit", False, other) for other in yardsticks.beside(view, item_id)]
    if field in ("tier", "points") and view.value(item_id, "coefficient") is not None:
        edits.append(edit("coefficient", None))
    return [e for e in edits if e.seen != e.new or e.field == field]


def row_edits(view: View, item_id: str, values: Mapping[str, Value]) -> list[Edit]:
    """The edits that setting several cells of one row asks for: what was typed stands over what would follow."""
    edits: dict[tuple[str, str], Edit] = {}
    for field, new in values.items():
        for edit in cell_edits(view, item_id, field, new):
            if edit.field == field or edit.item_id != item_id or edit.field not in values:
                edits[edit.item_id, edit.field] = edit
    return list(edits.values())


def _level(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def row_writes(view: View, item_id: str, edits: Sequence[Edit]) -> list[Write]:
    """Edits of one row as writes: the first ones in a reserved row make it an item."""
    if item_id in view.items.index:
        return list(edits)
    own = {e.field: e.new for e in edits if e.item_id == item_id and FIELDS[e.field].encode(e.new) is not None}
    rest: list[Write] = [e for e in edits if e.item_id != item_id]
    return [Add(Item(item_id, own)), *rest] if own else rest


def set_field(view: View, ids: Iterable[str], field: str, new: Value) -> list[Write]:
    """One value for a field of many items, as edits of one batch."""
    return [e for item_id in ids for e in cell_edits(view, item_id, field, new) if e.seen != e.new]


def delete(view: View, ids: Iterable[str]) -> list[Write]:
    """Take items out, unless somebody changes them meanwhile."""
    return [Delete(item_id, view.seq) for item_id in ids if item_id in view.items.index]


def restore(item_id: str) -> list[Write]:
    """Put a deleted item back."""
    return [Restore(item_id)]


def keep_mine(store: Store, view: View, conflict: Conflict, *, actor: str, at: datetime) -> Outcome:
    """The answer "mine" to a conflict: over what stands there now, or into the row put back; with what follows from it.

    Raises:
        StoreBusy: Nothing was written; the same call may be repeated.
    """
    item_id, field, mine = conflict.item_id, conflict.field, conflict.mine
    if conflict.gone:
        back = save(store, view, restore(item_id), actor=actor, at=at, label="restore")
        if not field:
            return back
        view = View(store.reading(view.catalogue.id))
    if not field:
        return save(store, view, delete(view, [item_id]), actor=actor, at=at, label="delete")
    edits = [
        dataclasses.replace(e, seen=conflict.theirs) if e.field == field and e.item_id == item_id else e
        for e in cell_edits(view, item_id, field, mine)
    ]
    return save_tied(store, view, edits, actor=actor, at=at)


def save(
    store: Store,
    view: View,
    writes: Sequence[Write],
    *,
    actor: str,
    at: datetime,
    label: str = "edit",
    request: str | None = None,
) -> Outcome:
    """Commit writes decided on a view as one batch.

    Raises:
        StoreBusy: Nothing was written; the same call may be repeated.
    """
    return store.commit(view.catalogue.id, writes, actor=actor, at=at, label=label, request=request)
