"""Assign tiers: each item its tier, in a grid or one item at a time, under the marks in the guidance's words."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpicat.language import _, ngettext, number
from kpicat.services import bulk as gestures
from kpicat.ui import assigning, bulk, commenting, filters, frame, grid_view, live, scale, steps
from kpicat.ui.bulk import opened, suggesting

COLUMNS = ("code", "task", "tier", "points", "coefficient", "product", "rationale", "position", "standard_unit")


def _rows(ticked: list[str], shown: list[str]) -> str:
    if ticked:
        words = ngettext("Tier for the row ticked", "Tier for the {n} rows ticked", len(ticked))
    else:
        words = ngettext("Tier for the row shown", "Tier for all {n} rows shown", len(shown))
    return words.format(n=number(len(ticked or shown)))


def assign(desk: frame.Desk) -> None:
    """The part of the page that is asked for."""
    if not len(desk.view.items):
        st.info(_("There are no items yet. Bring a file in or type the first ones; they get their tiers here."))
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
    assigning.style()
    with st.container(key=f"assign_{part}"):
        if part == assigning.TABLE:
            table(desk, head)
        else:
            PARTS[part](desk)


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
        told=("tier", "points", "quantity", "group", "department", "position"),
    )

    with beside:
        commenting.drawer(desk, "assign", ticked)
    with actions:
        level = st.selectbox(
            _rows(ticked, ids),
            [tier.level for tier in desk.view.guidance.tiers],
            index=None,
            format_func=lambda n: grid_view.tier_words(desk.view)(str(n)),
            placeholder=_("Choose a tier"),
            key="assign_bulk_tier",
            width=340,
        )
        planned = gestures.set_field(desk.view, ticked or ids, "tier", level) if level is not None else None
        st.button(
            _("Apply"),
            key="assign_bulk",
            type="primary",
            disabled=planned is None or not planned.writes,
            on_click=grid_view.gesture,
            args=(desk, "assign", gestures.carry_out, planned),
        )
        st.button(
            _("Propose tiers…"),
            key="assign_suggest",
            icon=":material/lightbulb:",
            disabled=not ids,
            on_click=lambda: opened.hold(
                opened.Opened(suggesting.GESTURE, tuple(ticked or ids), bool(ticked), desk.view.catalogue.id, "assign")
            ),
        )
        steps.buttons(desk, "assign")
        commenting.button(desk, "assign")
    with head:
        st.button(
            _("Mark by criteria…"),
            key="assign_criteria",
            icon=":material/grid_on:",
            disabled=len(ticked) != 1 or desk.view.guidance.grid is None,
            help=_("Tick one row to mark it criterion by criterion"),
            on_click=lambda: opened.hold(
                opened.Opened(assigning.marking.GESTURE, tuple(ticked), True, desk.view.catalogue.id, "assign")
            ),
        )

    assigning.in_grid(desk, ticked)
    own = {
        suggesting.GESTURE: (_("Propose tiers"), suggesting.suggest),
        assigning.marking.GESTURE: (_("Marks by criteria"), assigning.marking.dialog),
    }
    bulk.dialog(desk, "assign", own)
    scale.own_marks(desk)


PARTS = {assigning.ONE: assigning.one_at_a_time, assigning.TITLES: assigning.by_title}
live.page("assign", _("Assign tiers"), assign)
