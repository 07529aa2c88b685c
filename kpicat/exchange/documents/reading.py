"""A document's tables into items, with what the headings above the tables say of their lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.documents.joining import Joined, joined
from kpicat.exchange.documents.parts import Paragraph, Part
from kpicat.exchange.tables import lines
from kpicat.exchange.tables.heading_rows import Title
from kpicat.exchange.tables.headings import Headings
from kpicat.exchange.tables.items import read_sheets
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import Item, LeftOut
from kpicat.text.normalise import canonical

_LONGEST_HEADING = 120  # characters
_UNNUMBERED = 20  # level of a heading without a number, under every numbered one
_COUNTED = re.compile(r"(?P<mark>\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)]\s*|\s+[-–]\s*)(?=[^\W\d])")
_ENDS_A_SENTENCE = (".", ";", ",", "!", "?")
_TITLES = ("danh mục", "bảng", "biểu", "phụ lục", "mẫu số", "quyết định", "tổng hợp")
"""What a title of the whole document begins with, which is no group of its lines."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the headings above a table say of the lines from a row on."""

    fields: Mapping[str, str]
    words: str


def read_parts(
    parts: Sequence[Part], name: str, guidance: Guidance, *, pointed: Mapping[str, Pointed], progress: Progress
) -> Read:
    """Turn the tables of a document into items.

    Args:
        parts: The document from the top.
        name: The file's name, kept with each item.
        guidance: Whose tier words and frames the file may use.
        pointed: Table's name -> what the user said of it.
        progress: Told now and then how far it is.

    Raises:
        NeedsPointing: No table has a header row that is recognised.
        InputError: The tables are empty, too long, or the user pointed at no row.
    """
    tables = joined(parts, guidance)
    sheets = [table.as_sheet() for table in tables]
    found = read_sheets(sheets, name, guidance, pointed=pointed, progress=progress)
    taken = {table.sheet for table in found.report.tables}
    catalogues = [table for table in tables if table.name in taken]
    items, remarks = _under_headings(found.items, catalogues)
    asides = (remark for table in catalogues for remark in table.remarks())
    found.report.remarks.extend([*remarks, *asides])
    return replace(found, items=items)


def _under_headings(items: Sequence[Item], tables: Sequence[Joined]) -> tuple[list[Item], list[LeftOut]]:
    """The items with the group and the department that paragraphs above their tables name."""
    said = _said(tables)
    given: list[Item] = []
    used: dict[tuple[str, int], set[str]] = {}
    for item in items:
        start, about = _over(said.get(item.source.sheet, {}), item.source.row or 0)
        fields = {} if about is None else {name: text for name, text in about.fields.items() if not item[name]}
        given.append(replace(item, values={**item.values, **fields}) if fields else item)
        used.setdefault((item.source.sheet, start), set()).update(fields)
    return given, list(_remarks(said, used))


def _said(tables: Sequence[Joined]) -> dict[str, dict[int, _Said]]:
    """Table's name -> row number -> what is said of the lines from there on."""
    runs = [(table.name, row, list(_run(above))) for table in tables for row, above in table.above]
    several = sum(bool(run) for _name, _row, run in runs) > 1
    open_ones, said = Headings(), dict[str, dict[int, _Said]]()
    above = [paragraphs for table in tables for _row, paragraphs in table.above]
    for (name, row, run), paragraphs in zip(runs, above, strict=True):
        if not run and any(p.text for p in paragraphs):
            open_ones = Headings()  # other words ended what was said
        for _paragraph, heading in run:
            if heading.name == "department" or several:
                open_ones.open(heading.level, heading.name, heading.title, goes_on=heading.goes_on)
        words = " / ".join(paragraph.text for paragraph, _heading in run)
        said.setdefault(name, {})[row] = _Said(open_ones.said(duty_has_column=False), words)
    return said


def _run(above: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, Title]]:
    """The headings right above a table, the first one first; asides in brackets do not count."""
    run = []
    for paragraph in reversed(above):
        if not paragraph.text or paragraph.text.startswith("("):
            continue
        if (heading := _heading(paragraph)) is None:
            break
        run.append((paragraph, heading))
    yield from reversed(run)


def _heading(paragraph: Paragraph) -> Title | None:
    """What a paragraph says that heads what follows it; None for any other."""
    text = paragraph.text.strip()
    if len(text) > _LONGEST_HEADING or text.endswith(_ENDS_A_SENTENCE):
        return None
    mark, title = _split(text)
    if canonical(title).startswith(_TITLES):
        return None
    organisation = lines.is_organisation(title)
    if not mark and not organisation and paragraph.depth is None:
        return None
    level = _level(mark)
    about = "department" if organisation else "group"
    return Title(_UNNUMBERED + (paragraph.depth or 0) if level is None else level, about, title, lines.goes_on(mark))


def _split(text: str) -> tuple[str, str]:
    """The number a heading begins with, "" for none, and its words."""
    if found := _COUNTED.match(text):
        return found["mark"], text[found.end() :]
    return lines.split_mark(text)


def _level(mark: str) -> int | None:
    """How deep a heading's number is: 1.1 is one deeper than 1."""
    return lines.NUMBER + mark.count(".") if mark[:1].isdecimal() else lines.level_of(mark)


def _over(said: Mapping[int, _Said], row: int) -> tuple[int, _Said | None]:
    starts = sorted(said)
    place = bisect_right(starts, row) - 1
    return (starts[place], said[starts[place]]) if place >= 0 else (0, None)


def _remarks(said: Mapping[str, Mapping[int, _Said]], used: Mapping[tuple[str, int], set[str]]) -> Iterator[LeftOut]:
    for name, by_row in said.items():
        for row, about in by_row.items():
            if not about.words:
                continue
            if fields := used.get((name, row)):
                sentence = _("“{heading}” stands above the table; its lines took it ({fields}).")
            else:
                sentence = _(
                    "“{heading}” stands above the table and was not taken into its lines; look whether it should be."
                )
            labels = ", ".join(field_label(field) for field in sorted(fields or ()))
            yield LeftOut(name, row, sentence.format(heading=about.words, fields=labels), about.words)
