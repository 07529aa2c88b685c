"""One page for leaders: how difficulty and work are distributed, and what still has to be put right.

Every chart's title says what it shows. The bars are drawn by typst, as those of pictures and reports are: exact,
searchable and without a browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from kpicat import distribution
from kpicat.charts import as_heavy, brief, with_ties
from kpicat.convert import converted, total
from kpicat.exchange.forms.pdf import compiled
from kpicat.exchange.outgoing import weight
from kpicat.exchange.results.contents import subtitle, told
from kpicat.guidance import Guidance
from kpicat.labels import field_label, tier_name
from kpicat.language import _, language, ngettext, number, percent
from kpicat.model import Finding, Level, Reading, values_of
from kpicat.palette import text_on, tier_colour

_MOST_BARS = 5
_MOST_ITEMS = 8
_LONGEST = 80  # characters of a name; the template cuts what does not fit its line
_IN_TITLE = 34  # characters of a name in a chart's title
Row = dict[str, object]


def summary(reading: Reading, guidance: Guidance, findings: Sequence[Finding]) -> bytes:
    """The page as PDF, in the reader's language.

    Args:
        reading: Whose figures.
        guidance: The catalogue's edition with its adjusted marks.
        findings: What the checks found in it.
    """
    items, about = reading.items, reading.catalogue
    table = converted(items, guidance)
    figures = distribution.figures(items, table, guidance)
    by_tier = distribution.by_tier(table, guidance)
    page = {
        "language": language(),
        "title": _("Converted catalogue of products and work – summary"),
        "author": about.body,
        "subtitle": subtitle(about),
        "figures": [{"name": one.name, "value": one.words} for one in told(figures, items)],
        "legend": [_tier(level, label) for level, label in zip(_levels(by_tier), by_tier["label"], strict=True)],
        "tiers": [_by_count(by_tier, figures), _by_amount(by_tier, figures)],
        "fields": [_by_field(items, table, guidance, name) for name in _told_apart(items)],
        "heaviest": _heaviest(items, table, figures),
        "findings": _findings(findings),
    }
    return compiled("summary.typ", {"summary": page})


def _by_count(by_tier: pd.DataFrame, figures: distribution.Figures) -> Row:
    counts = [int(n) for n in by_tier["count"]]
    title = _("There are no items yet")
    if figures.items:
        most = counts.index(max(counts))
        said = _("Most items by count: {tier}, {share}").format(
            tier=_in_words(by_tier, most), share=percent(_sum([by_tier["share"].iat[most]]))
        )
        title = with_ties(said, [Decimal(n) for n in counts])
    return {"title": title, "rows": _tier_rows(by_tier, [Decimal(n) for n in counts], list(by_tier["share"]))}


def _by_amount(by_tier: pd.DataFrame, figures: distribution.Figures) -> Row:
    amounts = list(by_tier["converted_quantity"])
    title = _("There is no converted quantity yet")
    if figures.converted_total:
        most = amounts.index(max(amounts))
        said = _("Most work by converted quantity: {tier}, {share}").format(
            tier=_in_words(by_tier, most), share=percent(_sum([by_tier["converted_share"].iat[most]]))
        )
        title = with_ties(said, amounts)
    return {"title": title, "rows": _tier_rows(by_tier, amounts, list(by_tier["converted_share"]))}


def _tier_rows(by_tier: pd.DataFrame, values: Sequence[Decimal], shares: Sequence[Decimal]) -> list[Row]:
    longest = max([*values, Decimal(1)])
    return [
        {
            "name": tier_name(level, str(label), " – "),
            "value": f"{number(value)} ({percent(share)})",
            "parts": [_tier(level, "") | {"width": float(value / longest)}],
        }
        for level, label, value, share in zip(_levels(by_tier), by_tier["label"], values, shares, strict=True)
    ]


def _told_apart(items: pd.DataFrame) -> list[str]:
    """The fields worth a chart: those with more than one value."""
    return [name for name in ("department", "group") if items[name].nunique() > 1]


def _by_field(items: pd.DataFrame, table: pd.DataFrame, guidance: Guidance, field: str) -> Row:
    measure: distribution.Measure = "converted_quantity"
    parts = distribution.by_field(items, table, guidance, field, order=measure)
    whole = total(parts[measure])
    if not whole:
        measure, whole = "count", Decimal(int(parts["count"].sum()))
        parts = distribution.by_field(items, table, guidance, field, order=measure)
    first, others = distribution.largest(parts, _MOST_BARS)
    groups = [(brief(str(name), _LONGEST), own) for (_value, name), own in first.groupby(["value", "name"], sort=False)]
    if n := others["value"].nunique():
        rest = others.groupby("level", sort=False, dropna=False)[measure].agg(list).map(_sum).reset_index()
        groups.append((ngettext("{n} other", "{n} others", n).format(n=number(n)), rest))
    sums = [_sum(own[measure]) for _name, own in groups]
    rows = [_stacked(name, own, measure, max(sums), whole) for name, own in groups]
    title = (
        _("{field}: most work in “{name}”, {share}")
        if measure != "count"
        else _("{field}: most items in “{name}”, {share}")
    )
    said = title.format(field=field_label(field), name=brief(groups[0][0], _IN_TITLE), share=percent(sums[0] / whole))
    every = [_sum(own[measure]) for _value, own in parts.groupby("value", sort=False)]
    return {"title": with_ties(said, every), "rows": rows}


def _stacked(name: str, own: pd.DataFrame, measure: str, longest: Decimal, whole: Decimal) -> Row:
    parts = [
        _tier(level, "") | {"width": float(_sum([value]) / longest)}
        for level, value in zip(_levels(own), own[measure], strict=True)
        if value
    ]
    amount = _sum(own[measure])
    return {"name": name, "parts": parts, "value": f"{number(amount)} ({percent(amount / whole)})"}


def _heaviest(items: pd.DataFrame, table: pd.DataFrame, figures: distribution.Figures) -> Row:
    amounts = [Decimal(0) if amount is None else amount for amount in table["converted_quantity"]]
    order = sorted((n for n, amount in enumerate(amounts) if amount > 0), key=lambda n: -amounts[n])[:_MOST_ITEMS]
    if not order:
        return {"title": _("No item has a converted quantity yet"), "rows": []}
    share = total(amounts[n] for n in order) / figures.converted_total
    levels = _levels(table)
    said = ngettext(
        "The heaviest item: {share} of the converted quantity",
        "The {n} heaviest items: {share} of the converted quantity",
        len(order),
    ).format(n=number(len(order)), share=percent(share))
    return {
        "title": ". ".join(filter(None, (said, as_heavy(amounts, len(order))))),
        "rows": [
            {
                "name": brief(
                    " – ".join(str(items[name].iat[n]) for name in ("code", "task") if items[name].iat[n]), _LONGEST
                ),
                "value": number(amounts[n]),
                "parts": [_tier(levels[n], "") | {"width": float(amounts[n] / amounts[order[0]])}],
            }
            for n in order
        ],
    }


def _findings(findings: Sequence[Finding]) -> Row:
    count = Counter(finding.level for finding in findings)
    n = count[Level.ERROR]
    title = ngettext(
        "{n} finding must be put right before approval", "{n} findings must be put right before approval", n
    )
    rows = [{"name": weight(level), "value": number(count[level])} for level in Level]
    return {"title": title.format(n=number(n)) if n else _("Nothing stands in the way of approval"), "rows": rows}


def _levels(table: pd.DataFrame) -> list[int | None]:
    column = "level" if "level" in table else "tier"
    return values_of(table[column])


def _tier(level: int | None, label: str) -> Row:
    colour = tier_colour(level)
    return {"mark": "–" if level is None else str(level), "colour": colour, "on": text_on(colour), "name": label}


def _in_words(by_tier: pd.DataFrame, row: int) -> str:
    return brief(str(by_tier["label"].iat[row]), _IN_TITLE)


def _sum(values: Sequence[object] | pd.Series) -> Decimal:
    return total(Decimal(value) for value in values if isinstance(value, (int, Decimal)))
