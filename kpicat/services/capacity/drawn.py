"""Loads as a chart and as a table, a month at a time, as people think of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpicat.capacity import MONTHS, Load
from kpicat.charts import Chart, Series
from kpicat.convert import EXACT, total
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.palette import BAD, GOOD, UNTIERED

MOST_DRAWN = 20
OVER, WITHIN, UNKNOWN = BAD, GOOD, UNTIERED
_DECIMALS = 1


def a_month(a_year: Decimal) -> Decimal:
    """A twelfth."""
    return EXACT.divide(a_year, Decimal(MONTHS))


def state(load: Load) -> str:
    """How a load stands to its capacity, in words, a month; "" where no capacity is known."""
    if load.over is None:
        return ""
    if load.over > 0:
        return _("over by {n}").format(n=shown(load.over))
    return _("room for {n}").format(n=shown(-load.over)) if load.over else _("just full")


def words(load: Load) -> str:
    """Load, capacity and the share it takes, a month: "12,5 / 10 (125,0 %)"."""
    own = shown(load.load)
    if load.capacity is None:
        return own
    share = f" ({percent(load.used)})" if load.used is not None else ""
    return f"{own} / {shown(load.capacity)}{share}"


def shown(a_year: Decimal) -> str:
    """A load or a capacity of a year, a month of it."""
    return number(a_month(a_year), _DECIMALS)


def chart(loads: Sequence[Load], field: str, *, most: int | None = MOST_DRAWN) -> Chart:
    """One bar a position or department: those most over their capacity first, then the heaviest.

    Args:
        loads: As :func:`kpicat.capacity.loads` gives.
        field: By what they were looked at.
        most: How many are drawn; None for all.
    """
    drawn = sorted(loads, key=lambda load: (load.over or Decimal(0), load.load), reverse=True)
    first, left = drawn[:most], drawn[most or len(drawn) :]
    over = [load for load in loads if load.over is not None and load.over > 0]
    known = [load for load in loads if load.capacity is not None]
    title = _title(over, known)
    names, said = tuple(load.name for load in first), tuple(words(load) for load in first)
    parts = (f"{name}: {each}" for name, each in zip(names, said, strict=True))
    others = ngettext(
        "{n} other, no further over, is not drawn.", "{n} others, no further over, are not drawn.", len(left)
    )
    series = Series(
        "", WITHIN, tuple(a_month(load.load) for load in first), said,
        colours=tuple(_colour(load) for load in first),
        told=tuple("\n".join(filter(None, (load.name, words(load), state(load)))) for load in first),
    )  # fmt: skip
    empty = "" if total(load.load for load in loads) else _("Nothing is planned yet: give items points and a quantity.")
    return Chart(
        f"capacity_{field}", "bars", title, f"{title}: {'; '.join(parts)}.", names, (series,),
        _("Standard units a month"), note=others.format(n=number(len(left))) if left else "",
        empty=empty, by=field_label(field),
    )  # fmt: skip


def _title(over: Sequence[Load], known: Sequence[Load]) -> str:
    if not known:
        return _("Planned load a month; nobody has said yet what people can carry")
    if not over:
        return ngettext(
            "The {n} that has a capacity carries no more than that",
            "None of the {n} that have a capacity carries more than that",
            len(known),
        ).format(n=number(len(known)))
    return ngettext(
        "{n} of {all} carries more than its capacity", "{n} of {all} carry more than their capacity", len(over)
    ).format(n=number(len(over)), all=number(len(known)))


def _colour(load: Load) -> str:
    if load.over is None:
        return UNKNOWN
    return OVER if load.over > 0 else WITHIN
