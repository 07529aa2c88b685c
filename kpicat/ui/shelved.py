"""A long list of catalogues: the first few, more of them, and those that are looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kpicat import services
from kpicat.language import _, number
from kpicat.model import Catalogue

AT_FIRST = 12
"""So many are shown; of more, one looks for a name."""


def some(among: Sequence[Catalogue], draw: Callable[[Sequence[Catalogue]], None], key: str) -> None:
    """Draw the first of a list, or of those that are looked for, and offer twice as many.

    Args:
        among: All of the list, in its order.
        draw: Shows those it is given.
        key: Of the box for the words; how many are shown is kept beside it.
    """
    most = f"{key}_most"
    found = among
    if len(among) > AT_FIRST:
        words = st.text_input(
            _("Look for a catalogue"),
            key=f"{key}_words",
            placeholder=_("name, body or period, with or without diacritics"),
            icon=":material/search:",
            width=520,
            on_change=lambda: st.session_state.pop(most, None),
        )
        found = services.named(among, words)
        if not found:
            st.caption(_("No catalogue is called that; look for fewer or other words."))
    shown = found[: st.session_state.get(most, AT_FIRST)]
    draw(shown)
    if len(shown) < len(found):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Show more"), key=f"{key}_more", icon=":material/expand_more:",
                on_click=lambda: st.session_state.update({most: 2 * len(shown)}),
            )  # fmt: skip
            shares = _("{shown} of {n} are shown.")
            st.caption(shares.format(shown=number(len(shown)), n=number(len(found))), width="content")
