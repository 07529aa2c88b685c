"""A document's tables into items, with what the headings above the tables say of their lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpicat.exchange import Pointed, Progress, Read
from kpicat.exchange.documents.joining import Joined, joined
from kpicat.exchange.documents.parts import Paragraph, Part
from kpicat.exchange.tables import lines
from kpicat.exchange.tables.grid import text_of
from kpicat.exchange.tables.heading_rows import Title
from kpicat.exchange.tables.headings import Headings
from kpicat.exchange.tables.items import read_sheets
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import Item, LeftOut

_LONGEST_HEADING = 120  # characters
_UNNUMBERED = 20  # level of a heading without a number, under every numbered one
_COUNTED = re.compile(r"(?P<mark>\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)]\s*|\s+[-–]\s*)(?=[^\W\d])")
_ENDS_A_SENTENCE = (".", ";", ",", "!", "?")


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
    items, remarks = _under_headings(found.items, _said(tables, taken))
    asides = (remark for table in tables if table.name in taken for remark in table.remarks())
    found.report.remarks.extend([*remarks, *asides])
    return replace(found, items=items)


def _under_headings(items: Sequence[Item], said: Mapping[str, Mapping[int, _Said]]) -> tuple[list[Item], list[LeftOut]]:
    """The items with what is said above their tables of them."""
    given: list[Item] = []
    used: dict[tuple[str, int], set[str]] = {}
    for item in items:
        start, about = _over(said.get(item.source.sheet, {}), item.source.row or 0)
        fields = {} if about is None else {name: text for name, text in about.fields.items() if not item[name]}
        given.append(replace(item, values={**item.values, **fields}) if fields else item)
        used.setdefault((item.source.sheet, start), set()).update(fields)
    return given, list(_remarks(said, used))


def _said(tables: Sequence[Joined], taken: Collection[str]) -> dict[str, dict[int, _Said]]:
    """Table's name -> row number -> what is said of the lines from there on."""
    above = [
        (table.name, row, paragraphs) for table in tables if table.name in taken for row, paragraphs in table.above
    ]
    runs = [list(_run(paragraphs)) for _name, _row, paragraphs in above]
    several = sum(map(bool, runs)) > 1
    posts = _posts(tables, taken)
    open_ones, said = Headings(), dict[str, dict[int, _Said]]()
    for (name, row, paragraphs), run in zip(above, runs, strict=True):
        if not run and any(p.text for p in paragraphs):
            open_ones = Headings()  # other words ended what was said
        for _paragraph, heading in run:
            if heading.name in ("department", "position") or several:
                open_ones.open(heading.level, heading.name, heading.title, goes_on=heading.goes_on)
        words = [paragraph.text for paragraph, _heading in run]
        fields = open_ones.said(duty_has_column=False)
        if "position" not in fields and (post := posts.get((name, row))):
            fields, words = {**fields, "position": post[1]}, [post[0], *words]
        said.setdefault(name, {})[row] = _Said(fields, " / ".join(words))
    return said


def _posts(tables: Sequence[Joined], taken: Collection[str]) -> dict[tuple[str, int], tuple[str, str]]:
    """Table's name, row number -> the title named last before it, also in a table that is no catalogue, and its words.

    A job description begins with such a table, and other words stand between it and its works.
    """
    found: dict[tuple[str, int], tuple[str, str]] = {}
    last: tuple[str, str] | None = None
    for table in tables:
        for row, paragraphs in table.above:
            last = next(filter(None, (lines.post_in([p.text]) for p in reversed(paragraphs))), last)
            if last and table.name in taken:
                found[table.name, row] = last
        if table.name not in taken:
            named = (lines.post_in(list(map(text_of, cells))) for cells in table.rows)
            last = next(filter(None, named), last)
    return found


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
    if lines.is_title(title):
        return None
    post = lines.post_named(title)
    organisation = lines.is_organisation(title)
    if not mark and not organisation and not post and paragraph.depth is None:
        return None
    level = _level(mark)
    about = "position" if post else "department" if organisation else "group"
    level = _UNNUMBERED + (paragraph.depth or 0) if level is None else level
    return Title(level, about, post or title, lines.goes_on(mark))


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
