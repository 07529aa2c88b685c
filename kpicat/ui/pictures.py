"""Charts on a page: the sentence above, the figure, words for those who cannot see it, and its numbers in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from kpicat import charts, distribution
from kpicat.charts import Chart
from kpicat.labels import field_label
from kpicat.language import _, number
from kpicat.ui.plain import plain_text

Clicked = Callable[[Sequence[Mapping[str, object]]], None]
"""Is told of the marks that were clicked: for each, field -> value of the items behind it."""

_FEW = 12  # rows shown whole, without an empty grid below them
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
_DIGIT, _PADDING, _NAME = 9, 18, 300  # pixels a character takes, around it, of a name at most
_CONFIG = {"displayModeBar": False, "displaylogo": False}


def chart(
    shown: Chart,
    *,
    key: str,
    marks: str = "",
    clicked: Clicked | None = None,
    box: bool = False,
    whole: Callable[[], Chart] | None = None,
    below: Callable[[Chart], None] | None = None,
) -> None:
    """A described chart.

    Args:
        shown: What is drawn.
        marks: Another where other items are behind the marks: a browser keeps by it what was marked.
        clicked: Is told what the person marked; None for a chart that leads nowhere.
        box: A person marks by drawing a box instead of clicking.
        whole: The same chart with every category, for the table; None where all are drawn.
        below: Shows what else can be done with the chart, under its numbers.
    """
    st.markdown(f"#### {plain_text(shown.title)}")
    if clicked is None or shown.empty:
        figure = charts.draw(shown, titled=False)
        st.plotly_chart(figure, key=f"{key}_{marks}", config=_CONFIG, alt=shown.alt)
    else:
        _asking(shown, f"{key}_{marks}", clicked, box=box)
    if shown.note:
        st.caption(plain_text(shown.note))
    if not shown.empty:
        with st.expander(_("The numbers"), key=f"{key}_numbers", on_change="rerun") as opened:
            if opened.open:
                listed = whole() if whole else shown
                numbers(listed.table(), key=f"{key}_table", alt=listed.title, words=1)
                if below:
                    below(shown)


def _asking(shown: Chart, key: str, clicked: Clicked, *, box: bool) -> None:
    """A figure whose marks can be clicked, or boxed in."""
    fields = [[*next(filter(None, one.leads_to), {})] for one in shown.series]

    def marked() -> None:
        if leading := _leading(st.session_state[key].selection.points, fields):
            clicked(leading)

    figure = charts.draw(shown, titled=False)
    figure.update_layout(dragmode="select" if box else False)
    st.plotly_chart(
        figure, key=key, config=_CONFIG, alt=shown.alt, on_select=marked, selection_mode="box" if box else "points",
    )  # fmt: skip


def _leading(points: Sequence[Mapping[str, Any]], fields: Sequence[Sequence[str]]) -> list[dict[str, object]]:
    """What the marked points lead to, as far as they lead anywhere."""
    marks = []
    for point in points:
        place, values = point.get("curve_number", -1), point.get("customdata") or []
        if 0 <= place < len(fields) and len(values) == len(fields[place]) > 0:
            marks.append(dict(zip(fields[place], values, strict=True)))
    return marks


def converted_points(items: pd.DataFrame, table: pd.DataFrame, *, key: str, alt: str) -> None:
    """The converted catalogue (Bước 4), line by line."""
    table = distribution.converted_points(items, table)
    figures = [name for name in table.columns if name not in ("code", "task", "product")]
    written = {name: [number(None if pd.isna(cell) else cell) for cell in table[name].tolist()] for name in figures}
    shown = table.assign(**written)
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        height="content" if len(shown) <= _FEW else 480,
        column_order=["code", "task", *figures, "product"],
        column_config={
            name: st.column_config.TextColumn(
                field_label(name),
                width=_width(written[name], _WIDTHS.get(name, 0)) if name in figures else _WIDTHS.get(name),
                alignment="right" if name in figures else None,
            )
            for name in table.columns
        },
        alt=alt,
    )


def numbers(table: pd.DataFrame, *, key: str, alt: str, words: int) -> None:
    """A table of written numbers, right-aligned after the first ``words`` columns."""
    st.dataframe(
        table,
        hide_index=True,
        key=key,
        height="content" if len(table) <= _FEW else 480,
        column_config={name: _column(table[name], is_number=n >= words) for n, name in enumerate(table.columns)},
        alt=alt,
    )


def _column(cells: pd.Series, *, is_number: bool) -> ColumnConfig:
    width = _width([str(cells.name), *cells.tolist()], 0)
    return st.column_config.TextColumn(
        width=width if is_number else min(width, _NAME), alignment="right" if is_number else None
    )


def _width(cells: Sequence[str], usual: int) -> int:
    """Pixels in which no number is cut off, however absurd."""
    return max(usual, _PADDING + _DIGIT * max(map(len, cells), default=0))
