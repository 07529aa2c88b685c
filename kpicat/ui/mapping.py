"""What was read, shown to be put right: what each column is taken for, the items, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from kpicat.exchange import Pointed
from kpicat.exchange.tables.grid import column_letters
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Item, TableFound
from kpicat.services.view import written

COLUMN_WIDTH, FIELD_WIDTH, HEADING_WIDTH, SAMPLE_WIDTH, WHY_WIDTH = 60, 230, 260, 360, 160
"""Pixels; what a column is taken for stands at the left, where a phone shows it."""
NOT_TAKEN = "-"
"""Stands in the mapping for a column that becomes no field."""


class Pointing(Protocol):
    """What is on its way in: its name, and what the person said of each of its sheets."""

    digest: str
    pointed: dict[str, Pointed]


def columns(held: Pointing, table: TableFound, name: str) -> None:
    """What each column of a table is taken for, correctable by hand; ``name`` begins the widgets' keys."""
    places = sorted(table.headers)
    rows = pd.DataFrame(
        {
            "column": [column_letters(c) for c in places],
            "heading": [str(table.headers[c]) for c in places],
            "sample": [" · ".join(str(s) for s in table.samples.get(c, ()))[:160] for c in places],
            "field": [table.columns.get(c) or NOT_TAKEN for c in places],
            "why": [_why(table.grounds.get(c, "")) for c in places],
        },
        dtype="str",
    )
    key = f"{name}_map_{held.digest}_{table.header_row}"
    headed = any(table.headers.values())
    st.data_editor(
        rows,
        key=key,
        on_change=_remap,
        args=(held, table, key),
        num_rows="fixed",
        hide_index=True,
        placeholder="–",
        disabled=["column", "heading", "sample", "why"],
        column_order=["column", "field", *(["heading"] if headed else []), "sample", *(["why"] if headed else [])],
        column_config={
            "column": st.column_config.TextColumn(_("Column"), width=COLUMN_WIDTH),
            "field": st.column_config.SelectboxColumn(
                _("Becomes"), width=FIELD_WIDTH, options=[NOT_TAKEN, *FIELDS], format_func=_field_words, required=True
            ),
            "heading": st.column_config.TextColumn(_("Heading in the file"), width=HEADING_WIDTH),
            "sample": st.column_config.TextColumn(_("For example"), width=SAMPLE_WIDTH),
            "why": st.column_config.TextColumn(_("Taken by"), width=WHY_WIDTH),
        },
        alt=_("What each column is taken for"),
    )


def say_recalled(as_found: Callable[..., None], held: Pointing, table: TableFound, name: str) -> None:
    """The columns are taken as somebody once put them right; one click takes them as they are found."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            _("The columns are taken as they were put right by hand for an earlier file with these headings."),
            icon=":material/history:",
        )
        st.button(_("Take them as found"), key=f"{name}_as_found", on_click=as_found, args=(held, table))


def headings(held: Pointing, table: TableFound, name: str, *, label: str, lowest: int = 1) -> None:
    """Which row the column headings are in, correctable by hand; to stand in a row of widgets."""
    row = st.number_input(label, lowest, 10_000, table.header_row, key=f"{name}_header", width=240)
    st.button(
        _("Read from here"),
        key=f"{name}_again",
        disabled=int(row) == table.header_row,
        on_click=point_at,
        args=(held, table.sheet, Pointed(int(row))),
    )


def point_at(held: Pointing, sheet: str, pointed: Pointed) -> None:
    """Know what the person said of a sheet."""
    held.pointed[sheet] = pointed


def _remap(held: Pointing, table: TableFound, key: str) -> None:
    """A column was taken for something else by hand: all is read again like that."""
    places = sorted(table.headers)
    chosen = {column: table.columns.get(column, "") for column in places}
    for row, cells in st.session_state[key]["edited_rows"].items():
        wanted = cells.get("field", NOT_TAKEN)
        chosen[places[row]] = "" if wanted in (None, NOT_TAKEN) else wanted
    held.pointed[table.sheet] = Pointed(table.header_row, chosen)


def preview(items: Sequence[Item], name: str, over: Mapping[str, str] | None = None, *, files: bool = False) -> None:
    """The items as they would come in, with the place each has in the file.

    Args:
        name: The first part of the widget's key.
        over: Item id -> how people call the item there is that its row is laid over.
        files: Name each one's file too.
    """
    used = [field for field, f in FIELDS.items() if any(f.encode(item[field]) is not None for item in items)]
    shown = pd.DataFrame(
        [[item.source.sheet, item.source.row, *(_cell(item, field) for field in used)] for item in items],
        columns=[_("Sheet or table"), _("Row"), *(field_label(field) for field in used)],
    )
    if not any(item.source.sheet for item in items):
        shown = shown.drop(columns=_("Sheet or table"))
    if files:
        shown.insert(0, _("File"), [item.source.file for item in items])
    if over:
        shown.insert(1, _("Laid over"), [over.get(item.id, "") for item in items])
    st.dataframe(shown, hide_index=True, key=f"{name}_items", alt=_("Items found in the file"))


def _cell(item: Item, name: str) -> str:
    value = item[name]
    if isinstance(value, bool):
        return "✓" if value else ""
    return value if isinstance(value, str) else written(value)


def _why(ground: str) -> str:
    """Why a column was taken for its field."""
    match ground:
        case "heading":
            return _("its heading")
        case "like":
            return _("a heading like it")
        case "cells":
            return _("its cells")
        case "hand":
            return _("a person")
        case _not_taken:
            return ""


def _field_words(name: object) -> str:
    return _("(not taken)") if name == NOT_TAKEN else field_label(str(name))
