"""Where a table begins: the header row or rows, by their words and by the shape of the cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kpicat.exchange.tables import choosing, columns, evidence, lines, stacking
from kpicat.exchange.tables.choosing import Choice, Ground
from kpicat.exchange.tables.columns import FRAME, IGNORED, ORDER
from kpicat.exchange.tables.grid import Sheet, text_of
from kpicat.exchange.tables.likeness import likeness
from kpicat.exchange.tables.ticks import spread
from kpicat.guidance import Guidance
from kpicat.model import FIELDS
from kpicat.text.numbers import parse_number

SEARCHED = 20
"""Rows with something in them among which the first header is looked for …"""
_SEARCHED_THEN = 60  # … and those looked through where none of them is one: a decision's grounds come first
DEEPEST = 3
_SAMPLED = 30
_LONGEST_HEADING = 150  # characters
_ENOUGH = 4
_QUITE_LIKE = 0.6
_SOME = 0.3  # of the cells look like works or products


@dataclass(frozen=True)
class Header:
    """The head of one table.

    Attributes:
        first, last: Places in ``sheet.rows`` of its first and last row.
        headings: Zero-based column -> its words, those of upper rows first.
        columns: Zero-based column -> field id, ``order``, ``frame`` or ``ignored``.
        words: Texts of every header row, by which a repeated header is known.
        score: How plainly it is one.
        grounds: Zero-based column -> why it was taken for its field.
        lowest: Zero-based column -> the part of its heading right over the cells.
    """

    first: int
    last: int
    headings: Mapping[int, str]
    columns: Mapping[int, str]
    words: frozenset[str]
    score: int = 0
    grounds: Mapping[int, Ground] = field(default_factory=dict)
    lowest: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def shared(self) -> dict[str, dict[int, str]]:
        """Field that several columns hold -> its columns, each with what a tick in it says; none as a rule."""
        found: dict[str, dict[int, str]] = {}
        for column, name in self.columns.items():
            found.setdefault(name, {})[column] = self.lowest.get(column, self.headings.get(column, ""))
        return {name: own for name, own in found.items() if len(own) > 1 and name in FIELDS}

    @property
    def of_catalogue(self) -> bool:
        """One of its columns holds works or products."""
        return not set(columns.NAMES).isdisjoint(self.columns.values())


def find(sheet: Sheet, guidance: Guidance) -> Header | None:
    """The best header among the first rows of the sheet, or that of a table above it; None where there is none."""
    best: Header | None = None
    for place, row in enumerate(sheet.rows[:_SEARCHED_THEN]):
        if place == SEARCHED and best and best.score >= _ENOUGH:
            break
        beaten = best.score if best else 0
        here = [h for depth in range(1, DEEPEST + 1) if (h := at(sheet, place, guidance, depth, beaten=beaten))]
        if not here and lists_remarks(map(text_of, row.cells)) and not _heads(sheet, place, guidance):
            break  # what follows speaks of works, and is none
        best = max(filter(None, [best, *here]), key=_preference, default=None)
    if best is None or not (best.score >= _ENOUGH or _is_list(sheet, best)):
        return None
    above = (also_at(sheet, place, guidance) for place in range(best.first))
    return next((header for header in above if header and header.last < best.first), best)


def _heads(sheet: Sheet, place: int, guidance: Guidance) -> bool:
    return any(at(sheet, place, guidance, depth) for depth in range(1, DEEPEST + 1))


def also_at(sheet: Sheet, place: int, guidance: Guidance) -> Header | None:
    """The header of a further table at this place, if one plainly stands there."""
    row = sheet.rows[place]
    if sum(isinstance(cell, str) and columns.is_heading(cell) for cell in row.cells) < 3:
        return None
    if any(lines.is_number_text(text_of(cell)) for cell in row.cells):
        return None  # a line that says heading words
    found = [header for depth in (1, 2) if (header := at(sheet, place, guidance, depth))]
    return max(found, key=_preference, default=None)


def of_something_else_at(sheet: Sheet, place: int) -> Header | None:
    """The header of a table that is no catalogue, after an empty row: "Đơn vị | Số người | Ghi chú"."""
    row, above = sheet.rows[place], sheet.rows[max(0, place - 2) : place + 1]
    if row.number - above[0].number < len(above):
        return None
    texts = {c: text for c, cell in enumerate(row.cells) if (text := text_of(cell))}
    known = [fields for text in texts.values() if columns.is_heading(text) and (fields := columns.fields_named(text))]
    if len(known) < 2 or 2 * len(known) < len(texts) or not _are_headings(texts):
        return None
    if len(texts) < 3 or any(not fields.keys().isdisjoint(columns.NAMES) for fields in known):
        return None
    return Header(place, place, texts, {}, frozenset(texts.values()))


def at(sheet: Sheet, place: int, guidance: Guidance, depth: int = 1, *, beaten: int = 0) -> Header | None:
    """The header that rows ``place`` … ``place + depth - 1`` would be, or None.

    None too when no column would hold a task or a product, and where its score cannot come up to ``beaten``:
    to ask what each column of a row holds is dear.
    """
    rows = sheet.rows[place : place + depth]
    texts = [{c: text for c, cell in enumerate(row.cells) if (text := text_of(cell))} for row in rows]
    if len(rows) < depth or not all(texts) or not _are_headings(texts[0]):
        return None
    if not all(_are_headings(row) or _counts(row, guidance) for row in texts[1:]):
        return None
    if depth < DEEPEST and _goes_on(sheet, place + depth):
        return None
    headings = texts[0] if depth == 1 else stacking.stacked(rows, texts, sheet)
    if headings is None or _most(headings) < beaten:
        return None
    readable = stacking.readable(headings)
    under = samples(sheet, place + depth)
    lowest = {column: parts[-1] for column, parts in stacking.parts(headings).items()}
    chosen = choosing.choose(readable, under, guidance, lowest)
    fields = {column: choice.field for column, choice in chosen.items()}
    rows_under = len(sheet.rows[place + depth : place + depth + _SAMPLED])
    proposed = fields | spread(sheet.merges_from.get(rows[-1].number, ()), fields, under, rows_under)
    if not _of_works(chosen, readable, under) or (
        scores_people(readable.values()) and "product" not in proposed.values()
    ):
        return None
    if lists_remarks(readable.values()) and not _has_works(chosen, readable):
        return None
    words = frozenset(text for row in texts for text in row.values())
    if _explains(chosen, under, words):
        return None
    shown = {column: " / ".join(dict.fromkeys(parts)) for column, parts in stacking.parts(headings).items()}
    score = sum(_plainness(readable.get(c, ""), choice) for c, choice in chosen.items())
    if score < _ENOUGH:
        score += sum(_over_numbers(text, under.get(c, ())) for c, text in texts[-1].items())
    grounds = {column: choice.ground for column, choice in chosen.items()}
    return Header(place, place + depth - 1, shown, proposed, words, score, grounds, lowest)


def pointed(sheet: Sheet, place: int, chosen: Mapping[int, str] | None, guidance: Guidance) -> Header:
    """The header whose last row the user points at, with the columns they chose or those proposed."""
    ends_here = (at(sheet, place - depth + 1, guidance, depth) for depth in range(1, min(DEEPEST, place + 1) + 1))
    header = max((found for found in ends_here if found), key=_preference, default=None)
    if header is None:
        texts = {c: text for c, cell in enumerate(sheet.rows[place].cells) if (text := text_of(cell))}
        chosen_ = choosing.choose(texts, samples(sheet, place + 1), guidance)
        proposed = {column: choice.field for column, choice in chosen_.items()}
        grounds = {column: choice.ground for column, choice in chosen_.items()}
        header = Header(place, place, texts, proposed, frozenset(texts.values()), 0, grounds, texts)
    if chosen is None:
        return header
    kept = {column: name for column, name in header.columns.items() if name in (ORDER, FRAME, IGNORED)}
    by_hand = {column: name for column, name in chosen.items() if name}
    grounds = {column: Ground.HAND for column, name in by_hand.items() if header.columns.get(column) != name}
    return replace(header, columns=kept | by_hand, grounds={**header.grounds, **grounds})


def samples(sheet: Sheet, place: int, most: int = _SAMPLED) -> dict[int, list[str]]:
    """Zero-based column -> texts of the rows from ``place`` on, blanks left out.

    Numbers of the columns are none, and what stands alone on its row speaks only for a column where nothing else does.
    """
    found: dict[int, list[str]] = {}
    alone: dict[int, list[str]] = {}
    for row in sheet.rows[place : place + most]:
        texts = {column: text for column, cell in enumerate(row.cells) if (text := text_of(cell))}
        if lines.is_numbering(list(texts.values())):
            continue
        for column, text in texts.items():
            (found if len(texts) > 1 else alone).setdefault(column, []).append(text)
    return alone | found


def scores_people(headings: Iterable[str]) -> bool:
    """The headings are those of a form by which people are given points, criterion by criterion."""
    named = [columns.key(heading) for heading in headings if lines.names_criterion(heading)]
    return len(named) >= 2 and any(not name.startswith("điểm") for name in named)


_MOSTLY = 3  # columns of remarks beside which the works' names are there only to say what is remarked on


def lists_remarks(headings: Iterable[str]) -> bool:
    """The headings are those of a list of remarks: an appraiser's, or what kpicat itself adds to a workbook."""
    return sum(map(lines.names_remark, headings)) >= 2


def _has_works(chosen: Mapping[int, Choice], headings: Mapping[int, str]) -> bool:
    """Headings of works stand beside those of remarks: more than the works' names where remarks are the most."""
    said = {choice.field for choice in chosen.values() if choice.ground is Ground.HEADING}
    mostly_remarks = sum(map(lines.names_remark, headings.values())) >= _MOSTLY
    return not said.isdisjoint(columns.MEASURED if mostly_remarks else columns.NAMES)


def _of_works(chosen: Mapping[int, Choice], headings: Mapping[int, str], under: Mapping[int, Sequence[str]]) -> bool:
    """A column says that works or products stand in it, or seems to and they do."""
    names = ((column, choice.field) for column, choice in chosen.items() if choice.field in columns.NAMES)
    return any(
        field in columns.fields_named(headings.get(column, "")) or evidence.share(field, under.get(column, ())) >= _SOME
        for column, field in names
    )


def _explains(chosen: Mapping[int, Choice], under: Mapping[int, Sequence[str]], words: frozenset[str]) -> bool:
    """Where works should be stand other headings: a guide to a form's columns, row by row."""
    for column, choice in chosen.items():
        if choice.field in columns.NAMES:
            texts = [text for text in under.get(column, ()) if text not in words]
            heads = {text for text in texts if columns.is_heading(text)}
            if len(heads) > 1 and 2 * len(heads) >= len(texts):
                return True
    return False


def _plainness(heading: str, choice: Choice) -> int:
    """What one column adds to a header's score; what its cells say says nothing about the row above them."""
    match choice.ground:
        case Ground.HEADING:
            return max(1, 3 - columns.fields_named(heading).get(choice.field, columns.BEGINS))
        case Ground.LIKE:
            plainly = choice.field not in columns.fields_named(heading)  # else it only begins so
            return 2 if plainly and likeness(heading).get(choice.field, 0) >= _QUITE_LIKE else 1
        case _cells:
            return 0


def _most(headings: Mapping[int, str]) -> int:
    """No header of these headings has a higher score."""
    forms = ((*own, " ".join(own)) for own in stacking.parts(headings).values())
    said = sum(3 if any(columns.EXACT in columns.fields_named(form).values() for form in own) else 2 for own in forms)
    return max(said, _ENOUGH - 1 + len(headings))


def _over_numbers(text: str, under: Sequence[str]) -> int:
    """1 for a text over a column of numbers."""
    if lines.is_number_text(text) or len(under) < 2:
        return 0
    return int(sum(map(lines.is_number_text, under)) >= 0.8 * len(under))


def _preference(header: Header) -> tuple[int, int]:
    """Plainer first; of equals the one of fewer rows."""
    return header.score, header.first - header.last


def _is_list(sheet: Sheet, header: Header) -> bool:
    """A sheet of one column of works under one known heading; on a cover "DANH MỤC" stands over a year."""
    (column, heading), *others = header.headings.items()
    if others or not columns.is_heading(heading) or column not in header.columns:
        return False
    if evidence.share(header.columns[column], samples(sheet, header.last + 1).get(column, ())) < _SOME:
        return False
    return all(not text_of(cell) for row in sheet.rows for c, cell in enumerate(row.cells) if c != column)


def _goes_on(sheet: Sheet, place: int) -> bool:
    """A cell of the row before ``place`` is merged down into this row, or this row only parts what is merged across."""
    if place >= len(sheet.rows):
        return False
    above, here = sheet.rows[place - 1], sheet.rows[place]
    tops = range(above.number - DEEPEST + 1, above.number + 1)
    if any(here.number <= merge.bottom for top in tops for merge in sheet.merges_from.get(top, ())):
        return True
    parted = {c for c, cell in enumerate(here.cells) if text_of(cell)}
    wide = [range(merge.left, merge.right + 1) for merge in sheet.merges_from.get(above.number, ())]
    titles = sum(bool(text_of(cell)) for cell in above.cells)
    several = any(len(parted.intersection(span)) > 1 for span in wide)
    return several and titles > len(wide) and all(any(c in span for span in wide) for c in parted)


def _counts(texts: Mapping[int, str], guidance: Guidance) -> bool:
    """The texts are 1, 2, 3 …, or the tiers' points, as the tiers are called under a heading that spans them."""
    said = list(texts.values())
    return len(said) > 1 and (
        said == [str(n) for n in range(1, len(said) + 1)]
        or list(map(parse_number, said)) == [tier.mark for tier in guidance.tiers]
    )


def _are_headings(texts: Mapping[int, str]) -> bool:
    """Short texts, not numbers."""
    if any(len(text) > _LONGEST_HEADING for text in texts.values()):
        return False
    return 2 * sum(lines.is_number_text(text) for text in texts.values()) <= len(texts)
