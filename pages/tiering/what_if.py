"""What if: try tiers, rules, marks and another standard unit, see what becomes of the figures, share it, adopt it."""

import streamlit as st

from kpicat.language import _
from kpicat.model.scenarios import SavedScenario
from kpicat.services import scenarios
from kpicat.ui import frame, live, no_items, trying


def one(desk: frame.Desk, held: trying.Held, saved: list[SavedScenario]) -> None:
    """The scenario in hand: what is tried, and below it what becomes of the figures."""
    trying.bar(desk, held, saved)
    ground = scenarios.ground(desk.store, desk.view, held.kept)
    if held.kept and held.adopted:
        trying.figures(ground, scenarios.became(desk.store, desk.view, held.kept))
        return
    trying.controls(desk, held)
    trying.figures(ground, scenarios.tried(ground, held.scenario))


def what_if(desk: frame.Desk) -> None:
    """One scenario, or several side by side."""
    nothing = _("There are no items yet. Bring a file in or type the first ones; then try here what tiers do to them.")
    if no_items.said(desk, "what_if", nothing):
        return
    saved = scenarios.saved(desk.store, desk.view)
    held = trying.current(desk, saved)
    ways = {"one": _("One scenario"), "many": _("Compare scenarios")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="what_if_way_row"):
        way = st.segmented_control(
            _("Show"), list(ways), format_func=ways.__getitem__, default="one", required=True, key="what_if_way",
            label_visibility="collapsed",
        )  # fmt: skip
        trying.adopt_button(held)
    trying.follow(desk, saved)
    with st.container(key=f"what_if_{way}"):
        if way == "many":
            trying.side_by_side(desk, saved)
        else:
            one(desk, held, saved)
    trying.dialog(desk, held)


live.page("what_if", _("What if"), what_if)
