"""What tiers have left amiss, said where they are given: a standard unit off its points, a reason that is due."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import bulk, tiering, yardsticks
from kpicat.services.view import View
from kpicat.ui import frame, standard
from kpicat.ui.assigning import marking
from kpicat.ui.assigning.held import GRID

_NAMED = 20  # rows; the others come up as these are dealt with


def amiss(desk: frame.Desk) -> None:
    """A word for each, which opens: so nothing moves under the hand that gave the tier."""
    if units := yardsticks.off(desk.view):
        words = _("Standard unit not at {standard} points").format(standard=number(desk.view.guidance.standard_points))
        with st.popover(words, icon=":material/warning:", key=f"{GRID}_amiss_unit"):
            _units(desk.view, units)
    if due := tiering.unexplained(desk.view):
        words = ngettext("{n} reason is due", "{n} reasons are due", len(due)).format(n=number(len(due)))
        with st.popover(words, icon=":material/rule:", key=f"{GRID}_amiss_reasons"):
            _reasons(desk.view, due)


def _units(view: View, units: Sequence[str]) -> None:
    for item_id in units:
        st.markdown(standard.off_words(view, item_id))
        if st.button(_("Put it right…"), key=f"{GRID}_amiss_{item_id}", icon=":material/build:"):
            standard.look_at(view.catalogue.id, item_id)
            frame.go("standard_unit")


def _reasons(view: View, due: Sequence[str]) -> None:
    st.markdown(
        _(
            "These rows are decided otherwise than their own marks propose. Write the reason in the column “{column}”."
        ).format(column=field_label("rationale"))
    )
    called = view.own.get("names", lambda: bulk.names(view))
    said = (f"{called[item_id]}: {marking.question(view, item_id)}" for item_id in due[:_NAMED])
    st.markdown("\n".join(f"- {frame.plain_text(each)}" for each in said))
