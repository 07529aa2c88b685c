"""An appraiser's remarks as a workbook: one remark a row, to be sorted, filtered and answered."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from kpicat.exchange.forms.remarks import Part, Settled
from kpicat.exchange.outgoing import told_at, weight
from kpicat.exchange.workbook.book import SAFE, Book, listing
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Catalogue


def write(catalogue: Catalogue, guidance: Guidance, parts: Sequence[Part], settled: Sequence[Settled]) -> bytes:
    """The remarks as .xlsx, with a blank column for the answers; what was settled on a sheet of its own.

    The headings are those of remarks, so that a reader does not take the sheet for a catalogue.

    Args:
        catalogue: What the remarks are about.
        guidance: Its edition.
        parts: The remarks, unit by unit.
        settled: What people decided about findings.
    """
    content = io.BytesIO()
    about = " – ".join(filter(None, (catalogue.name, catalogue.body, catalogue.period)))
    with xlsxwriter.Workbook(content, {"in_memory": True, **SAFE}) as workbook:
        book = Book.new(workbook, guidance, guidance.decimals)
        columns = (
            (_("No."), 6),
            (_("Unit remarked on"), 22),
            (_("Code"), 10),
            (_("Work remarked on"), 38),
            (_("Weight"), 14),
            (_("Remark"), 44),
            (_("Asked by"), 16),
            (_("Proposed change"), 38),
            (_("Reply"), 32),
        )
        rows = [
            (_unit(part.unit), one.code, one.task, weight(one.level), one.said, one.source, one.proposal, "")
            for part in parts
            for one in part.remarks
        ]
        title = _("Appraisal remarks")
        listing(book, workbook.add_worksheet(title), f"{title}: {about}", columns, list(enumerate(rows, start=1)))
        if settled:
            _settled(book, settled)
    return content.getvalue()


def _settled(book: Book, settled: Sequence[Settled]) -> None:
    columns = (
        (_("No."), 6),
        (_("Unit remarked on"), 22),
        (_("Code"), 10),
        (_("Work remarked on"), 38),
        (_("What was found"), 44),
        (_("Decided how"), 16),
        (_("Reason"), 44),
        (_("Decided by"), 20),
        (_("When"), 17),
    )
    rows = [
        (_unit(one.unit), one.code, one.task, one.said, one.ruling, one.reason, one.by, told_at(one.at))
        for one in settled
    ]
    title = _("Findings about which people decided")
    listing(book, book.workbook.add_worksheet(_("Decided")), title, columns, list(enumerate(rows, start=1)))


def _unit(unit: str | None) -> str:
    return _("The whole catalogue") if unit is None else unit
