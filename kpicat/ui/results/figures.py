"""The figures a leader asks for first, each with what it changed since an earlier moment."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from decimal import Decimal

import streamlit as st

from kpicat.convert import EXACT
from kpicat.distribution import Figures, share
from kpicat.language import _, ngettext, number, percent, percentage_points, signed
from kpicat.services.results import Part
from kpicat.ui import frame

_Number = Decimal | int | None


def figures(now: Part, then: Part | None) -> None:
    """The row of figures.

    Args:
        now: What is looked at.
        then: The same items' part at the earlier moment; None where there is none to hold it against.
    """
    with st.container(horizontal=True, key="dashboard_figures"):
        _figure(_("Items"), now, then, lambda part: len(part.items))
        st.metric(_("Standard unit"), _standard(now) or _("not chosen"), border=True, height="stretch")
        _figure(_("Mean coefficient"), now, then, lambda part: part.figures.mean_coefficient)
        _figure(_("Converted total (standard units)"), now, then, lambda part: part.figures.converted_total)
        _figure(
            _("Unevenness of load"), now, then, lambda part: part.balance,
            help=_("Gini coefficient of the positions' loads: 0 where all carry the same, near 1 where one has all."),
        )  # fmt: skip
        _figure(
            _("Only papers as product"), now, then, lambda part: share(len(part.papers), len(part.items)),
            write=percent, write_moved=percentage_points,
        )  # fmt: skip


def moved(now: _Number, then: _Number, write: Callable[[Decimal], str] = number) -> str | None:
    """By how much a number moved, with its sign; None where it did not."""
    if now is None or then is None or now == then:
        return None
    return signed(EXACT.subtract(Decimal(now), Decimal(then)), write)


def _figure(
    label: str,
    now: Part,
    then: Part | None,
    of: Callable[[Part], _Number],
    *,
    write: Callable[[Decimal], str] = number,
    write_moved: Callable[[Decimal], str] = number,
    help: str | None = None,
) -> None:
    value = of(now)
    delta = moved(value, of(then), write_moved) if then else None
    words = "–" if value is None else write(Decimal(value))
    st.metric(label, words, delta=delta, delta_color="off", border=True, help=help, height="stretch")


def _standard(part: Part) -> str:
    """The standard unit of the catalogue, whatever part of it is looked at."""
    view = part.view
    named = [str(view.value(one, "code") or view.value(one, "task")) for one in view.figures.standard_units]
    return frame.plain_text(textwrap.shorten(", ".join(named[:3]), 60, placeholder=" …"))


def lacking(found: Figures) -> None:
    """What is not in the converted quantity, and why."""
    said = [*_lacking(found)]
    if said:
        st.caption(f":material/info: {'; '.join(said)}. {_('They are not in the converted quantity.')}")


def _lacking(found: Figures) -> Sequence[str]:
    points = ngettext("{n} item has no points", "{n} items have no points", found.without_points)
    quantity = ngettext("{n} item has no quantity", "{n} items have no quantity", found.without_quantity)
    return [
        words.format(n=number(n))
        for words, n in ((points, found.without_points), (quantity, found.without_quantity))
        if n
    ]
