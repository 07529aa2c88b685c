"""Before and after on the page: the figures, the charts side by side, the lines that move, the principles."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from kpicat import charts, checks, distribution
from kpicat.charts import Chart
from kpicat.convert import EXACT, total
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, language, ngettext, number, signed
from kpicat.scenario import Difference, Side
from kpicat.services import View, bulk
from kpicat.services.view import written
from kpicat.ui import frame
from kpicat.ui.trying.held import PREFIX

T = TypeVar("T")
_DRAWN = 8  # bars of a field at most, twice on one line
_FEW = 10  # rows shown whole
_CELLS = ("tier", "points", "coefficient", "converted_quantity")
_CONFIG = {"displayModeBar": False, "displaylogo": False}


def figures(view: View, found: Difference) -> None:
    """All that becomes of the catalogue.

    Args:
        view: What the scenario is tried on.
        found: What becomes of it.
    """
    _numbers(found)
    measures: dict[Measure, str] = {
        "count": _("Number of items"),
        "converted_quantity": field_label("converted_quantity"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = st.segmented_control(
            _("Measured by"), list(measures), format_func=measures.__getitem__, default="converted_quantity",
            required=True, key=f"{PREFIX}_measure",
        )  # fmt: skip
        field = st.segmented_control(
            _("Split by"), ["department", "group", "position"], format_func=field_label, default="department",
            required=True, key=f"{PREFIX}_field",
        )  # fmt: skip
    _by_tier(view, found, measure)
    _by_field(view, found, field, measure)
    _lines(view, found)
    _principles(view, found)


# -- the figures ---------------------------------------------------------------


def _numbers(found: Difference) -> None:
    before, after = found.before, found.after
    with st.container(horizontal=True, key=f"{PREFIX}_figures"):
        st.metric(_("Lines that move"), number(len(found.lines)), border=True, height="stretch")
        _metric(_("Mean coefficient"), found, lambda side: side.figures.mean_coefficient)
        _metric(field_label("converted_quantity"), found, lambda side: side.figures.converted_total)
        _metric(
            _("Unevenness of load"), found, lambda side: side.balance,
            help=_("Gini coefficient of the positions' loads: 0 where all carry the same, near 1 where one has all."),
        )  # fmt: skip
        st.metric(
            _("New findings"), number(len(found.broken)),
            delta=ngettext("{n} settled", "{n} settled", len(found.mended)).format(n=number(len(found.mended)))
            if found.mended else None,
            delta_color="off", delta_arrow="off", border=True, height="stretch",
        )  # fmt: skip
    scales = [", ".join(tier.range for tier in side.guidance.tiers) for side in (before, after)]
    if scales[0] != scales[1]:
        st.caption(_("Marks: {before} → {after}").format(before=scales[0], after=scales[1]))


def _metric(label: str, found: Difference, of: Callable[[Side], Decimal | None], help: str | None = None) -> None:
    """A figure after, and by how much it is another."""
    old, new = of(found.before), of(found.after)
    moved = EXACT.subtract(new, old) if old is not None and new is not None else Decimal(0)
    delta = signed(moved) if moved else None
    st.metric(label, number(new) or "–", delta=delta, delta_color="off", border=True, help=help, height="stretch")


# -- charts --------------------------------------------------------------------

_Drawn = tuple[go.Figure, Chart]
"""A figure without its title, which stands above it as wide as there is room, and what it says."""


def _once(view: View, name: Hashable, draw: Callable[[], T]) -> T:
    """What is drawn of the catalogue as it is: made once a view, while a slider moves the other side."""
    return view.own.get(("drawn as it is", language(), name), draw)


def _pair(name: str, before: _Drawn, after: _Drawn) -> None:
    words = _("As it is"), _("In the scenario")
    figures = charts.on_one_scale(before[0], after[0])
    columns = st.columns(2, gap="small", vertical_alignment="bottom")  # the bars stand level, whatever a title takes
    for place, (column, figure) in enumerate(zip(columns, figures, strict=True)):
        with column:
            shown = (before, after)[place][1]
            st.markdown(f"**{words[place]}** · {frame.plain_text(shown.title)}")
            alt = f"{words[place]}: {shown.alt}"
            st.plotly_chart(figure, key=f"{PREFIX}_{name}_{place}", config=_CONFIG, alt=alt)


def _by_tier(view: View, found: Difference, measure: Measure) -> None:
    def drawn(side: Side) -> _Drawn:
        shown = charts.tier_chart(side.by_tier(), measure)
        return charts.draw(shown, titled=False), shown

    _pair("tiers", _once(view, ("tiers", measure), lambda: drawn(found.before)), drawn(found.after))


def _bars(table: pd.DataFrame, measure: Measure) -> _Drawn:
    shown = charts.field_chart(table, measure, most=None)
    return charts.draw(shown, titled=False), shown


def _by_field(view: View, found: Difference, field: str, measure: Measure) -> None:
    """The largest as they are, and the same ones after."""

    def draw() -> tuple[pd.DataFrame, dict[str, int], int, _Drawn]:
        before = found.before.by_field(field, measure)
        largest, others = distribution.largest(before, _DRAWN)
        order = {value: place for place, value in enumerate(largest["value"].drop_duplicates())}
        return before, order, others["value"].nunique(), _bars(largest, measure)

    before, order, n, drawn = _once(view, (field, measure), draw)
    after = found.after.by_field(field, measure)
    same = after[after["value"].isin(order)].sort_values("value", key=lambda each: each.map(order), kind="stable")
    _pair(f"by_{field}", drawn, _bars(same, measure))
    if n:
        say = ngettext("{n} other is not drawn.", "{n} others are not drawn.", n)
        st.caption(say.format(n=number(n)))
    with st.expander(_("The numbers"), key=f"{PREFIX}_numbers", on_change="rerun") as opened:
        if opened.open:
            _totals(field, before, after, measure)


def _totals(field: str, before: pd.DataFrame, after: pd.DataFrame, measure: Measure) -> None:
    """Each value's total before and after, and what it gains."""
    old, new = (_sums(table, measure) for table in (before, after))
    names = before.drop_duplicates("value").set_index("value")["name"]
    rows = [(names[value], *_moved(old[value], new[value])) for value in old]
    _table(
        [field_label(field), _("As it is"), _("In the scenario"), _("Difference")],
        rows, key="totals", words=1,
    )  # fmt: skip


def _sums(table: pd.DataFrame, measure: Measure) -> dict[str, Decimal]:
    return {str(value): total(rows[measure]) for value, rows in table.groupby("value", sort=False)}


def _moved(old: Decimal, new: Decimal) -> tuple[str, str, str]:
    """A sum before and after, and what it gains, as people write them."""
    return written(old), written(new), written(EXACT.subtract(new, old))


# -- lines and principles --------------------------------------------------------


def _lines(view: View, found: Difference) -> None:
    """Every line whose coefficient moves; made only where somebody looks."""
    words = ngettext("{n} line whose coefficient moves", "{n} lines whose coefficient moves", len(found.lines))
    with st.expander(words.format(n=number(len(found.lines))), key=f"{PREFIX}_lines", on_change="rerun") as opened:
        if not opened.open:
            return
        called = view.own.get("names", lambda: bulk.names(view))
        headings = [_("Row"), *map(field_label, _CELLS)]
        columns = [[called[row] for row in found.lines.index.tolist()]]
        for name in _CELLS:
            pairs = zip(found.lines[f"{name}_before"], found.lines[f"{name}_after"], strict=True)
            columns.append([written(new) if old == new else f"{written(old)} → {written(new)}" for old, new in pairs])
        _table(headings, list(zip(*columns, strict=True)), key="lines_table", words=1)


def _principles(view: View, found: Difference) -> None:
    """What is newly found, by principle."""
    if not found.broken:
        return
    st.markdown(f"#### {_('Principles newly broken')}")
    by_check: dict[str, list[str]] = {}
    for finding in found.broken:
        by_check.setdefault(finding.check, []).append(finding.message)
    for check, messages in by_check.items():
        words = ngettext("{n} finding", "{n} findings", len(messages)).format(n=number(len(messages)))
        title = f"{frame.plain_text(checks.principle(check))} · {words}"
        with st.expander(title, key=f"{PREFIX}_broken_{check}", on_change="rerun") as opened:
            if opened.open:
                _table([_("What was found")], [(message,) for message in messages], key=f"broken_{check}", words=1)


def _table(headings: list[str], rows: Sequence[tuple[str, ...]], *, key: str, words: int) -> None:
    """A table of written cells, right-aligned after the first ``words`` columns; long ones are sent bit by bit."""
    st.dataframe(
        pd.DataFrame(rows, columns=headings, dtype="str"),
        hide_index=True,
        key=f"{PREFIX}_{key}",
        height="content" if len(rows) <= _FEW else 400,
        lazy=True if len(rows) > 500 else None,
        column_config={name: st.column_config.TextColumn(alignment="right") for name in headings[words:]},
        alt=headings[0],
    )
