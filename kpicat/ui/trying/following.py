"""Others' changes to the scenarios of a catalogue reach an open page: they are in no log, so they are asked for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kpicat.errors import StoreError
from kpicat.model.scenarios import SavedScenario
from kpicat.services import scenarios
from kpicat.ui import frame

EVERY_SECONDS = 1.5


def follow(desk: frame.Desk, saved: list[SavedScenario]) -> None:
    """Run the page anew when another has kept, changed or removed a scenario."""
    _look(desk, {each.id: each.version for each in saved})


@st.fragment(run_every=EVERY_SECONDS)
def _look(desk: frame.Desk, shown: Mapping[str, int]) -> None:
    try:
        moved = scenarios.versions(desk.store, desk.view) != shown
    except StoreError:
        return
    if moved:
        st.rerun()
