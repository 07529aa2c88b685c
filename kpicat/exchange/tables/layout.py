"""How one table is laid out: its rows by field, its merged cells, the habits of who typed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kpicat.exchange.tables import columns, lines
from kpicat.exchange.tables.columns import FRAME, ORDER
from kpicat.exchange.tables.evidence import is_tick
from kpicat.exchange.tables.grid import Cell, Merge, Row, Sheet, text_of
from kpicat.exchange.tables.headers import Header
from kpicat.model import FIELDS, Kind
from kpicat.text.normalise import one_line, tidy
from kpicat.text.numbers import parse_number

CONTENT = ("task", "product", "detail")
"""A row with none of these is no line of a catalogue."""
FILLED_DOWN = frozenset(f.name for f in FIELDS.values() if f.kind is Kind.TEXT and f.name not in ("code", "note")) | {
    "tier"
}
"""Fields whose merged cell speaks for every row it covers; a merged number is not shared out."""
IS_COMPUTED = "SL quy đổi"
"""How kpicat heads that column on the papers to be signed, which no form to be filled in has."""
_COMPUTED = {
    columns.key(words) for words in ("converted_quantity", "Số lượng quy đổi", IS_COMPUTED, "Converted quantity")
}
"""How kpicat heads, in each language and on paper, the one column of its files that it computes."""
_IDENTIFIERS = {*FIELDS, "converted_quantity", "id"}
WIDE = 3  # columns a merged title spans
MOST_SIGNED = 2  # people who sign beside each other, as a rule
_NOT_BLANK = re.compile(r"\w")  # "…" in a form waits to be filled in
_TAIL = 25  # rows that signatures and notes under a table take at most
_LOOKED_AT = 300  # rows that tell a table's habits


@dataclass(slots=True)
class Line:
    """One row of a table.

    Attributes:
        texts: Zero-based column -> text, blanks left out.
        fields: Field -> cell, blanks left out.
        order: Its running number, "" when it has none.
        frame: The frame of points that stands beside it, "" when none does.
        astray: Words that stand in the place of its running number.
    """

    number: int
    texts: Mapping[int, str]
    fields: dict[str, Cell]
    order: str
    frame: str = ""
    astray: str = ""

    @property
    def first(self) -> str:
        """The first text that is not the running number."""
        return next((text for text in self.texts.values() if text != self.order), self.order)

    @property
    def has_content(self) -> bool:
        """It has a cell of its own that a line of a catalogue needs."""
        return any(_NOT_BLANK.search(str(self.fields[name])) for name in CONTENT if name in self.fields)

    @property
    def level(self) -> int | None:
        """How deep its running number is, or None."""
        kind = lines.level_of(self.order) if self.order else None
        return kind + self.order.strip(".").count(".") - 1 if kind == lines.DOTTED else kind


@dataclass
class Layout:
    """The rows of one table, from under its header up to ``end`` (a place in ``sheet.rows``)."""

    sheet: Sheet
    header: Header
    end: int
    _columns: list[tuple[int, str]] = field(init=False)
    _orders: list[int] = field(init=False)
    _frame: int | None = field(init=False)

    def __post_init__(self) -> None:
        fields = self.header.columns
        self._columns = [(column, name) for column, name in fields.items() if name in FIELDS]
        self._orders = [column for column, name in fields.items() if name == ORDER]
        self._frame = next((column for column, name in fields.items() if name == FRAME), None)

    def lines(self) -> Iterator[Line]:
        """Its rows from the top; rows in which nobody would see anything are left out."""
        for place in range(self.header.last + 1, self.end):
            if line := self._line(self.sheet.rows[place]):
                yield line

    def _line(self, row: Row) -> Line | None:
        texts = {column: text for column, cell in enumerate(row.cells) if (text := text_of(cell))}
        if not texts:
            return None
        fields: dict[str, Cell] = {}
        for column, name in self._columns:
            if column in texts:
                cell = row.cells[column]
                fields[name] = (self._own_text(cell) or texts[column]) if isinstance(cell, str) else cell
        if self.header.shared:
            fields |= self._shared(row, texts, fields)
        order = next((texts[column] for column in self._orders if column in texts), "")
        frame = texts.get(self._frame, "") if self._frame is not None else ""
        if lines.level_of(order) is None:
            return Line(row.number, texts, fields, "", frame, one_line(order) if lines.is_word(order) else "")
        return Line(row.number, texts, fields, order, frame)

    def _shared(self, row: Row, texts: Mapping[int, str], fields: Mapping[str, Cell]) -> dict[str, Cell]:
        """What fields say that several columns hold: ticks stand for the headings over them, texts for themselves."""
        found: dict[str, Cell] = {}
        for name, own in self.header.shared.items():
            here = {column: texts[column] for column in own if column in texts}
            said = {c: own[c] if own[c] and is_tick(text) else text for c, text in here.items()}
            if name == "tier" and len(here) == 1:
                ((column, text),) = here.items()
                found["tier"] = own[column]
                if not is_tick(text) and "points" not in fields:
                    found["points"] = row.cells[column]
            elif name == "tier" and here:  # no tier: remarked on in their words
                found["tier"] = "; ".join(own[c] if is_tick(text) else f"{own[c]}: {text}" for c, text in here.items())
            elif name == "quantity" and len(here) > 1:
                amounts = [amount for text in here.values() if (amount := parse_number(text)) is not None]
                found[name] = float(sum(amounts)) if len(amounts) == len(here) else "; ".join(here.values())
            elif said and FIELDS[name].kind is Kind.TEXT:
                found[name] = "; ".join(said.values())
        return found

    def _own_text(self, text: str) -> str:
        """A text that kpicat wrote keeps its lines as they are; "" where it may be somebody else's."""
        return "\n".join(filter(None, map(tidy, text.split("\n")))) if "\n" in text and self.own else ""

    def column_name(self, column: int) -> str:
        """What the column holds: a field id, ``order``, ``frame``, ``ignored`` or ""."""
        return self.header.columns.get(column, "")

    def is_wide(self, row: int) -> bool:
        """A cell of the row is merged over many columns, as a title is."""
        return any(m.top == m.bottom and m.right - m.left + 1 >= WIDE for m in self.sheet.merges_from.get(row, ()))

    def tall(self, row: int) -> Iterator[tuple[Merge, str]]:
        """The merged cells that begin in the row and go down, with their fields."""
        for merge in self.sheet.merges_from.get(row, ()):
            if merge.bottom > merge.top and (name := self.column_name(merge.left)) in FIELDS:
                yield merge, name

    def is_title(self, text: str) -> bool:
        """It stands over the header too, as what some print again on each page."""
        return self.sheet.says_above(lines.as_on_the_first_page(text), self.header.first)

    @property
    def above(self) -> Line | None:
        """The row right over its header."""
        return self._line(self.sheet.rows[self.header.first - 1]) if self.header.first else None

    @property
    def above_repeated(self) -> Iterator[Line]:
        """The rows right over its header where it is repeated further down."""
        rows, cells = self.sheet.rows, self.sheet.rows[self.header.first].cells
        for place in range(self.header.last + 2, self.end):
            if rows[place].cells == cells and (line := self._line(rows[place - 1])) and len(line.texts) == 1:
                yield line

    # -- habits -------------------------------------------------------------------

    @cached_property
    def machine_made(self) -> bool:
        """Every heading is a field's identifier: a script wrote it, each row stands for itself."""
        return all(heading in _IDENTIFIERS for heading in self.header.headings.values())

    @cached_property
    def own(self) -> bool:
        """It has the columns that only kpicat writes together: the standard unit beside what it computes."""
        words = {columns.key(heading) for heading in self.header.headings.values()}
        return "standard_unit" in self.header.columns.values() and not words.isdisjoint(_COMPUTED)

    @cached_property
    def outline(self) -> dict[int, str]:
        """On a paper that kpicat laid out: level of a heading's number -> what all of that level name; else nothing."""
        if columns.key(IS_COMPUTED) not in map(columns.key, self.header.headings.values()):
            return {}
        titles: dict[int | None, list[str]] = {}
        for line in self.lines():
            titles.setdefault(line.level, []).append(line.first)
        if lines.LETTER in titles:
            return {lines.LETTER: "department", lines.ROMAN: "group"}
        bodies = sum(map(lines.is_organisation, titles.get(lines.ROMAN, ())))
        return {lines.ROMAN: "department" if 2 * bodies > len(titles.get(lines.ROMAN, ())) else "group"}

    def wrote(self, line: Line) -> bool:
        """kpicat itself wrote this row, so it is a line whatever it says; rows typed in afterwards have no number."""
        return self.own and bool(line.fields) and (line.order.isdecimal() or not self._orders)

    @cached_property
    def numbered(self) -> bool:
        """Most rows have a running number or a code."""
        rows = [line for line in self.first if line.has_content]
        return bool(rows) and 2 * sum(bool(line.order) or "code" in line.fields for line in rows) >= len(rows)

    @cached_property
    def sparse(self) -> bool:
        """Most rows say no more than a name."""
        return 2 * sum(len(line.fields.keys() - {"code"}) < 2 for line in self.first) > len(self.first)

    @cached_property
    def shouting(self) -> bool:
        """Most names are typed in capitals, so capitals tell nothing."""
        names = [str(line.fields["task"]) for line in self.first if "task" in line.fields]
        return 2 * sum(name.isupper() for name in names) > len(names)

    @cached_property
    def last(self) -> int:
        """Number of the last row that is plainly a line; what stands under a table comes after it."""
        for place in range(self.end - 1, self.header.last, -1):
            line = self._line(self.sheet.rows[place])
            if line and self._plainly_a_line(line):
                return line.number
        return 0

    def _plainly_a_line(self, line: Line) -> bool:
        if not line.has_content:
            return False
        if self.numbered:
            return "code" in line.fields or (line.level or 0) >= lines.NUMBER
        return len(line.fields) > MOST_SIGNED and not all(map(lines.is_footer, line.texts.values()))

    @cached_property
    def tail(self) -> int:
        """Number of the row from which signatures may begin."""
        return self.sheet.rows[max(self.header.last + 1, self.end - _TAIL)].number

    @cached_property
    def first(self) -> list[Line]:
        """Rows enough to tell the habits by."""
        found = []
        for line in self.lines():
            found.append(line)
            if len(found) == _LOOKED_AT:
                break
        return found
