"""Charts on a page: the figure, words for those who cannot see it, and its numbers in a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpicat import charts, distribution
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, number, percent
from kpicat.services.view import View

_FEW = 12  # rows shown whole, without an empty grid below them
_CONFIG = {"displayModeBar": False, "displaylogo": False}


def by_tier(view: View, measure: Measure, *, key: str, with_numbers: bool = True) -> None:
    """How the items, or the converted quantity, are spread over the tiers."""
    table = distribution.by_tier(view.table, view.guidance)
    alt = charts.alt_text(table, measure)
    st.plotly_chart(charts.tier_bars(table, measure), key=key, config=_CONFIG, alt=alt)
    if with_numbers:
        with st.expander(_("The numbers"), key=f"{key}_numbers"):
            st.dataframe(_tier_numbers(table), hide_index=True, key=f"{key}_table", alt=alt)


def by_field(view: View, field: str, measure: Measure, *, share: bool, key: str) -> None:
    """The same for each group, department or position."""
    table = distribution.by_field(view.items, view.table, view.guidance, field, order=measure, limit=30)
    alt = _("Distribution over the tiers by {field}; the numbers are in the table below.").format(
        field=field_label(field)
    )
    st.plotly_chart(charts.field_bars(table, measure, share=share), key=key, config=_CONFIG, alt=alt)
    with st.expander(_("The numbers"), key=f"{key}_numbers"):
        st.dataframe(_field_numbers(table, field), hide_index=True, key=f"{key}_table", alt=alt)


def converted_points(view: View, *, key: str) -> None:
    """The converted catalogue (Bước 4), line by line."""
    table = distribution.converted_points(view.items, view.table)
    numbers = [name for name in table.columns if name not in ("code", "task", "product")]
    shown = table.assign(**{name: table[name].map(number, na_action="ignore").fillna("") for name in numbers})
    words = {name: st.column_config.TextColumn(field_label(name)) for name in ("code", "task", "product")}
    figures = {name: st.column_config.TextColumn(field_label(name), alignment="right") for name in numbers}
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        height="content" if len(shown) <= _FEW else 480,
        column_config=words | figures,
        alt=_("Converted points of every item"),
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


def _field_numbers(table: pd.DataFrame, field: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            field_label(field): table["name"],
            field_label("tier"): table["label"],
            _("Items"): table["count"].map(number),
            field_label("converted_quantity"): table["converted_quantity"].map(number),
        }
    )[table["count"] > 0]
