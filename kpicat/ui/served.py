"""The office in which the sessions of this process work."""

from __future__ import annotations

import streamlit as st

from kpicat import heap, settings
from kpicat.office import Office
from kpicat.store import open_store
from kpicat.ui import beneath

BUSY_SECONDS = 2.5
"""How long a gesture waits for a busy database before it says so and is tried again."""

_served_by: Office | None = None


def serve(office: Office) -> None:
    """Have every session of this process work in ``office``; called by the server before the first."""
    global _served_by
    _served_by = office


def office() -> Office:
    """What the sessions of this process share."""
    return _served_by or _own_office()


@st.cache_resource(show_spinner=False)
def _own_office() -> Office:
    """The office of pages that no server of ours serves, as under ``streamlit run``."""
    beneath.settle()
    heap.leave_alone()
    return open_office()


def open_office(*, pushes: bool = False) -> Office:
    """An office on the database of this installation, patient with it as pages are."""
    return Office(open_store(settings.database_url(), busy_timeout=BUSY_SECONDS), pushes=pushes)
