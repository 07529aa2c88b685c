"""The page of exports, part by part: papers to sign, files to work on, what leaders look at, forms for units."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpicat import services
from kpicat.distribution import GROUPINGS
from kpicat.exchange.forms.decision import Decision
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.services import View, results, results_out
from kpicat.services.catalogues import form_name
from kpicat.ui import deciding, downloading, frame
from kpicat.ui.downloading import File
from kpicat.ui.results_out import download_of, files


def contents(view: View) -> None:
    """How much the files hold."""
    n = len(view.items)
    if not n:
        st.info(_("There are no items yet; a file exported now holds the headings and the scale only."))
        return
    holds = ngettext("The files hold {n} item as it stands now.", "The files hold {n} items as they stand now.", n)
    st.caption(holds.format(n=number(n)))


def whose_lines(view: View) -> str:
    """The department whose lines alone are wanted; "" for the whole catalogue."""
    units = services.units(view)
    if len(units) < 2:
        return ""
    return st.selectbox(
        _("Whose lines"),
        ["", *units],
        format_func=lambda unit: unit or _("The whole catalogue"),
        key="take_out_part",
        help=_("The file holds the lines of this department alone, for it to look through, change and send back."),
    )


def to_sign(view: View, part: str) -> Decision:
    """The papers of an authority; what was said of the decision they go with."""
    st.markdown(f"#### {_('To sign')}")
    form = form_name(view.catalogue.form)
    st.caption(_("{form} paper, as the catalogue's settings say; A4 lying down, in Vietnamese.").format(form=form))
    with st.expander(_("Number, date, signer, recipients of the decision …"), icon=":material/edit_document:"):
        st.caption(_("What is left blank is dotted on the paper. It is kept while this page is open in your browser."))
        decision = deciding.ask(view.catalogue)
    left, right = st.columns(2)
    with left:
        what_for = _("Can be changed in Word before it is signed.")
        _offer("docx", _("Word document"), what_for, _catalogue(view, ".docx", part, decision))
    with right:
        what_for = _("To print or send as it is; fonts included.")
        _offer("pdf", _("PDF document"), what_for, _catalogue(view, ".pdf", part, decision))
    return decision


def to_work_on(view: View, part: str, decision: Decision) -> None:
    """The workbook, and what programs read."""
    st.markdown(f"#### {_('To work on and to hand over')}")
    what_for = _(
        "Live formulas from tier to converted quantity, the scale, findings and charts. Can be brought in again."
    )
    _offer("xlsx", _("Excel workbook"), what_for, _catalogue(view, ".xlsx", part, decision), first=True)
    left, middle, right = st.columns(3)
    with left:
        what_for = _("Plain text with headings in words; any spreadsheet opens it with Vietnamese intact.")
        table = File(services.table_name(view, part), partial(services.table, view, part))
        _offer("table", _("CSV table"), what_for, table)
    with middle:
        what_for = _("The same for other software: its headings are the same in every language.")
        _offer("csv", _("CSV for programs"), what_for, _catalogue(view, ".csv", part, decision))
    with right:
        what_for = _("For KPI software: every field, exact numbers, where each item came from.")
        _offer("json", _("JSON data"), what_for, _catalogue(view, ".json", part, decision))


def for_leaders(desk: frame.Desk) -> None:
    """A page of figures, the results in three kinds, and any chart as a picture."""
    st.markdown(f"#### {_('For leaders')}")
    what_for = _("One page with figures and charts: tiers, departments, groups, the heaviest items, findings.")
    leaf = File(services.summary_name(desk.view), partial(services.summary, desk.view))
    _offer("summary", _("Summary"), what_for, leaf)
    kinds = (
        (
            "report", _("Report"),
            _("Two to four pages to print: how hard the work is, who carries it, what is fair, what changed."),
        ),
        (
            "slides", _("Slides"),
            _("A chart a slide, to change in PowerPoint; the numbers are inside the charts and in the notes."),
        ),
        (
            "numbers", _("Numbers in Excel"),
            _("Every chart's numbers, a sheet each, every department among them; charts beside them."),
        ),
    )  # fmt: skip
    for place, (key, title, what_for), file in zip(st.columns(3), kinds, files(desk), strict=True):
        with place:
            _offer(f"results_{key}", title, what_for, file)
    _picture(desk.view)


def _picture(view: View) -> None:
    with st.container(border=True, key="take_out_pictures"):
        st.markdown(f"**{_('A chart as a picture')}**")
        st.caption(_("PNG for documents and slides, SVG for print; the sentence, the numbers and the day stand on it."))
        left, right = st.columns(2)
        known = results_out.pictures()
        name = left.selectbox(_("Chart"), list(known), format_func=known.__getitem__, key="take_out_chart")
        by = right.selectbox(_("Split by"), GROUPINGS, GROUPINGS.index("department"), field_label, key="take_out_by")
        whole = results.part_of(view, results.Filter())
        chart = whole.chart(name, by, whole.measure)
        st.caption(frame.plain_text(chart.empty or chart.title))
        download_of(view, chart, key="take_out_picture")


def for_units(view: View) -> None:
    """Blank forms under the catalogue's scale."""
    st.markdown(f"#### {_('For units to fill in')}")
    unit = st.text_input(_("Unit that fills it in (may stay blank)"), key="take_out_unit", max_chars=200).strip()
    left, right = st.columns(2)
    with left:
        what_for = _("Lists to choose from; points and coefficients follow this catalogue's scale.")
        _offer("blank_xlsx", _("Blank Excel form"), what_for, _blank(view, ".xlsx", unit))
    with right:
        what_for = _("For units that only use Word. Both are brought in again without a question.")
        _offer("blank_docx", _("Blank Word form"), what_for, _blank(view, ".docx", unit))


def _catalogue(view: View, suffix: str, part: str, decision: Decision) -> File:
    return File(services.file_name(view, suffix, part), partial(services.take_out, view, suffix, decision, part))


def _blank(view: View, suffix: str, unit: str) -> File:
    return File(services.blank_name(suffix, unit), partial(services.blank_form, view, suffix, unit))


def _offer(key: str, title: str, what_for: str, file: File, *, first: bool = False) -> None:
    """A file, and what it is for."""
    with st.container(border=True, key=f"take_out_{key}"):
        st.markdown(f"**{title}**")
        st.caption(what_for)
        downloading.button(
            _("Download {name}").format(name=file.name), file, key=f"take_out_{key}_button",
            type="primary" if first else "secondary",
        )  # fmt: skip
