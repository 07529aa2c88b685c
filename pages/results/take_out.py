"""Take out: what an authority signs, what people and programs work on, a page for leaders, forms for units."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from kpicat import services
from kpicat.distribution import GROUPINGS
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import results, results_out
from kpicat.services.catalogues import form_name
from kpicat.ui import deciding, frame, live
from kpicat.ui.downloading import in_their_language
from kpicat.ui.results_out import download_of, files

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

desk = frame.enter()
live.heading(desk, "take_out", _("Export files"))
n = len(desk.view.items)
if n:
    holds = ngettext("The files hold {n} item as it stands now.", "The files hold {n} items as they stand now.", n)
    st.caption(holds.format(n=number(n)))
else:
    st.info(_("There are no items yet; a file exported now holds the headings and the scale only."))


def offer(
    key: str, title: str, what_for: str, mime: str, file: tuple[str, Callable[[], bytes]], *, first: bool = False
) -> None:
    """A file, by its name and what makes it, made when somebody asks for it."""
    name, make = file
    with st.container(border=True, key=f"take_out_{key}"):
        st.markdown(f"**{title}**")
        st.caption(what_for)
        st.download_button(
            _("Download {name}").format(name=name),
            data=in_their_language(make),
            file_name=name,
            mime=mime,
            key=f"take_out_{key}_button",
            icon=":material/download:",
            type="primary" if first else "secondary",
            on_click="ignore",
        )


def catalogue_file(suffix: str) -> tuple[str, Callable[[], bytes]]:
    """Name and maker of the catalogue as a file of that ending."""
    name = services.file_name(desk.view, suffix, part)
    return name, partial(services.take_out, desk.view, suffix, decision, part)


def blank_file(suffix: str) -> tuple[str, Callable[[], bytes]]:
    """Name and maker of a form that a unit fills in."""
    return services.blank_name(suffix, unit), partial(services.blank_form, desk.view, suffix, unit)


units = services.units(desk.view)
part = ""
if len(units) > 1:
    part = st.selectbox(
        _("Whose lines"),
        ["", *units],
        format_func=lambda unit: unit or _("The whole catalogue"),
        key="take_out_part",
        help=_("The file holds the lines of this department alone, for it to look through, change and send back."),
    )

st.markdown(f"#### {_('To sign')}")
form = form_name(desk.view.catalogue.form)
st.caption(_("{form} paper, as the catalogue's settings say; A4 lying down, in Vietnamese.").format(form=form))
with st.expander(_("Number, date, signer, recipients of the decision …"), icon=":material/edit_document:"):
    st.caption(_("What is left blank is dotted on the paper. It is kept while this page is open in your browser."))
    decision = deciding.ask(desk.view.catalogue)
left, right = st.columns(2)
with left:
    what_for = _("Can be changed in Word before it is signed.")
    offer("docx", _("Word document"), what_for, WORD, catalogue_file(".docx"))
with right:
    what_for = _("To print or send as it is; fonts included.")
    offer("pdf", _("PDF document"), what_for, "application/pdf", catalogue_file(".pdf"))

st.markdown(f"#### {_('To work on and to hand over')}")
what_for = _("Live formulas from tier to converted quantity, the scale, findings and charts. Can be brought in again.")
offer("xlsx", _("Excel workbook"), what_for, EXCEL, catalogue_file(".xlsx"), first=True)
left, right = st.columns(2)
with left:
    what_for = _("Plain text for other software; Excel opens it with Vietnamese intact.")
    offer("csv", _("CSV table"), what_for, "text/csv", catalogue_file(".csv"))
with right:
    what_for = _("For KPI software: every field, exact numbers, where each item came from.")
    offer("json", _("JSON data"), what_for, "application/json", catalogue_file(".json"))

st.markdown(f"#### {_('For leaders')}")
what_for = _("One page with figures and charts: tiers, departments, groups, the heaviest items, findings.")
leaf = services.summary_name(desk.view), partial(services.summary, desk.view)
offer("summary", _("Summary"), what_for, "application/pdf", leaf)
what_for = (
    _("Two to four pages to print: how hard the work is, who carries it, what is fair, what changed."),
    _("A chart a slide, to change in PowerPoint; the numbers are inside the charts and in the notes."),
    _("Every chart's numbers, a sheet each, every department among them; charts beside them."),
)
for place, key, title, words, (name, mime, make) in zip(
    st.columns(3),
    ("report", "slides", "numbers"),
    (_("Report"), _("Slides"), _("Numbers in Excel")),
    what_for,
    files(desk),
    strict=True,
):
    with place:
        offer(f"results_{key}", title, words, mime, (name, make))

with st.container(border=True, key="take_out_pictures"):
    st.markdown(f"**{_('A chart as a picture')}**")
    st.caption(_("PNG for documents and slides, SVG for print; the sentence, the numbers and the day stand on it."))
    left, right = st.columns(2)
    known = results_out.pictures()
    name = left.selectbox(_("Chart"), list(known), format_func=known.__getitem__, key="take_out_chart")
    by = right.selectbox(_("Split by"), GROUPINGS, GROUPINGS.index("department"), field_label, key="take_out_by")
    whole = results.part_of(desk.view, results.Filter())
    chart = whole.chart(name, by, whole.measure)
    st.caption(frame.plain_text(chart.empty or chart.title))
    download_of(desk.view, chart, key="take_out_picture")

st.markdown(f"#### {_('For units to fill in')}")
unit = st.text_input(_("Unit that fills it in (may stay blank)"), key="take_out_unit", max_chars=200).strip()
left, right = st.columns(2)
with left:
    what_for = _("Lists to choose from; points and coefficients follow this catalogue's scale.")
    offer("blank_xlsx", _("Blank Excel form"), what_for, EXCEL, blank_file(".xlsx"))
with right:
    what_for = _("For units that only use Word. Both are brought in again without a question.")
    offer("blank_docx", _("Blank Word form"), what_for, WORD, blank_file(".docx"))
