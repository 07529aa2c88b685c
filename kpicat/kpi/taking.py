"""What somebody wrote of a person's work, row by row, taken for lines of the catalogue with their coefficients.

A row that cannot be taken is named with what to do; the others count.
"""

from __future__ import annotations

import functools
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from kpicat.kpi.scoring import Line
from kpicat.kpi.words import times
from kpicat.language import _, number
from kpicat.similar import Index, Verdict, Work, judge
from kpicat.text.normalise import canonical, fold
from kpicat.text.numbers import parse_number

_QUOTED = 60  # characters of a row that a sentence quotes


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it was written: texts, "" where nothing stands."""

    row: int
    code: str = ""
    work: str = ""
    assigned: str = ""
    done: str = ""
    late: str = ""
    failed: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing is written."""
        return not any(text.strip() for text in self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is written."""
        return self.code, self.work, self.assigned, self.done, self.late, self.failed

    @property
    def called(self) -> str:
        """How the row names its work."""
        return textwrap.shorten(" · ".join(filter(None, (self.code.strip(), self.work.strip()))), _QUOTED)


@dataclass(frozen=True, slots=True)
class Said:
    """Something to know of a row, in one sentence that says what to do."""

    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of every row that is not blank.

    Attributes:
        lines: Those that count.
        left: Why others do not.
        remarks: What to look at of those that do.
    """

    lines: tuple[Line, ...]
    left: tuple[Said, ...]
    remarks: tuple[Said, ...]


class Known:
    """The lines of a catalogue, as rows name them."""

    def __init__(self, items: pd.DataFrame, table: pd.DataFrame) -> None:
        """Look at a catalogue.

        Args:
            items: As :func:`kpicat.model.items_frame` gives.
            table: Their converted table.
        """
        names = ("code", "task", "detail", "product")
        self._texts = list(zip(*(items[name].tolist() for name in names), strict=True))
        self._coefficients: list[Decimal | None] = table["coefficient"].tolist()
        self._by_code: defaultdict[str, list[int]] = defaultdict(list)
        self._by_words: defaultdict[str, list[int]] = defaultdict(list)
        for place, (code, task, detail, _product) in enumerate(self._texts):
            if code := fold(code):
                self._by_code[code].append(place)
            for text in {task, detail, f"{task} {detail}"}:
                for words in {canonical(text), fold(text)}:  # typed with diacritics, or without
                    self._by_words[words].append(place)

    @functools.cached_property
    def _index(self) -> Index[int]:
        return Index({place: self._work(place) for place in range(len(self._texts))})

    def _work(self, place: int) -> Work:
        _code, task, detail, product = self._texts[place]
        return Work(task, product, detail)

    def name(self, place: int) -> str:
        """How the catalogue calls a line."""
        code, task, detail, _product = self._texts[place]
        return " · ".join(filter(None, (code, task or detail)))

    def coefficient(self, place: int) -> Decimal | None:
        """Of a line; None where it has no points yet."""
        return self._coefficients[place]

    def find(self, entry: Entry) -> list[int]:
        """The lines a row may mean: those of its code, of equal words, of nearly equal ones; the surest kind alone."""
        words = canonical(entry.work)
        equal = self._by_words.get(words, []) if words else []
        if coded := self._by_code.get(fold(entry.code)):
            return [place for place in coded if place in equal] or coded
        if equal or not words:
            return equal
        return [m.id for m in self._index.query(Work(entry.work)) if m.judgement.verdict is Verdict.SAME]

    def says_otherwise(self, entry: Entry, place: int) -> bool:
        """Whether a row of this line's code names another work."""
        words = canonical(entry.work)
        if not words or place in self._by_words.get(words, []):
            return False
        return judge(Work(entry.work), self._work(place)).verdict is Verdict.DIFFERENT


def take(entries: Iterable[Entry], known: Known) -> Taken:
    """The lines of a person's work, and what is to be said of every other row."""
    lines: list[Line] = []
    left: list[Said] = []
    remarks: list[Said] = []
    for entry in entries:
        if entry.is_blank:
            continue
        found = _line(entry, known)
        if isinstance(found, str):
            left.append(Said(entry.row, found))
            continue
        line, notes = found
        lines.append(line)
        remarks.extend(Said(entry.row, note) for note in notes)
    return Taken(tuple(lines), tuple(left), tuple(remarks))


def _line(entry: Entry, known: Known) -> tuple[Line, list[str]] | str:
    """The line of a row with remarks on it, or why there is none."""
    places = known.find(entry)
    if not places:
        return _unknown(entry)
    coefficients = {known.coefficient(place) for place in places}
    if len(coefficients) > 1:
        said = _("“{called}” stands {n} times in the catalogue with different coefficients; give the code of the one.")
        return said.format(called=entry.called, n=number(len(places)))
    place, coefficient = places[0], coefficients.pop()
    if coefficient is None:
        said = _("“{called}” has no points in the catalogue yet; give it a tier there, then it counts here.")
        return said.format(called=known.name(place))
    read = _numbers(entry)
    if isinstance(read, str):
        return read
    assigned, done, late, failed = read
    line = Line(entry.row, known.name(place), coefficient, assigned, done, late, failed)
    return line, list(_remarks(entry, known, place, line))


def _unknown(entry: Entry) -> str:
    if not entry.called:
        return _("The row names no work; write its code or its name as in the catalogue.")
    if entry.code.strip() and not entry.work.strip():
        return _("There is no code “{code}” in the catalogue; correct it, or write the work's name.").format(
            code=entry.code.strip()
        )
    return _("“{called}” is not in the catalogue; write its code, or its name as it stands there.").format(
        called=entry.called
    )


def _numbers(entry: Entry) -> tuple[Decimal, Decimal, int, int] | str:
    """Assigned, done, late, failed; or why one of them is none."""
    amounts = []
    for text, what in ((entry.assigned, _("assigned")), (entry.done, _("done"))):
        amount = parse_number(text) if text.strip() else Decimal(0)
        if amount is None or amount < 0:
            return _("“{text}” is no quantity {what}; write a number, such as 3 or 0,8.").format(
                text=textwrap.shorten(text, _QUOTED), what=what
            )
        amounts.append(amount)
    if not amounts[0]:
        return _("Nothing was assigned in this row, so it scores nothing; write how many were, or delete it.")
    counts = []
    for text in (entry.late, entry.failed):
        if (count := times(text)) is None:
            return _("“{text}” is no number of times; write a whole number, such as 0 or 2.").format(
                text=textwrap.shorten(text, _QUOTED)
            )
        counts.append(count)
    return amounts[0], amounts[1], counts[0], counts[1]


def _remarks(entry: Entry, known: Known, place: int, line: Line) -> Sequence[str]:
    found = []
    if entry.code.strip() and known.says_otherwise(entry, place):
        said = _("The code is that of “{name}”, but the row says “{work}”; check which of the two is meant.")
        found.append(said.format(name=known.name(place), work=textwrap.shorten(entry.work, _QUOTED)))
    if line.done > line.assigned:
        said = _(
            "{done} done of {assigned} assigned: what is beyond is not counted; "
            "if more was assigned later, raise what was assigned."
        )
        found.append(said.format(done=number(line.done), assigned=number(line.assigned)))
    if not entry.done.strip():
        found.append(_("Nothing is written as done, so it counts as not done; write how many were."))
    return found
