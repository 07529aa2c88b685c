"""Standard unit: choose the yardstick of the catalogue, on what it is fit for, with what follows shown first."""

import streamlit as st

from kpicat.language import _
from kpicat.ui import frame, live, standard


def standard_unit(desk: frame.Desk) -> None:
    """What is the yardstick now, which lines are fit to be, and what becomes of the catalogue with another."""
    if not len(desk.view.items):
        st.info(_("There are no items yet. Bring a file in or type the first ones; one of them becomes the yardstick."))
        if st.button(_("Bring a file in"), key="standard_bring_in", type="primary"):
            frame.go("bring_in")
        return
    standard.now(desk)
    if chosen := standard.choose(desk):
        standard.change(desk, chosen)


live.page("standard_unit", _("Standard unit"), standard_unit)
