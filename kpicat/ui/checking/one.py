"""One line: all that is found of it, and the way to each remedy."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat import services
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Finding
from kpicat.services import appraising, bulk
from kpicat.ui import frame, grid_view
from kpicat.ui.checking import deciding
from kpicat.ui.checking.held import GRID, sign


def show(desk: frame.Desk, found: Sequence[Finding], item_id: str) -> None:
    """What is said of a line, each with its proposal, and the way to its row."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{frame.plain_text(bulk.row_words(desk.view, item_id))}**", width="content")
            if st.button(_("Go to the row"), key=f"{GRID}_go", icon=":material/arrow_forward:"):
                to_row(desk, item_id)
        if not found:
            st.markdown(f":green[:material/check_circle:] {_('Nothing of this kind is left in this line.')}")
        for n, finding in enumerate(found):
            _finding(desk, finding, f"{GRID}_one_{n}")


def _finding(desk: frame.Desk, finding: Finding, key: str) -> None:
    where = f"{field_label(finding.field)}: " if finding.field in FIELDS else ""
    st.markdown(f"{sign(finding.level)} {where}{frame.plain_text(finding.message)} :small[({finding.source})]")
    if not finding.suggestion:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_proposal"):
        proposed = "  \n".join(frame.plain_text(line) for line in finding.suggestion.split("\n"))
        st.markdown(
            f":material/lightbulb: {_('Proposed')}: **{proposed}**"
            if "\n" not in finding.suggestion
            else f":material/lightbulb: {_('Proposed')}:  \n{proposed}"
        )
        if finding.item_id is not None and appraising.fixable(desk.view, [finding]):
            st.button(
                _("Take it"), key=f"{key}_take", icon=":material/auto_fix_high:", on_click=_take, args=(desk, finding)
            )


def _take(desk: frame.Desk, finding: Finding) -> None:
    grid_view.gesture(desk, GRID, bulk.carry_out, appraising.fixes(desk.view, [finding]), request=services.new_id())


def of_catalogue(desk: frame.Desk, finding: Finding) -> None:
    """What is found in the catalogue as a whole."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"{GRID}_whole_{finding.check}"):
        said = f"{sign(finding.level)} {frame.plain_text(finding.message)} :small[({finding.source})]"
        st.markdown(said, width="stretch")
        deciding.waive_whole(desk, finding)


def to_row(desk: frame.Desk, item_id: str) -> None:
    """Open the grid of the catalogue at a row."""
    aim(desk, item_id)
    frame.go("edit")


def aim(desk: frame.Desk, item_id: str) -> None:
    """Have the grid of the catalogue show this row alone when it is opened."""
    for narrowed in ("group", "department", "position", "tiers"):
        st.session_state[f"edit_{narrowed}"] = []
    st.session_state.edit_findings = False
    st.session_state.edit_words = str(desk.view.value(item_id, "code") or desk.view.value(item_id, "task"))
