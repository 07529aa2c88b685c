"""Results: figures and charts of how difficult the work is, and who carries it."""

import textwrap

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.ui import frame, live, pictures


def dashboard(desk: frame.Desk) -> None:
    """Figures first, then the charts, then the numbers behind them."""
    figures = desk.view.figures

    if figures.items == 0:
        st.info(_("There are no items yet. Bring a file in or type the first ones; the charts follow."))
        if st.button(_("Bring a file in"), key="dashboard_bring_in", type="primary"):
            frame.go("bring_in")
        return

    with st.container(horizontal=True, key="dashboard_figures"):
        st.metric(_("Items"), number(figures.items), border=True)
        standards = [desk.view.items.at[i, "code"] or desk.view.items.at[i, "task"] for i in figures.standard_units]
        named = textwrap.shorten(", ".join(standards[:3]), 60, placeholder=" …")
        st.metric(_("Standard unit"), frame.plain_text(named) or _("not chosen"), border=True)
        st.metric(_("Mean coefficient"), number(figures.mean_coefficient) or "–", border=True)
        st.metric(_("Converted total (standard units)"), number(figures.converted_total), border=True)
    with st.container(horizontal=True, key="dashboard_shares"):
        for tier in desk.view.guidance.tiers:
            st.metric(
                f"{_('Tier')} {tier.level} · {tier.range}",
                percent(figures.shares[tier.level]),
                border=True,
                help=tier.label,
            )
    lacking = []
    if figures.without_points:
        lacking.append(
            ngettext("{n} item has no points", "{n} items have no points", figures.without_points).format(
                n=number(figures.without_points)
            )
        )
    if figures.without_quantity:
        lacking.append(
            ngettext("{n} item has no quantity", "{n} items have no quantity", figures.without_quantity).format(
                n=number(figures.without_quantity)
            )
        )
    if lacking:
        st.caption(f":material/info: {'; '.join(lacking)}. {_('They are not in the converted quantity.')}")

    left, right = st.columns(2, gap="medium")
    with left:
        pictures.by_tier(desk.view, "count", key="dashboard_count")
    with right:
        pictures.by_tier(desk.view, "converted_quantity", key="dashboard_converted")

    with st.container(horizontal=True, vertical_alignment="bottom", key="dashboard_choices"):
        field = st.segmented_control(
            _("Split by"),
            ["department", "group", "position"],
            format_func=field_label,
            default="department",
            required=True,
            key="dashboard_field",
        )
        measures = {"count": _("Number of items"), "converted_quantity": field_label("converted_quantity")}
        measure = st.segmented_control(
            _("Measured by"),
            list(measures),
            format_func=measures.__getitem__,
            default="count",
            required=True,
            key="dashboard_measure",
        )
        share = st.toggle(_("As shares of 100 %"), key="dashboard_share")
    pictures.by_field(desk.view, field, measure, share=share, key="dashboard_by_field")

    st.markdown(f"##### {_('Converted points of every item')}")
    pictures.converted_points(desk.view, key="dashboard_points")


live.page("dashboard", _("Results and charts"), dashboard)
