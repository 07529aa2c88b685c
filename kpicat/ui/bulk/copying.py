"""Dialog: the same work for other positions."""

from __future__ import annotations

import streamlit as st

from kpicat import services
from kpicat.language import _
from kpicat.services import bulk
from kpicat.text.normalise import tidy
from kpicat.ui import frame
from kpicat.ui.bulk.agreeing import agree
from kpicat.ui.bulk.opened import Opened


def duplicate(desk: frame.Desk, opened: Opened) -> None:
    """Which positions, and what a copy keeps."""
    positions = st.multiselect(
        _("Positions"),
        services.choices(desk.view, "position"),
        accept_new_options=True,
        key="bulk_copy_positions",
        placeholder=_("choose, or type a new one"),
    )
    with st.container(horizontal=True):
        responsible = st.checkbox(_("Keep the person responsible"), key="bulk_copy_responsible")
        codes = st.checkbox(_("Number the codes: VP.01 → VP.01-2"), key="bulk_copy_codes")
    wanted = list(dict.fromkeys(name for position in positions if (name := tidy(position))))
    if not wanted:
        st.caption(_("Each row gets a copy right after it for every position chosen here."))
        return
    planned = bulk.duplicate(desk.view, opened.ids, wanted, keep_responsible=responsible, number_codes=codes)
    agree(desk, opened, planned, _("Copy"))
