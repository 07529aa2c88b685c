"""Move work to another position or department to see what would become of the loads; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import streamlit as st

from kpicat.capacity import Load
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import View, Wanted, bulk, capacity, choices, find
from kpicat.services.capacity import Carried
from kpicat.ui import frame
from kpicat.ui.carrying.held import PREFIX, move, moved_before, moves

_MOST_FOUND = 50  # rows offered at once: who means another one searches for it


def moving(view: View, found: Carried) -> None:
    """Choose work and whom it goes to; what is moved, and what becomes of those concerned."""
    moved = moves(view, found.field)
    _choose(view, found, moved)
    if not moved:
        st.info(_("Nothing is moved yet. What is moved here is moved to see only: the catalogue stays as it is."))
        _offer_last(view, found.field)
        return
    st.markdown(f"#### {_('What would become of them')}")
    headings = [field_label(found.field), _("As it is"), _("After moving"), _("How it stands after")]
    rows = [(after.name, _words(before), capacity.words(after), capacity.state(after)) for before, after in found.moved]
    st.dataframe(
        pd.DataFrame(rows, columns=headings, dtype="str"), hide_index=True, height="content", key=f"{PREFIX}_moved",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in headings[1:3]},
        alt=_("What would become of them"),
    )  # fmt: skip
    _take_back(view, moved, found.field)


def _offer_last(view: View, name: str) -> None:
    """The way back to what was moved before the person went elsewhere."""
    if last := moved_before(view, name):
        say = ngettext(
            "Move the {n} row again that was moved last", "Move the {n} rows again that were moved last", len(last)
        )
        st.button(say.format(n=number(len(last))), key=f"{PREFIX}_again", on_click=move, args=(last, view, name))


def _words(load: Load | None) -> str:
    return "–" if load is None else capacity.words(load)


def _choose(view: View, found: Carried, moved: Mapping[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_choose"):
        words = st.text_input(
            _("Search"), key=f"{PREFIX}_words", icon=":material/search:", width=260,
            placeholder=_("words, with or without diacritics"),
        )  # fmt: skip
        there = set(find(view, Wanted(words=words)))
        offered = [row for row in capacity.heaviest_first(view, found) if row in there and row not in moved]
        weighs = dict(zip(view.table.index.tolist(), view.table["converted_quantity"].tolist(), strict=True))
        chosen = st.multiselect(
            _("Work, that of who is most over first"), offered[:_MOST_FOUND], key=f"{PREFIX}_rows_{len(moved)}",
            format_func=lambda row: _called(view, found, row, weighs[row]), placeholder=_("choose work"),
        )  # fmt: skip
        to = st.selectbox(
            _("Moved to"), choices(view, found.field), index=None, key=f"{PREFIX}_to",
            placeholder=_("choose where to"), width=300,
        )  # fmt: skip
        st.button(
            _("Move it, to see"), key=f"{PREFIX}_give", type="primary", disabled=not chosen or to is None,
            on_click=lambda: move({**moved, **dict.fromkeys(chosen, str(to))}, view, found.field),
        )  # fmt: skip
    if len(offered) > _MOST_FOUND:
        say = _("The first {n} of {all} rows are offered; search to find others.")
        st.caption(say.format(n=number(_MOST_FOUND), all=number(len(offered))))


def _called(view: View, found: Carried, row: str, load: Decimal) -> str:
    """A line with what it weighs a month and on whom."""
    return f"{bulk.row_words(view, row)} ({capacity.shown(load)} · {view.value(row, found.field) or '–'})"


def _take_back(view: View, moved: Mapping[str, str], name: str) -> None:
    """What is moved, and the way back."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}_back_row"):
        back = st.multiselect(
            _("Moved here, to see"), list(moved), key=f"{PREFIX}_given_{len(moved)}",
            format_func=lambda row: f"{bulk.row_words(view, row)} → {moved[row]}",
            placeholder=_("choose what to leave where it is"),
        )  # fmt: skip
        st.button(
            _("Leave it where it is"), key=f"{PREFIX}_back", disabled=not back,
            on_click=lambda: move({row: to for row, to in moved.items() if row not in back}, view, name),
        )  # fmt: skip
        st.button(_("Leave all where it is"), key=f"{PREFIX}_back_all", on_click=move, args=({}, view, name))
    st.caption(
        _(
            "What is moved here stands in the address of this page: copy it to keep or share it. "
            "To move it for good, change it in the grid of the catalogue."
        )
    )
    if st.button(_("To the grid"), key=f"{PREFIX}_edit", icon=":material/edit_note:"):
        frame.go("edit")
