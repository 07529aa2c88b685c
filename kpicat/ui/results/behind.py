"""What is behind a chart: the items, and what makes their work as much as it is."""

from __future__ import annotations

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
    """The items behind what is shown: of all, in catalogue order; of a part, the heaviest first."""
    n = len(part.items)
    whole = part.filter.everything
    title = _("Converted points of every item") if whole else ngettext("{n} item behind it", "{n} items behind it", n)
    st.markdown(f"#### {title.format(n=number(n))}")
    listed, table = part.items, part.table
    if not whole:
        amounts: list[Decimal | None] = table["converted_quantity"].tolist()
        order = sorted(range(n), key=lambda place: amounts[place] or 0, reverse=True)
        listed, table = listed.iloc[order], table.iloc[order]
    shown = list(page_of(range(n), PAGE, _("Rows shown"), "dashboard_rows"))
    listed, table = listed.iloc[shown], table.iloc[shown]
    pictures.converted_points(listed, table, key="dashboard_points", alt=title.format(n=number(n)))
