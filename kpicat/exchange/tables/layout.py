"""How one table is laid out: its rows by field, its merged cells, the habits of who typed it."""

from __future__ import annotations

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
        return any(name in self.fields for name in CONTENT)

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
    _order: int | None = field(init=False)
    _frame: int | None = field(init=False)

    def __post_init__(self) -> None:
        fields = self.header.columns
        self._columns = [(column, name) for column, name in fields.items() if name in FIELDS]
        place = {name: column for column, name in fields.items() if name in (ORDER, FRAME)}
        self._order, self._frame = place.get(ORDER), place.get(FRAME)

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
        fields |= self._ticked(row, texts, fields)
        order = texts.get(self._order, "") if self._order is not None else ""
        frame = texts.get(self._frame, "") if self._frame is not None else ""
        if lines.level_of(order) is None:
            return Line(row.number, texts, fields, "", frame, one_line(order) if lines.is_word(order) else "")
        return Line(row.number, texts, fields, order, frame)

    def _ticked(self, row: Row, texts: Mapping[int, str], fields: Mapping[str, Cell]) -> dict[str, Cell]:
        """What columns of tiers say of a row; two of them name no tier, and are remarked on in their words."""
        said = {column: words for column, words in self.header.ticks.items() if column in texts}
        if len(said) > 1:
            both = (w if is_tick(texts[column]) else f"{w}: {texts[column]}" for column, w in said.items())
            return {"tier": "; ".join(both)}
        ticked: dict[str, Cell] = {}
        for column, words in said.items():
            ticked["tier"] = words
            if not is_tick(texts[column]) and "points" not in fields:
                ticked["points"] = row.cells[column]
        return ticked

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
        return self.sheet.says_above(text, self.header.first)

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

    def wrote(self, line: Line) -> bool:
        """kpicat itself wrote this row, so it is a line whatever it says; rows typed in afterwards have no number."""
        return self.own and bool(line.fields) and (line.order.isdecimal() or self._order is None)

    @cached_property
    def numbered(self) -> bool:
        """Most rows have a running number or a code."""
        rows = [line for line in self._first if line.has_content]
        return bool(rows) and 2 * sum(bool(line.order) or "code" in line.fields for line in rows) >= len(rows)

    @cached_property
    def sparse(self) -> bool:
        """Most rows say no more than a name."""
        return 2 * sum(len(line.fields.keys() - {"code"}) < 2 for line in self._first) > len(self._first)

    @cached_property
    def shouting(self) -> bool:
        """Most names are typed in capitals, so capitals tell nothing."""
        names = [str(line.fields["task"]) for line in self._first if "task" in line.fields]
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
    def _first(self) -> list[Line]:
        found = []
        for line in self.lines():
            found.append(line)
            if len(found) == _LOOKED_AT:
                break
        return found
