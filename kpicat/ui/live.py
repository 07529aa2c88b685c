"""Others' changes reach this page: one cheap look at the log's head every two seconds."""

from __future__ import annotations

import streamlit as st

from kpicat.errors import StoreError
from kpicat.language import _
from kpicat.ui import frame

EVERY_SECONDS = 2.0


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
