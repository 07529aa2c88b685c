"""What is done to rows ticked or shown: one tier for all, tiers proposed for each, the marks of one by criteria."""

from __future__ import annotations

import streamlit as st

from kpicat.language import _, ngettext, number
from kpicat.services import bulk as gestures
from kpicat.ui import bulk, frame, grid_view
from kpicat.ui.assigning import marking
from kpicat.ui.assigning.held import GRID
from kpicat.ui.bulk import suggesting
from kpicat.ui.bulk.opened import Opened, hold


def one_tier(desk: frame.Desk, ticked: list[str], ids: list[str]) -> None:
    """A tier for the rows ticked, or for all those shown."""
    level = st.selectbox(
        _rows(ticked, ids),
        [tier.level for tier in desk.view.guidance.tiers],
        index=None,
        format_func=lambda n: grid_view.tier_words(desk.view)(str(n)),
        placeholder=_("Choose a tier"),
        key=f"{GRID}_bulk_tier",
        width=340,
    )
    planned = gestures.set_field(desk.view, ticked or ids, "tier", level) if level is not None else None
    st.button(
        _("Apply"),
        key=f"{GRID}_bulk",
        type="primary",
        disabled=planned is None or not planned.writes,
        on_click=grid_view.gesture,
        args=(desk, GRID, gestures.carry_out, planned),
    )


def propose(desk: frame.Desk, ticked: list[str], ids: list[str]) -> None:
    """The way to what is proposed for them."""
    st.button(
        _("Propose tiers…"),
        key=f"{GRID}_suggest",
        icon=":material/lightbulb:",
        disabled=not ids,
        on_click=_open,
        args=(desk, suggesting.GESTURE, ticked or ids, bool(ticked)),
    )


def by_criteria(desk: frame.Desk, ticked: list[str]) -> None:
    """The way to the marks of one row, criterion by criterion."""
    st.button(
        _("Mark by criteria…"),
        key=f"{GRID}_criteria",
        icon=":material/grid_on:",
        disabled=len(ticked) != 1 or desk.view.guidance.grid is None,
        help=_("Tick one row to mark it criterion by criterion"),
        on_click=_open,
        args=(desk, marking.GESTURE, ticked, True),
    )


def _open(desk: frame.Desk, gesture: str, ids: list[str], ticked: bool) -> None:
    hold(Opened(gesture, tuple(ids), ticked, desk.view.catalogue.id, GRID))


def dialog(desk: frame.Desk) -> None:
    """The dialog that is open over the grid."""
    own = {
        suggesting.GESTURE: (_("Propose tiers"), suggesting.suggest),
        marking.GESTURE: (_("Marks by criteria"), marking.dialog),
    }
    bulk.dialog(desk, GRID, own)


def _rows(ticked: list[str], shown: list[str]) -> str:
    if ticked:
        words = ngettext("Tier for the row ticked", "Tier for the {n} rows ticked", len(ticked))
    else:
        words = ngettext("Tier for the row shown", "Tier for all {n} rows shown", len(shown))
    return words.format(n=number(len(ticked or shown)))
