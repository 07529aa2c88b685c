"""What a check asks, by what right, why, and how to put right what it finds."""

from __future__ import annotations

import streamlit as st

from kpicat import checks
from kpicat.language import _
from kpicat.ui import frame


def show(check: str, title: str) -> None:
    """What is to be done and how; why, by what right, and lines as they should be and should not, on demand."""
    principle, source, why, *remedy = checks.manual(check).split("\n\n")
    with st.container(border=True, gap="xsmall", key="checks_says"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{frame.plain_text(title)}.** {principle}", width="stretch")
            with st.popover(_("Why, examples"), icon=":material/lightbulb:", type="tertiary", width="content"):
                st.markdown(f"{why}\n\n{source}")
                _examples(check)
        st.markdown("\n\n".join(remedy))


def _examples(check: str) -> None:
    keep, broken = checks.examples(check)
    for words, mark, cases in (
        (_("Right:"), ":green[:material/check:]", keep),
        (_("Not right:"), ":red[:material/close:]", broken),
    ):
        said = [f"{mark} {frame.plain_text(case)}" for case in cases]
        st.markdown("  \n".join([f"**{words}**", *said]))


def all_is_well() -> None:
    """That nothing is found, and what is next."""
    st.success(
        _("Every line keeps every principle: well done! Next: give each line its tier, or export the catalogue."),
        icon=":material/celebration:",
    )
    with st.container(horizontal=True):
        if st.button(_("Assign tiers"), key="checks_next_assign", icon=":material/stairs:", type="primary"):
            frame.go("assign")
        if st.button(_("Export files"), key="checks_next_take_out", icon=":material/download:"):
            frame.go("take_out")
