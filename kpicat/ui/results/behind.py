"""What is behind a chart: the items, and what makes their work as much as it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from kpicat.charts import amount, as_heavy, with_others
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.services import results
from kpicat.services.results import Part, Why
from kpicat.ui import frame, pictures
from kpicat.ui.paging import page_of
from kpicat.ui.results.asking import Asked, narrow

PAGE = 300
"""Rows sent at once: what a person reads, and light on the line."""


def why(part: Part, wanted: Asked) -> None:
    """Why is this high: told when it is opened."""
    with st.expander(_("Why is this high?"), key="dashboard_why", icon=":material/help:", on_change="rerun") as opened:
        if opened.open:
            _tell(part, results.why(part), wanted)


def _tell(part: Part, found: Why, wanted: Asked) -> None:
    if found.amount <= 0:
        st.markdown(_("Nothing here is counted yet: give the items a tier (or points) and a quantity."))
        return
    st.markdown("\n".join(f"- {frame.plain_text(line)}" for line in _reasons(found, wanted)))
    st.markdown(f"**{_('What contributes most')}**")
    for place, one in enumerate(found.items):
        st.button(
            frame.plain_text(
                _("{task}: {quantity} × {coefficient} = {amount} ({share})").format(
                    task=one.name or "–", quantity=number(one.quantity), coefficient=number(one.coefficient),
                    amount=number(one.amount), share=percent(one.part),
                )
            ),
            key=f"dashboard_why_{place}", type="tertiary", on_click=narrow, args=([{"item": one.value}],),
        )  # fmt: skip
    if said := as_heavy(part.table["converted_quantity"].tolist(), len(found.items)):
        st.caption(said)


def _reasons(found: Why, wanted: Asked) -> list[str]:
    """Number, quantity and difficulty beside those of the whole, and who has most of it."""
    said = [amount(found.amount, "converted_quantity")]
    if not wanted.filter.everything:
        said = [
            _("{amount}: {work} of the catalogue's work, by {items} of its items.").format(
                amount=said[0], work=percent(found.of_work), items=percent(found.of_items)
            )
        ]
        pairs = (
            (_("mean quantity"), found.quantity, found.all_quantity),
            (_("mean coefficient"), found.coefficient, found.all_coefficient),
        )
        for what, here, everywhere in pairs:
            if here is not None and everywhere is not None and here != everywhere:
                higher = _("The {what} is higher here: {here}, in the catalogue {all}.")
                lower = _("The {what} is lower here: {here}, in the catalogue {all}.")
                words = higher if here > everywhere else lower
                said.append(words.format(what=what, here=number(here), all=number(everywhere)))
    for one in found.fields:
        most = _("{field}: “{name}” brings most, {amount} ({share}).").format(
            field=field_label(one.field), name=one.name, amount=number(one.amount), share=percent(one.part)
        )
        said.append(f"{with_others(most.removesuffix('.'), one.others)}.")
    return said


def items(part: Part) -> None:
    """The items behind what is shown: of a part, the heaviest first; of all, in catalogue order, when it is opened.

    So the table, which takes a browser as long as two charts, keeps nobody waiting who opens the page for its charts.
    """
    n = len(part.items)
    if part.filter.everything:
        title = _("Converted points of every item")
        with st.expander(title, key="dashboard_every", icon=":material/table_rows:", on_change="rerun") as opened:
            if opened.open:
                _listed(part, range(n), title)
        return
    title = ngettext("{n} item behind it", "{n} items behind it", n).format(n=number(n))
    st.markdown(f"#### {title}")
    amounts: list[Decimal | None] = part.table["converted_quantity"].tolist()
    _listed(part, sorted(range(n), key=lambda place: amounts[place] or 0, reverse=True), title)


def _listed(part: Part, order: Sequence[int], title: str) -> None:
    """The items at these places, a page at a time."""
    shown = list(page_of(order, PAGE, _("Rows shown"), "dashboard_rows"))
    pictures.converted_points(part.items.iloc[shown], part.table.iloc[shown], key="dashboard_points", alt=title)
