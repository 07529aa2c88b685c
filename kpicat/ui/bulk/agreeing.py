"""What every dialog ends with: what becomes of the figures, one button in sight, and the preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kpicat.errors import KpicatError
from kpicat.language import _, ngettext, number
from kpicat.model import Edit
from kpicat.services import bulk
from kpicat.ui import agreed, frame, grid_view
from kpicat.ui.bulk.opened import Opened, close, current, refuse, refused

_MOST_HEIGHT = 320  # pixels


def agree(desk: frame.Desk, opened: Opened, planned: bulk.Proposal, words: str, *, table: bool = True) -> None:
    """Show what would happen and let the person say so.

    Args:
        words: On the button.
        table: Show the lines; off where the dialog shows them itself.
    """
    _figures(planned)
    for remark in planned.remarks:
        st.warning(frame.plain_text(remark), icon=":material/info:")
    if why := refused():
        st.error(frame.plain_text(why), icon=":material/group:")
    st.button(
        words,
        key="bulk_agree",
        type="primary",
        icon=":material/check:",
        disabled=not planned.writes,
        # As a callback, and on what stands in this preview: what others change meanwhile is a conflict.
        # All that a dialog asks has one of these names, save this button.
        on_click=_carry_out,
        args=(desk, opened, planned, agreed.seen("bulk_[!a]*", "suggest_*")),
    )
    if table and planned.lines:
        _table(planned)


def _figures(planned: bulk.Proposal) -> None:
    changed = ngettext("**{n} row** is touched", "**{n} rows** are touched", planned.rows).format(
        n=number(planned.rows)
    )
    so = ngettext("{n} is so already", "{n} are so already", planned.same).format(n=number(planned.same))
    st.markdown(f"{changed}; {so}." if planned.same else f"{changed}.")
    if planned.before == planned.after:
        if any(not isinstance(write, Edit) for write in planned.writes):
            st.caption(_("Their converted total stays {total}.").format(total=number(planned.before)))
        return
    st.warning(
        _("Their converted total changes: **{before} → {after}** standard units.").format(
            before=number(planned.before), after=number(planned.after)
        ),
        icon=":material/calculate:",
    )


def _table(planned: bulk.Proposal) -> None:
    rows = [(line.row, line.what, line.before, line.after) for line in planned.lines]
    names = {_("Row"): 170, _("What"): 90, _("Before"): 130, _("After"): 130}
    preview(rows, names, key="bulk_preview", alt=_("What would change"))


def preview(rows: Sequence[Sequence[str]], names: Mapping[str, int], *, key: str, alt: str) -> None:
    """A table of a dialog.

    Args:
        names: What each column is called -> how many pixels wide it is.
    """
    st.dataframe(
        pd.DataFrame(rows, columns=list(names), dtype="str"),
        hide_index=True,
        height=height(len(rows)),
        row_height=grid_view.ROW,
        column_config={name: st.column_config.TextColumn(width=wide) for name, wide in names.items()},
        key=key,
        alt=alt,
    )


def height(rows: int) -> int:
    """Pixels a table of a dialog takes."""
    return min(_MOST_HEIGHT, grid_view.HEADER + grid_view.ROW * rows + 2)


def _carry_out(desk: frame.Desk, opened: Opened, planned: bulk.Proposal, asked: agreed.Seen) -> None:
    if current() is None:  # pressed twice
        return
    if why := agreed.overtaken(asked):
        refuse(why)
        return
    grid = grid_view.state(opened.grid, desk.view.catalogue.id)
    try:
        with grid.guard:
            outcome = grid.took(desk.save(bulk.carry_out, planned, request=opened.request))
            grid.ask(outcome.conflicts)
    except KpicatError as error:
        refuse(str(error))
        return
    close()
    if outcome.batch:
        st.session_state.notice = _("Done; undo takes all of it back.")
