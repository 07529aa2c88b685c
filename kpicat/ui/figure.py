"""One number of a catalogue under its name, as a leader reads it; it follows others' edits by itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import streamlit as st
from streamlit.proto.Element_pb2 import Element

from kpicat.distribution import Figures
from kpicat.language import number
from kpicat.services.view import View
from kpicat.ui.frame import Desk


def show(desk: Desk, label: str, of: Callable[[Figures], int | Decimal | None]) -> None:
    """Show one of the catalogue's figures."""

    def renew(element: Element, view: View) -> None:
        element.metric.body = number(of(view.figures))

    with desk.followed.element(label, renew):
        st.metric(label, number(of(desk.view.figures)), border=True)
