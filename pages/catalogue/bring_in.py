"""Bring files in: what was found, how it is understood, what is left out, then one undoable batch."""

import streamlit as st

from kpicat.language import _
from kpicat.ui import approving, frame, gathering, gathering_page, incoming, incoming_page, live, uploading

desk = frame.enter()
live.heading(desk, "bring_in", _("Bring a file in"))

if approving.is_locked(desk):  # the banner says so
    st.stop()
held = uploading.ask(_("Workbooks, tables or documents of the units"), "bring_in_file") or incoming.current()
if held is None:
    if not incoming.say_written(desk):
        st.info(_("Drop files above. Nothing is written before you have seen what was found and pressed the button."))
elif isinstance(held, gathering.Parts):
    gathering_page.show(desk, held)
elif isinstance(held, incoming.Incoming):
    incoming_page.show(desk, held)
