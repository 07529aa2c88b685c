"""Enter and edit: the catalogue as a grid that several people type into at once."""

from collections.abc import Sequence

import streamlit as st

from kpicat.language import _
from kpicat.ui import (
    approving,
    bulk,
    checking,
    commenting,
    figure,
    filters,
    frame,
    grid_view,
    live,
    pasting,
    spilling,
    steps,
)

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

    locked = approving.is_locked(desk, "edit")
    if locked:
        ticked = approving.rows(desk, "edit", VIEWS[columns], ids)
    else:
        ticked = grid_view.show(
            desk,
            "edit",
            columns=VIEWS[columns],
            shape=(wanted, st.session_state.get("edit_page", 0)),
            ids=ids,
            reserve=grid_view.RESERVED if wanted.everything else 0,
            follows=wanted.everything,
            told=("group", "department", "position"),
        )
        spilling.offer(desk, "edit", VIEWS[columns])
    with beside:
        commenting.drawer(desk, "edit", ticked)
    with actions:
        if locked:
            commenting.button(desk, "edit")
        else:
            may_be_done(desk, ticked, ids, VIEWS[columns], may_add=wanted.everything)

    if not len(desk.view.items):
        st.info(_("There are no items yet: type into the blank rows above, paste from Excel, or bring a file in."))
    with st.container(horizontal=True, key="edit_figures"):
        figure.show(desk, _("Items"), lambda figures: figures.items)
        figure.show(desk, _("Without a tier"), lambda figures: figures.without_tier)
        figure.show(desk, _("Without a quantity"), lambda figures: figures.without_quantity)
        figure.show(desk, _("Converted total (standard units)"), lambda figures: figures.converted_total)


def may_be_done(desk: frame.Desk, ticked: list[str], ids: list[str], columns: Sequence[str], *, may_add: bool) -> None:
    """Buttons for what may be done to the rows ticked, to those shown, and to the catalogue."""
    steps.buttons(desk, "edit")
    words = _("Delete ticked rows ({n})").format(n=len(ticked))
    st.button(
        words,
        key="edit_delete",
        icon=":material/delete:",
        help=words,
        disabled=not ticked,
        on_click=grid_view.delete,
        args=(desk, "edit", ticked),
    )
    bulk.menu(desk, ticked, ids)
    pasting.button(desk, "edit", ticked, columns)
    st.button(
        _("Add blank rows"),
        key="edit_add",
        icon=":material/add:",
        disabled=not may_add,
        on_click=grid_view.renew,
        args=(desk, "edit"),
    )
    commenting.button(desk, "edit")
    checking.button(desk, "edit", ticked)


live.page("edit", _("Enter and edit"), edit)
