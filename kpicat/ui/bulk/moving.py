"""Dialogs: move rows, sort them by a column."""

from __future__ import annotations

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS
from kpicat.services import bulk
from kpicat.services.bulk import Where
from kpicat.ui import frame
from kpicat.ui.bulk.agreeing import agree
from kpicat.ui.bulk.opened import Opened

MOST_STEPS = 100


def move(desk: frame.Desk, opened: Opened) -> None:
    """To an end, beside another row, or up and down by a few; they keep their order."""
    names = {
        Where.TOP: _("To the top"),
        Where.BOTTOM: _("To the bottom"),
        Where.BEFORE: _("Before a row"),
        Where.AFTER: _("After a row"),
        Where.UP: _("Up"),
        Where.DOWN: _("Down"),
    }
    where = st.radio(_("Where to"), [*Where], format_func=names.__getitem__, horizontal=True, key="bulk_move_where")
    assert where is not None
    beside, steps = "", 1
    if where in (Where.BEFORE, Where.AFTER):
        text = st.text_input(_("Number or code of that row"), key="bulk_move_beside", width=300)
        if not text:
            return
        beside = bulk.row_named(desk.view, text)
        st.caption(f":material/subdirectory_arrow_right: {frame.plain_text(bulk.row_words(desk.view, beside))}")
    elif where in (Where.UP, Where.DOWN):
        steps = int(st.number_input(_("Past how many rows"), 1, MOST_STEPS, 1, key="bulk_move_steps", width=200))
    agree(desk, opened, bulk.move(desk.view, opened.ids, where, beside=beside, steps=steps), _("Move"))


def sort(desk: frame.Desk, opened: Opened) -> None:
    """By one column; the rows change places among themselves, and rows not shown stay where they are."""
    columns = [name for name in FIELDS if name != "standard_unit"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        field = st.selectbox(_("Column"), columns, format_func=field_label, key="bulk_sort_field", width=300)
        ways = {False: _("Ascending"), True: _("Descending")}
        descending = st.segmented_control(
            _("Direction"), list(ways), format_func=ways.__getitem__, default=False, required=True, key="bulk_sort_way"
        )
    st.caption(_("Empty cells come last; rows that are equal stay in the order they have."))
    agree(desk, opened, bulk.sort(desk.view, opened.ids, field, descending=bool(descending)), _("Sort"))
