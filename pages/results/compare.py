"""Compare: what changed since another version, and several bodies on one measure."""

import streamlit as st

from kpicat.language import _
from kpicat.ui import comparing, frame, live


def compare(desk: frame.Desk) -> None:
    """Two versions, or several bodies."""
    names = {"versions": _("Two versions"), "bodies": _("Several bodies")}
    way = st.segmented_control(
        _("Show"), list(names), format_func=names.__getitem__, default="versions", required=True, key="compare_way",
        label_visibility="collapsed",
    )  # fmt: skip
    with st.container(key=f"compare_part_{way}"):
        if way == "bodies":
            comparing.bodies(desk)
        else:
            comparing.versions(desk)


live.page("compare", _("Compare"), compare)
