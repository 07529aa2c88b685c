"""What a page of a catalogue without items says instead of itself, and the way to where items come in."""

from __future__ import annotations

import streamlit as st

from kpicat.language import _
from kpicat.ui import frame


def said(desk: frame.Desk, page: str, words: str) -> bool:
    """Whether there are no items, which is then said in ``words``.

    Args:
        page: The first part of the keys of the page's widgets.
    """
    if len(desk.view.items):
        return False
    st.info(words)
    if st.button(_("Bring a file in"), key=f"{page}_bring_in", type="primary"):
        frame.go("bring_in")
    return True
