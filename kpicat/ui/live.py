"""What reaches a page while it is open: others' changes, and the moment somebody opens a cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat.errors import StoreError
from kpicat.language import _
from kpicat.ui import frame

EVERY_SECONDS = 1.5


@st.fragment(run_every=EVERY_SECONDS)
def follow(catalogue_id: str, seq: int, unsaved: bool = False) -> None:
    """Run the page again when the catalogue has moved past ``seq``, or something waits to be saved."""
    try:
        moved = frame.store().head(catalogue_id) != seq
    except StoreError:
        st.caption(f":material/cloud_off: {_('The database does not answer; kpicat keeps trying.')}")
        return
    if moved or unsaved:
        st.rerun()


@st.fragment
def hand(key: str, opened: Callable[[], None]) -> None:
    """Call ``opened`` whenever the person opens a cell of a grid."""
    _hand()(key=key, on_opened_change=opened)


@st.cache_resource(show_spinner=False)
def _hand() -> ComponentRenderer:
    return st.components.v2.component("kpicat_hand", js=(Path(__file__).parent / "hand.js").read_text(encoding="utf-8"))
