"""What a page is asked, as it stands in the address bar: a link opens the same view, back goes back.

What a page shows first is left out of the address. A widget is given what the address says before it is drawn, and
what the person does with it is written there in one message, which is one step for "back".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st


def said(name: str) -> str:
    """The one value of a name; "" for none."""
    return str(st.query_params.get(name, ""))


def all_said(name: str) -> list[str]:
    """Every value of a name."""
    return st.query_params.get_all(name)


def say(name: str, value: str | Sequence[str]) -> None:
    """Ask for this from now on, for what is usual where it is empty; only in a callback, before the page runs."""
    now = {each: st.query_params.get_all(each) for each in st.query_params}
    st.query_params.from_dict({each: own for each, own in {**now, name: value}.items() if own})


def choice(label: str, words: Mapping[str, str], name: str, *, key: str) -> str:
    """One of a few, side by side; the first is the usual one.

    Args:
        words: Each in words.
        name: In the address.
    """
    usual, *_others = words
    asked = said(name)
    st.session_state[key] = asked if asked in words else usual
    st.segmented_control(
        label, list(words), format_func=words.__getitem__, key=key, required=True, label_visibility="collapsed",
        on_change=lambda: say(name, "" if st.session_state[key] == usual else st.session_state[key]),
    )  # fmt: skip
    return str(st.session_state[key])


def several(label: str, words: Mapping[str, str], name: str, *, key: str) -> list[str]:
    """Any of some, as pills; what the address says that is not among them is left aside."""
    st.session_state[key] = [each for each in all_said(name) if each in words]
    chosen: list[Any] = st.pills(
        label, list(words), selection_mode="multi", format_func=words.__getitem__, key=key,
        on_change=lambda: say(name, st.session_state[key]),
    )  # fmt: skip
    return chosen


def whether(label: str, name: str, *, key: str) -> bool:
    """Yes or no, at first no."""
    st.session_state[key] = said(name) == "1"
    return st.toggle(label, key=key, on_change=lambda: say(name, "1" if st.session_state[key] else ""))
