"""The way from a grid to what is found of its rows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat.language import _
from kpicat.ui import frame
from kpicat.ui.checking import held


def button(desk: frame.Desk, name: str, ticked: Sequence[str]) -> None:
    """Open the page that checks the principles: at the one row ticked, else where one stands.

    Args:
        name: Which page; also the first part of its widgets' keys.
    """
    about = _("How well the principles are kept; of the row that is ticked, all that is found")
    if st.button(_("Check"), key=f"{name}_checks", icon=":material/fact_check:", help=about):
        if len(ticked) == 1:
            words = str(desk.view.value(ticked[0], "code") or desk.view.value(ticked[0], "task"))
            held.show(held.FINDINGS, how=held.BY_LINE, words=words)
        frame.go("checks")
