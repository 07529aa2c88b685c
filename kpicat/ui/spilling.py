"""What a grid had no room for of a block pasted straight into it: told, and offered to the paste dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat.errors import InputError
from kpicat.exchange import Pointed
from kpicat.exchange.clipboard import block
from kpicat.exchange.read_pasted import NO_HEADINGS
from kpicat.language import _, ngettext, number
from kpicat.model import FIELDS
from kpicat.settings import upload_limit
from kpicat.ui import frame, grid_view, pasting

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Spilled:
    """A block that a grid could not take whole.

    Attributes:
        said: What did not fit, in words.
        text, html: The block as it was on the clipboard.
        pointed: Which column of the grid each of its columns was pasted into.
        ids: Rows of the grid from the one it was pasted at.
    """

    said: str
    text: str
    html: str
    pointed: Pointed
    ids: Sequence[str]


def offer(desk: frame.Desk, name: str, columns: Sequence[str]) -> None:
    """Hear of blocks pasted straight into a grid that it could not take whole, and offer the dialog for them.

    Args:
        name: Of the grid, see :func:`kpicat.ui.grid_view.show`.
        columns: Of the grid, in order.
    """
    grid = grid_view.state(name, desk.view.catalogue.id)
    places = ("", "", *(c if c in FIELDS else "" for c in columns), "")
    tiers = ["", *(str(tier.level) for tier in desk.view.guidance.tiers)]
    key, kept = f"{name}_spilled_hand", f"{name}_spilled_block"
    _ear()(
        key=key,
        data={
            "grid": f"grid_{grid.key}",
            "rows": len(grid.ids),
            "columns": len(places),
            "choices": {places.index("tier"): tiers} if "tier" in places else {},
            "most": upload_limit(),
        },
        on_spilled_change=lambda: _spilled(kept, st.session_state[key].spilled, grid.ids, places),
    )
    spilled = st.session_state.get(kept)
    if not isinstance(spilled, Spilled):
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{name}_spilled_questions"):
        st.markdown(f":material/content_paste_off: {frame.plain_text(spilled.said)}", width="content")
        held = pasting.state(name, desk.view.catalogue.id)
        st.button(
            _("Open it in the paste dialog"), key=f"{name}_spilled_open", on_click=_open, args=(held, kept, spilled)
        )
        st.button(_("Leave it"), key=f"{name}_spilled_leave", type="tertiary", on_click=_forget, args=(kept,))


def _spilled(kept: str, caught: object, ids: Sequence[str], places: Sequence[str]) -> None:
    if not isinstance(caught, dict):
        return
    text, html = str(caught.get("text") or ""), str(caught.get("html") or "")
    row, column = int(caught["row"]), int(caught["column"])
    try:
        found = block(text, html)
    except InputError as error:
        st.session_state.notice = str(error)
        return
    said = _("Some of the cells you pasted are not what the grid's columns can hold.")
    room = len(ids) - row
    if found.height > room:
        said = ngettext(
            "The grid had room for {room} of the {n} row you pasted.",
            "The grid had room for {room} of the {n} rows you pasted.",
            found.height,
        ).format(room=number(room), n=number(found.height))
    named = {c: name for c, name in enumerate(places[column : column + found.width]) if name}
    st.session_state[kept] = Spilled(said, text, html, Pointed(NO_HEADINGS, named), ids[row:])


def _open(held: pasting.Held, kept: str, spilled: Spilled) -> None:
    pasting.open_with(held, spilled.text, spilled.html, spilled.pointed, spilled.ids)
    _forget(kept)


def _forget(kept: str) -> None:
    st.session_state.pop(kept, None)


@st.cache_resource(show_spinner=False)
def _ear() -> ComponentRenderer:
    return st.components.v2.component("kpicat_spilled", js=(_HERE / "spilling.js").read_text(encoding="utf-8"))
