"""The cells a grid shows: the items as they stand, what is wrong with them, and over these what must not vanish.

What a row shows is the same for everybody who looks at the same items, so it is made
once for each view and shared; only a person's own blank rows and unsettled cells are
put on top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import pandas as pd

from kpicat.language import _, language
from kpicat.model import FIELDS, Finding, Kind, Level
from kpicat.services import commenting
from kpicat.services.following import spliced
from kpicat.services.view import View

Cell = tuple[str, str]
"""Item id and field."""
SELECT, STATUS, ORDER = "_select", "_status", "_order"
"""Columns beside the fields: the tick box, what is wrong, the item's place in the catalogue."""
CHECK = "_check:"
"""Begins the name of a column that says what one check finds."""


def painted(
    view: View,
    columns: tuple[str, ...],
    *,
    listed: tuple[str, ...],
    reserved: tuple[str, ...],
    over: Mapping[Cell, Any],
    last: pd.DataFrame,
) -> tuple[pd.DataFrame, bool]:
    """The rows to show, which may be shared, so they are read-only, and whether they are as everybody sees them.

    Args:
        listed: Ids of the rows that were items when the grid began; one that is none any more keeps its cells.
        reserved: Ids of the rows after them, which may have become items since.
        over: Cell -> what it shows instead.
        last: The rows shown before.

    Returns:
        One row per id with a ``str`` column per column asked for (``bool`` for flags), and
        :data:`SELECT` (``bool``), :data:`ORDER` and :data:`STATUS` (``str``).
    """
    rows = shared(view, columns, listed=listed, blank=len(reserved))
    rows = rows.set_axis(labels(listed + reserved))
    gone = [i for i in absent(view, listed) if i in last.index]
    kept = {(i, name): last.at[i, name] for i in gone for name in columns}
    over = {**kept, **_born(view, columns, reserved), **over}
    other = {(i, name): raw for (i, name), raw in over.items() if name in rows and rows.at[i, name] != raw}
    return _laid_over(rows, other), not other


def absent(view: View, ids: tuple[str, ...]) -> list[str]:
    """Which of these are no items."""
    return view.kept(("absent", ids), lambda: [i for i in ids if i not in view.items.index])


@lru_cache(maxsize=256)
def labels(ids: tuple[str, ...]) -> pd.Index:
    """Labels of rows; every run of a grid asks for the same."""
    return pd.Index(ids, dtype="str")


def blank_labels(blank: int) -> tuple[str, ...]:
    """What the blank rows are called where each session has ids of its own for them."""
    return tuple(f"+{n}" for n in range(1, blank + 1))


def shared(view: View, columns: tuple[str, ...], *, listed: tuple[str, ...], blank: int) -> pd.DataFrame:
    """The rows as everybody sees them who looks at the same: read-only, made once.

    Args:
        blank: Rows after those listed, see :func:`blank_labels`.
    """

    key = ("rows", listed, blank, columns, language())

    def made() -> pd.DataFrame:
        if found := view.made_before(lambda earlier: earlier.peek(key)):
            known, earlier, changed = found
            touched = [i for i in changed | _found_otherwise(view, earlier) if i in known.index]
            return spliced(known, touched, _rows_of(view, touched, columns))
        below = _blank(blank, columns).set_axis(labels(blank_labels(blank)))
        return pd.concat([_rows(view, listed, columns), below])

    return view.kept(key, made)


def _found_otherwise(view: View, earlier: View) -> set[str]:
    """Items of which there is something else to say than there was: an edit may concern another line, too."""
    now, before = view.findings_by_item(), earlier.findings_by_item()
    return {item_id for item_id in now.keys() | before.keys() if now.get(item_id) != before.get(item_id)}


def _born(view: View, columns: tuple[str, ...], reserved: tuple[str, ...]) -> dict[Cell, Any]:
    """What stands in blank rows in which somebody has written by now."""
    born = [i for i in reserved if i in view.items.index]
    rows = _rows(view, born, columns) if born else pd.DataFrame()
    return {(i, str(name)): rows.at[i, name] for i in born for name in rows}


def _rows_of(view: View, ids: Sequence[str], columns: Sequence[str]) -> Mapping[str, Sequence[Any]]:
    """Column -> its cells, of some items that are there."""
    places = view.items.index.get_indexer(pd.Index(list(ids), dtype="str")).tolist()
    found, threads = view.findings_by_item(), commenting.open_counts(view)
    arrays = {name: view.cells[name].array for name in columns if not of_check(name)}
    return {
        **{name: [array[place] for place in places] for name, array in arrays.items()},
        **{name: [_said(found.get(i, ()), name) for i in ids] for name in columns if of_check(name)},
        ORDER: [str(place + 1) for place in places],
        STATUS: [_status(found.get(i, ()), threads.get(i, 0)) for i in ids],
    }


def _rows(view: View, ids: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    index = pd.Index(list(ids), dtype="str")
    here = index.isin(view.items.index)
    rows = view.cells.reindex(index=index, columns=list(columns))
    for name in columns:
        if not here.all():
            rows[name] = rows[name].astype("object").where(here, False if is_flag(name) else "")
        rows[name] = rows[name].astype("bool" if is_flag(name) else "str")
    places = {item_id: str(n) for n, item_id in enumerate(view.items.index, start=1)}
    found, threads = view.findings_by_item(), commenting.open_counts(view)
    for name in filter(of_check, columns):
        rows[name] = pd.Series([_said(found.get(i, ()), name) for i in ids], index=index, dtype="str")
    rows[SELECT] = False
    rows[ORDER] = pd.Series([places.get(i, "✕") for i in ids], index=index, dtype="str")
    statuses = [_status(found.get(i, ()), threads.get(i, 0)) if i in places else _("deleted") for i in ids]
    rows[STATUS] = pd.Series(statuses, index=index, dtype="str")
    return rows


@lru_cache(maxsize=64)
def _blank(n: int, columns: tuple[str, ...]) -> pd.DataFrame:
    flags = {name: pd.Series([False] * n, dtype="bool") for name in (*filter(is_flag, columns), SELECT)}
    texts = {name: pd.Series([""] * n, dtype="str") for name in (*columns, ORDER, STATUS) if name not in flags}
    return pd.DataFrame(texts | flags)[[*columns, SELECT, ORDER, STATUS]]


def _laid_over(rows: pd.DataFrame, over: Mapping[Cell, Any]) -> pd.DataFrame:
    by_column: defaultdict[str, dict[int, Any]] = defaultdict(dict)
    for (item_id, name), raw in over.items():
        if item_id in rows.index:
            by_column[name][cast(int, rows.index.get_loc(item_id))] = raw
    if by_column:
        rows = rows.copy(deep=False)
    for name, values in by_column.items():
        cells = rows[name].tolist()
        for place, raw in values.items():
            cells[place] = bool(raw) if is_flag(name) else raw
        rows[name] = pd.Series(cells, index=rows.index, dtype="bool" if is_flag(name) else "str")
    return rows


def of_check(name: str) -> str:
    """The check whose findings a column says; "" for any other column."""
    return name.removeprefix(CHECK) if name.startswith(CHECK) else ""


def _said(findings: Sequence[Finding], name: str) -> str:
    return " ".join(finding.message for finding in findings if finding.check == of_check(name))


def is_flag(name: str) -> bool:
    """Whether a column holds ticks."""
    return name == SELECT or (name in FIELDS and FIELDS[name].kind is Kind.FLAG)


def _status(findings: Sequence[Finding], threads: int) -> str:
    """How many threads are open, then the gravest finding; what is only for information is left out."""
    said = [f"💬 {threads}"] if threads else []
    if grave := [f for f in findings if f.level is not Level.INFO]:
        mark = "🔴" if grave[0].level is Level.ERROR else "🟡"
        more = f" (+{len(grave) - 1})" if len(grave) > 1 else ""
        said.append(f"{mark} {grave[0].message}{more}")
    return " ".join(said)


def shown_in(frame: pd.DataFrame, cell: Cell) -> Any:
    """What a cell shows; None for nothing, or where there is no such cell."""
    item_id, name = cell
    if item_id not in frame.index or name not in frame:
        return None
    shown = cast(Any, frame.at[cell])
    return None if pd.isna(shown) else shown


def is_same(shown: Any, raw: Any) -> bool:
    """Whether a cell that shows this shows what was typed."""
    return bool((shown or None) == (raw or None))
