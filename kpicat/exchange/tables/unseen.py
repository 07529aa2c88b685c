"""What does not show in a file: rows and columns that a spreadsheet hides, and was not read: comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpicat.exchange.tables.grid import Sheet, column_letters, is_blank
from kpicat.exchange.tables.headers import Header
from kpicat.language import ngettext, number
from kpicat.model import FIELDS, Item, LeftOut
from kpicat.text.normalise import one_line

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


def hidden_columns(sheet: Sheet, header: Header) -> Iterator[LeftOut]:
    """One remark on the columns that nobody sees there and that hold a field; they are taken like any other."""
    rows = sheet.rows[header.last + 1 :]
    hidden = [
        f"{column_letters(column)} “{one_line(header.headings.get(column, ''))}”"
        for column in sorted(sheet.hidden_columns)
        if header.columns.get(column) in FIELDS
        and any(column < len(row.cells) and not is_blank(row.cells[column]) for row in rows)
    ]
    if hidden:
        sentence = ngettext(
            "A column hidden in the spreadsheet was taken too: {columns}; leave it out if it no longer holds.",
            "Columns hidden in the spreadsheet were taken too: {columns}; leave out those that no longer hold.",
            len(hidden),
        ).format(columns=", ".join(hidden))
        yield LeftOut(sheet.name, sheet.rows[header.last].number, sentence)


def comments(count: int) -> Iterator[LeftOut]:
    """A remark on what people pinned to cells or words, if they did."""
    if count:
        sentence = ngettext(
            "{count} comment in the file was not read; look there whether something is still to be changed.",
            "{count} comments in the file were not read; look there whether something is still to be changed.",
            count,
        ).format(count=number(count))
        yield LeftOut("", None, sentence)
