"""Giving an item its tier from outside a grid, and what to say where somebody was first."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from kpicat import services
from kpicat.errors import KpicatError
from kpicat.language import _
from kpicat.model import Outcome
from kpicat.services import bulk
from kpicat.services.view import View
from kpicat.ui import frame, grid_view
from kpicat.ui.assigning.held import GRID

Gesture = Callable[[], Outcome]


def level(view: View, item_id: str) -> int | None:
    """The tier an item has, or that its points fall in."""
    found: Any = view.table["tier"].at[item_id]
    return None if pd.isna(found) else int(found)


def took(desk: frame.Desk, gesture: Gesture) -> Outcome:
    """Do a gesture of which this session's grid is to know."""
    grid = grid_view.state(GRID, desk.view.catalogue.id)
    with grid.guard:
        return grid.took(gesture())


def give(desk: frame.Desk, item_id: str, tier: int) -> None:
    """Give an item a tier with its points; where somebody has given another one meanwhile, say so. A callback."""
    _carry_out(desk, bulk.set_field(desk.view, [item_id], "tier", tier))


def give_points(desk: frame.Desk, item_id: str, points: Decimal) -> None:
    """Give an item points with the tier they fall in, as :func:`give` does a tier. A callback."""
    _carry_out(desk, bulk.set_field(desk.view, [item_id], "points", points))


def type_points(desk: frame.Desk, item_id: str, text: str) -> None:
    """As :func:`give_points`, of what somebody typed; without any where nothing is. A callback."""
    try:
        points = services.typed("points", text, desk.view.guidance)
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    _carry_out(desk, bulk.set_field(desk.view, [item_id], "points", points))


def _carry_out(desk: frame.Desk, planned: bulk.Proposal) -> None:
    if not planned.writes:
        return
    try:
        outcome = took(desk, lambda: desk.save(bulk.carry_out, planned))
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    say(outcome)


def say(outcome: Outcome) -> None:
    """Have the next run say who was first."""
    for met in outcome.conflicts:
        words = _("{who} has just deleted this row; nothing was written.") if met.gone else _(
            "{who} has just given this item another tier or other points; look at it, and choose again."
        )  # fmt: skip
        st.session_state.notice = words.format(who=met.by)
