"""The next reading of a catalogue from the last one and the changes since, without asking for every item again."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from kpicat.model import CATALOGUE, CELLS, PLACE, Change, ChangeKind, Decision, Kind, Reading, Value
from kpicat.model.decisions import in_order

MOST = 200
"""Changes worth following one by one; a whole file brought in is read anew."""
_SPLICED = {name: cell for name, cell in CELLS.items() if name != PLACE.name}
"""Cells of which an edit leaves the order of the rows as it is."""


def followed(before: Reading, changes: Sequence[Change]) -> Reading | None:
    """The reading that edits of cells and decisions lead to, or None where rows came, went or moved: it is read anew.

    Args:
        changes: All of them after ``before``, in order, without gaps; one at least.
    """
    if len(changes) > MOST:
        return None
    cells: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    decided = {(decision.item_id, decision.key): decision for decision in before.decisions}
    for change in changes:
        if change.kind is ChangeKind.DECISION and (change.item_id == CATALOGUE or change.item_id in before.items.index):
            at = change.item_id, change.field
            decided.pop(at, None)
            if change.new is not None:
                decided[at] = Decision.decode(*at, change.new)
            continue
        if (
            change.kind is not ChangeKind.EDIT
            or change.field not in _SPLICED
            or change.item_id not in before.items.index
        ):
            return None
        cells[change.field][change.item_id] = change.new
    items = before.items.copy(deep=False)
    for name, texts in cells.items():
        items[name] = _changed(items[name], name, texts)
    about = dataclasses.replace(before.catalogue, head=changes[-1].seq, head_batch=changes[-1].batch)
    return dataclasses.replace(before, catalogue=about, items=items, decisions=in_order(decided.values()))


def spliced(rows: pd.DataFrame, labels: Sequence[str], cells: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """The rows with other cells in some of them.

    Args:
        rows: A table; it is not changed.
        labels: Of the rows that have other cells.
        cells: Column -> its cells in those rows; None for empty ones.
    """
    places = rows.index.get_indexer(pd.Index(list(labels), dtype="str")).tolist()
    whole = rows.copy(deep=False)
    for name, new in cells.items():
        column = rows[name].array
        other = [(place, cell) for place, cell in zip(places, new, strict=True) if not _is(column[place], cell)]
        if other:
            column = column.copy()
            for place, cell in other:
                column[place] = cell
            whole[name] = pd.Series(column, index=rows.index)
    return whole


def _is(there: Any, cell: Any) -> bool:
    return there is cell or (cell is not None and there is not pd.NA and bool(there == cell))


def _changed(column: pd.Series, name: str, texts: dict[str, str | None]) -> pd.Series:
    values = column.array.copy()
    places = cast(Any, column.index.get_indexer(pd.Index(list(texts), dtype="str")))
    for place, text in zip(places, texts.values(), strict=True):
        values[place] = _kept(_SPLICED[name].decode(text), _SPLICED[name].kind)
    return pd.Series(values, index=column.index)


def _kept(value: Value, kind: Kind) -> Any:
    return pd.NA if value is None and kind is Kind.LEVEL else value
