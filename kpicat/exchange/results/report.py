"""The results as a report of two to four pages to print and hand round."""

from __future__ import annotations

from kpicat.exchange.forms.pdf import compiled
from kpicat.exchange.results.contents import Results, Section
from kpicat.exchange.results.drawing import Row, broken, drawing
from kpicat.language import _, language

MOST = 12
"""Categories a chart shows, so that all of it fits on four pages."""


def report(results: Results) -> bytes:
    """The report as .pdf, in the reader's language; tagged, with words for every chart."""
    page: Row = {
        "language": language(),
        "title": results.title,
        "subtitle": broken(results.subtitle),
        "body": results.body,
        "as_of": _("As of {day}").format(day=f"{results.day:%d/%m/%Y}"),
        "source": results.source,
        "figures": [{"name": told.name, "value": told.words} for told in results.figures],
        "sections": [_section(n, section) for n, section in enumerate(results.sections)],
    }
    return compiled("report.typ", {"report": page})


def _section(n: int, section: Section) -> Row:
    return {
        "title": section.title,
        "sentences": [broken(sentence) for sentence in section.sentences],
        "charts": [drawing(chart, MOST) for chart in section.charts],
        "anew": n == 1,  # the first page is figures and distribution, so there are always two
    }
