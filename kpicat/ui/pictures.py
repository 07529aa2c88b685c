"""Charts on a page: the figure, words for those who cannot see it, and its numbers in a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpicat import charts, distribution
from kpicat.convert import total
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number, percent
from kpicat.services.view import View

_FEW = 12  # rows shown whole, without an empty grid below them
_DRAWN = 12  # bars at most: more would be slivers, and longer than a projected page
_WIDTHS = {  # pixels; at 1280 every figure of a line is in sight, the product fills what is left
    "code": 70,
    "task": 265,
    "tier": 55,
    "points": 60,
    "coefficient": 110,
    "quantity": 85,
    "converted_quantity": 130,
    "converted_points": 115,
}
_CONFIG = {"displayModeBar": False, "displaylogo": False}


def by_tier(view: View, measure: Measure, *, key: str, with_numbers: bool = True) -> None:
    """How the items, or the converted quantity, are spread over the tiers."""
    table = distribution.by_tier(view.table, view.guidance)
    alt = charts.alt_text(table, measure)
    st.plotly_chart(charts.tier_bars(table, measure), key=key, config=_CONFIG, alt=alt)
    if with_numbers:
        with st.expander(_("The numbers"), key=f"{key}_numbers"):
            _numbers(_tier_numbers(table), key=f"{key}_table", alt=alt, words=2)


def by_field(view: View, field: str, measure: Measure, *, share: bool, key: str) -> None:
    """The same for each group, department or position: the largest drawn, every one in the table."""
    table = distribution.by_field(view.items, view.table, view.guidance, field, order=measure)
    drawn, others = distribution.largest(table, _DRAWN)
    alt = _("Distribution over the tiers by {field}; the numbers are in the table below.").format(
        field=field_label(field)
    )
    st.plotly_chart(charts.field_bars(drawn, measure, share=share), key=key, config=_CONFIG, alt=alt)
    if len(others):
        st.caption(_left_to_the_table(drawn, others, measure))
    with st.expander(_("The numbers"), key=f"{key}_numbers"):
        _numbers(_field_numbers(table, field, measure), key=f"{key}_table", alt=alt, words=1)


def _left_to_the_table(drawn: pd.DataFrame, others: pd.DataFrame, measure: Measure) -> str:
    """How many values a chart does not draw, and what they hold together."""
    n, held = others["value"].nunique(), total(others[measure])
    everything = held + total(drawn[measure])
    sentence = ngettext(
        "The {shown} largest are drawn; {n} other has {amount} ({share}), see the numbers below.",
        "The {shown} largest are drawn; {n} others have {amount} together ({share}), see the numbers below.",
        n,
    )
    share = percent(held / everything if everything else 0)
    return sentence.format(shown=_DRAWN, n=number(n), amount=charts.amount(held, measure), share=share)


def converted_points(view: View, *, key: str) -> None:
    """The converted catalogue (Bước 4), line by line."""
    table = distribution.converted_points(view.items, view.table)
    numbers = [name for name in table.columns if name not in ("code", "task", "product")]
    shown = table.assign(**{name: table[name].map(number, na_action="ignore").fillna("") for name in numbers})
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        height="content" if len(shown) <= _FEW else 480,
        column_order=["code", "task", *numbers, "product"],
        column_config={
            name: st.column_config.TextColumn(
                field_label(name), width=_WIDTHS.get(name), alignment="right" if name in numbers else None
            )
            for name in table.columns
        },
        alt=_("Converted points of every item"),
    )


def _numbers(table: pd.DataFrame, *, key: str, alt: str, words: int) -> None:
    """A table of written numbers, right-aligned after the first ``words`` columns."""
    st.dataframe(
        table,
        hide_index=True,
        key=key,
        height="content" if len(table) <= _FEW else 480,
        column_config={name: st.column_config.TextColumn(alignment="right") for name in table.columns[words:]},
        alt=alt,
    )


def _tier_numbers(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            field_label("tier"): table["label"],
            field_label("points"): table["range"],
            _("Items"): table["count"].map(number),
            _("Share"): table["share"].map(percent),
            field_label("converted_quantity"): table["converted_quantity"].map(number),
            _("Share of converted quantity"): table["converted_share"].map(percent),
        }
    )


def _field_numbers(table: pd.DataFrame, field: str, measure: Measure) -> pd.DataFrame:
    """One row a value, largest first: each tier, their total, and its share of everything."""
    names = table.drop_duplicates("value").set_index("value")["name"]
    legend = table[["level", "label"]].drop_duplicates()
    headings = [label if pd.isna(level) else f"{_('Tier')} {level}" for level, label in legend.values]
    parts = table[measure].to_numpy("object").reshape(len(names), len(headings))
    wholes = [total(row) for row in parts]
    everything = total(wholes)
    rows = pd.DataFrame({field_label(field): names.array})
    for place, heading in enumerate(headings):
        rows[heading] = [number(part) for part in parts[:, place]]
    rows[_("Total")] = [number(whole) for whole in wholes]
    rows[_("Share")] = [percent(whole / everything if everything else 0) for whole in wholes]
    return rows
