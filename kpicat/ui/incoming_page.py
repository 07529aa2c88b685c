"""One file on its way in: its tables, its items, and what bringing it in would do."""

from __future__ import annotations

import streamlit as st

from kpicat import services
from kpicat.errors import NeedsPointing
from kpicat.language import _
from kpicat.services import Mode, importing
from kpicat.ui import agreed, foreseen, frame, incoming, mapping, tables_found
from kpicat.ui.incoming import Incoming
from kpicat.ui.remarks import notes


def show(desk: frame.Desk, held: Incoming) -> None:
    """The file, to be put right, and the button that brings it in.

    Raises:
        InputError: The file cannot be taken.
    """
    try:
        read = held.items(desk.view.guidance)
    except NeedsPointing as asked:
        tables_found.point(held.said, asked)
        discard(_("Discard this file"))
        return
    foreseen.found(read, held.name)
    for position, table in enumerate(read.report.tables):
        tables_found.show(held.said, table, position)
    notes(_("Left out"), read.report.left_out, "bring_in_left_out", ":material/block:")
    notes(_("Taken, but please check"), read.report.remarks, "bring_in_remarks", ":material/visibility:")
    if not read.items:
        discard(_("Discard this file"))
        return
    foreseen.scale(desk, read)
    mapping.preview(read.items, "bring_in")
    plan = services.plan(desk.view, read, _mode(desk))
    if plan.mode is Mode.APPEND:
        foreseen.twice(importing.known_codes(desk.view, read.items))
    figures = {
        _("New"): len(plan.added),
        _("Changed"): len(plan.changed),
        _("Unchanged"): len(plan.same),
        _("Removed"): len(plan.gone),
    }
    foreseen.outcome(figures)
    foreseen.ambiguous(plan.ambiguous)
    foreseen.changes(desk.view, plan.writes)
    with st.container(horizontal=True):
        st.button(
            _("Bring in"),
            key="bring_in_go",
            type="primary",
            icon=":material/download_done:",
            disabled=plan.is_idle,
            on_click=incoming.write,
            args=(desk, held, plan.writes, agreed.seen("bring_in_mode", "*_map_*"), plan.mode),
        )
        discard(_("Discard this file"))


def discard(words: str) -> None:
    """The button that puts away what was chosen."""
    st.button(words, key="bring_in_drop", on_click=incoming.drop)


def _mode(desk: frame.Desk) -> Mode:
    modes = list(Mode)
    chosen = st.radio(
        _("What should happen to the existing items?"),
        modes,
        format_func=foreseen.mode_name,
        key="bring_in_mode",
        disabled=not len(desk.view.items),
    )
    return Mode(chosen)
