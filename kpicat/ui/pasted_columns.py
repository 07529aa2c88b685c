"""What the columns of a pasted block are taken for: where the first goes, or each by itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat.exchange.clipboard import Block
from kpicat.exchange.read_pasted import NO_HEADINGS, Pasted, starting_at
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS
from kpicat.ui import mapping


def ask(held: mapping.Pointing, block: Block, name: str, pasted: Pasted, columns: Sequence[str]) -> None:
    """Show what the columns are taken for, and let it be put right; each column by itself is open where one is unclear.

    Args:
        name: Of the grid.
        columns: Of the grid, in order.
    """
    _ask_start(held, block, name, pasted, columns)
    with st.expander(_("What each column is taken for"), icon=":material/table:", expanded=pasted.unclear):
        for place, table in enumerate(pasted.read.report.tables):
            part = f"{name}_paste_{place}"
            mapping.columns(held, table, part)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                label = _("Row with the headings (0: none)")
                mapping.headings(held, table, part, label=label, lowest=NO_HEADINGS)


def _ask_start(held: mapping.Pointing, block: Block, name: str, pasted: Pasted, columns: Sequence[str]) -> None:
    """Where the first column of a block without headings goes; the others follow it."""
    tables = pasted.read.report.tables
    if [table.header_row for table in tables] != [NO_HEADINGS]:
        return
    first = tables[0].columns.get(0, "")
    shown = [name for name in columns if name in FIELDS]
    fields = [*shown, *(name for name in FIELDS if name not in shown)]
    key = f"{name}_paste_start_{held.digest}_{first}"  # put right by hand, the column is another choice's

    def point() -> None:
        mapping.point_at(held, tables[0].sheet, starting_at(st.session_state[key], block.width, columns))

    st.selectbox(
        _("The first pasted column goes into (the others follow it)"),
        fields,
        index=fields.index(first) if first in fields else None,
        format_func=field_label,
        placeholder=_("Choose a column"),
        key=key,
        on_change=point,
    )
