"""Results: how hard the work is, who carries it, what changed; a click on a chart asks for more."""

import streamlit as st

from kpicat.language import _
from kpicat.services import results
from kpicat.ui import frame, live, no_items
from kpicat.ui.results import asked, brief, chips, figures, items, lacking, section, slides, tools, why


def dashboard(desk: frame.Desk) -> None:
    """Answers and figures first, then one question at a time in charts, then the items behind them."""
    wanted = asked()
    nothing = _("There are no items yet. Bring a file in or type the first ones; the charts follow.")
    if no_items.said(desk, "dashboard", nothing):
        return

    part = results.part_of(desk.view, wanted.filter)
    if wanted.present:
        slides(part, wanted)
        return

    against = tools(desk, wanted, results.moments(desk.store, desk.view, frame.clock(frame.now())))
    chips(desk.view, wanted)
    if part.items.empty:
        st.info(_("No item fits these filters; take one off."))
        return

    then = results.part_of(results.stood(desk.store, desk.view, against), wanted.filter) if against else None
    brief(part, then, against, wanted)
    figures(part, then)
    lacking(part.figures)
    why(part, wanted)
    section(desk.view, part, then, against, wanted)
    with st.container(key="dashboard_items"):
        items(part)


live.page("dashboard", _("Results and charts"), dashboard)
