"""The tables of a file, each to be put right: where its headings are and what its columns are taken for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpicat.errors import NeedsPointing
from kpicat.exchange import Pointed
from kpicat.exchange.tables.grid import column_letters
from kpicat.language import _, ngettext, number
from kpicat.model import TableFound
from kpicat.services import remembering
from kpicat.ui import frame, mapping
from kpicat.ui.incoming import Corrections


def point(said: Corrections, asked: NeedsPointing) -> None:
    """The first rows of each sheet, for the person to say which holds the headings."""
    st.warning(frame.plain_text(str(asked)), icon=":material/ads_click:")
    for sheet, rows in asked.previews.items():
        name = f"bring_in_point_{said.digest}_{sheet}"
        st.markdown(f"**{frame.plain_text(sheet)}**")
        shown = pd.DataFrame([[str(cell) for cell in row] for row in rows]).fillna("")
        shown.columns = [column_letters(n) for n in range(shown.shape[1])]
        shown.insert(0, _("Row"), range(1, len(shown) + 1))
        st.dataframe(shown, hide_index=True, key=f"{name}_preview", alt=_("The first rows of the table"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            row = st.number_input(_("Row with the column headings"), 1, max(len(rows), 1), 1, key=name, width=240)
            st.button(
                _("Read from here"),
                key=f"{name}_go",
                type="primary",
                on_click=mapping.point_at,
                args=(said, sheet, Pointed(int(row))),
            )


def show(said: Corrections, table: TableFound, number_of: int) -> None:
    """What each column of a table is taken for, correctable by hand; one file's at a time."""
    title = ngettext(
        "“{sheet}”: headings in row {row}, {n} item",
        "“{sheet}”: headings in row {row}, {n} items",
        table.rows,
    ).format(sheet=frame.plain_text(table.sheet), row=table.header_row, n=number(table.rows))
    name = f"bring_in_{number_of}"
    recalled = said.is_recalled(table.sheet)
    unfolded = recalled or not table.rows
    with st.expander(title, icon=":material/table:", expanded=unfolded, key=f"bring_in_table_{number_of}"):
        if recalled:
            mapping.say_recalled(_as_found, said, table, name)
        mapping.columns(said, table, name)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            mapping.headings(said, table, f"{name}_{said.digest}", label=_("Row with the column headings"))
            st.button(
                _("Leave this table out"),
                key=f"bring_in_skip_{number_of}",
                on_click=mapping.point_at,
                args=(said, table.sheet, Pointed(None)),
            )


def _as_found(said: Corrections, table: TableFound) -> None:
    """Forget how a table like this one was taken, and take it as it is found."""
    remembering.forget(frame.store(), table)
    (said.recalled or {}).pop(table.sheet, None)
