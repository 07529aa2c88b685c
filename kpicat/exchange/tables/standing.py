"""Forms of one work each, in which the headings stand under each other and beside each what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kpicat.exchange.tables import columns, evidence, lines
from kpicat.exchange.tables.grid import Cell, Row, Sheet, text_of
from kpicat.language import _
from kpicat.model import FIELDS, LeftOut
from kpicat.text.normalise import one_line

_FEWEST = 3  # known headings that make a form
_MOST = 0.6  # of the rows belong to forms
_SOME = 0.3  # of what stands beside the headings looks like what they name
_LOOKED_AT = 40  # rows that tell quickly that there is none
_MOST_WORDS = 8  # of a heading


@dataclass
class _Form:
    rows: list[Row] = field(default_factory=list)
    said: dict[str, tuple[str, Cell]] = field(default_factory=dict)  # key of a heading -> it, and what it says

    @property
    def known(self) -> Iterator[tuple[set[str], str]]:
        for heading, cell in self.said.values():
            if fields := _fields(heading):
                yield fields, text_of(cell)

    @property
    def names_work(self) -> bool:
        return any(text and not fields.isdisjoint(columns.NAMES) for fields, text in self.known)


def laid_down(sheet: Sheet) -> tuple[Sheet, list[LeftOut]]:
    """The sheet with its forms as the rows of one table, and the rows of a form that are no longer rows of it.

    A sheet that is not made of such forms comes back as it is.
    """
    top = sheet.rows[:_LOOKED_AT]
    if 2 * sum(any(_fields(head) for head, _cell in _pairs(row)) for row in top) < len(top):
        return sheet, []
    parts = list(_parts(sheet.rows))
    forms = [part for part in parts if isinstance(part, _Form)]
    rows = [row for form in forms for row in form.rows]
    headed = any(isinstance(part, Row) and _are_headings(part) for part in parts)
    if headed or not _are_forms(forms) or len(rows) < _MOST * len(sheet.rows):
        return sheet, []
    headings: dict[str, str] = {}
    for form in forms:
        for key, (heading, _cell) in form.said.items():
            headings.setdefault(key, heading)
    laid: list[Row] = []
    for part in parts:
        if isinstance(part, Row):
            laid.append(part)
            continue
        if part is forms[0]:
            laid.append(Row(part.rows[0].number, list(headings.values())))
        laid.append(Row(part.rows[0].number, [part.said.get(key, ("", None))[1] for key in headings]))
    reason = _("A line of the form of the work above, taken with it.")
    rest = [
        LeftOut(sheet.name, row.number, reason, one_line(" | ".join(filter(None, map(text_of, row.cells)))))
        for form in forms
        for row in form.rows[1:]
    ]
    return replace(sheet, rows=laid, merges=()), rest


def _parts(rows: Sequence[Row]) -> Iterator[_Form | Row]:
    """The forms, each up to where a heading is said again, and the rows that are of none."""
    form = _Form()
    for row in rows:
        pairs = {columns.key(head): (head, cell) for head, cell in _pairs(row)}
        if form.rows and (not pairs or not form.said.keys().isdisjoint(pairs)):
            yield form
            form = _Form()
        if pairs and (form.rows or any(_fields(head) for head, _cell in pairs.values())):
            form.rows.append(row)
            form.said |= pairs
        else:
            yield row
    if form.rows:
        yield form


def _pairs(row: Row) -> list[tuple[str, Cell]]:
    """The headings that stand in a row, each with what stands beside it; nothing for any other row."""
    cells = [(text, cell) for cell in row.cells if (text := text_of(cell))]
    if len(cells) > 1 and lines.level_of(cells[0][0]) is not None:
        cells = cells[1:]
    if len(cells) == 1:
        ((text, _cell),) = cells
        head, _sign, said = text.partition(":")
        return [(head.strip(), said.strip() or None)] if _fields(head) else []
    heads, beside = cells[::2], cells[1::2]
    if not cells or len(heads) != len(beside) or any(columns.is_heading(text) for text, _cell in beside):
        return []
    if any(len(text.split()) > _MOST_WORDS or lines.is_number_text(text) for text, _cell in heads):
        return []
    return [(text.rstrip(" :"), cell) for (text, _head), (_text, cell) in zip(heads, beside, strict=True)]


def _are_headings(row: Row) -> bool:
    """The row heads columns, so what stands under it is no form."""
    return sum(columns.is_heading(text_of(cell)) for cell in row.cells) > 1


def _fields(heading: str) -> set[str]:
    return {name for name in columns.fields_named(heading) if name in FIELDS} if columns.is_heading(heading) else set()


def _are_forms(forms: Sequence[_Form]) -> bool:
    """Each names a work or a product, the first says much of it, and no key to a form's columns says what they mean."""
    if not forms or len(list(forms[0].known)) < _FEWEST or not all(form.names_work for form in forms):
        return False
    said = [_fits(fields, text) for form in forms for fields, text in form.known if text]
    return sum(said) >= _SOME * len(said)


def _fits(fields: set[str], text: str) -> bool:
    if not fields.isdisjoint(("quantity", "points", "coefficient", "tier", "code")):
        return any(character.isdecimal() for character in text)
    return lines.is_organisation(text) or any(evidence.looks_like(name, text) for name in fields)
