"""Assign tiers: each item its tier, in a grid or one item at a time, under the marks in the guidance's words."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpicat.language import _
from kpicat.ui import approving, assigning, commenting, filters, frame, grid_view, live, no_items, scale, steps

COLUMNS = ("code", "task", "tier", "points", "coefficient", "product", "rationale", "position", "standard_unit")


def assign(desk: frame.Desk) -> None:
    """The part of the page that is asked for."""
    nothing = _("There are no items yet. Bring a file in or type the first ones; they get their tiers here.")
    if no_items.said(desk, "assign", nothing):
        return
    in_table = st.session_state.get("assign_part", assigning.TABLE) == assigning.TABLE
    if approving.is_locked(desk, "assign" if in_table else ""):
        locked(desk)
        return
    names = {assigning.TABLE: _("Table"), assigning.ONE: _("One at a time"), assigning.TITLES: _("By title")}
    head = st.container(horizontal=True, vertical_alignment="center", key="assign_head_row")
    with head:
        part = st.segmented_control(
            _("Show"),
            assigning.PARTS,
            format_func=names.__getitem__,
            default=assigning.TABLE,
            required=True,
            key="assign_part",
            label_visibility="collapsed",
        )
        assigning.amiss(desk)
    assigning.style()
    with st.container(key=f"assign_{part}"):
        if part == assigning.TABLE:
            table(desk, head)
        else:
            PARTS[part](desk)


def locked(desk: frame.Desk) -> None:
    """The tiers of a catalogue that cannot be changed."""
    beside = st.container(key="assign_beside")
    scale.marks_with_distribution(desk.view)
    _wanted, ids = filters.ask(desk.view, "assign")
    ticked = approving.rows(desk, "assign", COLUMNS, ids)
    with beside:
        commenting.drawer(desk, "assign", ticked)
    commenting.button(desk, "assign")


def table(desk: frame.Desk, head: DeltaGenerator) -> None:
    """The marks, the grid, one tier for many rows, and the marks of one's own.

    Args:
        head: Where what is done with one row has room.
    """
    beside = st.container(key="assign_beside")
    scale.marks_with_distribution(desk.view)

    wanted, ids = filters.ask(desk.view, "assign")
    actions = st.container(horizontal=True, vertical_alignment="bottom", key="assign_actions")
    ticked = grid_view.show(
        desk,
        "assign",
        columns=COLUMNS,
        shape=(wanted, st.session_state.get("assign_page", 0)),
        ids=ids,
        reserve=0,
        follows=wanted.everything,
        told=("tier", "points", "quantity", "group", "department", "position", "rationale", "standard_unit"),
    )

    with beside:
        commenting.drawer(desk, "assign", ticked)
    with actions:
        assigning.several.one_tier(desk, ticked, ids)
        assigning.several.propose(desk, ticked, ids)
        steps.buttons(desk, "assign")
        commenting.button(desk, "assign")
    with head:
        assigning.several.by_criteria(desk, ticked)

    assigning.in_grid(desk, ticked)
    assigning.several.dialog(desk)
    scale.own_marks(desk)


PARTS = {assigning.ONE: assigning.one_at_a_time, assigning.TITLES: assigning.by_title}
live.page("assign", _("Assign tiers"), assign)
