"""The lines of a group: a live grid of the cells in question, and what can be done with the ticked ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from kpicat.access import Act
from kpicat.approval import is_locked
from kpicat.language import _, ngettext, number
from kpicat.model import FIELDS
from kpicat.services import appraising
from kpicat.ui import approving, commenting, frame, grid_view
from kpicat.ui.bulk.opened import Opened, hold
from kpicat.ui.checking import one
from kpicat.ui.checking.choosing import Asked, Group
from kpicat.ui.checking.held import BY_CHECK, GRID, Held
from kpicat.ui.grid_rows import CHECK

_MOST_FIELDS = 5  # in question, beside code and task
_HEIGHT = 440  # pixels
_ALWAYS = ("code", "task")


def show(desk: frame.Desk, held: Held, group: Group, asked: Asked) -> None:
    """What is found in the catalogue as a whole, then the lines; those put right stay until it is opened anew."""
    columns = held.columns = held.columns or _columns(group, asked)
    beside, above = st.container(key=f"{GRID}_beside"), st.container(key=f"{GRID}_whole")
    actions = st.container(horizontal=True, vertical_alignment="center", key=f"{GRID}_actions")
    grid = grid_view.state(GRID, desk.view.catalogue.id)
    ids = group.ids
    if len(ids) > grid_view.MOST_ROWS:
        ids = list(grid.listed) if grid.shape == (_shape(held, asked), *columns) else ids[: grid_view.MOST_ROWS]
        words = _("The first {n} of {all} lines; narrow them down, or put these right and open the group again.")
        above.caption(words.format(n=number(grid_view.MOST_ROWS), all=number(len(group.ids))))
    with above:
        if not group.findings:
            st.success(_("All of this is put right; choose what comes next above."), icon=":material/task_alt:")
        for finding in group.findings:
            if finding.item_id is None:
                one.of_catalogue(desk, finding)
    if approving.is_locked(desk, GRID):
        ticked = approving.rows(desk, GRID, [name for name in columns if name in FIELDS], ids, height=_HEIGHT)
        with beside:
            commenting.drawer(desk, GRID, ticked)
        with actions:
            if desk.may(Act.APPRAISE) and not is_locked(desk.view.catalogue.status):
                _leave(desk, ticked)
            commenting.button(desk, GRID)
        return
    ticked = grid_view.show(
        desk,
        GRID,
        columns=columns,
        shape=_shape(held, asked),
        ids=ids,
        reserve=0,
        height=_HEIGHT,
        follows=False,
    )
    with beside:
        commenting.drawer(desk, GRID, ticked)
    with actions:
        _actions(desk, held, group, ticked, [i for i in grid.listed if i not in set(group.ids)])
    with st.container(key=f"{GRID}_detail"):
        if len(ticked) == 1:
            one.show(desk, [finding for finding in group.findings if finding.item_id == ticked[0]], ticked[0])


def _shape(held: Held, asked: Asked) -> object:
    return asked, held.group, held.turn


def _columns(group: Group, asked: Asked) -> tuple[str, ...]:
    """Code and task, the cells most often in question, and where a check is open, what it says."""
    asked_for = Counter(f.field for f in group.findings if f.field in FIELDS and f.field not in _ALWAYS)
    fields = [name for name, _n in asked_for.most_common(_MOST_FIELDS)]
    return (*_ALWAYS, *fields, *([CHECK + group.key] if asked.how == BY_CHECK else []))


def _actions(desk: frame.Desk, held: Held, group: Group, ticked: Sequence[str], done: Sequence[str]) -> None:
    """What can be done with the lines ticked; proposals can be taken for all of the group at once."""

    chosen = set(ticked)
    meant = [f for f in group.findings if f.item_id in chosen] if ticked else list(group.findings)
    fixable = list(dict.fromkeys(f.item_id for f in appraising.fixable(desk.view, meant) if f.item_id is not None))
    if fixable:
        words = _("Take proposals ({n})…").format(n=number(len(fixable)))
        _opens(desk, "fix", words, "auto_fix_high", fixable, ticked=bool(ticked))
    _leave(desk, ticked)
    if group.key == "composite":
        one_line = ticked if len(ticked) == 1 else ()
        _opens(desk, "split", _("Split the ticked line…"), "call_split", one_line, ticked=bool(ticked))
    commenting.button(desk, GRID)
    if not ticked:
        st.caption(_("Tick a line to see all that is said of it."), width="content")
    if done:
        words = ngettext("{n} line put right", "{n} lines put right", len(done)).format(n=number(len(done)))
        st.button(
            f":green[:material/check_circle:] {words} · {_('take off the list')}",
            key=f"{GRID}_done",
            type="tertiary",
            on_click=held.open,
            args=(held.group,),
        )


def _leave(desk: frame.Desk, ticked: Sequence[str]) -> None:
    words = ngettext("Leave {n} line as it is…", "Leave {n} lines as they are…", len(ticked))
    words = words.format(n=number(len(ticked))) if ticked else _("Leave as it is…")
    _opens(desk, "waive", words, "front_hand", ticked, ticked=bool(ticked))


def _opens(desk: frame.Desk, gesture: str, words: str, icon: str, ids: Sequence[str], *, ticked: bool) -> None:
    """A button that opens the dialog of a gesture on lines, ticked or all."""
    st.button(
        words,
        key=f"{GRID}_{gesture}",
        icon=f":material/{icon}:",
        disabled=not ids,
        on_click=lambda: hold(Opened(gesture, tuple(ids), ticked, desk.view.catalogue.id, GRID)),
    )
