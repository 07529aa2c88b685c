"""What the live grid says around its cells: saved or not, and every question it may have to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kpicat import approval
from kpicat.errors import StoreBusy
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.model import FIELDS, Conflict, Value
from kpicat.services.view import written
from kpicat.ui import frame, live
from kpicat.ui.grid import Grid
from kpicat.ui.grid_rows import Cell

MOST_TOASTS = 3
MOST_HELD = 20
"""Cells whose text stands in a box of its own, to copy; that of the others stands in one."""


def saved(grid: Grid) -> str:
    """Whether everything typed is in the database, as Markdown."""
    if grid.waiting:
        return f":material/sync_problem: {_('Not saved yet')}"
    if asked := len(grid.conflicts) + len(grid.refused):
        words = ngettext("{n} cell waits for you below.", "{n} cells wait for you below.", asked).format(n=asked)
        return f":material/help: {words}"
    if grid.saved_at is not None:
        at = frame.clock(grid.saved_at).strftime("%H:%M:%S")
        return f":material/cloud_done: {_('Saved at {time}').format(time=at)}"
    return f":material/cloud_done: {_('Everything you type is saved at once.')}"


def unsaved(grid: Grid, name: str) -> None:
    """That what was typed is kept and tried again, while the database does not answer or the catalogue is locked."""
    if grid.view is not None and approval.is_locked(grid.view.catalogue.status):
        held(grid, name)
    elif grid.waiting:
        st.warning(
            _(
                "Not saved yet: the database does not answer. "
                "Keep this page open; what you typed stays here and is tried again."
            ),
            icon=":material/sync_problem:",
        )


def held(grid: Grid, name: str) -> None:
    """What was typed when somebody submitted the catalogue: to copy, until it is saved after all or dismissed."""
    if not (typed := grid.unsaved()):
        return
    with st.container(border=True, key=f"{name}_held"):
        if waiting := len(grid.waiting):
            words = ngettext(
                "{n} cell that you typed was not saved, as the catalogue was locked meanwhile; while this page stays "
                "open it is saved once the catalogue is returned.",
                "{n} cells that you typed were not saved, as the catalogue was locked meanwhile; while this page "
                "stays open they are saved once the catalogue is returned.",
                waiting,
            )
            st.warning(words.format(n=number(waiting)), icon=":material/lock:")
        cells = [(_row_name(grid, item_id), field_label(field), _shown(raw)) for (item_id, field), raw in typed.items()]
        for row, field, text in cells[:MOST_HELD]:
            words = _("In {row}, “{field}”, you typed this when the catalogue was locked; it is not saved:")
            st.markdown(words.format(row=frame.plain_text(row), field=field))
            st.code(text, language=None, wrap_lines=True)
        if rest := cells[MOST_HELD:]:
            st.code("\n".join("\t".join(cell) for cell in rest), language=None, height=200)
        st.button(_("Dismiss; do not save it"), key=f"{name}_held_dismiss", on_click=_do, args=(grid, grid.forget))


def say_others(grid: Grid) -> None:
    """What others set over values typed here: each, or how many where there are more than a few."""
    told = grid.others if len(grid.others) <= MOST_TOASTS else []
    for change in told:
        st.toast(
            _("{who} has changed “{field}” of {row}: {value}").format(
                who=frame.plain_text(change.actor),
                field=field_label(change.field),
                row=frame.plain_text(_row_name(grid, change.item_id)),
                value=frame.plain_text(_shown(FIELDS[change.field].decode(change.new))),
            ),
            icon=":material/group:",
            duration="long",
        )
    if len(grid.others) > len(told):
        who = ", ".join(sorted({change.actor for change in grid.others}))
        st.toast(
            ngettext(
                "{who} has changed {n} cell you typed in.",
                "{who} has changed {n} cells you typed in.",
                len(grid.others),
            ).format(who=frame.plain_text(who), n=len(grid.others)),
            icon=":material/group:",
            duration="long",
        )
    grid.others.clear()


def say_dropped(grid: Grid) -> None:
    """What was no value and went with the rows it was typed into, when the person asked for others."""
    for cell, why in list(grid.dropped.items())[:MOST_TOASTS]:
        st.toast(_refusal(grid, cell, why), icon=":material/edit_off:", duration="long")
    grid.dropped.clear()


def questions(desk: frame.Desk, grid: Grid, name: str) -> None:
    """Cells that wait for an answer: text that is no value, and meetings with others."""
    if len(grid.conflicts) > 1:
        _all_at_once(desk, grid, f"{name}_all")
    for cell, why in grid.refused.items():
        st.error(_refusal(grid, cell, why), icon=":material/edit_off:")
    for place, conflict in enumerate(list(grid.conflicts.values())):
        _ask(desk, grid, conflict, f"{name}_conflict_{place}")


def _refusal(grid: Grid, cell: Cell, why: str) -> str:
    item_id, field = cell
    said = _("{row}, “{field}”: {why} This cell is not saved.")
    return said.format(
        row=frame.plain_text(_row_name(grid, item_id)), field=field_label(field), why=frame.plain_text(why)
    )


def _all_at_once(desk: frame.Desk, grid: Grid, key: str) -> None:
    n = len(grid.conflicts)
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        words = ngettext("**{n} cell** meets what others wrote.", "**{n} cells** meet what others wrote.", n).format(
            n=n
        )
        st.markdown(f":material/group: {words}", width="content")
        st.button(_("Keep all mine"), key=f"{key}_keep", on_click=_do, args=(grid, _keep_all, desk, grid))
        st.button(_("Take all theirs"), key=f"{key}_take", on_click=_do, args=(grid, _take_all, grid))


def _do(grid: Grid, answer: Callable[..., None], *args: Any) -> None:
    """Do what was answered; the page runs where that concerns more than the grid."""
    with grid.guard:
        answer(*args)
    if grid.concerns_page:
        live.run_page()


def _keep_all(desk: frame.Desk, grid: Grid) -> None:
    for conflict in list(grid.conflicts.values()):
        _keep(desk, grid, conflict)


def _take_all(grid: Grid) -> None:
    for conflict in list(grid.conflicts.values()):
        grid.take_theirs(conflict)


def _ask(desk: frame.Desk, grid: Grid, conflict: Conflict, key: str) -> None:
    say = {
        "row": frame.plain_text(_row_name(grid, conflict.item_id)),
        "who": frame.plain_text(conflict.by),
        "time": frame.clock(conflict.at).strftime("%H:%M:%S"),
        "field": field_label(conflict.field) if conflict.field else "",
        "theirs": frame.plain_text(_shown(conflict.theirs)),
        "mine": frame.plain_text(_shown(conflict.mine)),
    }
    if conflict.gone:
        icon, keep, take = "delete_history", _("Put the row back with mine"), _("Leave it deleted")
        question = _("**{who} deleted {row}** at {time}. You typed “{mine}”.")
    elif not conflict.field:
        icon, keep, take = "group", _("Delete it all the same"), _("Leave the row")
        question = _("**{who} changed {row}** at {time}, after you last saw it.")
    else:
        icon, keep, take = "group", _("Keep mine"), _("Take theirs")
        question = _("**{row}, “{field}”**: {who} wrote “{theirs}” at {time}; you typed “{mine}”.")
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=key):
        st.markdown(f":material/{icon}: {question.format(**say)}")
        with st.container(horizontal=True, width="content"):
            # As callbacks: a run may be overtaken by the editor's next report, a callback is not.
            st.button(keep, key=f"{key}_keep", type="primary", on_click=_do, args=(grid, _keep, desk, grid, conflict))
            st.button(take, key=f"{key}_take", on_click=_do, args=(grid, grid.take_theirs, conflict))


def _keep(desk: frame.Desk, grid: Grid, conflict: Conflict) -> None:
    try:
        grid.keep_mine(desk.store, conflict, actor=desk.actor, at=frame.now())
    except StoreBusy as error:  # the question stays
        st.session_state.notice = str(error)


def banner(grid: Grid, wanted: Sequence[str], name: str) -> None:
    """Rows others added, deleted or moved; shown when the person says so."""
    born, gone = len(grid.born(wanted)), len(grid.gone())
    parts = []
    if born:
        parts.append(ngettext("{n} new row", "{n} new rows", born).format(n=born))
    if gone:
        parts.append(ngettext("{n} row deleted", "{n} rows deleted", gone).format(n=gone))
    if grid.reordered():
        parts.append(_("rows moved"))
    if not parts:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{name}_banner"):
        words = f"**{', '.join(parts)}** {_('by others; your rows stay where they are.')}"
        st.markdown(f":material/group: {words}", width="content")
        st.button(_("Show"), key=f"{name}_banner_show", on_click=_do, args=(grid, grid.renew))


def _row_name(grid: Grid, item_id: str) -> str:
    """How people call a row: its code, else the beginning of its task."""
    code, task = _code_and_task(grid, item_id)
    if code:
        return _("row {code}").format(code=code)
    short = task if len(task) <= 50 else f"{task[:49]}…"
    return _("row “{task}”").format(task=short) if short else _("a new row")


def _code_and_task(grid: Grid, item_id: str) -> tuple[str, str]:
    if grid.view is not None and item_id in grid.view.items.index:
        return str(grid.view.value(item_id, "code")), str(grid.view.value(item_id, "task"))
    if item_id in grid.frame.index:
        known = grid.frame.loc[item_id]
        return str(known.get("code", "")), str(known.get("task", ""))
    return "", ""


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else written(value)
