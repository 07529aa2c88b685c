"""The keys of the page of tiers: 1 to 4 where the cursor is, and the arrows before a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat.labels import field_label
from kpicat.language import _
from kpicat.services import bulk
from kpicat.ui import frame, grid_view
from kpicat.ui.assigning.held import GRID, held_for
from kpicat.ui.grid import Grid
from kpicat.ui.grid_rows import ORDER
from kpicat.ui.pressing import presses

_TYPED = ("code", "points", "rationale", "position")  # columns of the grid in which a digit begins a text
_COMPARED = 60  # characters of a task that tell a row
PREVIOUS, NEXT, NEXT_OPEN = "ArrowLeft", "ArrowRight", "ArrowDown"

_HERE = Path(__file__).parent


def in_grid(desk: frame.Desk, ticked: Sequence[str]) -> None:
    """Hear the digits over the grid: they set the tier of the row with the cursor, or of all ticked ones."""
    levels = {str(tier.level): tier.level for tier in desk.view.guidance.tiers}

    def pressed(press: dict[str, Any]) -> None:
        grid = grid_view.state(GRID, desk.view.catalogue.id)
        if (level := levels.get(str(press.get("key")))) is None:
            return
        if ids := _meant(grid, press):
            planned = bulk.set_field(grid.view or desk.view, ids, "tier", level)
            if planned.writes:
                grid_view.gesture(desk, GRID, bulk.carry_out, planned)

    grid = grid_view.state(GRID, desk.view.catalogue.id)
    data = {
        "keys": list(levels),
        "grid": f".st-key-grid_{grid.key}",
        "order": _("No."),
        "task": field_label("task"),
        "typed": [field_label(name) for name in _TYPED],
        "ticked": bool(ticked),
    }
    _listen(desk, "grid", data, pressed)


def _meant(grid: Grid, press: dict[str, Any]) -> Sequence[str]:
    """The rows of a press: the one with the cursor; with it all ticked ones where it is one of them, or on none."""
    shown, task = grid.frame, " ".join(str(press.get("task") or "").split())[:_COMPARED]
    at = shown.index[shown[ORDER] == str(press.get("row") or "-")].tolist() if ORDER in shown else []
    if not at:
        return [] if press.get("row") else grid.ticked
    if " ".join(str(shown["task"].at[at[0]]).split())[:_COMPARED] != task:  # rows moved while the key went down
        st.session_state.notice = _("The rows have just moved; look at the row again and press the key once more.")
        return []
    return grid.ticked if at[0] in grid.ticked else at


def one(desk: frame.Desk, item_id: str, act: Callable[[str, str], None]) -> None:
    """Hear the keys before a group.

    Args:
        item_id: The item shown.
        act: Given a key and the item that was shown when it was pressed.
    """
    levels = [str(tier.level) for tier in desk.view.guidance.tiers]
    data = {"keys": [*levels, PREVIOUS, NEXT, NEXT_OPEN], "grid": "", "item": item_id}
    _listen(desk, "one", data, lambda press: act(str(press.get("key")), str(press.get("item"))))


def _listen(desk: frame.Desk, name: str, data: dict[str, Any], act: Callable[[dict[str, Any]], None]) -> None:
    key, held = f"{GRID}_{name}_keys_hand", held_for(desk.view.catalogue.id)

    def heard() -> None:
        for press in presses(st.session_state[key].pressed, held.heard):
            held.heard = press["n"]
            act(press)

    _ear()(key=key, data={"name": name, **data}, on_pressed_change=heard)


@st.cache_resource(show_spinner=False)
def _ear() -> ComponentRenderer:
    return st.components.v2.component("kpicat_assign_keys", js=(_HERE / "keys.js").read_text(encoding="utf-8"))
