"""Tables side by side in one sheet: each read as a sheet of its own, under heading rows of its own.

They are two only where a column without anything parts them from the upper heading row on, both have
headings of works or products, and some heading stands over both: a gap within one table repeats none.
Nor need a gap be there where the very headings of the one follow on each other again. What stands beside a
catalogue and is none, as a key to its tiers, is parted from it too, or its cells would be taken for those of
the lines they happen to stand beside. The cells of each keep their columns, so that every remark names the
place a person sees. A body named over each is the department of its lines; one over the first alone may be that
of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kpicat.exchange.tables import columns, headers, lines, tiers
from kpicat.exchange.tables.grid import Cell, Row, Sheet, is_blank, text_of
from kpicat.exchange.tables.headers import Header
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import Item, LeftOut
from kpicat.text.normalise import one_line

_NAMES = frozenset(columns.NAMES)
_FEWEST = 3  # headings that, said again, begin another table without a gap
_LOOKED_AT = 50  # rows that tell where gaps may be


def apart(sheet: Sheet, guidance: Guidance) -> list[Sheet]:
    """The sheet, or its parts that are tables side by side; the first keeps the sheet's name."""
    parts, rest = [], sheet
    while rest.rows and (halves := _halves(rest, guidance)):
        left, rest = halves
        parts.append(left)
    parts.append(rest)
    names = [sheet.name, *(f"{sheet.name} ({n})" for n in range(2, len(parts) + 1))]
    heads = _heads(parts, guidance) if len(parts) > 1 else [""]
    return [replace(part, name=name, over=over) for part, name, over in zip(parts, names, heads, strict=True)]


def under(sheet: Sheet, row: int, items: Sequence[Item]) -> tuple[list[Item], list[LeftOut]]:
    """The lines of a part with the body over it as their department, where they name none, and a remark on it.

    Args:
        row: Number of the row of headings.
    """
    if not sheet.over or all(item["department"] for item in items):
        return list(items), []
    given = [
        item if item["department"] else replace(item, values={**item.values, "department": sheet.over})
        for item in items
    ]
    sentence = _("“{heading}” stands above the table; its lines took it ({fields}).")
    words = sentence.format(heading=sheet.over, fields=field_label("department"))
    return given, [LeftOut(sheet.name, row, words, sheet.over)]


def _heads(parts: Sequence[Sheet], guidance: Guidance) -> list[str]:
    """For each part the body right over its headings; none unless it stands so over two of them."""
    found = [_head(part, headers.find(part, guidance)) for part in parts]
    return found if sum(map(bool, found)) > 1 else [""] * len(parts)


def _head(part: Sheet, header: Header | None) -> str:
    """The body that stands alone in the row above the headings; "" where none does."""
    if header is None or not header.first:
        return ""
    above = part.rows[header.first - 1]
    texts = list(filter(None, map(text_of, above.cells)))
    bare = lines.body_named(lines.split_mark(texts[0])[1])
    return one_line(bare) if len(texts) == 1 and lines.is_organisation(bare) else ""


def _halves(sheet: Sheet, guidance: Guidance) -> tuple[Sheet, Sheet] | None:
    """The first table and what stands at its right, where that is another one."""
    if not _may_hold_two(sheet) or (header := headers.find(sheet, guidance)) is None:
        return None
    for column in _gaps(sheet, header.first):
        left, right = (_columns(sheet, 0, column), _columns(sheet, column, None))
        heads = headers.find(left, guidance), headers.find(right, guidance)
        if heads[0] is None:
            continue
        if heads[1] is None:
            top = left.rows[heads[0].first].number
            if _is_aside(right, left, heads[0], guidance) and _parts(sheet, column, top):
                return _split(sheet, column, top)
            continue
        top = min(left.rows[heads[0].first].number, right.rows[heads[1].first].number)
        fields = _fields(left, heads[0]), _fields(right, heads[1])
        if all(map(_NAMES.intersection, fields)) and fields[0] & fields[1] and _parts(sheet, column, top):
            return _split(sheet, column, top)
    again = _again(sheet.rows[header.first].cells)
    return _split(sheet, again, sheet.rows[header.first].number) if again else None


def _is_aside(right: Sheet, left: Sheet, header: Header, guidance: Guidance) -> bool:
    """What is no catalogue and stands beside one is no part of it: it says a heading again, or each tier once."""
    top, under = left.rows[header.first].number, left.rows[header.last].number
    heads = [row for row in right.rows if top <= row.number <= under]
    if _named(left.rows[header.first : header.last + 1]) & _named(heads):
        return True
    here = headers.samples(right, sum(row.number <= under for row in right.rows))
    count = len(left.rows) - header.last - 1
    return any(1 < len(texts) < count and _are_all_tiers(texts, guidance) for texts in here.values())


def _are_all_tiers(texts: Sequence[str], guidance: Guidance) -> bool:
    levels = [tiers.tier_word(text, guidance).level for text in texts]
    return None not in levels and len(set(levels)) == len(levels)


def _may_hold_two(sheet: Sheet) -> bool:
    """Some column near the top is blank between others, or some row says a heading again; to look closer is dear."""
    if any(True for _gap in _gaps(sheet, 0)):
        return True
    return any(_again(row.cells) for row in sheet.rows[: headers.SEARCHED])


def _gaps(sheet: Sheet, place: int) -> Iterator[int]:
    """The first of each run of columns that are blank in the rows that follow and have something on either side."""
    rows = sheet.rows[place : place + _LOOKED_AT]
    used = sorted({c for row in rows for c, cell in enumerate(row.cells) if not is_blank(cell)})
    return (left + 1 for left, right in pairwise(used) if right > left + 1)


def _parts(sheet: Sheet, column: int, top: int) -> bool:
    """Nothing stands in the column, or over it, from row ``top`` on."""
    below = (row.cells for row in sheet.rows if row.number >= top)
    return all(column >= len(cells) or is_blank(cells[column]) for cells in below) and not any(
        merge.left <= column <= merge.right and merge.bottom >= top for merge in sheet.merges
    )


def _again(heads: Sequence[Cell]) -> int | None:
    """The column from which on a row of headings says again what it said."""
    words = [columns.key(cell) if isinstance(cell, str) else "" for cell in heads]
    start = next((c for c, word in enumerate(words) if word), 0)
    again = next((c for c in range(start + _FEWEST, len(words)) if words[c] == words[start]), None)
    if again is None or words[start:again] != words[again : 2 * again - start]:
        return None
    fields = [columns.fields_named(text_of(head)) for head in heads[start:again]]
    return again if all(fields) and any(_NAMES & own.keys() for own in fields) else None


def _fields(sheet: Sheet, header: Header) -> set[str]:
    """Fields that the very headings name."""
    return _named(sheet.rows[header.first : header.last + 1])


def _named(rows: Sequence[Row]) -> set[str]:
    texts = (text for row in rows for cell in row.cells if isinstance(cell, str) and (text := text_of(cell)))
    return {field for text in texts if columns.is_heading(text) for field in columns.fields_named(text)}


def _split(sheet: Sheet, column: int, top: int) -> tuple[Sheet, Sheet]:
    """The sheet at the left of the column and at its right.

    What stands over row ``top`` belongs to the left, unless something stands over either.
    """
    left, right = _columns(sheet, 0, column), _columns(sheet, column, None)
    whole = {row.number for row in sheet.rows if row.number < top} - (_numbers(left) & _numbers(right))
    above = [row for row in sheet.rows if row.number in whole]
    titles = [merge for merge in right.merges if merge.top in whole]
    return replace(
        left,
        rows=sorted([*above, *(row for row in left.rows if row.number not in whole)], key=lambda row: row.number),
        merges=[*left.merges, *titles],
    ), replace(
        right,
        rows=[row for row in right.rows if row.number not in whole],
        merges=[merge for merge in right.merges if merge.top not in whole],
    )


def _numbers(sheet: Sheet) -> set[int]:
    return {row.number for row in sheet.rows}


def _columns(sheet: Sheet, left: int, right: int | None) -> Sheet:
    """Those columns of the sheet, in their places; rows in which they are blank are left out."""
    rows = []
    for row in sheet.rows:
        cells = [*[None] * min(left, len(row.cells)), *row.cells[left:right]]
        if not all(map(is_blank, cells)):
            rows.append(Row(row.number, cells))
    within = range(left, 1 << 20 if right is None else right)
    merges = [merge for merge in sheet.merges if merge.left in within]
    blemishes = [blemish for blemish in sheet.blemishes if blemish.column in within]
    return replace(sheet, rows=rows, merges=merges, blemishes=blemishes)
