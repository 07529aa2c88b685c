"""Undo and redo: this person's own gestures, one after the other, by button or by keyboard."""

from __future__ import annotations

import streamlit as st

from kpicat import services
from kpicat.errors import KpicatError
from kpicat.language import _, moment, ngettext, number
from kpicat.model import Batch, Standing, Write
from kpicat.ui import admitted, frame, grid_view, logbook, only


def buttons(desk: frame.Desk, name: str) -> None:
    """Take back this person's newest gesture, or do it again; by keyboard as in a spreadsheet."""
    steps = _steps(desk)
    grid_view.state(name, desk.view.catalogue.id).steps_shown = steps.undo is not None, steps.redo is not None
    for which, label, key in (("undo", _("Undo"), "Ctrl+Z"), ("redo", _("Redo"), "Ctrl+Y")):
        st.button(
            label,
            key=f"{name}_{which}",
            icon=f":material/{which}:",
            shortcut=key,
            on_click=_take_back,
            args=(desk, name, which),
            **_offered(desk, getattr(steps, which), f"{label} ({key})"),
        )


def _offered(desk: frame.Desk, step: Batch | None, help: str) -> only.Offered:
    """Whether a gesture can be taken back: by who may write so still."""
    if step is None or not admitted.signs_in():
        return {"disabled": step is None, "help": help}
    kept: dict[str, list[Write]] = st.session_state.setdefault("undo_writes", {})
    if step.id not in kept:
        if len(kept) > 1:
            kept.clear()  # those of gestures that are not the newest any more
        kept[step.id] = desk.store.inverse(desk.view.catalogue.id, step.id)
    return only.writing(desk, kept[step.id], help=help)


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


def _take_back(desk: frame.Desk, name: str, which: str) -> None:
    desk = frame.again(desk)
    step: Batch | None = getattr(_steps(desk), which)
    if step is None:
        return
    grid = grid_view.state(name, desk.view.catalogue.id)
    try:
        with grid.guard:
            outcome = grid.took(desk.save(services.undo, step.id))
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    if outcome.conflicts:
        logbook.say_left(outcome)
    else:
        said = _("Undone: {what}") if which == "undo" else _("Done again: {what}")
        st.session_state.notice = said.format(what=_what(step))
    if outcome.batch is None:  # refused, or it stands so already
        _refused(desk).add(step.id)


def _refused(desk: frame.Desk) -> set[str]:
    """Gestures that could not be taken back at all, so that the next try goes to the one before."""
    refused: dict[str, set[str]] = st.session_state.setdefault("undo_refused", {})
    return refused.setdefault(desk.view.catalogue.id, set())
