"""Who carries how much: three figures and a chart."""

from __future__ import annotations

import streamlit as st

from kpicat.convert import total
from kpicat.language import _, ngettext, number
from kpicat.services import View, capacity
from kpicat.services.capacity import Carried
from kpicat.ui import pictures, results_out
from kpicat.ui.carrying.held import PREFIX


def figures(found: Carried) -> None:
    """Load and capacity in all, a month, and how many are over."""
    known = [load for load in found.after if load.capacity is not None]
    over = sum(load.over is not None and load.over > 0 for load in known)
    can = total(load.capacity for load in known)
    load = capacity.shown(total(load.load for load in found.after))
    with st.container(horizontal=True, key=f"{PREFIX}_figures"):
        st.metric(_("Load a month (standard units)"), load, border=True)
        st.metric(_("Capacity a month"), capacity.shown(can) if known else _("not said yet"), border=True)
        st.metric(_("Over their capacity"), f"{number(over)} / {number(len(known))}" if known else "–", border=True)
    uncounted = sum(load.uncounted for load in found.after)
    if uncounted:
        say = ngettext(
            "{n} item has no converted quantity, so it is in no load: give it points and a quantity a year.",
            "{n} items have no converted quantity, so they are in no load: give them points and a quantity a year.",
            uncounted,
        )
        st.caption(f":material/info: {say.format(n=number(uncounted))}")


def loads(view: View, found: Carried) -> None:
    """The chart, with all of them in its table."""
    pictures.chart(
        capacity.chart(found.after, found.field), key=f"{PREFIX}_chart_{found.field}",
        whole=lambda: capacity.chart(found.after, found.field, most=None),
        below=lambda shown: results_out.download_of(view, shown, key=f"{PREFIX}_chart"),
    )  # fmt: skip
