"""The live grid on the page: the editor, the saved badge, and every question it may have to ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.proto.Element_pb2 import Element

from kpicat import approval, services
from kpicat.errors import Forbidden, KpicatError, StoreBusy
from kpicat.labels import field_label
from kpicat.language import _, language
from kpicat.model import FIELDS, Kind
from kpicat.services.view import View
from kpicat.ui import frame, grid_words, live, resuming
from kpicat.ui.grid import Grid
from kpicat.ui.grid_rows import ORDER, SELECT, STATUS, blank_labels, is_flag, labels, of_check
from kpicat.ui.grid_shown import RESERVED, Painted

ROW, HEADER = 37, 37
"""Pixels high, at the theme's font size."""
TICK_WIDTH, ORDER_WIDTH = 54, 50
MOST_ROWS = 1000
T = TypeVar("T")
SILENT_SECONDS = 1.0
"""How long a database that did not answer is not asked again: the page that waited for it says so first."""

_WIDTHS = {
    "code": 90, "task": 320, "detail": 300, "product": 220, "duty": 240, "group": 150, "department": 170,
    "position": 190, "responsible": 190, "deadline": 190, "quality": 220, "rationale": 260, "note": 200,
    "measure": 110, "quantity": 110, "frequency": 120, "tier": 250, "points": 80, "coefficient": 125,
    "converted_quantity": 150, "standard_unit": 120,
}  # fmt: skip
_COMPUTED = ("coefficient", "converted_quantity")


def show(
    desk: frame.Desk,
    name: str,
    *,
    columns: Sequence[str],
    shape: Hashable,
    ids: Sequence[str],
    reserve: int = RESERVED,
    height: int = 560,
    follows: bool = True,
    told: Collection[str] = (),
) -> list[str]:
    """The grid with everything around it; returns the ids of the rows ticked.

    Args:
        name: Which grid; also the first part of its widgets' keys.
        columns: Fields shown, in order.
        shape: What the person asked to see; the rows are fixed until it changes.
        ids: Items that belong there now.
        reserve: Blank rows at the end for new items.
        follows: Whether others' edits leave it to the cells alone what the page shows of them.
        told: Fields of whose edits it shows more than that.
    """
    grid, wanted = state(name, desk.view.catalogue.id), (shape, *columns)
    grid.told, grid.actor = frozenset(told if follows else FIELDS), desk.actor
    if follows:
        desk.followed.keeps_pace = grid.keeps_pace
    with grid.guard:
        grid.follow(desk.store, desk.view, frame.now())
        marked = live.remembered(f"{name}_memory")
        if not grid.key:
            resuming.resume(grid, marked, desk, shape=wanted, columns=columns, at=frame.now())
        if grid.shape != wanted or not (grid.resumed or _widget(grid) in st.session_state):
            grid.begin(desk.view, wanted, columns, ids, reserve)
            grid.mark = resuming.mark(grid)
        grid.ticked, grid.concerns_page = grid.ticked_in(_edited(grid)), False
    with st.container(key=f"{name}_grid"):
        live.part(desk, f"{name}_rows", lambda desk: _draw(desk, grid, name, ids, height))
    with desk.corner or st.container(), desk.followed.element("saved", partial(_say_saved, grid), own=True):
        st.caption(grid_words.saved(grid), width="content")
    if grid.resumed:
        with grid.guard:
            _take(grid)  # what the browser holds is known when the editor has been drawn
            grid.resumed = False
        st.rerun()
    return grid.ticked


def _draw(desk: frame.Desk, grid: Grid, name: str, ids: Sequence[str], height: int) -> bool:
    """The rows and their questions; whether nothing was done that concerns more than these."""
    with grid.guard:
        grid.follow(desk.store, desk.view, frame.now())
        if grid.waiting and _save(grid):
            st.rerun()
        grid.paint()
        grid_words.say_others(grid)
        grid_words.say_dropped(grid)
        if grid.ids:  # of none Streamlit would show an "empty" of its own; the filters say what to do
            with desk.followed.element(f"{name}_rows", partial(_send_rows, grid)):
                _editor(grid, height)
        with st.container(key=f"{name}_questions"):
            grid_words.unsaved(grid, name)
            grid_words.banner(grid, ids, name)
            grid_words.questions(desk, grid, name)
    closed = partial(_left, grid) if approval.is_locked(desk.view.catalogue.status) else None
    again = bool(grid.waiting) and not closed
    live.hand(f"{name}_hand", lambda: grid.look(frame.now()), again=again, closed=closed, mark=grid.mark)
    return not grid.concerns_page


def _editor(grid: Grid, height: int) -> None:
    assert grid.view is not None and grid.painted is not None
    st.data_editor(
        _dressed(grid.painted),
        key=_widget(grid),
        column_config=_column_config(grid.columns, grid.view),
        column_order=[SELECT, ORDER, *grid.columns, *([] if any(map(of_check, grid.columns)) else [STATUS])],
        num_rows="fixed",
        hide_index=True,
        height=min(height, HEADER + ROW * max(len(grid.ids), 3) + 2),
        row_height=ROW,
        on_change=_typed,
        args=(grid,),
        placeholder="",
        alt=_("Items of the catalogue, editable"),
    )


def state(name: str, catalogue_id: str) -> Grid:
    """The session's grid of that name for a catalogue."""
    grids: dict[tuple[str, str], Grid] = st.session_state.setdefault("grids", {})
    return grids.setdefault((name, catalogue_id), Grid())


def is_on_screen(name: str, catalogue_id: str) -> bool:
    """Whether the browser shows the rows of a grid as the person last asked for them: a cell may be open."""
    grid = state(name, catalogue_id)
    return grid.shape is not None and _widget(grid) in st.session_state


def _left(grid: Grid) -> None:
    """No cell is open any more, and what was typed has come: rows that are locked now may take its place."""
    with grid.guard:  # on a busy server it came with the same message, and this is called first
        _take(grid)
    grid.renew()
    live.run_page()


def _widget(grid: Grid) -> str:
    return f"grid_{grid.key}"


def _edited(grid: Grid) -> dict[int, dict[str, Any]]:
    edited: dict[int, dict[str, Any]] = st.session_state.get(_widget(grid), {}).get("edited_rows", {})
    return edited


def _typed(grid: Grid) -> None:
    with grid.guard:
        _take(grid)
        with suppress(StoreBusy, Forbidden):  # what came in while it was saved, of which nobody tells this page
            grid.follow(frame.store(), _newest(grid), frame.now())
        if (ticked := grid.ticked_in(_edited(grid))) != grid.ticked:
            grid.ticked, grid.concerns_page = ticked, True
    if grid.concerns_page:
        live.run_page()


def _take(grid: Grid) -> None:
    opened = live.opened()
    if opened:
        grid.look(*opened)
    if grid.take(_edited(grid)):
        live.reported()
    _save(grid, shown=opened[1] if opened else 0)


def _save(grid: Grid, shown: int = 0) -> bool:
    """Try to save what waits, against what the catalogue holds by now; not twice for one gesture."""
    if time.monotonic() - grid.unanswered_at < SILENT_SECONDS:
        return False
    try:
        grid.follow(frame.store(), _newest(grid), at := frame.now())
        if outcome := grid.save(frame.store(), actor=frame.actor(), at=at, shown=shown):
            frame.wrote(outcome)
    except (StoreBusy, Forbidden) as error:
        grid.unanswered_at = time.monotonic()
        grid.concerns_page |= isinstance(error, Forbidden)  # the page says why, with what was typed
        return False
    return True


def _newest(grid: Grid) -> View:
    assert grid.view is not None
    return frame.view(grid.view.catalogue.id)


# -- how rows look -----------------------------------------------------------


def _dressed(rows: Painted) -> pd.DataFrame:
    """The rows as the editor takes them: a choice that is not made is none, a blank row is one like any."""

    def made() -> pd.DataFrame:
        dressed = rows.frame.set_axis(labels(rows.listed + blank_labels(len(rows.blank))))
        if "tier" in dressed:
            dressed["tier"] = dressed["tier"].where(dressed["tier"] != "")
        return dressed

    return _once_for_all(rows, "dressed", made)


def _once_for_all(rows: Painted, what: str, make: Callable[[], T]) -> T:
    """What is made of rows: once, where they are as everybody sees them who looks at these."""
    key = (what, rows.listed, len(rows.blank), rows.columns, language())
    return rows.like.kept(key, make) if rows.like else make()


def _say_saved(grid: Grid, element: Element, _view: View) -> None:
    element.markdown.body = grid_words.saved(grid)


def _send_rows(grid: Grid, element: Element, _view: View) -> None:
    """Put the grid's cells into the editor, from any thread: as they were painted last, whatever is under way."""
    rows = grid.painted
    assert rows is not None
    sent = _once_for_all(rows, "sent", lambda: convert_pandas_df_to_arrow_bytes(_dressed(rows)))
    element.dataframe.arrow_data.data = sent


def _column_config(columns: Sequence[str], view: View) -> dict[str, Any]:
    config: dict[str, Any] = {
        SELECT: st.column_config.CheckboxColumn(
            "✓", width=TICK_WIDTH, pinned=True, help=_("Tick rows to work on them")
        ),
        ORDER: st.column_config.TextColumn(_("No."), width=ORDER_WIDTH, pinned=True, disabled=True),
        STATUS: st.column_config.TextColumn(_("To put right"), width=380, disabled=True),
    }
    for name in columns:
        if of_check(name):
            config[name] = st.column_config.TextColumn(_("What is found"), width=420, disabled=True)
            continue
        label, wide = field_label(name), width(name)
        if name == "tier":
            config[name] = st.column_config.SelectboxColumn(
                label, width=wide, options=[str(t.level) for t in view.guidance.tiers], format_func=tier_words(view)
            )
        elif is_flag(name):
            config[name] = st.column_config.CheckboxColumn(label, width=wide)
        else:
            right = name not in FIELDS or FIELDS[name].kind is not Kind.TEXT
            config[name] = st.column_config.TextColumn(
                label,
                width=wide,
                disabled=name in _COMPUTED,
                alignment="right" if right else None,
            )
    return config


def width(name: str) -> int:
    """Pixels a column takes."""
    return _WIDTHS.get(name, 140)


def tier_words(view: View) -> Any:
    """Level (as text) -> the tier as people choose it: "3 · 150 · Khó, phức tạp…"."""

    def words(level: str) -> str:
        tier = view.guidance.tier(int(level)) if level else None
        return f"{tier.level} · {tier.range} · {tier.label}" if tier else str(level)

    return words


def gesture(desk: frame.Desk, name: str, service: Any, *args: Any, **options: Any) -> None:
    """Do a gesture outside the cells (delete, undo, set many) and ask where others stood in the way.

    To be called as a callback: a run may be overtaken by the editor's next report, a callback is not.
    """
    grid = state(name, desk.view.catalogue.id)
    with grid.guard:
        try:
            grid.ask(grid.took(desk.save(service, *args, **options)).conflicts)
        except KpicatError as error:
            st.session_state.notice = str(error)


def delete(desk: frame.Desk, name: str, ticked: Sequence[str]) -> None:
    """Delete rows as they stand on the screen; to be called as a callback."""
    shown = state(name, desk.view.catalogue.id).view or desk.view
    gesture(desk, name, services.save, services.delete(shown, ticked), label="delete")


def renew(desk: frame.Desk, name: str) -> None:
    """Begin anew with what the store holds and fresh blank rows; to be called as a callback."""
    state(name, desk.view.catalogue.id).renew()
