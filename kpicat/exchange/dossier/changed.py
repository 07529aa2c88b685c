"""What became of each line since the version before, cell by cell, and the paper that says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpicat import criteria
from kpicat.comparing import Comparison, State
from kpicat.convert import EXACT
from kpicat.exchange.dossier.facts import Facts, said, sentence, words
from kpicat.exchange.forms.numerals import number
from kpicat.exchange.forms.word import CELL, CENTRED, HEADING, Texts, fill, row, table
from kpicat.guidance import Guidance
from kpicat.labels import field_label
from kpicat.language import _, signed
from kpicat.model import CRITERIA, FIELDS, Catalogue

_NUMBERS = ("tier", "points", "coefficient", "quantity", "converted_quantity")
_TEXTS = (*(name for name in FIELDS if name not in _NUMBERS), CRITERIA.name)
_SHOWN = ("product", "department", "position", "tier", "points", "quantity")  # of a line that came or went
_SIZE = 11  # pt, of the table
_WIDTHS = (11, 20, 60, 24, 66, 22, 22, 22)  # mm
_RIGHT = "kpicatnumber"


@dataclass(frozen=True, slots=True)
class Changed:
    """A line that is not as it was.

    Attributes:
        what: "added", "dropped" or "changed".
        cells: What differs, a text each; of a line that came or went what it is.
        was, now: Converted quantity in standard units a year; None where there is none.
    """

    what: str
    code: str
    task: str
    cells: tuple[str, ...]
    was: Decimal | None
    now: Decimal | None


def changed(found: Comparison) -> list[Changed]:
    """Every line of which a cell is not as it was: those of the state after in its order, then those that are gone."""
    old, new = (_lines(state) for state in (found.before, found.after))
    lines = (
        _line(old.get(pair.before or ""), new.get(pair.after or ""), found.before.guidance, found.after.guidance)
        for pair in found.pairs
    )
    return [line for line in lines if line is not None]


def own_changes(before: Catalogue, after: Catalogue, old: Guidance, new: Guidance) -> Iterator[str]:
    """What changed of the catalogue itself and of its scale."""
    for label, name in ((_("Name"), "name"), (_("Body"), "body"), (_("Period"), "period")):
        was, now = str(getattr(before, name)), str(getattr(after, name))
        if was != now:
            yield f"{label.lower()} {_arrow(was, now)}"
    if (was := _scale(old)) != (now := _scale(new)):
        yield f"{words('changes')['scale']} {_arrow(was, now)}"


def write(facts: Facts, lines: Sequence[Changed]) -> bytes:
    """The paper as .docx.

    Args:
        facts: Of the dossier; something was approved before.
        lines: As :func:`changed` gives.
    """
    assert facts.changes is not None
    texts: dict[str, Texts] = {
        **facts.heading(),
        "title": said("changes", "title", n=facts.changes.since.number),
        "subtitle": sentence(said("changes", "subtitle", subject=facts.subject)),
        "before": [*facts.of_changes(), said("changes", "order")],
        "after": [],
    }
    rows = [row([((heading,), HEADING, 1) for heading in words("changes")["headings"]], header=True)]
    rows += [_row(n, line, last=n == len(lines)) for n, line in enumerate(lines, start=1)]
    rows.append(_totals(facts))
    tables = {"table": table(_WIDTHS, rows), "second": ""}
    return fill(f"dossier-wide-{facts.catalogue.form.value}.docx", texts, tables, _SIZE, signed=True)


def _row(n: int, line: Changed, *, last: bool) -> str:
    moved = EXACT.subtract(line.now or Decimal(0), line.was or Decimal(0))
    cells = [((_written(amount, 0),), _RIGHT, 1) for amount in (line.was, line.now)]
    return row([
        ((str(n),), CENTRED, 1),
        ((line.code,), CENTRED, 1),
        ((line.task,), CELL, 1),
        ((words("changes")["what"][line.what],), CENTRED, 1),
        (("\n".join(line.cells),), CELL, 1),
        *cells,
        ((signed(moved, number),), _RIGHT, 1),
    ], together=last)  # fmt: skip


def _totals(facts: Facts) -> str:
    assert facts.changes is not None
    old, new = facts.changes.old, facts.figures.converted_total
    amounts = (number(old), facts.total, signed(EXACT.subtract(new, old), number))
    return row([((words("changes")["total"],), HEADING, 5), *(((text,), _RIGHT, 1) for text in amounts)], together=True)


def _lines(state: State) -> dict[str, dict[str, Any]]:
    return state.lines(_TEXTS, _NUMBERS)


def _line(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, before: Guidance, after: Guidance
) -> Changed | None:
    there = new or old or {}
    amounts = [each["converted_quantity"] if each else None for each in (old, new)]
    if old is None or new is None:
        scale, what = (after, "added") if old is None else (before, "dropped")
        cells = tuple(
            f"{_label(name)}: {_said(name, there[name], scale)}" for name in _SHOWN if there[name] not in (None, "")
        )
    else:
        what, shown = "changed", [name for name in (*_TEXTS, *_NUMBERS[:-1]) if old[name] != new[name]]
        cells = tuple(
            f"{_label(name)}: {_arrow(_said(name, old[name], before), _said(name, new[name], after))}" for name in shown
        )
        if not cells:
            return None
    return Changed(what, there["code"], there["task"] or there["detail"], cells, *amounts)


def _label(name: str) -> str:
    return _("Marks by criteria") if name == CRITERIA.name else field_label(name)


def _said(name: str, value: object, scale: Guidance) -> str:
    if name == CRITERIA.name:
        return criteria.in_words(str(value), scale)
    if isinstance(value, bool):
        return str(words("changes")["yes" if value else "no"])
    if isinstance(value, (int, Decimal)):
        return _written(Decimal(value), scale.decimals if name == "coefficient" else 0)
    return str(value or "")


def _written(value: Decimal | None, decimals: int) -> str:
    return "" if value is None else number(value, decimals)


def _arrow(was: str, now: str) -> str:
    return f"{was or '–'} → {now or '–'}"


def _scale(guidance: Guidance) -> str:
    marks = "/".join(tier.range for tier in guidance.tiers)
    return f"{guidance.title_vi}: {marks} ({number(guidance.standard_points)})"
