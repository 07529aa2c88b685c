"""Who carries the work: mean coefficients, how evenly it lies on the positions, and the heaviest items."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

import pandas as pd

from kpicat.charts.chart import Chart, Series
from kpicat.charts.fields import MOST
from kpicat.charts.words import (
    alternative,
    amount,
    as_heavy,
    below_nothing,
    brief,
    field_of,
    in_brackets,
    short,
    unit,
    with_ties,
)
from kpicat.convert import EXACT, total
from kpicat.distribution import gini, heaviest, share
from kpicat.guidance import Guidance
from kpicat.labels import field_label, tier_name
from kpicat.language import _, ngettext, number, percent
from kpicat.model import values_of
from kpicat.palette import PLAIN, UNTIERED, tier_colour

MOST_ITEMS = 20


def mean_chart(loads: pd.DataFrame, field: str, whole: Decimal | None, *, most: int | None = MOST) -> Chart:
    """The mean coefficient of each value of a field, highest first, beside that of all.

    Args:
        loads: As :func:`kpicat.distribution.loads` gives.
        field: Of what.
        whole: The mean coefficient of all items.
        most: Values drawn; None for all.
    """
    rows: list[Any] = list(loads.itertuples(index=False))
    known = [row for row in rows if row.mean_coefficient is not None]
    known.sort(key=lambda row: row.mean_coefficient, reverse=True)
    shown, left = known[:most], len(known[most or len(known) :])
    if whole is None or not shown:
        title = _("{what} by {field}").format(what=_("Mean coefficient"), field=field_of(field))
        empty = _("Nothing to show yet: give the items a tier or points.")
        return Chart(f"mean_{field}", "bars", title, empty, (), (), _("Mean coefficient"), empty=empty)
    title = _("{field}: the hardest items on average in “{name}”, {mean}; all together {whole}").format(
        field=field_label(field), name=brief(shown[0].name), whole=number(whole),
        mean=with_ties(number(shown[0].mean_coefficient), [row.mean_coefficient for row in known]),
    )  # fmt: skip
    others = ngettext(
        "{n} other, with no higher mean, is not drawn.", "{n} others, with no higher means, are not drawn.", left
    )
    names = (*(row.name for row in shown), _("All together"))
    values = (*(row.mean_coefficient for row in shown), whole)
    words = tuple(number(value) for value in values)
    return Chart(
        key=f"mean_{field}", kind="bars", title=title,
        alt=alternative(title, (f"{name}: {word}" for name, word in zip(names, words, strict=True))),
        categories=names,
        series=(
            Series(
                "", PLAIN, values, words,
                leads_to=(*({field: row.value} for row in shown), {}), colours=(*[PLAIN] * len(shown), UNTIERED),
                told=(*(_mean_of(row) for row in shown), f"{names[-1]}\n{words[-1]}"),
            ),
        ),
        unit=_("Mean coefficient"), note=others.format(n=number(left)) if left else "", by=field_label(field),
    )  # fmt: skip


def _mean_of(row: Any) -> str:
    """A mean, and of how much it is one."""
    mean = _("mean coefficient {mean}").format(mean=number(row.mean_coefficient))
    work = amount(row.converted_quantity, "converted_quantity")
    return "\n".join([row.name, mean, amount(row.count, "count"), work])


def curve_chart(loads: pd.DataFrame) -> Chart:
    """The work of the positions added up from the one with least to the one with most, beside an even share.

    Args:
        loads: As :func:`kpicat.distribution.loads` gives for positions; what lies on none is told in the note.
    """
    named = loads[loads["value"].str.strip() != ""].iloc[::-1]
    amounts, names = named["converted_quantity"].tolist(), named["name"].tolist()
    uneven, n, whole = gini(amounts), len(amounts), total(amounts)
    title = _("How evenly the work lies on the positions")
    if uneven is None:
        empty = _("Nothing to show yet: it takes two positions with a converted quantity to compare them.")
        return Chart("curve", "curve", title, empty, (), (), unit("converted_quantity"), empty=empty)
    busy = -(-n // 5)
    held = share(total(amounts[-busy:]), whole)
    title = ngettext(
        "The busiest of {all} positions carries {share} of the work",
        "The {n} busiest of {all} positions carry {share} of the work",
        busy,
    ).format(n=number(busy), all=number(n), share=percent(held))
    summed = [share(part, whole) for part in accumulate(amounts, EXACT.add)]
    even = [share(place, n) for place in range(1, n + 1)]
    words = [percent(part) for part in summed]
    return Chart(
        key="curve", kind="curve", title=title,
        alt=alternative(title, (f"{name}: {word}" for name, word in zip(names, words, strict=True))),
        categories=tuple(names),
        series=(
            Series(
                _("Share of the work, added up"), PLAIN, tuple(summed), tuple(words),
                leads_to=tuple({"position": value} for value in named["value"]), told=_steps(names, amounts, words),
            ),
            Series(_("If all carried the same"), UNTIERED, tuple(even), tuple(percent(part) for part in even)),
        ),
        unit=_("Share of the work"), note=_balance(uneven, n, loads), by=field_label("position"),
    )  # fmt: skip


def _steps(names: Sequence[str], amounts: Sequence[Decimal], words: Sequence[str]) -> tuple[str, ...]:
    """What each position adds, and what all up to it carry."""
    said = _("{n} of {all} positions up to here: {share} of the work")
    return tuple(
        "\n".join(
            [name, amount(own, "converted_quantity"), said.format(n=number(place), all=number(len(names)), share=word)]
        )
        for place, (name, own, word) in enumerate(zip(names, amounts, words, strict=True), start=1)
    )


def _balance(uneven: Decimal, n: int, loads: pd.DataFrame) -> str:
    """What the Gini coefficient of so many positions says, and what is not in it."""
    said = _("Gini coefficient {gini}: 0 where all positions carry the same, {most} where one carries everything.")
    worst = gini([Decimal(1), *[Decimal(0)] * (n - 1)])
    note = said.format(gini=number(uneven), most=number(worst))
    unnamed = total(loads.loc[loads["value"].str.strip() == "", "converted_quantity"])
    if unnamed:
        note += " " + _("Not in it: {amount} that lie on no position.").format(
            amount=amount(unnamed, "converted_quantity")
        )
    return note


def heaviest_chart(items: pd.DataFrame, table: pd.DataFrame, guidance: Guidance, *, most: int = MOST_ITEMS) -> Chart:
    """The items with the largest converted quantity, and what makes it so."""
    ids = heaviest(table, most)
    whole = total(table["converted_quantity"])
    rows = table.loc[ids]
    amounts: list[Decimal] = rows["converted_quantity"].tolist()
    empty = "" if ids else _("No item has a converted quantity yet")
    if ids and whole <= 0:
        empty = below_nothing()
    title = ngettext(
        "The heaviest item: {share} of the converted quantity",
        "The {n} heaviest items: {share} of the converted quantity",
        len(ids),
    ).format(n=number(len(ids)), share=percent(share(total(amounts), whole)))
    texts = zip(items.loc[ids, "code"].tolist(), items.loc[ids, "task"].tolist(), strict=True)
    names = [" – ".join(filter(None, pair)) or "–" for pair in texts]
    parts = [share(each, whole) for each in amounts]
    levels = values_of(rows["tier"])
    words = tuple(in_brackets(number(each), part) for each, part in zip(amounts, parts, strict=True))
    return Chart(
        key="heaviest", kind="bars", title=empty or title,
        alt=empty or alternative(title, (f"{name}: {word}" for name, word in zip(names, words, strict=True))),
        categories=tuple(names),
        series=(
            Series(
                "", tier_colour(None), tuple(amounts), words, leads_to=tuple({"item": one} for one in ids),
                labels=tuple(in_brackets(short(each), part) for each, part in zip(amounts, parts, strict=True)),
                colours=tuple(tier_colour(level) for level in levels), told=_made_of(names, rows, levels, guidance),
            ),
        ),
        unit=unit("converted_quantity"), note=as_heavy(table["converted_quantity"].tolist(), len(ids)), empty=empty,
        by=field_label("task"),
    )  # fmt: skip


def _made_of(
    names: Sequence[str], rows: pd.DataFrame, levels: Sequence[int | None], guidance: Guidance
) -> tuple[str, ...]:
    """Quantity times coefficient, as the number of each item came about."""
    said = []
    made_of: list[Any] = list(rows.itertuples())
    for name, level, row in zip(names, levels, made_of, strict=True):
        tier = guidance.tier(level)
        made = _("{quantity} × {coefficient} = {amount}").format(
            quantity=number(row.quantity),
            coefficient=number(row.coefficient),
            amount=amount(row.converted_quantity, "converted_quantity"),
        )
        said.append("\n".join([name, *([tier_name(tier.level, tier.label)] if tier else []), made]))
    return tuple(said)
