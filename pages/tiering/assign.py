"""Assign tiers: each item its tier, with the marks in the guidance's words and the distribution beside."""

import streamlit as st

from kpicat import services
from kpicat.language import _, number
from kpicat.ui import filters, frame, grid_view, pictures, scale

COLUMNS = ("code", "task", "product", "position", "tier", "points", "coefficient", "rationale", "standard_unit")

desk = frame.enter()
frame.heading(desk, _("Assign tiers"))
scale.marks_in_words(desk.view)

left, right = st.columns([5, 2], gap="medium")
with left:
    wanted, ids = filters.ask(desk.view, "assign")
    actions = st.container(horizontal=True, vertical_alignment="bottom", key="assign_actions")
    ticked = grid_view.show(
        desk, "assign", columns=COLUMNS, shape=(wanted, st.session_state.get("assign_page", 0)), ids=ids, reserve=0
    )
with right:
    st.metric(
        _("Items with a tier"),
        f"{number(desk.view.figures.items - desk.view.figures.without_tier)} / {number(len(desk.view.items))}",
    )
    pictures.by_tier(desk.view, "count", key="assign_by_tier", with_numbers=False)

with actions:
    targets = ticked or ids
    level = st.selectbox(
        _("Tier for the {n} rows ticked").format(n=len(ticked))
        if ticked
        else _("Tier for all {n} rows shown").format(n=len(ids)),
        [tier.level for tier in desk.view.guidance.tiers],
        index=None,
        format_func=lambda n: grid_view.tier_words(desk.view)(str(n)),
        placeholder=_("Choose a tier"),
        key="assign_bulk_tier",
        width=320,
    )
    writes = services.set_field(desk.view, targets, "tier", level) if level is not None else []
    if st.button(_("Set"), key="assign_bulk", type="primary", disabled=not writes):
        grid_view.gesture(desk, "assign", services.save, writes, label="bulk")
    last = services.last_undoable(desk.store, desk.view, desk.actor)
    if st.button(_("Undo my last change"), key="assign_undo", icon=":material/undo:", disabled=last is None):
        grid_view.gesture(desk, "assign", services.undo, last)

scale.own_marks(desk)
