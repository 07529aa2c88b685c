"""Cells into an item's values; what cannot be a value is kept in words and remarked on.

A number that is none, or a tier nobody knows, empties its own cell only: the text
goes where text may stand (frequency, note), so nothing of the file is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpicat.checks import doubtful_quantity
from kpicat.exchange.tables.grid import Cell, exact, text_of
from kpicat.exchange.tables.tiers import UNKNOWN, tier_word
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.model import FIELDS, Kind, Value
from kpicat.text.normalise import canonical
from kpicat.text.numbers import MOST_DIGITS, parse_number

PROSE = frozenset({"detail", "product", "quality", "duty", "rationale", "note"})
"""Fields in which line breaks mean something; the others are names."""

_YES = frozenset({"x", "✓", "✔", "√", "v", "có", "đúng", "yes", "true", "1", "*", "(*)"})
_NO = frozenset({"", "0", "-", "không", "no", "false", "o"})
_NOTHING = re.compile(r"[-–—_.…/\s]*")
_ACCOUNTED = re.compile(r"\([\d.,\s]+\)|[\d.,\s]+[-−–]")  # "(5)", "5-": below zero to an accountant, else just 5
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])")
_DECIMALS = re.compile(r"-?\d+\.\d+")
_COUNTED = re.compile(r"-?[\d.,\s]+(?P<measure>[^\W\d_][^\d/()]*)(?:/\s*(?:0?1\s*|một\s+)?năm)?", re.IGNORECASE)
_BARE = re.compile(r"-?[\d.,\s]+(?:/\s*(?:0?1\s*|một\s+)?năm)?", re.IGNORECASE)
_PERIOD = re.compile(r"(?<!\w)(?:tháng|quý|tuần|ngày|hằng|hàng|mỗi|kỳ)(?!\w)")
_MOST = Decimal(10) ** MOST_DIGITS

Remark = Callable[[str, str], None]
"""Told a sentence and the text in question."""


@dataclass
class Draft:
    """Values of one line while they are gathered.

    Attributes:
        values: Field -> value, those that are not empty.
        aside: Texts that found no cell of their own; they end in the note.
    """

    values: dict[str, Value] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)

    def finished(self) -> dict[str, Value]:
        """The values, what was put aside added to the note."""
        if self.aside:
            note = self.values.get("note")
            self.values["note"] = "; ".join([str(note), *self.aside] if note else self.aside)
        return self.values


def read_line(cells: Mapping[str, Cell], guidance: Guidance, remark: Remark) -> Draft:
    """The values of one line.

    Args:
        cells: Field -> cell, texts tidied; blanks may be left out.
        guidance: Whose tier words the file may use.
        remark: Told of everything that needs a look.
    """
    draft = Draft()
    late = []
    for name, cell in cells.items():
        kind = FIELDS[name].kind
        if kind is Kind.TEXT:
            if text := _text(name, cell):
                draft.values[name] = text
        else:
            late.append((name, cell))
    for name, cell in late:  # after the texts: these may fill frequency, measure, points
        if isinstance(cell, str) and _NOTHING.fullmatch(cell):
            continue
        match name:
            case "tier":
                _tier(draft, cell, guidance, remark)
            case "quantity":
                _quantity(draft, cell, remark)
            case "standard_unit":
                _flag(draft, cell, remark)
            case _:
                _number(draft, name, cell, remark)
    return draft


def _text(name: str, cell: Cell) -> str:
    text = cell if isinstance(cell, str) else text_of(cell)
    return text.replace("\n", " ") if "\n" in text and name not in PROSE else text


def number_in(name: str, cell: Cell) -> Decimal | None:
    """The number a cell holds, or None: a date, a word and an absurd size are none."""
    if isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, (int, float)):
        number = exact(cell)
        return number if number.is_finite() and abs(number) < _MOST else None
    text = _text("", cell)
    if name == "coefficient" and _DECIMALS.fullmatch(text):
        return Decimal(text)  # 1.125 is never a thousand
    if _ACCOUNTED.fullmatch(text):
        return None
    return parse_number(text)


def _number(draft: Draft, name: str, cell: Cell, remark: Remark) -> None:
    text = _text("", cell)
    number = number_in(name, cell)
    if number is not None:
        draft.values[name] = number
        _doubt(name, number, cell, remark)
        return
    if name == "points":
        remark(_("The points “{text}” are not one number; the words were kept in the note.").format(text=text), text)
        draft.aside.append(_("Points in the file: {text}").format(text=text))
    else:
        remark(
            _("The coefficient “{text}” is not one number; the words were kept in the note.").format(text=text), text
        )
        draft.aside.append(_("Coefficient in the file: {text}").format(text=text))


def _doubt(name: str, number: Decimal, cell: Cell, remark: Remark) -> None:
    """Remark on a number that is taken as it stands and can hardly be meant."""
    if number < 0:
        sentence = _("{field} “{text}” is below zero; it was taken as it stands, correct it.")
    elif name == "quantity" and number > doubtful_quantity.MOST:
        sentence = _("{field} “{text}” is more than a body can do in a year; it was taken as it stands, correct it.")
    elif name != "coefficient" and isinstance(cell, str) and _GROUPED.search(cell):
        sentence = _("{field} “{text}” was taken with a decimal comma; if thousands are meant, write 1.200, not 1,200.")
    else:
        return
    text = _text("", cell)
    remark(sentence.format(field=field_label(name), text=text), text)


def _quantity(draft: Draft, cell: Cell, remark: Remark) -> None:
    text = _text("", cell)
    number = number_in("quantity", cell)
    if number is not None:
        draft.values["quantity"] = number
        _doubt("quantity", number, cell, remark)
        if isinstance(cell, str):
            _keep_words(draft, text, remark)
        return
    if "frequency" not in draft.values:
        draft.values["frequency"] = text
        sentence = _("The quantity “{text}” is not one number; the words were kept as the frequency.")
    else:
        draft.aside.append(_("Quantity in the file: {text}").format(text=text))
        sentence = _("The quantity “{text}” is not one number; the words were kept in the note.")
    remark(sentence.format(text=text), text)


def _keep_words(draft: Draft, text: str, remark: Remark) -> None:
    """Words beside a quantity: "12 lượt" is counted in lượt, "02 lần/tháng" is not two a year."""
    if _PERIOD.search(canonical(text)):
        draft.values.setdefault("frequency", text)
        remark(
            _("The quantity “{text}” names a period; its number was taken as it stands, check that it is a year's.")
            .format(text=text),
            text,
        )  # fmt: skip
    elif counted := _COUNTED.fullmatch(text):
        draft.values.setdefault("measure", counted["measure"].strip())
    elif not _BARE.fullmatch(text):
        draft.aside.append(_("Quantity in the file: {text}").format(text=text))
        sentence = _("Of the quantity “{text}” the number was taken; all of it is kept in the note.")
        remark(sentence.format(text=text), text)


def _tier(draft: Draft, cell: Cell, guidance: Guidance, remark: Remark) -> None:
    text = _text("", cell)
    word = tier_word(text, guidance)
    if word.level is not None:
        draft.values["tier"] = word.level
    if word.points is not None:
        draft.values.setdefault("points", word.points)
    if word == UNKNOWN:
        remark(_("The tier “{text}” is not one of this scale; the word was kept in the note.").format(text=text), text)
        draft.aside.append(_("Tier in the file: {text}").format(text=text))


def _flag(draft: Draft, cell: Cell, remark: Remark) -> None:
    text = _text("", cell)
    if (word := canonical(text)) in _YES:
        draft.values["standard_unit"] = True
    elif word not in _NO:
        remark(
            _("“{text}” does not say whether the line is the standard unit; mark it with an x.").format(text=text), text
        )
        draft.aside.append(_("Standard unit in the file: {text}").format(text=text))
