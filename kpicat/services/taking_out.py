"""Take a catalogue out as a file."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

from kpicat import exchange
from kpicat.exchange import NO_DECISION
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _
from kpicat.model import Reading
from kpicat.services import appraising
from kpicat.services.view import View
from kpicat.text.normalise import fold


def take_out(view: View, suffix: str, decision: Decision = NO_DECISION, unit: str = "") -> bytes:
    """The catalogue as a file of that ending, with findings and what was decided of them where it has room.

    Args:
        unit: One of :func:`units`, whose lines alone are taken out; "" for all of them.
    """
    findings, reading = view.open_findings if suffix == ".xlsx" else (), view.reading
    ruled, yardstick = (appraising.settled(view) if view.reading.decisions else []), ""
    if unit:
        reading = _part(reading, unit)
        findings = [finding for finding in findings if finding.item_id in reading.items.index]
        here = {*reading.items.index}
        ruled = [(found, one) for found, one in ruled if {one.item_id, one.other or one.item_id} <= here]
        marked = view.items["task"][view.items["standard_unit"]]
        yardstick = "; ".join(map(str, marked[~marked.index.isin(reading.items.index)]))
    return exchange.write(
        reading, view.guidance, suffix, findings=findings, ruled=ruled, decision=decision, standard_unit=yardstick
    )


def table(view: View, unit: str = "") -> bytes:
    """The catalogue, or a unit's lines, as a .csv whose headings people read; programs are given identifiers."""
    from kpicat.exchange import write_text

    return write_text.csv(_part(view.reading, unit) if unit else view.reading, view.guidance, worded=True)


def units(view: View) -> list[str]:
    """The departments that lines name, in the catalogue's order."""
    return [unit for unit in view.items["department"].unique() if unit]


def _part(reading: Reading, unit: str) -> Reading:
    """The lines of one department, with what was said and decided of them, under the name of both."""
    items = reading.items[reading.items["department"] == unit]
    return replace(
        reading,
        catalogue=replace(reading.catalogue, name=f"{reading.catalogue.name} – {unit}"),
        items=items,
        comments=tuple(comment for comment in reading.comments if comment.item_id in items.index),
        decisions=tuple(decision for decision in reading.decisions if decision.item_id in items.index),
    )


def summary(view: View) -> bytes:
    """One page for leaders, .pdf: figures, charts, what still has to be put right."""
    from kpicat.exchange.forms import summary

    return summary.summary(view.reading, view.guidance, view.open_findings)


def blank_form(view: View, suffix: str, unit: str = "") -> bytes:
    """An empty .xlsx or .docx under the catalogue's scale, for a unit to fill in and send back."""
    if suffix == ".xlsx":
        from kpicat.exchange.workbook import blank as sheet

        return sheet.blank(view.guidance, unit=unit)
    from kpicat.exchange.forms import blank as document

    return document.blank(view.guidance, unit=unit)


def file_name(view: View, suffix: str, unit: str = "") -> str:
    """A name every file system takes: danh-muc-xa-an-binh-2026.xlsx, that of a unit's part begins with the unit."""
    return named(f"{unit} {view.catalogue.name}".strip(), view.catalogue.period, suffix)


def table_name(view: View, unit: str = "") -> str:
    """As :func:`file_name`, for the .csv with headings in words."""
    return named(f"{_('table')} {unit} {view.catalogue.name}", view.catalogue.period, ".csv")


def summary_name(view: View) -> str:
    """As :func:`file_name`, for the page for leaders."""
    return named(f"{_('summary')} {view.catalogue.name}", view.catalogue.period, ".pdf")


def blank_name(suffix: str, unit: str = "") -> str:
    """As :func:`file_name`, for a blank form."""
    return named(f"{_('form to fill in')} {unit}", "", suffix)


def named(name: str, period: str, suffix: str) -> str:
    """A file name of these words; a long one loses whole words, not its period."""
    words = f"{textwrap.shorten(_plain(name), 70, placeholder='')} {_plain(period)}".split()
    return ("-".join(words) or "kpicat") + suffix


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
