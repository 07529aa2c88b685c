"""What stands on the form, whatever it is printed with: every text finished, in Vietnamese.

Items are gathered under their department and group, in the order these first come up,
so that each heading stands once; the running number goes through.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

import pandas as pd

from kpicat.convert import coefficient, converted, total
from kpicat.exchange.forms.columns import Column, Layout, lay_out, present
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.numerals import letters, number, roman, written_day
from kpicat.exchange.outgoing import shown
from kpicat.guidance import Guidance, Tier
from kpicat.model import Catalogue, Form, Reading
from kpicat.settings import ROOT

TEMPLATES = ROOT / "data" / "templates"
DOTS = "…………"
HEADINGS = ("department", "group")
"""The fields whose values head the rows under them, the outermost first."""


Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the cells of an item, or a heading over those that follow.

    Attributes:
        cells: For each column its main text and what stands beneath that; of a heading, mark and words.
        level: 0 for an item, else how deep the heading is, 1 the outermost.
        fields: For each cell the field that each of its texts is of.
        capitals: A heading whose words are printed in capitals.
    """

    cells: tuple[Cell, ...]
    level: int = 0
    fields: tuple[Cell, ...] = ()
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A form, ready to be laid out.

    Attributes:
        form: "party" or "state": whose head and foot it has.
        head: The words of its head and foot, by the names that the templates use.
        scale: Tier, its words, points and coefficient, one text each.
        standard_unit: Which work it is, or that none was chosen.
        total: The sum of the converted quantities, in standard units a year.
    """

    form: str
    head: Mapping[str, str | list[str]]
    scale: tuple[tuple[str, str, str, str], ...]
    standard_unit: str
    columns: tuple[Column, ...]
    layout: Layout
    lines: tuple[Line, ...]
    total: str
    words: Mapping[str, str]


def paper(reading: Reading, guidance: Guidance, decision: Decision, standard_unit: str = "") -> Paper:
    """The form of a catalogue.

    Args:
        reading: What to write.
        guidance: The catalogue's edition with its adjusted marks.
        decision: What goes into head and foot.
        standard_unit: The name of the work that is it, where that is none of the lines.
    """
    known, words = _known()[0], wording(reading.catalogue.form)
    table = converted(reading.items, guidance)
    said = _texts(reading.items, table, guidance)
    order = list(_gathered(said, words))
    said["number"] = [""] * len(reading.items)
    for n, row in enumerate((row for row in order if isinstance(row, int)), start=1):
        said["number"][row] = str(n)
    marked = any(said["standard_unit"])
    unit = _standard_unit(said, guidance.unit_by) or standard_unit or words["no_standard_unit"]
    said["standard_unit"] = [words["standard_unit_mark"] if flag else "" for flag in said["standard_unit"]]
    columns = present(known, said)
    parts = [
        [_parts(column, texts) for texts in zip(*map(said.__getitem__, column.fields), strict=True)]
        for column in columns
    ]
    cells = [[tuple(texts) for texts in own] for own in parts]
    whole = number(total(table["converted_quantity"]))
    sums: list[list[Cell]] = [[(whole,)] if "converted_quantity" in column.fields else [] for column in columns]
    return Paper(
        form=reading.catalogue.form.value,
        head=_head(reading.catalogue, decision, words),
        scale=tuple(_scale_row(tier, guidance) for tier in guidance.tiers),
        standard_unit=(f"{words['standard_unit_mark']} " if marked else "")
        + words["standard_unit"].format(points=number(guidance.standard_points), name=unit),
        columns=tuple(columns),
        layout=lay_out(columns, [own + last for own, last in zip(cells, sums, strict=True)]),
        lines=tuple(row if isinstance(row, Line) else _line(row, parts) for row in order),
        total=whole,
        words=words,
    )


def example(form: Form, name: str) -> str:
    """What such a field of a decision looks like on that paper; "" where nobody needs telling."""
    return _known()[1][form.value].get(f"example_{name}", "")


def wording(form: Form) -> Mapping[str, str]:
    """The words of such a paper, by the names of ``form.toml``."""
    words = _known()[1]
    return {**words["words"], **words[form.value]}


def heading(decision: Decision, words: Mapping[str, str], *, superior: str, body: str) -> dict[str, str | list[str]]:
    """The words of a head and a foot, by the names that the templates use; what is not known is dotted.

    Args:
        decision: What is known of the document.
        words: Of its paper, see :func:`wording`.
        superior: The body above, where the decision names none.
        body: The body that issues, where the decision names none.
    """
    return {
        "superior": (decision.superior or superior).upper() or DOTS,
        "body": (decision.issuer or body).upper() or DOTS,
        "number": words["number"].format(number=decision.number or DOTS),
        "place_and_day": f"{decision.place or DOTS}, {written_day(decision.day)}",
        "on_behalf": f"{words['on_behalf']} {decision.on_behalf.upper() or DOTS}",
        "office": decision.office.upper() or DOTS,
        "signer": decision.signer or DOTS,
        "recipients": list(decision.recipients) or [DOTS],
    }


def subtitle(catalogue: Catalogue, body: str, words: Mapping[str, str]) -> str:
    """Whose catalogue it is and of which year: "của Đảng ủy xã An Bình năm 2026"."""
    about, period = words["of_body"].format(body=body) if body else catalogue.name, catalogue.period
    return f"{about} {words['year'].format(year=period) if period.isdecimal() else period}".strip()


@functools.cache
def _known() -> tuple[tuple[Column, ...], Mapping[str, Mapping[str, str]]]:
    """The columns a form can have, and the words of both forms and of each."""
    content = tomllib.loads((TEMPLATES / "form.toml").read_text("utf-8"))
    columns = (Column(**entry | {"fields": tuple(entry["fields"])}) for entry in content.pop("column"))
    return tuple(columns), content


def _texts(items: pd.DataFrame, table: pd.DataFrame, guidance: Guidance) -> dict[str, list[str]]:
    said = shown(items, table)
    return {name: [_text(value, name, guidance) for value in values] for name, values in said.items()}


def _text(value: object, name: str, guidance: Guidance) -> str:
    if isinstance(value, bool) or value is None:
        return "x" if value else ""
    if isinstance(value, (int, Decimal)):
        return number(Decimal(value), guidance.decimals if name == "coefficient" else 0)
    return str(value).strip()


def _gathered(said: Mapping[str, Sequence[str]], words: Mapping[str, str]) -> Iterator[Line | int]:
    """Headings and, under them, the numbers of the items they head."""
    fields = [name for name in HEADINGS if any(said[name])]
    rows: list[int] = list(range(len(said["task"])))
    yield from _under(fields, rows, said, words, level=1, deepest=len(fields))


def _under(
    fields: Sequence[str],
    rows: Sequence[int],
    said: Mapping[str, Sequence[str]],
    words: Mapping[str, str],
    *,
    level: int,
    deepest: int,
) -> Iterator[Line | int]:
    if not fields:
        yield from rows
        return
    parts: dict[str, list[int]] = {}
    for row in rows:
        parts.setdefault(said[fields[0]][row], []).append(row)
    for n, (title, own) in zip(count(1), parts.items(), strict=False):
        mark = letters(n) if level < deepest else roman(n)
        named = title or words[f"no_{fields[0]}"]
        yield Line(((mark,), (named,)), level, fields=((), (fields[0],)), capitals=level < deepest)
        yield from _under(fields[1:], own, said, words, level=level + 1, deepest=deepest)


def _parts(column: Column, texts: Iterable[str]) -> dict[str, str]:
    """What stands in a cell -> the field it is of; what two fields say alike stands there once."""
    parts: dict[str, str] = {}
    for name, text in zip(column.fields, texts, strict=True):
        if text and name in column.labels:
            parts[f"{column.labels[name]} {text}"] = name
        elif text:
            parts[text] = name if text not in parts else column.means
    return parts


def _line(row: int, parts: Sequence[Sequence[Mapping[str, str]]]) -> Line:
    own = [column[row] for column in parts]
    return Line(tuple(map(tuple, own)), fields=tuple(tuple(cell.values()) for cell in own))


def _scale_row(tier: Tier, guidance: Guidance) -> tuple[str, str, str, str]:
    ends = dict.fromkeys((tier.lowest, tier.highest))  # one of them where the tier has a single mark
    points = "–".join(map(number, ends))
    ratios = "–".join(number(coefficient(end, guidance), guidance.decimals) for end in ends)
    return str(tier.level), tier.label_vi, points, ratios


def _standard_unit(said: Mapping[str, Sequence[str]], by: str) -> str:
    """The work that is it; where each part of the catalogue has its own, each with its part."""
    chosen = [row for row, flag in enumerate(said["standard_unit"]) if flag]
    names = [" – ".join(filter(None, (said["code"][row], said["task"][row]))) for row in chosen]
    of = [f" ({said[by][row]})" if by and said[by][row] else "" for row in chosen]
    return "; ".join(name + part for name, part in zip(names, of, strict=True))


def _head(catalogue: Catalogue, decision: Decision, words: Mapping[str, str]) -> dict[str, str | list[str]]:
    body, day = decision.issuer or catalogue.body, written_day(decision.day)
    known = heading(decision, words, superior="", body=body)
    return known | {
        "number": known["number"] if decision.number else words["number_unknown"],
        "title": words["title"],
        "subtitle": subtitle(catalogue, body, words),
        "attached": words["attached"].format(number=decision.number or DOTS, day=day, body=body or DOTS),
    }
