"""Take out: the catalogue as a workbook with live formulas, as CSV, as JSON."""

import streamlit as st

from kpicat import services
from kpicat.language import _, ngettext, number
from kpicat.ui import frame, live

desk = frame.enter()
live.heading(desk, "take_out", _("Export files"))
n = len(desk.view.items)
if n:
    holds = ngettext("The files hold {n} item as it stands now.", "The files hold {n} items as they stand now.", n)
    st.caption(holds.format(n=number(n)))
else:
    st.info(_("There are no items yet; a file exported now holds the headings and the scale only."))

FILES = {
    ".xlsx": (
        _("Excel workbook"),
        _("Live formulas from tier to converted quantity, the scale, findings and charts. Can be brought in again."),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ".csv": (_("CSV table"), _("Plain text for other software; Excel opens it with Vietnamese intact."), "text/csv"),
    ".json": (
        _("JSON data"),
        _("For KPI software: every field, exact numbers, where each item came from."),
        "application/json",
    ),
}
for suffix, (title, what_for, mime) in FILES.items():
    with st.container(border=True, key=f"take_out_{suffix[1:]}"):
        st.markdown(f"**{title}** ({suffix})")
        st.caption(what_for)
        st.download_button(
            _("Download {name}").format(name=services.file_name(desk.view, suffix)),
            data=lambda suffix=suffix: services.take_out(desk.view, suffix),
            file_name=services.file_name(desk.view, suffix),
            mime=mime,
            key=f"take_out_{suffix[1:]}_button",
            icon=":material/download:",
            type="primary" if suffix == ".xlsx" else "secondary",
            on_click="ignore",
        )
