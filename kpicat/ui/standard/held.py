"""What a session holds of the page of the standard unit: the line looked at, and the part of the catalogue."""

from __future__ import annotations

import streamlit as st

GRID = "standard"
"""First part of the keys of the page's widgets, and the name under which its undo is known."""


def chosen(catalogue_id: str) -> str:
    """Id of the line looked at; "" for none."""
    kept: dict[str, str] = st.session_state.setdefault(f"{GRID}_held", {})
    return kept.get(catalogue_id, "")


def choose(catalogue_id: str, item_id: str) -> None:
    """Look at a line; to be called before the page or as a callback."""
    st.session_state.setdefault(f"{GRID}_held", {})[catalogue_id] = item_id


def part(catalogue_id: str) -> str | None:
    """The part of the catalogue looked at; None for none yet."""
    kept: dict[str, str] = st.session_state.setdefault(f"{GRID}_part", {})
    return kept.get(catalogue_id)


def look(catalogue_id: str, part: str) -> None:
    """Look at a part of the catalogue, and at no line of it yet; a callback."""
    st.session_state.setdefault(f"{GRID}_part", {})[catalogue_id] = part
    choose(catalogue_id, "")
