"""The rows of a catalogue that is before the authority, or approved: to read and to talk about."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from kpicat import approval
from kpicat.access import Act
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Kind
from kpicat.ui import frame, grid_view, grid_words, only, unsaved


def is_locked(desk: frame.Desk, name: str = "") -> bool:
    """Whether this person may write nothing but comments now: because of where the catalogue stands, or their role.

    Args:
        name: Of a grid that the page shows. While a cell of it may be open the page stays as it is, so that
            what is half typed is not torn away; the grid says when none is.
    """
    about = desk.view.catalogue
    if not desk.may(Act.EDIT):
        return True
    return approval.is_locked(about.status) and not (name and grid_view.is_on_screen(name, about.id))


def why(desk: frame.Desk) -> None:
    """Said beside fields that are there to read only."""
    if role := only.reason(desk, Act.EDIT):
        st.caption(f":material/lock: {frame.plain_text(role)}")
    elif is_locked(desk):
        said = _("What is submitted or approved cannot be changed; “Submit and approve” says what comes first.")
        st.caption(f":material/lock: {said}")


def rows(desk: frame.Desk, name: str, columns: Sequence[str], ids: Sequence[str], *, height: int = 560) -> list[str]:
    """The rows in the place of the grid, where nobody can type; the ids of those ticked.

    Args:
        name: Of the grid that stands here while the catalogue can be changed.
        columns: Fields shown, in order.
        ids: Items shown, in order.
    """
    if desk.may(Act.EDIT):
        grid_words.held(grid_view.state(name, desk.view.catalogue.id), name)
    else:
        unsaved.say(desk.view.catalogue.id, name)
    shown = [item_id for item_id in ids if item_id in desk.view.items.index]
    cells = desk.view.cells.loc[shown, list(columns)]
    words = grid_view.tier_words(desk.view)
    if "tier" in cells:
        cells = cells.assign(tier=cells["tier"].map(lambda level: words(level) if level else ""))
    cells = cells.assign(**{column: cells[column].map(_grouped) for column in columns if _kind(column) is Kind.NUMBER})
    table = st.dataframe(
        cells.set_axis(pd.RangeIndex(len(cells))),
        column_config={column: _config(column) for column in columns},
        hide_index=True,
        height=height,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"{name}_locked",
        alt=_("Items of the catalogue, locked"),
    )
    return [shown[row] for row in table.selection.rows if row < len(shown)]


def _kind(column: str) -> Kind:
    return FIELDS[column].kind if column in FIELDS else Kind.NUMBER


def _grouped(text: str) -> str:
    """3000,5 as 3.000,5, in either language: for people to read, and a grid it is pasted into takes it for the same."""
    whole, comma, rest = text.partition(",")
    return f"{int(whole):_}".replace("_", ".") + comma + rest if len(whole) > 3 else text


def _config(column: str) -> ColumnConfig:
    label, width = field_label(column), grid_view.width(column)
    kind = _kind(column)
    if kind is Kind.FLAG:
        return st.column_config.CheckboxColumn(label, width=width)
    return st.column_config.TextColumn(label, width=width, alignment="right" if kind is Kind.NUMBER else None)
