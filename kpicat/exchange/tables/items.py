"""Grids of cells into items: the one core behind every format that has tables.

A reader yields sheets (:class:`kpicat.exchange.tables.grid.Sheet`); here their tables are
found, their rows told apart and turned into items, and every row that did not
become one is reported with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpicat.errors import InputError, NeedsPointing
from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.archive import too_many_rows
from kpicat.exchange.tables import account, beside, filling, headers, origins, standard, standing, unseen
from kpicat.exchange.tables.grid import MOST_COLUMNS, MOST_ROWS, Sheet, preview, text_of
from kpicat.exchange.tables.headers import Header
from kpicat.exchange.tables.headings import Headings
from kpicat.exchange.tables.layout import Layout
from kpicat.exchange.tables.recoding import recoded
from kpicat.exchange.tables.walk import Walk
from kpicat.guidance import Guidance
from kpicat.language import _, number
from kpicat.model import Item, LeftOut, ReadReport
from kpicat.text.normalise import one_line

_EVERY = 2_000  # rows between two words about progress


def read_sheets(
    sheets: Sequence[Sheet],
    file: str,
    guidance: Guidance,
    *,
    pointed: Mapping[str, Pointed],
    progress: Progress,
) -> Read:
    """Turn the sheets of one file into items.

    Args:
        sheets: In the file's order.
        file: The file's name, kept with each item.
        guidance: Whose tier words and frames the file may use.
        pointed: Sheet name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No header was recognised on any sheet.
        InputError: The sheets are empty, too long, or the user pointed at no row.
    """
    _check_size(sheets, file)
    read = Read([], ReadReport(file))
    sheets = [_in_unicode(sheet, read.report) for sheet in sheets]
    sheets = [part for sheet in sheets for part in _apart(sheet, guidance, read.report)]
    for done, sheet in enumerate(sheets):
        words = _("Reading “{sheet}”").format(sheet=sheet.name)

        def told(share: float, done: int = done, words: str = words) -> None:
            progress((done + share) / len(sheets), words)

        told(0.0)
        if sheet.rows:
            _read_sheet(sheet, guidance, pointed.get(sheet.name), read, told)
    if not read.report.tables and not pointed.keys() & {sheet.name for sheet in sheets}:
        raise NeedsPointing(
            _("“{name}”: no row of column headings was recognised; point at the row that holds them.").format(
                name=file
            ),
            {sheet.name: preview(sheet) for sheet in sheets if sheet.rows},
        )
    read.report.remarks.extend(account.repeated_codes(read.items))
    progress(1.0, _("Lines read: {count}").format(count=number(len(read.items))))
    return read


def _in_unicode(sheet: Sheet, report: ReadReport) -> Sheet:
    sheet, remarks = recoded(sheet)
    report.remarks.extend(remarks)
    return sheet


def _apart(sheet: Sheet, guidance: Guidance, report: ReadReport) -> list[Sheet]:
    parts = beside.apart(sheet, guidance)
    for part in parts[1:]:
        sentence = _("Two tables stand side by side; each was read by itself.")
        report.remarks.append(LeftOut(part.name, None, sentence))
    return parts


def _check_size(sheets: Sequence[Sheet], file: str) -> None:
    rows = sum(len(sheet.rows) for sheet in sheets)
    if not rows:
        raise InputError(_("“{name}” has nothing in it; choose the file that holds the catalogue.").format(name=file))
    if rows > MOST_ROWS:
        raise too_many_rows(file)
    for sheet in sheets:
        if any(len(row.cells) > MOST_COLUMNS for row in sheet.rows):
            sentence = _(
                "“{name}”, “{sheet}”: a row has more than {limit} columns; delete what stands far to the right."
            )
            raise InputError(sentence.format(name=file, sheet=sheet.name, limit=number(MOST_COLUMNS)))


def _read_sheet(
    sheet: Sheet, guidance: Guidance, said: Pointed | None, read: Read, told: Callable[[float], None]
) -> None:
    report = read.report
    sheet, of_forms = standing.laid_down(sheet)
    tables = _tables(sheet, guidance, said)
    if not tables:
        report.left_out.append(LeftOut(sheet.name, None, _why_not(sheet, said)))
        return
    report.left_out.extend(of_forms)
    # Where a column says which line is the standard unit, as in every file that kpicat wrote, each
    # line speaks for itself: what was cleared or left blank must not come back from other cells.
    explicit = any("standard_unit" in header.columns.values() for header in tables)
    items: list[Item] = []
    headings = Headings()
    for place, header in enumerate(tables):
        end = tables[place + 1].first if place + 1 < len(tables) else len(sheet.rows)
        if place and not header.of_catalogue:
            report.left_out.extend(_of_something_else(sheet, header, end))
            continue
        walk = Walk(Layout(sheet, header, end), guidance, report.file, len(read.items) + len(items) + 1, headings)
        taken = walk.run(lambda row: told(row / len(sheet.rows)) if row % _EVERY == 0 else None)
        headings = walk.left_open
        report.tables.append(account.table_found(sheet, header, len(taken)))
        report.left_out.extend(walk.left_out)
        report.remarks.extend([*account.columns_not_sure(sheet, header), *account.quantities_of_units(sheet, header)])
        report.remarks.extend([*account.columns_not_taken(sheet, header, end), *walk.remarks])
        if not explicit and not walk.layout.machine_made:
            taken, remarks = filling.filled_down(sheet.name, header, taken, walk.first_under_headings)
            report.remarks.extend(remarks)
        report.remarks.extend(unseen.hidden_columns(sheet, header))
        read.origins.update(origins.origins(sheet, header, taken))
        items += taken
    items, remarks = beside.under(sheet, sheet.rows[tables[0].last].number, items)
    report.remarks.extend([*account.blemishes(sheet, tables[0]), *remarks])
    report.remarks.extend([*unseen.hidden_lines(sheet, items), *account.several_in_one(items)])
    if not explicit:
        items, remarks = standard.marked(sheet.name, sheet.rows[: tables[0].last + 1], items)
        report.remarks.extend(remarks)
    read.items.extend(items)


def _of_something_else(sheet: Sheet, header: Header, end: int) -> Iterator[LeftOut]:
    reason = _("A row of another table, which has no column of works or products.")
    for row in sheet.rows[header.first : end]:
        if text := " | ".join(filter(None, map(text_of, row.cells))):
            yield LeftOut(sheet.name, row.number, reason, one_line(text))


def _why_not(sheet: Sheet, said: Pointed | None) -> str:
    if said is not None:
        return _("Left out as you asked.")
    for row in sheet.rows[: headers.SEARCHED]:
        if headers.scores_people(map(text_of, row.cells)):
            return _("It gives points to people, criterion by criterion, so it is not taken as a catalogue.")
        if headers.lists_remarks(map(text_of, row.cells)):
            return _("It lists remarks on a catalogue, so it is not taken as one.")
    return _("No column of works or products was recognised, so it is not taken as a catalogue.")


def _tables(sheet: Sheet, guidance: Guidance, said: Pointed | None) -> list[Header]:
    """The headers of the sheet's tables, from the top; none when it is to be left out."""
    first = headers.find(sheet, guidance) if said is None else _pointed_at(sheet, guidance, said)
    if first is None:
        return []
    if said is not None and said.columns is not None:
        return _as_said(first, _tables(sheet, guidance, None))
    found = [first]
    for place in range(first.last + 1, len(sheet.rows)):
        if place <= found[-1].last:
            continue
        further = headers.also_at(sheet, place, guidance) or headers.of_something_else_at(sheet, place)
        if further and further.columns != found[-1].columns:
            found.append(further)
    return found


def _as_said(said: Header, found: list[Header]) -> list[Header]:
    """The tables found, those with the headings of the one of which the user speaks taken as it is.

    That one alone where it is none of them.
    """
    if all(header.last != said.last for header in found):
        return [said]
    return [
        replace(header, columns=said.columns, grounds=said.grounds) if header.headings == said.headings else header
        for header in found
    ]


def _pointed_at(sheet: Sheet, guidance: Guidance, said: Pointed) -> Header | None:
    if said.header_row is None:
        return None
    for place, row in enumerate(sheet.rows):
        if row.number == said.header_row:
            return headers.pointed(sheet, place, said.columns, guidance)
    raise InputError(
        _("“{sheet}”: row {row} is empty; point at the row that holds the column headings.").format(
            sheet=sheet.name, row=said.header_row
        )
    )
