"""Load and capacity: planned work against what people can carry, and moving work to see what would become."""

import streamlit as st

from kpicat.capacity import FIELDS
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.services import capacity
from kpicat.ui import address, carrying, frame, live, no_items


def load(desk: frame.Desk) -> None:
    """Three figures, and the part that is asked for."""
    nothing = _("There are no items yet. Bring a file in or type the first ones; then see here who carries them.")
    if no_items.said(desk, "load", nothing):
        return
    names = {"loads": _("Who carries how much"), "say": _("What they can carry"), "move": _("Try moving work")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="load_choices"):
        part = address.choice(_("Show"), names, "show", key="load_part")
        fields = {name: field_label(name) for name in FIELDS}
        field = address.choice(_("Of each"), fields, "by", key="load_field")
    found = capacity.carried(desk.view, field, carrying.moves(desk.view, field) if part == "move" else {})
    carrying.figures(found)
    with st.container(key=f"load_{part}"):
        if part == "say":
            carrying.saying(desk, found)
        elif part == "move":
            carrying.moving(desk.view, found)
        else:
            carrying.loads(desk.view, found)


live.page("load", _("Load and capacity"), load)
