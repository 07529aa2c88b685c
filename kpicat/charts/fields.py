"""How items, or their work, are spread over the tiers in each group, department or position."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from kpicat.charts.chart import Chart, Kind, Series
from kpicat.charts.words import (
    alternative,
    amount,
    brief,
    field_of,
    in_brackets,
    measured,
    nothing,
    short,
    unit,
    with_others,
    with_ties,
)
from kpicat.convert import EXACT, total
from kpicat.distribution import Measure, largest, share
from kpicat.labels import field_label, tier_name
from kpicat.language import _, ngettext, number, percent
from kpicat.model import values_of
from kpicat.palette import tier_colour

MOST = 12
"""Values of a field that are drawn: more would be slivers, and longer than a projected page."""


@dataclass(frozen=True)
class _Spread:
    """A table of :func:`kpicat.distribution.by_field` as a block of numbers: one row a value, one column a tier."""

    field: str
    values: Sequence[str | None]
    names: Sequence[str]
    levels: Sequence[int | None]
    tiers: Sequence[str]
    cells: Sequence[Sequence[Decimal]]

    @classmethod
    def of(cls, by_field: pd.DataFrame, measure: Measure) -> _Spread:
        legend = by_field[["level", "label"]].drop_duplicates()
        levels = values_of(legend["level"])
        tiers = [tier_name(level, label) for level, label in zip(levels, legend["label"], strict=True)]
        rows = by_field[["value", "name"]].iloc[:: max(len(tiers), 1)]
        numbers = [Decimal(value) for value in by_field[measure].tolist()]
        cells = [numbers[start : start + len(tiers)] for start in range(0, len(numbers), max(len(tiers), 1))]
        field = str(by_field["field"].iat[0]) if len(by_field) else ""
        return cls(field, rows["value"].tolist(), rows["name"].tolist(), levels, tiers, cells)

    @functools.cached_property
    def wholes(self) -> list[Decimal]:
        """What each value has in all."""
        return [total(row) for row in self.cells]

    def part(self, row: int, column: int) -> Decimal:
        """What part of its row a cell is."""
        return share(self.cells[row][column], self.wholes[row])


def field_chart(
    by_field: pd.DataFrame, measure: Measure = "count", *, kind: Kind = "stacked", most: int | None = MOST
) -> Chart:
    """Each value of a field, parted among the tiers.

    Args:
        by_field: As :func:`kpicat.distribution.by_field` gives.
        measure: What is counted.
        kind: "stacked", "shares" (each value is 100 %), "heatmap" or "treemap".
        most: Values drawn; None for all. What is left out is told in the note, or is one area of the treemap.
    """
    shown, others = (by_field, by_field.iloc[:0]) if most is None else largest(by_field, most)
    all_of_it, block = _Spread.of(by_field, measure), _Spread.of(shown, measure)
    field = all_of_it.field
    note = _left_out(block, others, measure) if len(others) else ""
    if kind == "treemap" and note:
        block, note = _with_others(block, others, measure), ""
    empty = nothing(by_field, measure)
    title = _TITLES[kind](block, all_of_it, measure) if not empty else _plain_title(measure, field)
    wholes = block.wholes
    return Chart(
        key=f"{kind}_{field}_{measure}",
        kind=kind,
        title=title,
        alt=empty or alternative(title, _rows_in_words(block, kind), whole=number(total(all_of_it.wholes))),
        categories=tuple(block.names),
        series=tuple(_tier_series(block, column, measure, kind) for column in range(len(block.tiers))),
        unit=_("Share of each tier") if kind == "shares" else unit(measure),
        note=note,
        empty=empty,
        by=field_label(field) if field else "",
        totals=()
        if kind == "shares"
        else tuple(in_brackets(number(own), share(own, total(all_of_it.wholes))) for own in wholes),
    )


def _rows_in_words(block: _Spread, kind: Kind) -> list[str]:
    """Each value with its tiers."""
    said = []
    for row, (name, whole) in enumerate(zip(block.names, block.wholes, strict=True)):
        there = [column for column, value in enumerate(block.cells[row]) if value]
        cells = [percent(block.part(row, n)) if kind == "shares" else number(block.cells[row][n]) for n in there]
        told = "; ".join(f"{block.tiers[n]} {cell}" for n, cell in zip(there, cells, strict=True))
        said.append(f"{name}: {number(whole)} ({told})")
    return said


def _tier_series(block: _Spread, column: int, measure: Measure, kind: Kind) -> Series:
    level, rows = block.levels[column], range(len(block.names))
    values = [block.cells[row][column] for row in rows]
    parts = [block.part(row, column) for row in rows]
    as_shares = kind == "shares"
    return Series(
        name=block.tiers[column],
        colour=tier_colour(level),
        values=tuple(parts if as_shares else values),
        words=tuple(percent(part) for part in parts) if as_shares else tuple(number(value) for value in values),
        leads_to=tuple({block.field: value, "tier": level or 0} if value is not None else {} for value in block.values),
        labels=tuple(
            (percent(part) if as_shares else short(value)) if value else ""
            for value, part in zip(values, parts, strict=True)
        ),
        told=tuple(
            f"{name}\n{block.tiers[column]}\n{in_brackets(amount(value, measure), part)}"
            for name, value, part in zip(block.names, values, parts, strict=True)
        ),
    )


# -- what is told ---------------------------------------------------------------


def _plain_title(measure: Measure, field: str) -> str:
    """What a chart would show; ``field`` "" when even that is not known for want of rows."""
    what = measured(measure)
    return _("{what} by {field}").format(what=what, field=field_of(field)) if field else what


def _stacked_title(block: _Spread, everything: _Spread, measure: Measure) -> str:
    wholes = block.wholes
    most = max(range(len(wholes)), key=wholes.__getitem__)
    said = _("{field}: most items in “{name}”, {share}") if measure == "count" else _(
        "{field}: most work in “{name}”, {share}"
    )  # fmt: skip
    part = percent(share(wholes[most], total(everything.wholes)))
    told = said.format(field=field_label(block.field), name=brief(block.names[most]), share=part)
    return with_ties(told, everything.wholes)


def _shares_title(block: _Spread, everything: _Spread, measure: Measure) -> str:
    """Who has most in the hardest tier: the first to ask whether points were made up."""
    hardest = max((n for n, level in enumerate(block.levels) if level is not None), default=None)
    held = Decimal(0) if hardest is None else total(row[hardest] for row in everything.cells)
    if hardest is None or not held:
        return _("{field}: nothing is in the hardest tier").format(field=field_label(block.field))
    parts = [block.part(row, hardest) for row in range(len(block.names))]
    most = max(range(len(parts)), key=parts.__getitem__)
    said = _("{field}: the hardest tier weighs most in “{name}”, {share}; all together {whole}")
    if len(parts) < len(everything.names):
        said = _("{field}, the {n} largest: the hardest tier weighs most in “{name}”, {share}; all together {whole}")
        if not parts[most]:
            said = _("{field}, the {n} largest: nothing is in the hardest tier; all together {whole}")
    return said.format(
        field=field_label(block.field), name=brief(block.names[most]), share=with_ties(percent(parts[most]), parts),
        n=number(len(parts)), whole=percent(share(held, total(everything.wholes))),
    )  # fmt: skip


def _heatmap_title(block: _Spread, everything: _Spread, measure: Measure) -> str:
    cells = [(row, column) for row in range(len(block.names)) for column in range(len(block.tiers))]
    row, column = max(cells, key=lambda at: block.cells[at[0]][at[1]])
    held = block.cells[row][column]
    return _("{field}: one cell alone, “{name}” at {tier}, has {share} of everything").format(
        field=field_label(block.field), name=brief(block.names[row]), tier=brief(block.tiers[column]),
        share=with_others(
            percent(share(held, total(everything.wholes))), sum(each.count(held) for each in everything.cells) - 1
        ),
    )  # fmt: skip


def _treemap_title(block: _Spread, everything: _Spread, measure: Measure) -> str:
    """How few of those that are named have half of it, or all of them what they have; and what no name stands for."""
    of = zip(everything.values, everything.wholes, strict=True)
    wholes = sorted((own for value, own in of if value and value.strip()), reverse=True)
    whole, n, held = total(everything.wholes), 0, Decimal(0)
    if not wholes:
        return _("{field}: no line says it").format(field=field_label(block.field))
    while held * 2 < whole and n < len(wholes):
        held, n = total([held, wholes[n]]), n + 1
    items = ngettext(
        "{field}: {n} of {all} has {share} of the items", "{field}: {n} of {all} have {share} of the items", n
    )
    work = ngettext(
        "{field}: {n} of {all} carries {share} of the work", "{field}: {n} of {all} carry {share} of the work", n
    )
    said = (items if measure == "count" else work).format(
        field=field_label(block.field), n=number(n), all=number(len(wholes)), share=percent(share(held, whole))
    )
    unnamed = EXACT.subtract(whole, total(wholes))
    if unnamed <= 0:
        return said
    return _("{said}; {share} on lines that do not say it").format(said=said, share=percent(share(unnamed, whole)))


_TITLES = {
    "stacked": _stacked_title,
    "shares": _shares_title,
    "heatmap": _heatmap_title,
    "treemap": _treemap_title,
}


def _left_out(block: _Spread, others: pd.DataFrame, measure: Measure) -> str:
    """How many values a chart does not draw, and what they hold together."""
    n, held = others["value"].nunique(), total(Decimal(value) for value in others[measure])
    sentence = ngettext(
        "The {shown} largest are drawn; {n} other has {amount} ({share}).",
        "The {shown} largest are drawn; {n} others have {amount} together ({share}).",
        n,
    )
    part = percent(share(held, total([held, *block.wholes])))
    return sentence.format(shown=number(len(block.names)), n=number(n), amount=amount(held, measure), share=part)


def _with_others(block: _Spread, others: pd.DataFrame, measure: Measure) -> _Spread:
    rest = _Spread.of(others, measure)
    n = len(rest.names)
    name = ngettext("{n} other", "{n} others", n).format(n=number(n))
    sums = [total(row[column] for row in rest.cells) for column in range(len(rest.tiers))]
    return replace(block, values=[*block.values, None], names=[*block.names, name], cells=[*block.cells, sums])
