"""Bring a file in: tables found, columns mapped, what was left out, then one undoable batch."""

import streamlit as st

from kpicat import services
from kpicat.exchange import READERS
from kpicat.language import _
from kpicat.services import Mode
from kpicat.settings import upload_limit
from kpicat.ui import foreseen, frame, incoming, live, mapping

desk = frame.enter()
live.heading(desk, "bring_in", _("Bring a file in"))

uploaded = st.file_uploader(
    _("Workbook or table of the unit"),
    type=[suffix[1:] for suffix in READERS],
    key=incoming.uploader_key(),
    max_upload_size=upload_limit() // 1024 // 1024,
    help=_("Excel or CSV. kpicat finds the tables itself, whatever their headings are called."),
)
held = incoming.take(uploaded.name, uploaded.getvalue()) if uploaded else incoming.current()
if held is None:
    incoming.say_written(desk)
    st.info(_("Drop a file above. Nothing is written before you have seen what was found and pressed the button."))
    st.stop()

read = incoming.read(held, desk.view.guidance)
foreseen.found(read, held.name)
for position, table in enumerate(read.report.tables):
    incoming.show_table(held, table, position)
mapping.notes(_("Left out"), read.report.left_out, "bring_in_left_out", ":material/block:")
mapping.notes(_("Taken, but please check"), read.report.remarks, "bring_in_remarks", ":material/visibility:")
if not read.items:
    st.stop()
foreseen.scale(desk, read)
mapping.preview(read.items, "bring_in")

modes = {
    Mode.APPEND: _("Add all after the existing items"),
    Mode.UPDATE: _("Update items with the same code, add the others"),
    Mode.REPLACE: _("Replace all existing items"),
}
mode = st.radio(
    _("What should happen to the existing items?"),
    list(modes),
    format_func=modes.__getitem__,
    key="bring_in_mode",
    disabled=not len(desk.view.items),
)
plan = services.plan(desk.view, read, Mode(mode))
incoming.outcome(plan)
foreseen.changes(desk.view, plan)
with st.container(horizontal=True):
    st.button(
        _("Bring in"),
        key="bring_in_go",
        type="primary",
        icon=":material/download_done:",
        disabled=not plan.writes,
        on_click=incoming.write,
        args=(desk, held, plan),
    )
    if st.button(_("Discard this file"), key="bring_in_drop"):
        incoming.drop()
        st.rerun()
