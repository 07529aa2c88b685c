"""The sheet of what was said about the lines, so that the dossier shows how each was settled."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kpicat.exchange.outgoing import told_at
from kpicat.exchange.workbook.book import Book, listing
from kpicat.exchange.workbook.sheets import item_words
from kpicat.language import _
from kpicat.model import Comment, Reading


def comments_sheet(book: Book, sheet: Worksheet, reading: Reading) -> None:
    """One comment a row, thread by thread in the catalogue's order, pointing at its own numbering.

    The headings are none of a catalogue's, so that a reader does not take the sheet for one.
    """
    numbers = {item: n for n, item in enumerate(reading.items.index, start=1)}
    firsts = {comment.id: comment for comment in reading.comments if comment.thread == comment.id}
    begun = {id: n for n, id in enumerate(firsts)}
    in_order = sorted(reading.comments, key=lambda c: (numbers[c.item_id], begun[c.thread], c.thread != c.id))
    columns = (
        (_("Line no."), 9),
        (_("At"), 44),
        (_("Said by"), 20),
        (_("When"), 17),
        (_("Comment"), 60),
        (_("In answer to"), 20),
        (_("Resolved by"), 34),
    )
    lines = []
    for comment in in_order:
        n = numbers[comment.item_id]
        answered = firsts[comment.thread].by if comment.thread != comment.id else ""
        at = item_words(reading.items, n)
        lines.append((n, (at, comment.by, told_at(comment.at), comment.text, answered, _resolved(comment))))
    listing(book, sheet, _("Comments"), columns, lines)


def _resolved(comment: Comment) -> str:
    return f"{comment.resolved_by}, {told_at(comment.resolved_at)}" if comment.resolved_at else comment.resolved_by
