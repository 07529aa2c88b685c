"""Compare: what changed since another version, and several bodies on one measure."""

import streamlit as st

from kpicat.language import _
from kpicat.ui import address, comparing, frame, live


def compare(desk: frame.Desk) -> None:
    """Two versions, or several bodies."""
    names = {"versions": _("Two versions"), "bodies": _("Several bodies")}
    way = address.choice(_("Show"), names, "show", key="compare_way")
    with st.container(key=f"compare_part_{way}"):
        if way == "bodies":
            comparing.bodies(desk)
        else:
            comparing.versions(desk)


live.page("compare", _("Compare"), compare)
