"""Dialog: find and replace, each cell shown before and after and left out at will."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import bulk
from kpicat.ui import frame, grid_view
from kpicat.ui.bulk.agreeing import agree, height
from kpicat.ui.bulk.opened import Opened

_TAKEN = "taken"


def replace(desk: frame.Desk, opened: Opened) -> None:
    """What to look for, what to put instead, and where it was found."""
    search = _asked()
    if not search.words.strip():
        st.caption(_("Say what to look for; every cell that would change is shown here first."))
        return
    found = bulk.matches(desk.view, opened.ids, search)
    if not found:
        st.info(_("No cell of these rows would change."), icon=":material/search_off:")
        return
    above = st.container()  # the button stays in sight, over the table that says what it does
    taken = _chosen(desk, found)
    left = len(found) - len(taken)
    words = ngettext("Found in {n} cell", "Found in {n} cells", len(found)).format(n=number(len(found)))
    if search.instead:
        button = ngettext("Replace in {n} cell", "Replace in {n} cells", len(taken))
    else:
        button = ngettext("Take out of {n} cell", "Take out of {n} cells", len(taken))
    with above:
        st.caption(f"{words}; {_('{n} left out').format(n=number(left))}." if left else f"{words}.")
        agree(desk, opened, bulk.replace(desk.view, taken), button.format(n=number(len(taken))), table=False)


def _asked() -> bulk.Search:
    with st.container(horizontal=True):
        words = st.text_input(_("Find"), key="bulk_find")
        instead = st.text_input(_("Replace with"), key="bulk_instead", placeholder=_("nothing"))
        field = st.selectbox(
            _("Where"),
            ["", *bulk.TEXTS],
            format_func=lambda name: field_label(name) if name else _("all text fields"),
            key="bulk_find_field",
        )
    with st.container(horizontal=True):
        case = st.checkbox(_("Match case"), key="bulk_find_case")
        whole = st.checkbox(_("Whole cell only"), key="bulk_find_whole")
        bare = st.checkbox(
            _("Ignore diacritics"), key="bulk_find_bare", help=_("“uy ban” then finds “Ủy ban”; so do other words.")
        )
    return bulk.Search(words or "", instead or "", (field,) if field else bulk.TEXTS, case, whole, bare)


def _chosen(desk: frame.Desk, found: Sequence[bulk.Match]) -> list[bulk.Match]:
    """The cells that stay ticked. Other findings make another table, so no tick slips to another cell."""
    called = bulk.names(desk.view)
    rows = [(True, called[m.item_id], field_label(m.field), m.before, m.after) for m in found]
    shown = pd.DataFrame(rows, columns=[_TAKEN, "row", "field", "before", "after"])
    edited = st.data_editor(
        shown,
        key=f"bulk_found_{frame.fingerprint([(m.item_id, m.field, m.before) for m in found])}",
        hide_index=True,
        num_rows="fixed",
        disabled=["row", "field", "before", "after"],
        height=height(len(rows)),
        row_height=grid_view.ROW,
        column_config={
            _TAKEN: st.column_config.CheckboxColumn("✓", width=40, pinned=True),
            "row": st.column_config.TextColumn(_("Row"), width=200),
            "field": st.column_config.TextColumn(_("Field"), width=130),
            "before": st.column_config.TextColumn(_("Before"), width=300),
            "after": st.column_config.TextColumn(_("After"), width=300),
        },
        alt=_("What would change"),
    )
    return [match for match, taken in zip(found, edited[_TAKEN], strict=True) if taken]
