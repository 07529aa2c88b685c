"""What becomes of a catalogue if another item is its standard unit (Bước 3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from kpicat.convert import EXACT, coefficient, converted, total
from kpicat.errors import InputError
from kpicat.guidance import Guidance
from kpicat.language import _


@dataclass(frozen=True, slots=True)
class Becoming:
    """What a change of the standard unit would make of the catalogue.

    Attributes:
        lines: One row per item, same index and order, with columns ``points_before``, ``points_after``,
            ``coefficient_before``, ``coefficient_after`` (unit: 1), ``converted_before`` and ``converted_after``
            (standard units a year), each Decimal or None.
        loads: One row per position, "" for none, in the order they are met, with columns ``before`` and
            ``after``: the exact sums of the converted quantities.
    """

    lines: pd.DataFrame
    loads: pd.DataFrame


def would_become(items: pd.DataFrame, guidance: Guidance, item_id: str, *, rescaled: bool = False) -> Becoming:
    """What every coefficient and each position's load becomes if that item is the standard unit.

    The standard unit has exactly the scale's standard points. Either the item alone gets
    them and the others stay as they are, or all points are held against its own: those of
    its part, where each part of the catalogue has a standard unit.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        guidance: The catalogue's scale.
        item_id: The new standard unit.
        rescaled: Whether all points are divided by the item's own, so that it comes out as 1.

    Raises:
        InputError: There is no such item, or all are to be held against one that has no points.

    Source: PL3 §2 bước 3, coefficient = points of the item ÷ points of the standard item.
    """
    if item_id not in items.index:
        raise InputError(_("That item is not there any more; choose another standard unit."))
    before = converted(items, guidance)
    scores: list[Decimal | None] = before["points"].tolist()
    own = scores[items.index.tolist().index(item_id)]
    if rescaled and (own is None or own <= 0):
        raise InputError(_("The item has no points to hold the others against; give it points first."))
    parts = guidance.parts(items)
    here = parts[items.index.tolist().index(item_id)]
    points = [
        _after(score, guidance, own if rescaled and part == here else None, chosen=row == item_id)
        for row, score, part in zip(items.index, scores, parts, strict=True)
    ]
    after = items.assign(
        points=pd.Series(points, items.index, dtype="object"), tier=pd.array([pd.NA] * len(items), dtype="Int64")
    )
    return _becoming(items["position"].tolist(), before, converted(after, guidance))


def _after(score: Decimal | None, guidance: Guidance, own: Decimal | None, *, chosen: bool) -> Decimal | None:
    """An item's points after the change; with ``own`` held against these points instead of the scale's standard."""
    if chosen:
        return guidance.standard_points
    if score is None or own is None:
        return score
    ratio = coefficient(score, replace(guidance, standard_points=own))
    return EXACT.multiply(ratio, guidance.standard_points)


def _becoming(positions: list[str], before: pd.DataFrame, after: pd.DataFrame) -> Becoming:
    lines = pd.DataFrame(
        {
            f"{short}_{when}": table[name]
            for short, name in (("points",) * 2, ("coefficient",) * 2, ("converted", "converted_quantity"))
            for when, table in (("before", before), ("after", after))
        },
        index=before.index,
    )
    loads: dict[str, list[list[Decimal | None]]] = {}
    for place, *amounts in zip(positions, lines["converted_before"], lines["converted_after"], strict=True):
        for column, amount in zip(loads.setdefault(place.strip(), [[], []]), amounts, strict=True):
            column.append(amount)
    columns = {name: [total(load[n]) for load in loads.values()] for n, name in enumerate(("before", "after"))}
    return Becoming(lines, pd.DataFrame(columns, index=pd.Index(list(loads), dtype="str"), dtype="object"))
