"""Take a catalogue out as a file."""

from __future__ import annotations

import re
import textwrap

from kpicat import exchange
from kpicat.exchange import NO_DECISION
from kpicat.exchange.forms.decision import Decision
from kpicat.language import _
from kpicat.services.view import View
from kpicat.text.normalise import fold


def take_out(view: View, suffix: str, decision: Decision = NO_DECISION) -> bytes:
    """The catalogue as a file of that ending, with its open findings where the format has room."""
    findings = view.open_findings if suffix == ".xlsx" else ()
    return exchange.write(view.reading, view.guidance, suffix, findings=findings, decision=decision)


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


def file_name(view: View, suffix: str) -> str:
    """A name every file system takes: danh-muc-xa-an-binh-2026.xlsx."""
    return named(view.catalogue.name, view.catalogue.period, suffix)


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
