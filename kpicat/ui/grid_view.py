"""The live grid on the page: the editor, the saved badge, and every question it may have to ask."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kpicat import services
from kpicat.errors import KpicatError, StoreBusy
from kpicat.labels import field_label
from kpicat.language import _, moment, ngettext, number
from kpicat.model import FIELDS, Batch, Kind, Standing
from kpicat.services.view import View
from kpicat.ui import frame, grid_words, live, logbook, resuming
from kpicat.ui.grid import RESERVED, Grid
from kpicat.ui.grid_rows import ORDER, SELECT, STATUS, is_flag

ROW, HEADER = 37, 37
"""Pixels high, at the theme's font size."""
TICK_WIDTH, ORDER_WIDTH = 40, 50
MOST_ROWS = 1000

_WIDTHS = {
    "code": 90, "task": 320, "detail": 300, "product": 220, "duty": 240, "group": 150, "department": 170,
    "position": 190, "responsible": 190, "deadline": 190, "quality": 220, "rationale": 260, "note": 200,
    "measure": 110, "quantity": 110, "frequency": 120, "tier": 210, "points": 80, "coefficient": 125,
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
) -> list[str]:
    """The grid with everything around it; returns the ids of the rows ticked.

    Args:
        name: Which grid; also the first part of its widgets' keys.
        columns: Fields shown, in order.
        shape: What the person asked to see; the rows are fixed until it changes.
        ids: Items that belong there now.
        reserve: Blank rows at the end for new items.
    """
    is_new, place = "grids" not in st.session_state, st.container(key=f"{name}_grid")
    grid, shape = state(name, desk.view.catalogue.id), (shape, *columns)
    grid.follow(desk.store, desk.view, frame.now())
    if grid.waiting and _save(grid):
        st.rerun()
    marked = live.remembered(f"{name}_memory")
    resumed = is_new and resuming.resume(grid, marked, desk, shape=shape, columns=columns, at=frame.now())
    if grid.shape != shape or not (resumed or _widget(grid) in st.session_state):
        grid.begin(desk.view, shape, columns, ids, reserve)
        grid.mark = resuming.mark(grid)
    with place:
        _draw(desk, grid, name, ids, height)
    if resumed:
        _typed(grid)
        st.rerun()
    return _ticked(grid)


def _draw(desk: frame.Desk, grid: Grid, name: str, ids: Sequence[str], height: int) -> None:
    columns = grid.columns
    grid.paint()
    grid_words.say_others(grid)
    with desk.corner or st.container():
        grid_words.badge(grid)
    st.data_editor(
        _dressed(grid),
        key=_widget(grid),
        column_config=_column_config(columns, desk.view),
        column_order=[SELECT, ORDER, *columns, STATUS],
        num_rows="fixed",
        hide_index=True,
        height=min(height, HEADER + ROW * max(len(grid.ids), 3) + 2),
        row_height=ROW,
        on_change=_typed,
        args=(grid,),
        placeholder="",
        alt=_("Items of the catalogue, editable"),
    )
    with st.container(key=f"{name}_questions"):
        grid_words.unsaved(grid)
        grid_words.banner(grid, ids, name)
        grid_words.questions(desk, grid, name)
    live.hand(f"{name}_hand", lambda: grid.look(frame.now()), again=bool(grid.waiting), mark=grid.mark)


def state(name: str, catalogue_id: str) -> Grid:
    """The session's grid of that name for a catalogue."""
    grids: dict[tuple[str, str], Grid] = st.session_state.setdefault("grids", {})
    return grids.setdefault((name, catalogue_id), Grid())


def _widget(grid: Grid) -> str:
    return f"grid_{grid.key}"


def _edited(grid: Grid) -> dict[int, dict[str, Any]]:
    edited: dict[int, dict[str, Any]] = st.session_state.get(_widget(grid), {}).get("edited_rows", {})
    return edited


def _ticked(grid: Grid) -> list[str]:
    """Ids of the ticked rows that are items."""
    ticked = [grid.ids[row] for row, cells in _edited(grid).items() if cells.get(SELECT) and row < len(grid.ids)]
    return [i for i in ticked if i not in grid.reserved]


def _typed(grid: Grid) -> None:
    if opened := live.opened():
        grid.look(*opened)
    grid.take(_edited(grid))
    _save(grid)


def _save(grid: Grid) -> bool:
    """Try to save what waits, against what the catalogue holds by now."""
    assert grid.view is not None
    at = frame.now()
    try:
        grid.follow(frame.store(), frame.view(grid.view.catalogue.id), at)
        if outcome := grid.save(frame.store(), actor=frame.actor(), at=at):
            frame.wrote(outcome)
    except StoreBusy:
        return False
    return True


# -- how rows look -----------------------------------------------------------


def _dressed(grid: Grid) -> pd.DataFrame:
    """The grid's cells as the editor takes them: a choice that is not made is none."""
    if "tier" not in grid.frame:
        return grid.frame
    rows = grid.frame.copy(deep=False)
    rows["tier"] = rows["tier"].where(rows["tier"] != "")
    return rows


def _column_config(columns: Sequence[str], view: View) -> dict[str, Any]:
    config: dict[str, Any] = {
        SELECT: st.column_config.CheckboxColumn(
            "✓", width=TICK_WIDTH, pinned=True, help=_("Tick rows to work on them")
        ),
        ORDER: st.column_config.TextColumn(_("No."), width=ORDER_WIDTH, pinned=True, disabled=True),
        STATUS: st.column_config.TextColumn(_("To put right"), width=380, disabled=True),
    }
    for name in columns:
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
    try:
        grid.ask(grid.took(desk.save(service, *args, **options)).conflicts)
    except KpicatError as error:
        st.session_state.notice = str(error)


def undo_buttons(desk: frame.Desk, name: str) -> None:
    """Take back this person's newest gesture, or do it again; by keyboard as in a spreadsheet."""
    steps = _steps(desk)
    for label, key, step in ((_("Undo"), "Ctrl+Z", steps.undo), (_("Redo"), "Ctrl+Y", steps.redo)):
        which = "undo" if key == "Ctrl+Z" else "redo"
        st.button(
            label,
            key=f"{name}_{which}",
            icon=f":material/{which}:",
            shortcut=key,
            help=f"{label} ({key}): {_what(step)}" if step else f"{label} ({key})",
            disabled=step is None,
            on_click=_take_back,
            args=(desk, name, step),
        )


def _steps(desk: frame.Desk) -> services.Steps:
    """This person's steps; the log is asked again only when they have done something since."""
    whose = (desk.view.catalogue.id, desk.actor, frozenset(_refused(desk)))
    known = st.session_state.get("undo_steps")
    if known is None or known[0] != whose or _has_acted(desk, known[1]):
        known = (whose, None, services.steps_back(desk.store, desk.view, desk.actor, _refused(desk)))
    st.session_state.undo_steps = (whose, desk.view.catalogue.standing, known[2])
    steps: services.Steps = known[2]
    return steps


def _has_acted(desk: frame.Desk, since: Standing) -> bool:
    if desk.view.catalogue.standing == since:
        return False
    changes = desk.view.changes_since(since.seq)
    return changes is None or any(change.actor == desk.actor for change in changes)


def _what(step: Batch) -> str:
    changes = ngettext("{n} change", "{n} changes", step.size).format(n=number(step.size))
    return f"{services.gesture_name(step.label)} · {changes} · {moment(frame.clock(step.at))}"


def _take_back(desk: frame.Desk, name: str, step: Batch) -> None:
    grid = state(name, desk.view.catalogue.id)
    try:
        outcome = grid.took(desk.save(services.undo, step.id))
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    if outcome.conflicts:
        logbook.say_left(outcome)
        if outcome.batch is None:
            _refused(desk).add(step.id)


def _refused(desk: frame.Desk) -> set[str]:
    """Gestures that could not be taken back at all, so that the next try goes to the one before."""
    refused: dict[str, set[str]] = st.session_state.setdefault("undo_refused", {})
    return refused.setdefault(desk.view.catalogue.id, set())


def renew(desk: frame.Desk, name: str) -> None:
    """Begin anew with what the store holds and fresh blank rows; to be called as a callback."""
    state(name, desk.view.catalogue.id).renew()
