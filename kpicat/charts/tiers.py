"""How items, or their work, are spread over the tiers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from kpicat.charts.chart import Chart, Series
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
    with_ties,
)
from kpicat.convert import total
from kpicat.distribution import Measure
from kpicat.labels import field_label, tier_name
from kpicat.language import _, number, percent
from kpicat.model import values_of
from kpicat.palette import tier_colour


def tier_chart(by_tier: pd.DataFrame, measure: Measure = "count") -> Chart:
    """One bar a tier, lightest first.

    Args:
        by_tier: As :func:`kpicat.distribution.by_tier` gives.
        measure: What the bars measure.
    """
    levels = values_of(by_tier["level"])
    names = [tier_name(level, label) for level, label in zip(levels, by_tier["label"], strict=True)]
    values = [Decimal(value) for value in by_tier[measure]]
    parts = [*by_tier["share" if measure == "count" else "converted_share"]]
    empty = nothing(by_tier, measure)
    title = _("{what} by {field}").format(what=measured(measure), field=field_of("tier"))
    if not empty:
        title = _most(names, values, parts, measure)
    words = [in_brackets(number(value), part) for value, part in zip(values, parts, strict=True)]
    said = (f"{name}: {word}" for name, word in zip(names, words, strict=True))
    told = zip(names, by_tier["range"], values, parts, strict=True)
    return Chart(
        key=f"tiers_{measure}", kind="bars", title=title,
        alt=empty or alternative(title, said, whole=number(total(by_tier[measure]))),
        categories=tuple(names),
        series=(
            Series(
                "", tier_colour(None), tuple(values), tuple(words),
                leads_to=tuple({"tier": level or 0} for level in levels),
                labels=tuple(in_brackets(short(value), part) for value, part in zip(values, parts, strict=True)),
                colours=tuple(tier_colour(level) for level in levels),
                told=tuple(
                    "\n".join([name, *([_("{points} points").format(points=points)] if points else []),
                               in_brackets(amount(value, measure), part)])
                    for name, points, value, part in told
                ),
            ),
        ),
        unit=unit(measure), empty=empty, by=field_label("tier"),
    )  # fmt: skip


def _most(names: Sequence[str], values: Sequence[Decimal], parts: Sequence[Decimal], measure: Measure) -> str:
    """Which tier has most."""
    most = max(range(len(values)), key=values.__getitem__)
    said = {
        "count": _("Most items by count: {tier}, {share}"),
        "converted_quantity": _("Most work by converted quantity: {tier}, {share}"),
        "converted_points": _("Most work by converted points: {tier}, {share}"),
    }[measure]
    return with_ties(said.format(tier=brief(names[most]), share=percent(parts[most])), values)
