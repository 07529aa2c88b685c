"""The words of charts: amounts, tiers, names in a title, and what to say where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from kpicat.convert import total
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent

IN_TITLE = 47
"""Characters of a name in a title; whole beside its mark."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def measured(measure: Measure) -> str:
    """What a measure adds up, as the end of a title."""
    return {
        "count": _("Number of items"),
        "converted_quantity": _("Converted quantity (standard units a year)"),
        "converted_points": _("Converted points (a year)"),
    }[measure]


def unit(measure: Measure) -> str:
    """What a measure counts, as a heading."""
    return {
        "count": _("Items"),
        "converted_quantity": _("Standard units a year"),
        "converted_points": _("Points a year"),
    }[measure]


def amount(value: Decimal | int, measure: Measure) -> str:
    """So many items, standard units or points a year, in words and exact."""
    if measure == "count":
        return ngettext("{n} item", "{n} items", int(value)).format(n=number(value))
    if measure == "converted_points":
        return _("{n} points a year").format(n=number(value))
    return _("{n} standard units a year").format(n=number(value))


def short(value: Decimal) -> str:
    """A number beside its mark: at most one decimal, and short even where a quantity is absurd."""
    if abs(value) >= 10**9:
        digits, power = f"{value:.2E}".split("E")
        return f"{number(Decimal(digits))}×10{str(int(power)).translate(_RAISED)}"
    return number(value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def brief(name: str, most: int = IN_TITLE) -> str:
    """A name on one line in at most so many characters: of a long one its beginning and its end, where names differ."""
    name = " ".join(name.split())
    if len(name) <= most:
        return name
    half = (most - 3) // 2
    begin, end = name[:half].rpartition(" ")[0] or name[:half], name[-half:].partition(" ")[2] or name[-half:]
    return f"{begin} … {end}"


def field_of(field: str) -> str:
    """A field within a sentence."""
    return field_label(field).lower()


def alternative(title: str, parts: Iterable[str], whole: str = "") -> str:
    """A chart for those who cannot see it: its title, each of its numbers, and their total where there is one."""
    if not whole:
        return _("{title}: {parts}.").format(title=title, parts="; ".join(parts))
    return _("{title}: {parts}; {total} in all.").format(title=title, parts="; ".join(parts), total=whole)


def nothing(table: pd.DataFrame, measure: Measure) -> str:
    """What to say instead of an empty chart; "" where there is something to draw."""
    if (whole := total(Decimal(value) for value in table[measure])) > 0:
        return ""
    if whole < 0 or any(table[measure]):
        return below_nothing()
    if not any(table["count"]):
        return _("Nothing to show yet: add items to the catalogue.")
    return _("Nothing to show yet: give the items a tier (or points) and a quantity.")


def below_nothing() -> str:
    """What to say where quantities below nothing leave no whole of which anything is a part."""
    return _("Nothing to show: the quantities come to nothing or less; put those below zero right.")


def with_ties(words: str, values: Sequence[Decimal]) -> str:
    """Words about the largest of the values, and how many others are as large: who is named first is then not alone."""
    return with_others(words, values.count(max(values)) - 1)


def with_others(words: str, others: int) -> str:
    """Words about something of which so many others can be said as well."""
    if not others:
        return words
    said = ngettext("{words} (as is {n} other)", "{words} (as are {n} others)", others)
    return said.format(words=words, n=number(others))


def as_heavy(amounts: Sequence[Decimal | None], shown: int) -> str:
    """A sentence on the items that weigh as much as the last of the heaviest that are shown; "" where none does.

    Args:
        amounts: Of all items.
        shown: How many of the heaviest are.
    """
    ranked = sorted((amount for amount in amounts if amount and amount > 0), reverse=True)
    n = ranked[shown:].count(ranked[shown - 1]) if 0 < shown < len(ranked) else 0
    if not n:
        return ""
    said = ngettext(
        "{n} other weighs as much as the last of these.", "{n} others weigh as much as the last of these.", n
    )
    return said.format(n=number(n))


def in_brackets(words: str, part: Decimal) -> str:
    """A number and what part of the whole it is."""
    return f"{words} ({percent(part)})"
