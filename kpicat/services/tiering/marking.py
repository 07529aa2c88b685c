"""Marking an item criterion by criterion: kept in one cell, in which two people at different criteria never meet."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kpicat import criteria
from kpicat.criteria import Score
from kpicat.model import CRITERIA, Edit, Outcome, values_of
from kpicat.services.editing import save
from kpicat.services.view import View

if TYPE_CHECKING:
    from kpicat.store import Store

_TRIES = 8  # so often others may mark the same item while one mark is written


def marks_of(view: View, item_id: str) -> dict[str, Decimal]:
    """The marks an item has on the grid of its catalogue's edition."""
    return _fitting(str(view.value(item_id, CRITERIA.name)), view)


def _fitting(cell: str, view: View) -> dict[str, Decimal]:
    return criteria.fitting(criteria.decode(cell), view.guidance)


def scored(view: View, item_id: str) -> Score | None:
    """What an item's marks come to; None where the edition has no grid."""
    return criteria.score(marks_of(view, item_id), view.guidance) if view.guidance.grid else None


def differs(view: View, item_id: str) -> bool:
    """Whether the item's tier, or its points where the grid gives them, are not what its marks propose."""
    found, level = scored(view, item_id), view.table["tier"].astype("object").get(item_id)
    points = view.table["points"].get(item_id)
    return found is not None and criteria.asks_why(found, level if isinstance(level, int) else None, points)


def unexplained(view: View) -> Sequence[str]:
    """The items decided otherwise than their marks propose, as :func:`differs` has it, for which no reason stands."""

    def make() -> Sequence[str]:
        score = functools.cache(lambda marks: criteria.score(_fitting(marks, view), view.guidance))
        cells = (view.items[CRITERIA.name].tolist(), view.items["rationale"].tolist())
        values = (values_of(view.table["tier"]), view.table["points"].tolist())
        return [
            item_id
            for item_id, marks, reason, tier, points in zip(view.items.index.tolist(), *cells, *values, strict=True)
            if marks and not reason.strip() and criteria.asks_why(score(marks), tier, points)
        ]

    return view.own.get("unexplained", make) if view.guidance.grid else ()


def mark(
    store: Store, view: View, item_id: str, key: str, given: Decimal | None, *, actor: str, at: datetime
) -> Outcome:
    """Give an item a mark for a criterion, or take it away; the marks others give it meanwhile stay.

    Args:
        view: What the person saw.
        key: The criterion.
        given: The mark, 1 the lightest, or the points where the grid is a sum; None for none.

    Returns:
        What became of it; a conflict where somebody else has marked this very criterion, or deleted the item.

    Raises:
        InputError: The mark is not one of the grid.
        StoreBusy: Nothing was written; the same call may be repeated.
    """
    seen = str(view.value(item_id, CRITERIA.name))
    was = criteria.decode(seen).get(key)
    if given is not None:
        criteria.score({key: given}, view.guidance)
    for _n in range(_TRIES):
        marks = {name: mark for name, mark in criteria.decode(seen).items() if name != key}
        new = criteria.encode(marks if given is None else {**marks, key: given})
        outcome = save(store, view, [Edit(item_id, CRITERIA.name, seen, new)], actor=actor, at=at)
        if not outcome.conflicts or outcome.conflicts[0].gone:
            return outcome
        seen = str(outcome.conflicts[0].theirs or "")
        if criteria.decode(seen).get(key) != was:
            return outcome
    return outcome
