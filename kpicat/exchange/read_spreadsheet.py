"""Read workbooks of every kind: sheets by the format's own module, tables by the common core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kpicat.errors import InputError
from kpicat.exchange import Pointed, Progress, Read, kinds
from kpicat.exchange.archive import parsing
from kpicat.exchange.kinds import Kind
from kpicat.exchange.spreadsheets.opened import Opened, Told
from kpicat.exchange.tables import unseen
from kpicat.exchange.tables.items import read_sheets
from kpicat.exchange.titles import note_titles
from kpicat.guidance import Guidance
from kpicat.language import _, ngettext, number
from kpicat.model import LeftOut

_OPENING = 0.4  # of the whole work


def read(content: bytes, name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress) -> Read:
    """Read a workbook's tables into items.

    Args:
        content: The file, hostile until read.
        name: Its name.
        guidance: Whose tier words and frames the file may use.
        pointed: Sheet name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No sheet has a header row that is recognised.
        InputError: The file cannot be taken; one sentence says why and what to do.
    """
    opening = _("Opening “{name}”").format(name=name)
    progress(0.0, opening)
    with parsing(name):
        book = opener(content)(content, name, lambda share: progress(_OPENING * share, opening))
    if book.pictured and not any(sheet.rows for sheet in book.sheets):
        raise InputError(
            _("“{name}” holds pictures only, which kpicat cannot read; ask for the file with the table itself.").format(
                name=name
            )
        )

    def rest(share: float, doing: str) -> None:
        progress(_OPENING + (1 - _OPENING) * share, doing)

    found = read_sheets(book.sheets, name, guidance, pointed=pointed, progress=rest)
    found.report.remarks[:0] = _about(book, found)
    found.report.left_out.extend(_pictures(book))
    note_titles(found, book.sheets)
    return found


def opener(content: bytes) -> Callable[[bytes, str, Told], Opened]:
    """What gives the sheets of a workbook of this kind."""
    match kinds.of(content):
        case Kind.XLSB:
            from kpicat.exchange.spreadsheets import xlsb

            return xlsb.opened
        case Kind.XLS:
            from kpicat.exchange.spreadsheets import xls

            return xls.opened
        case Kind.ODS | Kind.FLAT_ODS:
            from kpicat.exchange.spreadsheets import ods

            return ods.opened
        case Kind.XML_2003:
            from kpicat.exchange.spreadsheets import xml_2003

            return xml_2003.opened
        case _xlsx:
            from kpicat.exchange.spreadsheets import xlsx

            return xlsx.opened


def _about(book: Opened, found: Read) -> Iterator[LeftOut]:
    """What a person would not see of the workbook, or that kpicat did not follow."""
    if book.macros:
        yield LeftOut("", None, _("The file holds macros; none was run, and what they would fill in is not here."))
    if book.linked:
        yield LeftOut(
            "",
            None,
            _(
                "Some cells take their values from other files; "
                "what they last held was read, so check it is up to date."
            ),
        )
    yield from unseen.comments(book.comments)
    for sheet in book.sheets:
        taken = sum(item.source.sheet == sheet.name for item in found.items) if sheet.hidden else 0
        if taken:
            sentence = ngettext(
                "The sheet is hidden in the spreadsheet; its {n} line was taken too: leave it out if it is a draft.",
                "The sheet is hidden in the spreadsheet; its {n} lines were taken too: leave it out if it is a draft.",
                taken,
            )
            yield LeftOut(sheet.name, None, sentence.format(n=number(taken)))


def _pictures(book: Opened) -> Iterator[LeftOut]:
    for sheet in book.sheets:
        if sheet.name in book.pictured and not sheet.rows:
            yield LeftOut(sheet.name, None, _("The sheet holds pictures only, which kpicat cannot read."))
