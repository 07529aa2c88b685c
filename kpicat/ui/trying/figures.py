"""Before and after on the page: the figures, the charts side by side, the lines that move, the principles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from kpicat import charts, checks, distribution
from kpicat.distribution import Measure
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.scenario import Difference, Side
from kpicat.services import View, bulk
from kpicat.services.view import written
from kpicat.ui import frame
from kpicat.ui.trying.held import PREFIX

_DRAWN = 8  # bars of a field at most, twice on one line
_FEW = 10  # rows shown whole
_CONFIG = {"displayModeBar": False, "displaylogo": False}
_LOADS = 60  # positions listed at most


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
    tables = [side.by_tier() for side in (found.before, found.after)]
    _pair(
        "tiers", *(charts.tier_bars(table, measure) for table in tables),
        alts=[charts.alt_text(table, measure) for table in tables],
    )  # fmt: skip
    _by_field(found, field, measure)
    if field == "position":
        _loads(found)
    _lines(view, found)
    _principles(view, found)


# -- the figures ---------------------------------------------------------------


def _numbers(found: Difference) -> None:
    before, after = found.before, found.after
    with st.container(horizontal=True, key=f"{PREFIX}_figures"):
        st.metric(_("Lines whose coefficient moves"), number(len(found.lines)), border=True)
        _metric(_("Mean coefficient"), found, lambda side: side.figures.mean_coefficient)
        _metric(_("Converted total (standard units)"), found, lambda side: side.figures.converted_total)
        _metric(
            _("Unevenness of load"), found, lambda side: side.balance,
            help=_("Gini coefficient of the positions' loads: 0 where all carry the same, near 1 where one has all."),
        )  # fmt: skip
        st.metric(
            _("Findings that are new"), number(len(found.broken)),
            delta=ngettext("{n} settled", "{n} settled", len(found.mended)).format(n=number(len(found.mended)))
            if found.mended else None,
            delta_color="off", delta_arrow="off", border=True,
        )  # fmt: skip
    scales = [", ".join(tier.range for tier in side.guidance.tiers) for side in (before, after)]
    if scales[0] != scales[1]:
        st.caption(_("Marks: {before} → {after}").format(before=scales[0], after=scales[1]))


def _metric(label: str, found: Difference, of: Callable[[Side], Decimal | None], help: str | None = None) -> None:
    """A figure after, and by how much it is another."""
    old, new = of(found.before), of(found.after)
    moved = new - old if old is not None and new is not None else Decimal(0)
    delta = f"{'+' if moved > 0 else ''}{number(moved)}" if moved else None
    st.metric(label, number(new) or "–", delta=delta, delta_color="off", border=True, help=help)


# -- charts --------------------------------------------------------------------


def _pair(name: str, before: object, after: object, *, alts: list[str]) -> None:
    charts.on_one_scale(before, after)
    words = [_("As it is"), _("In the scenario")]
    for place, (column, figure) in enumerate(zip(st.columns(2, gap="small"), (before, after), strict=True)):
        with column:
            st.markdown(f"**{words[place]}**")
            st.plotly_chart(
                figure, key=f"{PREFIX}_{name}_{place}", config=_CONFIG, alt=f"{words[place]}: {alts[place]}"
            )


def _by_field(found: Difference, field: str, measure: Measure) -> None:
    """The largest as they are, and the same ones after."""
    before, after = (side.by_field(field, measure) for side in (found.before, found.after))
    drawn, others = distribution.largest(before, _DRAWN)
    order = {value: place for place, value in enumerate(drawn["value"].drop_duplicates())}
    same = after[after["value"].isin(order)]
    same = same.sort_values("value", key=lambda values: values.map(order), kind="stable")
    alt = _("Distribution over the tiers by {field}").format(field=field_label(field))
    _pair(f"by_{field}", *(charts.field_bars(table, measure) for table in (drawn, same)), alts=[alt, alt])
    if n := others["value"].nunique():
        say = ngettext("{n} other is not drawn.", "{n} others are not drawn.", n)
        st.caption(say.format(n=number(n)))
    with st.expander(_("The numbers"), key=f"{PREFIX}_numbers", on_change="rerun") as opened:
        if opened.open:
            _totals(field, before, after, measure)


def _totals(field: str, before: pd.DataFrame, after: pd.DataFrame, measure: Measure) -> None:
    """Each value's total before and after, and what it gains."""
    sums = [table.groupby("value", sort=False)[measure].sum() for table in (before, after)]
    names = before.drop_duplicates("value").set_index("value")["name"]
    rows = [
        (names[value], old, sums[1][value], sums[1][value] - old)
        for value, old in zip(sums[0].index, sums[0], strict=True)
    ]
    _table(
        [field_label(field), _("As it is"), _("In the scenario"), _("Difference")],
        [(name, *(written(Decimal(cell)) for cell in cells)) for name, *cells in rows],
        key="totals", words=1,
    )  # fmt: skip


def _loads(found: Difference) -> None:
    """The load of each position and what it is held against the mean of all."""
    named = [position for position in found.before.loads if position][:_LOADS]
    if not named:
        return
    rows = []
    for position in named:
        old, new = found.before.loads[position], found.after.loads[position]
        rows.append((position, written(old), written(new), written(new - old)))
    with st.expander(_("Load of each position"), key=f"{PREFIX}_loads"):
        headings = [field_label("position"), _("As it is"), _("In the scenario"), _("Difference")]
        _table(headings, rows, key="loads_table", words=1)


# -- lines and principles --------------------------------------------------------


def _lines(view: View, found: Difference) -> None:
    """Every line whose coefficient moves; made only where somebody looks."""
    words = ngettext("{n} line whose coefficient moves", "{n} lines whose coefficient moves", len(found.lines))
    with st.expander(words.format(n=number(len(found.lines))), key=f"{PREFIX}_lines", on_change="rerun") as opened:
        if not opened.open:
            return
        called = view.own.get("names", lambda: bulk.names(view))
        headings = [_("Row")]
        columns: list[list[str]] = [[called[row] for row in found.lines.index.tolist()]]
        for name in ("tier", "points", "coefficient", "converted_quantity"):
            for when, said in (("before", _("before")), ("after", _("after"))):
                headings.append(f"{field_label(name)} {said}")
                columns.append([written(cell) for cell in found.lines[f"{name}_{when}"].tolist()])
        _table(headings, list(zip(*columns, strict=True)), key="lines_table", words=1)


def _principles(view: View, found: Difference) -> None:
    """What is newly found, by principle."""
    if not found.broken:
        return
    st.markdown(f"##### {_('Principles newly broken')}")
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
