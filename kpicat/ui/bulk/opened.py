"""The gesture whose dialog is open: kept in the session, so that others' changes do not close it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from kpicat import services

_KEY = "bulk_opened"
_REFUSED = "bulk_refused"


@dataclass(frozen=True, slots=True)
class Opened:
    """A gesture and the rows it was opened on.

    Attributes:
        ticked: They were ticked; otherwise they are all that were shown.
        grid: Name of the grid they stand in.
        request: The gesture's own id, so that it is done once however often its button is pressed.
    """

    gesture: str
    ids: tuple[str, ...]
    ticked: bool
    catalogue: str
    grid: str
    request: str = field(default_factory=services.new_id)


def hold(opened: Opened) -> None:
    """Open a dialog."""
    close()
    st.session_state[_KEY] = opened


def current() -> Opened | None:
    """The gesture that is open."""
    held = st.session_state.get(_KEY)
    return held if isinstance(held, Opened) else None


def close() -> None:
    """Close the dialog with the next run of the page."""
    st.session_state.pop(_KEY, None)
    st.session_state.pop(_REFUSED, None)


def refuse(why: str) -> None:
    """Leave the dialog open and say why nothing was done."""
    st.session_state[_REFUSED] = why


def refused() -> str | None:
    """Why nothing was done, once."""
    why = st.session_state.pop(_REFUSED, None)
    return None if why is None else str(why)
