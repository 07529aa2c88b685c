"""Assign tiers: each item its tier, under the marks in the guidance's words and how they spread."""

import streamlit as st

from kpicat import services
from kpicat.language import _, ngettext, number
from kpicat.ui import bulk, commenting, filters, frame, grid_view, live, scale, steps
from kpicat.ui.bulk import opened, suggesting

COLUMNS = ("code", "task", "tier", "points", "coefficient", "product", "rationale", "position", "standard_unit")


def _rows(ticked: list[str], shown: list[str]) -> str:
    if ticked:
        words = ngettext("Tier for the row ticked", "Tier for the {n} rows ticked", len(ticked))
    else:
        words = ngettext("Tier for the row shown", "Tier for all {n} rows shown", len(shown))
    return words.format(n=number(len(ticked or shown)))


def assign(desk: frame.Desk) -> None:
    """The marks, the grid, one tier for many rows, and the marks of one's own."""
    if not len(desk.view.items):
        st.info(_("There are no items yet. Bring a file in or type the first ones; they get their tiers here."))
        return
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
            width=360,
        )
        writes = services.set_field(desk.view, ticked or ids, "tier", level) if level is not None else []
        st.button(
            _("Apply"),
            key="assign_bulk",
            type="primary",
            disabled=not writes,
            on_click=grid_view.gesture,
            args=(desk, "assign", services.save, writes),
            kwargs={"label": "bulk"},
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

    bulk.dialog(desk, "assign", {suggesting.GESTURE: (_("Propose tiers"), suggesting.suggest)})
    scale.own_marks(desk)


live.page("assign", _("Assign tiers"), assign)
