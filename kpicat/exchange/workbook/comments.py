"""The sheet of what was said about the lines, so that the dossier shows how each was settled."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from xlsxwriter.worksheet import Worksheet

from kpicat.exchange.workbook.book import Book, headings, height, print_on_a4
from kpicat.exchange.workbook.sheets import item_words
from kpicat.language import _, moment
from kpicat.model import Comment, Reading

_VIETNAM = timezone(timedelta(hours=7))  # a file has no reader's own time zone
_WIDTHS = (9, 44, 20, 17, 60, 20, 34)


def comments_sheet(book: Book, sheet: Worksheet, reading: Reading) -> None:
    """One comment a row, thread by thread in the catalogue's order, pointing at its own numbering.

    The headings are none of a catalogue's, so that a reader does not take the sheet for one.
    """
    numbers = {item: n for n, item in enumerate(reading.items.index, start=1)}
    firsts = {comment.id: comment for comment in reading.comments if comment.thread == comment.id}
    begun = {id: n for n, id in enumerate(firsts)}
    in_order = sorted(reading.comments, key=lambda c: (numbers[c.item_id], begun[c.thread], c.thread != c.id))
    sheet.write_string(0, 0, _("Comments"), book.title)
    words = (_("Line no."), _("At"), _("Said by"), _("When"), _("Comment"), _("In answer to"), _("Resolved by"))
    headings(book, sheet, 2, words, _WIDTHS)
    for row, comment in enumerate(in_order, start=3):
        n = numbers[comment.item_id]
        answered = firsts[comment.thread].by if comment.thread != comment.id else ""
        said = (item_words(reading.items, n), comment.by, _time(comment.at), comment.text, answered, _resolved(comment))
        sheet.set_row(row, height(said, _WIDTHS[1:]))
        sheet.write_number(row, 0, n, book.centred)
        for column, text in enumerate(said, start=1):
            sheet.write_string(row, column, text, book.text)
    print_on_a4(sheet, 2)
    sheet.autofilter(2, 0, 2 + len(in_order), len(words) - 1)


def _resolved(comment: Comment) -> str:
    return f"{comment.resolved_by}, {_time(comment.resolved_at)}" if comment.resolved_at else comment.resolved_by


def _time(at: datetime) -> str:
    return moment(at.astimezone(_VIETNAM))
