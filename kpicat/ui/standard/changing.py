"""What every coefficient and each position's load becomes with another standard unit; then, at a word, one batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kpicat.convert import total
from kpicat.errors import KpicatError
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, signed
from kpicat.services import bulk, tiering
from kpicat.services.view import View
from kpicat.standard_unit import Becoming
from kpicat.ui import approving, frame, grid_view, only
from kpicat.ui.standard.held import GRID

_MOST_HEIGHT = 330  # pixels


def change(desk: frame.Desk, item_id: str) -> None:
    """The question about the points where there is one, what would become of the catalogue, and the button."""
    view = desk.view
    rescaled = _asked(view, item_id)
    planned = tiering.choose(view, item_id, rescaled=rescaled)
    if not planned.writes:
        words = _("This line is the standard unit, with {points} points and coefficient 1; nothing would change.")
        st.success(words.format(points=number(view.guidance.standard_points)), icon=":material/check:")
        return
    becoming = tiering.would_become(view, item_id, rescaled=rescaled)
    _figures(becoming)
    st.button(
        _("Make it the standard unit"),
        key=f"{GRID}_make",
        type="primary",
        icon=":material/straighten:",
        # As a callback, and on what stands in this preview: what others change meanwhile is told, not overwritten.
        on_click=_make,
        args=(desk, item_id, planned),
        **only.writing(desk, planned.writes, disabled=approving.is_locked(desk)),
    )
    if rescaled:
        st.warning(frame.plain_text(" ".join(planned.remarks)), icon=":material/info:")
    _tables(view, becoming)


def _asked(view: View, item_id: str) -> bool:
    """Whether all points are to be held against this line's; asked where its own are not the standard's."""
    own: Any = view.table["points"].at[item_id]
    standard = view.guidance.standard_points
    if own == standard:
        return False
    if own is None or own <= 0:
        words = _("It has no points yet; as the standard unit it gets {standard}, so that its coefficient is 1.")
        st.info(words.format(standard=number(standard)), icon=":material/info:")
        return False
    ways = {
        False: _("It alone gets {standard} points; all others keep theirs"),
        True: _("All points are held against its {points}; it gets {standard}, and all others change with it"),
    }
    if view.guidance.unit_by:
        ways[True] = _("All points of its part are held against its {points}; it gets {standard}, others of it change")
    question = _(
        "It has {points} points, but the standard unit has {standard} and coefficient 1. What becomes of the others?"
    )
    said = {"points": number(own), "standard": number(standard)}
    return st.radio(
        question.format(**said), list(ways), format_func=lambda way: ways[way].format(**said), key=f"{GRID}_{item_id}"
    )


def _figures(becoming: Becoming) -> None:
    lines = becoming.lines
    moved = _moved(lines["coefficient_before"], lines["coefficient_after"])
    before, after = total(lines["converted_before"]), total(lines["converted_after"])
    with st.container(horizontal=True, key=f"{GRID}_figures"):
        st.metric(_("Coefficients that change"), f"{number(sum(moved))} / {number(len(lines))}", border=True)
        st.metric(_("Converted total before"), number(before), border=True)
        moves = signed(after - before) if after != before else None
        st.metric(_("Converted total after"), number(after), moves, delta_color="off", border=True)


def _tables(view: View, becoming: Becoming) -> None:
    """Each position's load, and every line whose points or coefficient change."""
    beside = st.container(horizontal=True, key=f"{GRID}_tables")
    left, right = (beside.container(key=f"{GRID}_{name}_beside") for name in ("loads", "lines"))
    lines = becoming.lines
    loads = becoming.loads.assign(moves=[b - a for a, b in becoming.loads.itertuples(index=False)])
    loads = loads.sort_values("moves", key=lambda moves: moves.eq(0), kind="stable")  # what changes stands first
    with left:
        st.markdown(f"**{_('Load of each position')}**")
        rows = [
            (str(title) or _("without a position"), number(old), number(new), signed(moves))
            for title, old, new, moves in loads.itertuples(name=None)
        ]
        _shown(rows, {field_label("position"): 210, _("Before"): 95, _("After"): 95, _("Difference"): 95}, "loads")
    moved = lines[_moved(lines["points_before"], lines["points_after"])]
    with right:
        words = ngettext("{n} line gets other points", "{n} lines get other points", len(moved))
        st.markdown(f"**{words.format(n=number(len(moved)))}**")
        if not len(moved):
            st.caption(_("All points and coefficients stay as they are; only the mark of the standard unit moves."))
            return
        called = bulk.names(view)
        columns = ("points_before", "points_after", "coefficient_before", "coefficient_after")
        changed = [
            (called[item_id], *map(number, values))
            for item_id, *values in zip(moved.index.tolist(), *(moved[name] for name in columns), strict=True)
        ]
        headings = {
            _("Row"): 260, _("Points before"): 110, _("Points after"): 110,
            _("Coefficient before"): 130, _("Coefficient after"): 130,
        }  # fmt: skip
        _shown(changed, headings, "lines")


def _shown(rows: Sequence[tuple[str, ...]], widths: dict[str, int], name: str) -> None:
    first, *_rest = widths
    st.dataframe(
        pd.DataFrame(rows, columns=list(widths), dtype="str"),
        hide_index=True,
        height=min(_MOST_HEIGHT, grid_view.HEADER + grid_view.ROW * len(rows) + 2),
        row_height=grid_view.ROW,
        column_config={
            column: st.column_config.TextColumn(width=width, alignment=None if column == first else "right")
            for column, width in widths.items()
        },
        key=f"{GRID}_{name}",
    )


def _moved(before: pd.Series, after: pd.Series) -> list[bool]:
    return [old != new for old, new in zip(before, after, strict=True)]


def _make(desk: frame.Desk, item_id: str, planned: bulk.Proposal) -> None:
    grid = grid_view.state(GRID, desk.view.catalogue.id)
    try:
        with grid.guard:
            outcome = grid.took(desk.save(bulk.carry_out, planned))
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    if outcome.batch:
        words = _("{row} is the standard unit now; undo takes all of it back.")
        st.session_state.notice = words.format(row=bulk.row_words(desk.view, item_id))
