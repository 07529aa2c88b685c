"""A catalogue as an Excel workbook with live formulas.

Tier → points → coefficient → converted quantity are formulas that look into the
scale sheet, so a tier changed in Excel changes the totals and the charts; each
carries the value kpicat computed, for readers that do not recalculate. What people
typed is always text: it never becomes a formula or a link.

The headings are those of :mod:`kpicat.labels`, so the file can be read back: the
same items, with the tier, points and coefficient of the converted catalogue. Excel
itself keeps 15 digits of a number.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
import xlsxwriter

from kpicat import distribution
from kpicat.convert import converted
from kpicat.exchange import NO_DECISION, Progress, Ruled, no_progress
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.workbook.book import SAFE, Book
from kpicat.exchange.workbook.catalogue import CatalogueSheet
from kpicat.exchange.workbook.comments import comments_sheet
from kpicat.exchange.workbook.findings import findings_sheet
from kpicat.exchange.workbook.particulars import decision_sheet, standard_unit_sheet
from kpicat.exchange.workbook.sheets import scale_sheet, tier_sheet
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model import Finding, Reading, plain


def write(
    reading: Reading,
    guidance: Guidance,
    *,
    findings: Sequence[Finding] = (),
    ruled: Sequence[Ruled] = (),
    decision: Decision = NO_DECISION,
    standard_unit: str = "",
    progress: Progress = no_progress,
) -> bytes:
    """The converted catalogue as an .xlsx: catalogue, tiers with charts, scale, standard unit, decision, findings …

    Args:
        reading: What to write.
        guidance: The catalogue's edition with its adjusted marks.
        findings: Written on a sheet of their own, if any, those still open.
        ruled: What people decided about findings, on the same sheet.
        decision: What is known of it stands on a sheet of its own.
        standard_unit: The name of the work that is it, where that is none of the lines.

    Raises:
        InputError: A text is longer than a cell of Excel can hold.
    """
    table = converted(reading.items, guidance)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **SAFE}) as workbook:
        book = Book.new(workbook, guidance, _decimals(table, guidance))
        catalogue, tiers, scale = (workbook.add_worksheet(name) for name in (_("Catalogue"), _("By tier"), _("Scale")))
        refers = scale_sheet(book, scale)
        live = CatalogueSheet(book, catalogue, refers, reading.items, table).write(reading.catalogue, progress)
        tier_sheet(book, tiers, distribution.by_tier(table, guidance), live)
        yardstick = workbook.add_worksheet(_("Standard unit"))
        by = guidance.unit_by
        standard_unit_sheet(book, yardstick, reading.items, table, live, by=by, elsewhere=standard_unit)
        decision_sheet(book, workbook.add_worksheet(_("Decision")), reading.catalogue, decision)
        if findings or ruled:
            findings_sheet(book, workbook.add_worksheet(_("Findings")), reading.items, findings, ruled)
        if reading.comments:
            comments_sheet(book, workbook.add_worksheet(_("Comments")), reading)
        progress(1.0, _("Writing the workbook"))
    return content.getvalue()


def _decimals(table: pd.DataFrame, guidance: Guidance) -> int:
    """Decimals that hold every converted quantity, also after a few edits in Excel."""
    there = (plain(value).partition(".")[2] for value in table["converted_quantity"] if value is not None)
    return max([guidance.decimals + 4, *map(len, there)])
