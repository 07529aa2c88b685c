"""What was typed into a grid by somebody who may write there no more: to copy, as it cannot be saved."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.ui.grid import Grid


def say(catalogue_id: str | None = None, name: str | None = None) -> None:
    """Show what this session's grids hold and no database does.

    Args:
        catalogue_id: Of one catalogue; None for all.
        name: Of one grid; None for all.
    """
    grids: dict[tuple[str, str], Grid] = st.session_state.get("grids", {})
    lines = [
        line
        for (own_name, about), grid in grids.items()
        if catalogue_id in (None, about) and name in (None, own_name)
        for line in _lines(grid)
    ]
    if lines:
        words = ngettext(
            "{n} cell that you typed was not saved; copy it from here:",
            "{n} cells that you typed were not saved; copy them from here:",
            len(lines),
        )
        st.warning(words.format(n=number(len(lines))), icon=":material/edit_off:")
        st.code("\n".join(lines), language=None, wrap_lines=True)


def _lines(grid: Grid) -> Iterator[str]:
    for (item_id, field), raw in grid.unsaved().items():
        row = ""
        if grid.view is not None and item_id in grid.view.items.index:
            row = str(grid.view.value(item_id, "code") or grid.view.value(item_id, "task"))
        yield " · ".join((row or _("a new row"), field_label(field), _text(raw)))


def _text(raw: object) -> str:
    if isinstance(raw, bool):
        return "✓" if raw else "–"
    return "–" if raw in (None, "") else str(raw)
