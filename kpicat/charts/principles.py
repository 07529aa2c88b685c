"""How many keep each principle, and how many products are only papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from kpicat.charts.chart import Chart, Series
from kpicat.charts.fields import MOST
from kpicat.charts.words import alternative, amount, with_ties
from kpicat.convert import total
from kpicat.distribution import share
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.palette import BROKEN, KEPT

PAPER_ONLY = "paper-only"
"""The check that finds products which are only papers."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A bar: something asked, in words, and how many of the items it is asked of keep it.

    Attributes:
        key: What a click on the bar tells.
    """

    key: str
    label: str
    kept: int
    of: int

    @property
    def part(self) -> Decimal:
        """The share that keeps it; 0 of none."""
        return share(self.kept, self.of)

    @property
    def words(self) -> str:
        """ "82 % · 328/400"; exact, also where the bar is short."""
        if not self.of:
            return "–"
        return f"{percent(self.part)} · {number(self.kept)}/{number(self.of)}"


def principle_chart(bars: Sequence[Kept], title: str = "") -> Chart:
    """One bar a principle: of all items, those that keep it.

    Args:
        bars: In the guidance's order.
        title: Another than the one that names the principle kept least.
    """
    asked = [bar for bar in bars if bar.of]
    worst = min(asked, key=lambda bar: bar.part, default=None)
    empty = "" if worst else _("Nothing to show yet: add items to the catalogue.")
    if not title:
        title = _("Lines that keep each principle")
        if worst and worst.kept == worst.of:
            title = _("Every line keeps every principle")
        elif worst:
            title = _("Kept least: “{principle}”, by {share} of the lines").format(
                principle=worst.label, share=with_ties(percent(worst.part), [-bar.part for bar in asked])
            )
    leads = [[{"principle": bar.key} for bar in bars]] * 2
    names = (_("kept"), _("not kept"))
    return _of_bars("principles", title, bars, leads, empty=empty, names=names, by=_("Principle"))


def papers_chart(
    items: pd.DataFrame, table: pd.DataFrame, papers: Collection[str], field: str, *, most: int | None = MOST
) -> Chart:
    """Of the items of each value of a field, those whose product is a result and not only papers.

    Args:
        items: As :func:`kpicat.model.items_frame` gives.
        table: ``convert.converted(items, guidance)``.
        papers: Ids of the items whose product is only papers.
        field: One of :data:`kpicat.distribution.GROUPINGS`.
        most: Values drawn; None for all.
    """
    there, only = _counts(items[field]), _counts(items.loc[items.index.isin(papers), field])
    bars = [Kept(value, value or _("(not given)"), n - only.get(value, 0), n) for value, n in there.items()]
    bars.sort(key=lambda bar: (bar.part, -bar.of))
    n, all_of_it = sum(only.values()), len(items)
    empty = "" if all_of_it else _("Nothing to show yet: add items to the catalogue.")
    title = _("Products that are only papers")
    if all_of_it:
        said = ngettext(
            "{n} of {all} items has only papers as its product, {share}",
            "{n} of {all} items have only papers as their product, {share}",
            n,
        )
        said = said if n else _("No item has only papers as its product")
        title = said.format(n=number(n), all=number(all_of_it), share=percent(share(n, all_of_it)))
    note = _their_work(table, papers)
    if most is not None and len(bars) > most:
        left = ngettext(
            "{n} other, with no larger share, is not drawn.",
            "{n} others, with no larger shares, are not drawn.",
            len(bars) - most,
        ).format(n=number(len(bars) - most))
        note, bars = " ".join(filter(None, (note, left))), bars[:most]
    names = (_("a result"), _("only papers"))
    leads: list[list[Mapping[str, object]]] = [
        [{field: bar.key} for bar in bars],
        [{field: bar.key, "papers": 1} for bar in bars],
    ]
    return _of_bars(f"papers_{field}", title, bars, leads, empty=empty, names=names, by=field_label(field), note=note)


def _their_work(table: pd.DataFrame, papers: Collection[str]) -> str:
    """How much of the work the products that are only papers make; "" where they make none."""
    held = total(table.loc[table.index.isin(papers), "converted_quantity"])
    whole = total(table["converted_quantity"])
    if not held or whole <= 0:
        return ""
    return _("They make {amount}, {share} of the converted quantity.").format(
        amount=amount(held, "converted_quantity"), share=percent(share(held, whole))
    )


def _counts(values: pd.Series) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values.tolist():
        counts[value] = counts.get(value, 0) + 1
    return counts


def _of_bars(
    key: str,
    title: str,
    bars: Sequence[Kept],
    leads: Sequence[Sequence[Mapping[str, object]]],
    *,
    empty: str,
    names: tuple[str, str],
    by: str,
    note: str = "",
) -> Chart:
    """Bars of two pieces, what keeps and what does not, each leading to the items behind it."""
    kept = [bar.part for bar in bars]
    broken = [Decimal(1) - bar.part if bar.of else Decimal(0) for bar in bars]
    numbers = ([bar.kept for bar in bars], [bar.of - bar.kept for bar in bars])
    series = (
        Series(
            name, colour, tuple(parts), tuple(percent(part) for part in parts),
            leads_to=tuple(leads[place]),
            told=tuple(
                f"{bar.label}\n{name}: {number(n)} / {number(bar.of)} ({percent(part)})"
                for bar, n, part in zip(bars, numbers[place], parts, strict=True)
            ),
        )
        for place, (name, colour, parts) in enumerate(zip(names, (KEPT, BROKEN), (kept, broken), strict=True))
    )  # fmt: skip
    return Chart(
        key=key, kind="shares", title=title,
        alt=empty or alternative(title, (f"{bar.label}: {bar.words}" for bar in bars)),
        categories=tuple(bar.label for bar in bars), series=tuple(series),
        unit=_("Share of the lines"), note=note, empty=empty, by=by, totals=tuple(bar.words for bar in bars),
    )  # fmt: skip
