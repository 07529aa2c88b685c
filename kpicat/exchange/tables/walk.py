"""Down the rows of one table: which is a line, a heading, a total, a signature, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kpicat.exchange.tables import evidence, frames, going_on, heading_rows, lines
from kpicat.exchange.tables.grid import Cell
from kpicat.exchange.tables.heading_rows import Title, is_child, is_deeper
from kpicat.exchange.tables.headings import Headings
from kpicat.exchange.tables.layout import CONTENT, FILLED_DOWN, MOST_SIGNED, Layout, Line
from kpicat.exchange.tables.values import read_line
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Item, Kind, LeftOut, Source
from kpicat.text.normalise import one_line


@dataclass
class Walk:
    """One pass over a table.

    Attributes:
        left_out: Every row that did not become an item, in order.
        remarks: What needs a look.
        headings: Those open: before, of a table above that ended with them.
        first_under_headings: Ids of the items right under a heading row.
    """

    layout: Layout
    guidance: Guidance
    file: str
    first_id: int
    headings: Headings = field(default_factory=Headings)
    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[LeftOut] = field(default_factory=list)
    first_under_headings: set[str] = field(default_factory=set)
    _merged: dict[str, tuple[int, Cell]] = field(default_factory=dict)  # field -> last row, value
    _parent: Line | None = None
    _above: Line | None = None  # the last row with a task …
    _task: str = ""  # … and that task
    _heading_fields: set[str] = field(default_factory=set)  # of which headings have spoken
    _last_heading: str = ""  # of the last row, if it is one
    _last: Line | None = None  # the line that the last row is, or goes on with
    _in_header: bool = True
    _in_footer: bool = False
    _row: int = 0
    _under_heading: bool = False

    def __post_init__(self) -> None:
        self._duty_has_column = "duty" in self.layout.header.columns.values()

    def run(self, told: Callable[[int], None]) -> list[Item]:
        """Take the table's items; ``told`` hears the number of rows done."""
        self._look_above()
        for done, (line, following) in enumerate(pairwise(_with_end(self.layout))):
            assert line is not None
            self._row = line.number
            self._merge_down(line)
            last, self._last = self._last, None
            self._last_heading = ""
            if reason := self._goes_on(line, last) or self._not_a_line(line, following):
                text = one_line(" | ".join(line.texts.values()))
                self.left_out.append(LeftOut(self.layout.sheet.name, line.number, reason, text))
            else:
                self._take(line)
            told(done)
        return self.items

    def _goes_on(self, line: Line, last: Line | None) -> str:
        """Why the row is none but a part of the line above, which has taken it; "" for any other."""
        if last is None:
            return ""
        name, said = going_on.said_of(self.layout, line, last, self.items[-1])
        if name and name not in self._heading_fields:
            draft = read_line({name: said}, self.guidance, self._remark)
            self.items[-1] = going_on.with_values(self.items[-1], draft.finished())
            reason = _("Said of the work above and taken for it ({field}).").format(field=field_label(name))
        elif going_on.is_step(self.layout, line, last):
            self.items[-1] = going_on.with_step(self.items[-1], line)
            reason = _("A step of the work above, kept among its details.")
        elif going_on.is_rest(self.layout, line, last):
            self.items[-1] = going_on.with_rest(self.items[-1], line)
            reason = _("The rest of the line above, put together with it; check it by eye.")
        else:
            if going_on.is_part(self.layout, line, last):
                sentence = _("“{text}” stands without a number under another work; it was kept as a line, check it.")
                self._remark(sentence.format(text=one_line(line.first)), line.first)
            return ""
        self._last = last
        return reason

    @property
    def left_open(self) -> Headings:
        """The headings under which no line has come, for a table that follows with headings of its own."""
        return self.headings if self._last_heading and not lines.is_title(self._last_heading) else Headings()

    # -- what the row is -------------------------------------------------------------

    def _not_a_line(self, line: Line, following: Line | None) -> str:
        """Why the row is no line of the catalogue, remembering what it says of those below; "" for a line."""
        if self.layout.wrote(line):
            return ""
        texts = list(line.texts.values())
        if len(texts) > 1 and self.layout.header.words.issuperset(texts):
            self._in_header = True
            return _("The header, repeated.")
        if (self._in_header or lines.is_number_text(str(line.fields.get("task", "")))) and lines.is_numbering(texts):
            return _("Numbers of the columns.")
        if self._is_of_the_page(texts):
            return _("Belongs to the page, not to the table.")
        self._in_header = False
        self._in_footer = (self._in_footer or self._begins_footer(line)) and not _is_plainly_work(line)
        if self._in_footer:
            return _("Signatures and notes under the table.")
        if self._is_total(line):
            return _("A totals row, not a line.")
        if len(texts) == 1 and lines.is_note(texts[0]) and not self.layout.machine_made:
            return _("A note between the lines.")
        if not self.layout.machine_made and (lines.is_example(line.first) or lines.is_example(texts[0])):
            return _("An example left in the form.")
        if heading := heading_rows.heading(self.layout, line, following):
            return self._open(line, heading)
        if self._is_parent(line, following):
            self._parent, self._above, self._task = line, line, str(line.fields["task"])
            return _("Its work is carried to the lines under it.")
        if not line.has_content and not any(name in self._merged for name in CONTENT):
            return _("Nothing in the columns of works and products.")
        return ""

    def _is_of_the_page(self, texts: Sequence[str]) -> bool:
        if len(texts) == 1 and lines.is_page_mark(texts[0]):
            return True
        if len(texts) > MOST_SIGNED or not self.items or self.layout.machine_made:
            return False  # no more titles stand beside each other than signatures
        return all(map(self.layout.is_title, texts))

    def _begins_footer(self, line: Line) -> bool:
        if self.layout.machine_made or line.number <= self.layout.last or line.number < self.layout.tail:
            return False
        texts = list(line.texts.values())
        if not line.has_content and lines.ends_paper(line.first):
            return True
        if any(FIELDS[name].kind is not Kind.TEXT for name in line.fields) or len(texts) > MOST_SIGNED:
            return all(map(lines.is_footer, texts))
        return lines.is_footer(line.first)

    def _is_total(self, line: Line) -> bool:
        if not lines.is_total(line.first):
            return False
        others = (text for text in line.texts.values() if text not in (line.first, line.order))
        return all(map(lines.is_amount, others))

    def _is_parent(self, line: Line, following: Line | None) -> bool:
        if following is None or "task" not in line.fields or not is_child(line, following):
            return False
        own = (name for name in line.fields if name in ("product", "detail") or FIELDS[name].kind is not Kind.TEXT)
        return not self.layout.machine_made and next(own, None) is None

    # -- what it says of the rows below ----------------------------------------------

    def _open(self, line: Line, heading: Title) -> str:
        goes_on = heading.goes_on
        for column, text in line.texts.items():
            if (name := self.layout.column_name(column)) in heading_rows.FIELDS and name != heading.name:
                self.headings.open(heading.level, name, one_line(text), goes_on=goes_on)
                goes_on = False  # what it says beside its title stands with it
        self.headings.open(heading.level, heading.name, heading.title, goes_on=goes_on)
        self._parent, self._above, self._under_heading = None, None, True
        self._last_heading = heading.title
        self._heading_fields.add(heading.name)
        match heading.name:
            case "department":
                return _("A heading: the department of the lines under it.")
            case "position":
                return _("A heading: the position of the lines under it.")
            case "duty":
                return _("A heading: the function or duty of the lines under it.")
            case "group":
                return _("A heading: the group of the lines under it.")
            case name:
                return _("A heading, taken for the lines under it ({field}).").format(field=field_label(name))

    def _look_above(self) -> None:
        """Take what stands right over the headings and heads the lines under them."""
        if found := heading_rows.over(self.layout):
            words, heading = found
            self._row = self.layout.sheet.rows[self.layout.header.last].number
            self.headings.open(heading.level, heading.name, heading.title, goes_on=heading.goes_on)
            sentence = _("“{heading}” stands above the table; its lines took it ({fields}).")
            self._remark(sentence.format(heading=words, fields=field_label(heading.name)), words)

    def _merge_down(self, line: Line) -> None:
        self._merged = {name: span for name, span in self._merged.items() if span[0] >= line.number}
        for merge, name in self.layout.tall(line.number):
            if name not in line.fields:
                continue
            if name in FILLED_DOWN:
                self._merged[name] = merge.bottom, line.fields[name]
            elif FIELDS[name].kind is Kind.NUMBER:
                text = one_line(line.texts[merge.left])
                self._remark(
                    _(
                        "“{text}” stands in a cell merged down to row {row}; it was taken for its first row only."
                    ).format(text=text, row=merge.bottom),
                    text,
                )

    def _remark(self, sentence: str, text: str) -> None:
        self.remarks.append(LeftOut(self.layout.sheet.name, self._row, sentence, text))

    # -- a line ----------------------------------------------------------------------

    def _take(self, line: Line) -> None:
        cells = line.fields
        if self._merged:
            cells = {name: span[1] for name, span in self._merged.items()} | cells
        if line.astray:
            sentence = _("“{text}” stands in the column of numbers, which is not taken; put it into another column.")
            self._remark(sentence.format(text=line.astray), line.astray)
        if "task" not in cells and not self.layout.wrote(line):
            cells = self._inherited(line, cells)
        elif "task" in cells:
            self._parent, self._above, self._task = None, line, str(cells["task"])
        draft = read_line(cells, self.guidance, self._remark)
        self.headings.pass_line(line.level)
        for name, value in self.headings.said(duty_has_column=self._duty_has_column).items():
            draft.values.setdefault(name, value)
        if sentence := frames.contradiction(line.frame, draft.values, self.guidance):
            self._remark(sentence, line.frame)
        item_id = str(self.first_id + len(self.items))
        if self._under_heading:
            self.first_under_headings.add(item_id)
            self._under_heading = False
        self._last = line
        self.items.append(Item(item_id, draft.finished(), Source(self.file, self.layout.sheet.name, line.number)))

    def _inherited(self, line: Line, cells: dict[str, Cell]) -> dict[str, Cell]:
        """The cells of a row without a task of its own, with what the rows above say of it."""
        parent = self._parent
        if parent is not None and (not line.order or is_deeper(parent, line)):
            given = {name: cell for name, cell in parent.fields.items() if name not in cells}
            parent.fields.pop("code", None)  # the first line under it has taken them
            parent.fields.pop("note", None)
            return given | cells
        if self._above is None or self.layout.machine_made:
            return cells
        unmarked = self.layout.numbered and not line.order and "code" not in cells
        if unmarked or (self._above.level is not None and is_deeper(self._above, line)):
            self._remark(_("The work's name was taken from the row above."), self._task)
            return {"task": self._task} | cells
        return cells


def _is_plainly_work(line: Line) -> bool:
    """A work and what it gives, or how much of it, which nobody writes into the place of signatures."""
    if "task" not in line.fields:
        return False
    if evidence.looks_like("product", str(line.fields.get("product", ""))):
        return True
    counted = any(FIELDS[name].kind is Kind.NUMBER for name in line.fields)
    return counted and evidence.looks_like("task", str(line.fields["task"]))


def _with_end(layout: Layout) -> Iterator[Line | None]:
    yield from layout.lines()
    yield None
