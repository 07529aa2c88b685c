"""The account a reader gives of a file beside its items: tables, columns and cells not taken, codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kpicat.exchange.tables import headers, ticks
from kpicat.exchange.tables.choosing import Ground
from kpicat.exchange.tables.columns import FRAME, IGNORED, ORDER
from kpicat.exchange.tables.grid import Sheet, column_letters, is_blank, text_of
from kpicat.exchange.tables.headers import Header
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.model import FIELDS, Item, LeftOut, TableFound
from kpicat.text.normalise import one_line

_SAMPLES = 5  # of a column, for the mapping dialog
_MARK = re.compile(r"(?:^|\n|[:;,.]\s|\s(?=\w\)))\s*(?:[-–+•]\s*(?=[^\W\d_])|\(?(?:[a-zđ]|\d{1,2})[.)]\s*(?=[^\W\d_]))")
_PLACES = 8  # named in one remark; the rest are counted


def table_found(sheet: Sheet, header: Header, rows: int) -> TableFound:
    """The table for the report; every column with a heading or a value is in it."""
    samples = headers.samples(sheet, header.last + 1)
    width = sorted({*header.headings, *samples})
    return TableFound(
        sheet=sheet.name,
        header_row=sheet.rows[header.last].number,
        columns={c: name if (name := header.columns.get(c, "")) in FIELDS else "" for c in width},
        headers={c: one_line(header.headings.get(c, "")) for c in width},
        samples={c: [one_line(text) for text in samples.get(c, ())[:_SAMPLES]] for c in width},
        rows=rows,
        grounds={c: ground.value for c, ground in header.grounds.items() if header.columns.get(c) in FIELDS},
    )


def columns_not_sure(sheet: Sheet, header: Header) -> Iterator[LeftOut]:
    """One remark on the columns that were taken although their headings are not known word for word."""
    unsure = []
    added = header.shared.get("quantity", {})
    for column, ground in sorted(header.grounds.items()):
        field = header.columns.get(column, "")
        if ground in (Ground.LIKE, Ground.CELLS) and field in FIELDS and column not in added:
            heading = one_line(header.headings.get(column, ""))
            unsure.append(f"{column_letters(column)} “{heading}” → {field_label(field)}")
    if unsure:
        sentence = ngettext(
            "A heading is not a usual one, so its column was taken for what it seems; check: {columns}.",
            "Some headings are not usual ones, so their columns were taken for what they seem; check: {columns}.",
            len(unsure),
        ).format(columns="; ".join(unsure))
        yield LeftOut(sheet.name, sheet.rows[header.last].number or None, sentence)


def quantities_of_units(sheet: Sheet, header: Header) -> Iterator[LeftOut]:
    """A remark on quantities of bodies or quarters beside each other: added up, or the column of their sum taken."""
    under = {c: words.rpartition(" / ")[0] for c, words in header.headings.items()}
    for column, field in header.columns.items():
        if field != "quantity" or not under.get(column) or not ticks.are_added_up([header.lowest.get(column, "")]):
            continue
        added = header.shared.get("quantity", {})
        beside = added or {c: under[c] for c in under if c != column and under[c] == under[column]}
        if not beside:
            return
        named = "; ".join(f"{column_letters(c)} “{one_line(header.headings[c])}”" for c in sorted(beside))
        if added:
            sentence = _("The quantities of several columns were added up; check that none is their sum: {columns}.")
        else:
            sentence = _(
                "Column {column} is the sum of others, so it alone was taken for the quantity; check: {columns}."
            )
        sentence = sentence.format(column=column_letters(column), columns=named)
        yield LeftOut(sheet.name, sheet.rows[header.last].number or None, sentence)
        return


def columns_not_taken(sheet: Sheet, header: Header, end: int) -> Iterator[LeftOut]:
    """A remark for each column that holds something and is no field kpicat knows."""
    known = {c for c, name in header.columns.items() if name in FIELDS or name in (ORDER, FRAME, IGNORED)}
    rows = sheet.rows[header.last + 1 : end]
    width = max((len(row.cells) for row in rows), default=0)
    for column in sorted(set(range(width)) - known):
        cells = sum(not is_blank(row.cells[column]) for row in rows if column < len(row.cells))
        if not cells:
            continue
        texts = (text_of(row.cells[column]) for row in rows if column < len(row.cells))
        heading = one_line(header.headings.get(column) or next(filter(None, texts), ""))
        sentence = ngettext(
            "Column {column} “{heading}” ({count} cell) was not taken; choose its field to take it.",
            "Column {column} “{heading}” ({count} cells) was not taken; choose its field to take it.",
            cells,
        ).format(column=column_letters(column), heading=heading, count=number(cells))
        yield LeftOut(sheet.name, sheet.rows[header.last].number or None, sentence, heading)


def blemishes(sheet: Sheet, header: Header) -> Iterator[LeftOut]:
    """A remark for each error cell, and one a column for formulas never computed, where a field is concerned."""
    first = sheet.rows[header.last].number
    uncomputed: dict[int, list[int]] = defaultdict(list)
    for blemish in sheet.blemishes:
        if header.columns.get(blemish.column) not in FIELDS or blemish.row <= first:
            continue
        if not blemish.error:
            uncomputed[blemish.column].append(blemish.row)
            continue
        cell = f"{column_letters(blemish.column)}{blemish.row}"
        sentence = _("Cell {cell} of sheet “{sheet}” shows the error {error}, so it was left empty; put it right.")
        yield LeftOut(
            sheet.name, blemish.row, sentence.format(cell=cell, sheet=sheet.name, error=blemish.error), blemish.error
        )
    for column, rows in uncomputed.items():
        named = ", ".join(f"{column_letters(column)}{row}" for row in rows[:_PLACES])
        sentence = ngettext(
            "{count} formula has no stored value and was left empty ({cells}); "
            "open the file in a spreadsheet, save it and bring it in again.",
            "{count} formulas have no stored value and were left empty ({cells}); "
            "open the file in a spreadsheet, save it and bring it in again.",
            len(rows),
        ).format(count=number(len(rows)), cells=named + ("…" if len(rows) > _PLACES else ""))
        yield LeftOut(sheet.name, rows[0], sentence, header.headings.get(column, ""))


def repeated_codes(items: Sequence[Item]) -> Iterator[LeftOut]:
    """A remark for each code that more than one line has; all lines are taken."""
    by_code: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if code := str(item["code"]):
            by_code[code].append(item)
    for code, twins in by_code.items():
        if len(twins) > 1:
            places = ", ".join(f"{item.source.sheet} {item.source.row}" for item in twins[:_PLACES])
            sentence = _("Code “{code}” stands on {count} lines ({places}); all were taken, give each its own.").format(
                code=code, count=number(len(twins)), places=places + ("…" if len(twins) > _PLACES else "")
            )
            yield LeftOut(twins[1].source.sheet, twins[1].source.row, sentence, code)


def several_in_one(items: Sequence[Item]) -> Iterator[LeftOut]:
    """One remark on the lines that list works or products one under the other; each is kept as one line."""
    listing = [item for item in items if any(_lists(str(item[name])) for name in ("task", "product"))]
    if listing:
        first = listing[0]
        named = ", ".join(str(item.source.row) for item in listing[:_PLACES]) + ("…" if len(listing) > _PLACES else "")
        sentence = ngettext(
            "{count} line lists several works or products in one cell (row {rows}); it was kept as one, "
            "split it where they are assigned and counted apart.",
            "{count} lines list several works or products in one cell (rows {rows}); each was kept as one, "
            "split those that are assigned and counted apart.",
            len(listing),
        ).format(count=number(len(listing)), rows=named)
        yield LeftOut(first.source.sheet, first.source.row, sentence, one_line(str(first["task"])))


def _lists(text: str) -> bool:
    """The text has two list marks or more, at the beginning of its lines or after a sign: "a) …; b) …"."""
    return len(_MARK.findall(text)) >= 2
