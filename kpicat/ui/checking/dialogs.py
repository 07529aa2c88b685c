"""The dialogs of this page: those of the grid's gestures, and two of its own."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kpicat.language import _
from kpicat.services import appraising
from kpicat.ui import bulk, frame
from kpicat.ui.bulk.opened import Opened
from kpicat.ui.checking import deciding, fixing
from kpicat.ui.checking.held import BY_CHECK, GRID, held_for


def dialogs(desk: frame.Desk) -> None:
    """The dialog that is open: merge or split as in the grid, take proposals, leave as it is."""
    st.html(_rules())

    def fix(desk: frame.Desk, opened: Opened) -> None:
        fixing.fix(desk, opened, [one.finding for one in _meant(desk, opened) if one.is_open])

    def waive(desk: frame.Desk, opened: Opened) -> None:
        deciding.waive(desk, opened, _meant(desk, opened))

    own = {"fix": (_("Take proposals"), fix), "waive": (_("Leave as it is, for a reason"), waive)}
    bulk.dialog(desk, GRID, own)


@st.cache_resource(show_spinner=False)
def _rules() -> str:
    return f"<style>{(Path(__file__).parent / 'checks.css').read_text(encoding='utf-8')}</style>"


def _meant(desk: frame.Desk, opened: Opened) -> list[appraising.Judged]:
    """What is found of the lines the dialog was opened on, by the check that is open where one is; decided or not."""
    by_check = st.session_state.get(f"{GRID}_how", BY_CHECK) == BY_CHECK
    check, lines = held_for(desk.view.catalogue.id).group if by_check else "", set(opened.ids)
    return [
        one for one in appraising.judged(desk.view) if one.finding.item_id in lines and check in ("", one.finding.check)
    ]
