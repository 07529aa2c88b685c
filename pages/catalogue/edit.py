"""Enter and edit: the catalogue as a grid that several people type into at once."""

import streamlit as st

from kpicat import services
from kpicat.language import _, number
from kpicat.ui import bulk, commenting, filters, frame, grid_view, live, pasting, spilling

VIEWS = {
    "short": ("code", "department", "task", "product", "quantity", "tier", "points", "coefficient"),
    "five": (
        *("code", "task", "detail", "product", "measure", "quantity", "frequency", "deadline"),
        *("quality", "position", "responsible", "department", "group", "duty", "note"),
    ),
    "tiers": (
        *("code", "task", "product", "position", "tier", "points", "coefficient"),
        *("quantity", "converted_quantity", "rationale", "standard_unit"),
    ),
}


def edit(desk: frame.Desk) -> None:
    """What may be done to rows, the grid, and the figures it leads to."""
    beside = st.container(key="edit_beside")
    names = {"short": _("Short"), "five": _("All five principles"), "tiers": _("Tiers")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="edit_choices"):
        columns = st.segmented_control(
            _("Columns"), list(VIEWS), format_func=names.__getitem__, default="short", required=True, key="edit_columns"
        )
        wanted, ids = filters.ask(desk.view, "edit")
    actions = st.container(horizontal=True, vertical_alignment="center", key="edit_actions")

    ticked = grid_view.show(
        desk,
        "edit",
        columns=VIEWS[columns],
        shape=(wanted, st.session_state.get("edit_page", 0)),
        ids=ids,
        reserve=grid_view.RESERVED if wanted.everything else 0,
    )

    spilling.offer(desk, "edit", VIEWS[columns])
    with beside:
        commenting.drawer(desk, "edit", ticked)
    with actions:
        grid_view.undo_buttons(desk, "edit")
        st.button(
            _("Delete ticked rows ({n})").format(n=len(ticked)),
            key="edit_delete",
            icon=":material/delete:",
            help=_("Delete ticked rows ({n})").format(n=len(ticked)),
            disabled=not ticked,
            on_click=grid_view.gesture,
            args=(desk, "edit", services.save, services.delete(desk.view, ticked)),
            kwargs={"label": "delete"},
        )
        bulk.menu(desk, ticked, ids)
        pasting.button(desk, "edit", ticked, VIEWS[columns])
        st.button(
            _("Add blank rows"),
            key="edit_add",
            icon=":material/add:",
            disabled=not wanted.everything,
            on_click=grid_view.renew,
            args=(desk, "edit"),
        )
        commenting.button(desk, "edit")

    if not len(desk.view.items):
        st.info(_("There are no items yet: type into the blank rows above, paste from Excel, or bring a file in."))
    figures = desk.view.figures
    with st.container(horizontal=True, key="edit_figures"):
        st.metric(_("Items"), number(figures.items), border=True)
        st.metric(_("Without a tier"), number(figures.without_tier), border=True)
        st.metric(_("Without a quantity"), number(figures.without_quantity), border=True)
        st.metric(_("Converted total (standard units)"), number(figures.converted_total), border=True)


live.page("edit", _("Enter and edit"), edit)
