"""Check the principles: how well they are kept, what does not keep them and why, and every way to put it right."""

import streamlit as st

from kpicat.language import _
from kpicat.ui import checking, frame, live, no_items

PARTS = {
    checking.OVERVIEW: checking.overview,
    checking.FINDINGS: checking.findings,
    checking.PAIRS: checking.pairs,
    checking.DECIDED: checking.decided,
    checking.QUESTIONS: checking.questions,
}


def checks(desk: frame.Desk) -> None:
    """The part of the page that is asked for, and the dialog that is open over it."""
    nothing = _("There are no items yet. Bring a file in or type the first ones; they are checked as you type.")
    if no_items.said(desk, "checks", nothing):
        return
    names = {
        checking.OVERVIEW: _("Overview"),
        checking.FINDINGS: _("Put right"),
        checking.PAIRS: _("Side by side"),
        checking.DECIDED: _("Left as they are"),
        checking.QUESTIONS: _("Ask the units"),
    }
    st.session_state.setdefault("checks_part", checking.OVERVIEW)  # other pages lead to a part of this one
    part = st.segmented_control(
        _("Show"),
        list(PARTS),
        format_func=names.__getitem__,
        required=True,
        key="checks_part",
        label_visibility="collapsed",
    )
    with st.container(key=f"checks_{part}"):
        PARTS[part](desk)
    checking.dialogs(desk)


live.page("checks", _("Check the principles"), checks)
