"""The sheet of what the checks found, and of what people decided about it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from kpicat.exchange import Ruled
from kpicat.exchange.forms.remarks import settled
from kpicat.exchange.outgoing import told_at, weight
from kpicat.exchange.workbook.book import Book, listing
from kpicat.exchange.workbook.sheets import item_words
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import CATALOGUE, Finding


def findings_sheet(
    book: Book, sheet: Worksheet, items: pd.DataFrame, findings: Sequence[Finding], ruled: Sequence[Ruled]
) -> None:
    """One finding or decision a row in the catalogue's order, pointing at its own numbering.

    The headings are none of a catalogue's, so that a reader does not take the sheet for one.

    Args:
        findings: Those still open.
        ruled: What people decided; the columns for it are there only if there is any.
    """
    numbers = {item: n for n, item in enumerate(items.index, start=1)}
    columns = [
        (_("Line no."), 9),
        (_("At"), 38),
        (_("Weight"), 13),
        (_("Column"), 14),
        (_("What was found"), 48),
        (_("Asked by"), 17),
        (_("Suggestion"), 26),
    ]
    if ruled:
        columns += [(_("Decided how"), 13), (_("Reason"), 30), (_("Decided by"), 13), (_("When"), 12)]
    rows = [(finding.item_id, (*_found(finding), *("",) * (len(columns) - 7))) for finding in findings]
    for (finding, decision), one in zip(ruled, settled(items, ruled), strict=True):
        # of two lines told apart there is no finding any more
        found = _found(finding) if finding else ("", "", one.said, "", "")
        rows.append((decision.item_id, (*found, one.ruling, one.reason, one.by, told_at(one.at))))
    lines: list[tuple[int | None, Sequence[str]]] = []
    for item_id, texts in sorted(rows, key=lambda row: numbers.get(row[0] or CATALOGUE, len(numbers) + 1)):
        n = numbers.get(item_id or CATALOGUE)
        lines.append((n, (_("The whole catalogue") if n is None else item_words(items, n), *texts)))
    listing(book, sheet, _("Findings"), columns, lines)


def _found(finding: Finding) -> tuple[str, ...]:
    field = field_label(finding.field) if finding.field else ""
    return weight(finding.level), field, finding.message, finding.source, finding.suggestion
