"""Which rows head the rows under them: a title alone, or beside it whose these are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpicat.exchange.tables import going_on, lines
from kpicat.exchange.tables.columns import ORDER
from kpicat.exchange.tables.grid import text_of
from kpicat.exchange.tables.headings import UNNUMBERED
from kpicat.exchange.tables.layout import Layout, Line
from kpicat.text.normalise import one_line

FIELDS = ("group", "department", "duty")
"""What a heading may speak of beside its title."""
_TITLE_FIELDS = ("", "task", "code", ORDER, *FIELDS)
_OUTLINE = re.compile(r"(?P<mark>(?:\d{1,3}|[IVX]{1,5})(?:\.\d{1,3})*)[.)]?\s+(?=\S)")
_MOST_ABOVE = 60  # rows in which a title is looked for
_OF_SEVERAL = frozenset({"responsible", "deadline", "frequency"})
"""Fields that a row with their label says of the works under it: "Người thực hiện: Nguyễn Thị Lan"."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading row says; the attributes are those of :meth:`kpicat.exchange.tables.headings.Headings.open`."""

    level: int
    name: str
    title: str
    goes_on: bool


def heading(layout: Layout, line: Line, following: Line | None) -> Title | None:
    """What a row says that heads the rows under it; whose these are may stand beside its title."""
    texts = {c: t for c, t in line.texts.items() if not (line.order and layout.column_name(c) == ORDER)}
    words: dict[int, str] = {}
    beside: dict[int, str] = {}
    for column, text in texts.items():
        if not lines.is_number_text(text):
            (beside if layout.column_name(column) in FIELDS else words)[column] = text
            if len(words) > 1:
                return None
    if not words:
        words, beside = beside, {}
    if len(words) != 1:
        return None
    ((column, title),) = words.items()
    title = one_line(title)
    name = layout.column_name(column)
    mark, bare = (line.order, title) if line.order else lines.split_mark(title)
    bare = lines.body_named(bare)
    post = lines.post_named(bare)
    level = lines.level_of(mark) if mark else None
    wide = layout.is_wide(line.number)
    if name not in _TITLE_FIELDS and not wide:
        return None
    alone = len(words) + len(beside) == len(texts)
    if post and alone:
        return Title(line.level or level or UNNUMBERED, "position", post, lines.goes_on(mark))
    label, said = going_on.labelled(layout, line)
    if label in _OF_SEVERAL:
        return Title(UNNUMBERED, label, said, goes_on=False)
    own = layout.own and name in FIELDS  # what kpicat wrote is what its column says
    about = name if own else _speaks_of(name, bare, following, marked=bool(mark) or wide)
    if about == "group" and not own and any(layout.column_name(column) == "group" for column in beside):
        about = "duty"  # beside its title stands the group
    if level in (lines.LETTER, lines.ROMAN) and (line.order or wide or alone):
        return Title(level, about if own else layout.outline.get(level, about), bare, lines.goes_on(mark))
    counted = _is_counted_under(line, following)
    if not alone or (beside and not wide and not counted and not _shouts(layout, title)):
        return None  # it has points or a quantity, or says who does a work: a line
    if beside or name in FIELDS or wide or (name != "task" and " " in title):
        return Title(line.level or level or UNNUMBERED, about, bare, lines.goes_on(mark))
    if name != "task" or not _stands_over(layout, line, following, bare):
        return None
    return Title(line.level or level or UNNUMBERED, about, bare, lines.goes_on(mark))


def over(layout: Layout) -> tuple[str, Title] | None:
    """What stands over the headings and heads the lines under them: its words, and what it says of the lines.

    A title that somebody names does so, as in the head of a job description; a number or a body right over them only
    where rows like it stand over the headings that are repeated below: else it is a title of the whole.
    """
    for row in reversed(layout.sheet.rows[: layout.header.first] if layout.header.first < _MOST_ABOVE else ()):
        if named := lines.post_in(list(map(text_of, row.cells))):
            words, post = named
            return words, Title(UNNUMBERED, "position", post, False)
    line = layout.above
    if line is None or len(line.texts) != 1:
        return None
    title = heading(layout, line, None)
    if title is None or lines.names_nothing(title.title):
        return None
    if not lines.split_mark(line.first)[0] and title.name != "department":
        return None
    alike = (heading(layout, one, None) for one in layout.above_repeated)
    found = any(other and other.name == title.name for other in alike)
    return (one_line(line.first), title) if found else None


def _speaks_of(column: str, title: str, following: Line | None, *, marked: bool) -> str:
    """The field that a heading's title is of: its column's, unless it is no body where bodies stand."""
    if lines.is_organisation(title):
        return column if column in FIELDS else "department"
    if column != "department":
        return column if column in FIELDS else "group"
    own = following is not None and column in following.fields
    return "group" if marked or own else "department"


def _shouts(layout: Layout, title: str) -> bool:
    return title.isupper() and " " in title and not layout.shouting and not layout.sparse


def _stands_over(layout: Layout, line: Line, following: Line | None, title: str) -> bool:
    """A row with nothing but a name in the column of works heads the rows under it."""
    if following is None or is_child(line, following):
        return False
    if _outlines(line, following):
        return True
    if _is_counted_under(line, following) or (line.order and _is_part(line, following)):
        return True
    if layout.sparse:
        return False
    if lines.is_organisation(title) or _shouts(layout, title):
        return True
    return not line.order and layout.numbered and not layout.machine_made and bool(following.order)


def _is_counted_under(line: Line, following: Line | None) -> bool:
    """The next row's number goes on with this one's: 1.1 after 1."""
    return bool(line.order) and following is not None and following.order.startswith(line.order.rstrip(".") + ".")


def is_child(line: Line, following: Line) -> bool:
    """The next row goes on with this one: no name of its own, but what is done or handed over."""
    if "task" in following.fields or not following.has_content:
        return False
    return not following.order or is_deeper(line, following)


def _outlines(line: Line, following: Line) -> bool:
    """Where works carry their numbers in their names, the next one's goes on with this one's: 1.1 after 1."""
    own, next_one = (_OUTLINE.match(str(one.fields.get("task", ""))) for one in (line, following))
    return bool(own and next_one and next_one["mark"].startswith(f"{own['mark']}."))


def _is_part(line: Line, following: Line) -> bool:
    """The next row is "a)" under "1"."""
    return following.level == lines.SMALL_LETTER and line.level in (lines.NUMBER, lines.DOTTED)


def is_deeper(parent: Line, line: Line) -> bool:
    """The line's running number is under the parent's, or the parent has none."""
    return parent.level is None or (line.level is not None and line.level > parent.level)
