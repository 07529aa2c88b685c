"""The cells a grid shows: the items as they stand, and over them what must not vanish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kpicat.model import FIELDS, Kind
from kpicat.services.view import View

Cell = tuple[str, str]
"""Item id and field."""


def painted(
    view: View, ids: Sequence[str], columns: Sequence[str], over: Mapping[Cell, Any], last: pd.DataFrame
) -> pd.DataFrame:
    """The rows to show.

    Args:
        ids: Row labels; one that is no item is a blank row, or as in ``last`` where it was one.
        over: Cell -> what it shows instead.
        last: The rows shown before.

    Returns:
        One row per id with a ``str`` column per column asked for (``bool`` for flags).
    """
    rows = view.cells.reindex(index=list(ids), columns=list(columns))
    gone = [i for i in last.index if i not in view.items.index]
    for name in columns:
        is_flag = name in FIELDS and FIELDS[name].kind is Kind.FLAG
        filled = rows[name].astype("object")
        filled = filled.where(filled.notna(), False if is_flag else "")
        if gone:
            filled.loc[gone] = last.loc[gone, name].astype("object")
        for item_id in (i for i, column in over if column == name and i in rows.index):
            raw = over[item_id, name]
            filled.at[item_id] = bool(raw) if is_flag else raw
        rows[name] = filled.astype("bool" if is_flag else "str")
    return rows
