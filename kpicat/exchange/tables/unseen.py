"""Lines from rows that the spreadsheet hides: filtered away, or put aside as no longer wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpicat.exchange.tables.grid import Sheet
from kpicat.language import ngettext, number
from kpicat.model import Item, LeftOut

_NAMED = 8  # rows named; the rest are counted


def hidden_lines(sheet: Sheet, items: Sequence[Item]) -> Iterator[LeftOut]:
    """One remark on the sheet's items that nobody sees there; they are taken like any other."""
    unseen = [item for item in items if item.source.row in sheet.hidden_rows]
    if not unseen:
        return
    named = ", ".join(str(item.source.row) for item in unseen[:_NAMED]) + ("…" if len(unseen) > _NAMED else "")
    sentence = ngettext(
        "{count} row that is hidden in the spreadsheet was taken too ({rows}); delete it if it is no longer wanted.",
        "{count} rows that are hidden in the spreadsheet were taken too ({rows}); delete those no longer wanted.",
        len(unseen),
    ).format(count=number(len(unseen)), rows=named)
    yield LeftOut(sheet.name, unseen[0].source.row, sentence, str(unseen[0]["task"]))
