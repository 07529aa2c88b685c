"""Several lines into one: the first stays, with the values chosen; the others are taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import cast

from kpicat.convert import total
from kpicat.errors import InputError
from kpicat.language import _
from kpicat.model import FIELDS, Comment, Edit, Item, Remark, Value, Write
from kpicat.services import commenting, editing
from kpicat.services.bulk.proposal import SETTABLE, Proposal, as_read, proposal, records, row_words
from kpicat.services.commenting import Thread
from kpicat.services.editing import new_id
from kpicat.services.tying import VALUED
from kpicat.services.view import View
from kpicat.text.normalise import canonical

Valuation = tuple[int | None, Decimal | None]
"""Tier and points of a line."""


def alternatives(view: View, ids: Sequence[str]) -> dict[str, list[Value]]:
    """What the lines hold, per field other than quantity and :data:`VALUED`: the different values, first line's first.

    Empty cells are no alternative, so a field only one of them has filled is taken from it.
    """
    items = records(view, ids).values()
    fields = [name for name in SETTABLE if name not in (*VALUED, "quantity", "standard_unit")]
    found = {name: _distinct([item[name] for item in items if item[name]]) for name in fields}
    return {name: values for name, values in found.items() if values}


def _distinct(values: Sequence[Value]) -> list[Value]:
    first: dict[str, Value] = {}
    for value in values:
        first.setdefault(canonical(str(value)), value)
    return list(first.values())


def joined(values: Sequence[Value]) -> str:
    """Texts one after another: "a; b"."""
    return "; ".join(str(value).strip().rstrip(";.") for value in values)


def valuations(view: View, ids: Sequence[str]) -> list[Valuation]:
    """The different tiers with their points, first line's first; a line without either offers none."""
    pairs = [_valuation(item) for item in records(view, ids).values()]
    return list(dict.fromkeys(pair for pair in pairs if pair != (None, None)))


def _valuation(item: Item) -> Valuation:
    return cast(Valuation, (item["tier"], item["points"]))


def merge(
    view: View,
    ids: Sequence[str],
    chosen: Mapping[str, Value] | None = None,
    *,
    valuation: Valuation | None = None,
    actor: str,
    at: datetime,
) -> Proposal:
    """Make several lines into the first of them; what was said of the others is said of it from now on.

    Args:
        chosen: Field -> value, where it is not the first of :func:`alternatives`, or not :func:`summed`.
        valuation: Its tier and points, of :func:`valuations`; the first by default.
        actor: Who merges, and so says in each thread that goes along which row it was about.
        at: When.

    Raises:
        InputError: There are fewer than two lines.
    """
    lines = list(records(view, ids).values())
    if len(lines) < 2:
        raise InputError(_("Tick two rows or more to merge them into one."))
    kept, others = lines[0], lines[1:]
    values: dict[str, Value] = {name: found[0] for name, found in alternatives(view, ids).items()}
    values["quantity"] = summed([line["quantity"] for line in lines])
    values |= dict(chosen or {})
    values["standard_unit"] = any(line["standard_unit"] for line in lines)
    values |= _valued(kept, valuation or next(iter(valuations(view, ids)), (None, None)))
    edits = [Edit(kept.id, name, kept[name], new) for name, new in values.items() if kept[name] != new]
    threads = [thread for line in others for thread in commenting.threads_of(view, line.id)]
    said = [write for thread in threads for write in _carried_over(view, thread, kept.id, actor, at)]
    taken_out = editing.delete(view, [line.id for line in others])
    read = as_read(view, [line.id for line in lines], FIELDS)
    return proposal(view, [*edits, *said, *taken_out], remarks=_remarks(lines), label="merge", whole=True, read=read)


def _carried_over(view: View, thread: Thread, to: str, actor: str, at: datetime) -> list[Write]:
    """A thread ended where it was, from its last answer, and begun on another item, with where it comes from."""
    ids = {comment.id: new_id() for comment in thread.comments}
    begun = ids[thread.id]
    moved = [replace(old, id=ids[old.id], item_id=to, thread=begun) for old in thread.comments]
    words = _("Said of row {row}, before it was merged into this one.").format(row=row_words(view, thread.item_id))
    moved.append(Comment(new_id(), to, begun, words, actor, at))
    ended = [Remark(thread.item_id, seen=old, new=None) for old in reversed(thread.comments)]
    return [*ended, *(Remark(to, seen=None, new=comment) for comment in moved)]


def summed(quantities: Sequence[Value]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [quantity for quantity in quantities if isinstance(quantity, Decimal)]
    return total(known) if known else None


def _valued(kept: Item, valuation: Valuation) -> dict[str, Value]:
    tier, points = valuation
    stated = kept["coefficient"] if _valuation(kept) == valuation else None
    return {"tier": tier, "points": points, "coefficient": stated}


def _remarks(lines: Sequence[Item]) -> list[str]:
    measures = _distinct([line["measure"] for line in lines if line["measure"]])
    if len(measures) < 2:
        return []
    units = ", ".join(f"“{measure}”" for measure in measures)
    return [
        _("They are counted in different units ({units}): see that the quantity still means something.").format(
            units=units
        )
    ]
