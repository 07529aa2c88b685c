"""Up to four scenarios side by side, each held against the catalogue as it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpicat import charts
from kpicat.errors import InputError
from kpicat.labels import field_label
from kpicat.language import _, number, percent
from kpicat.model.scenarios import SavedScenario
from kpicat.scenario import Difference, Side, decode
from kpicat.services import scenarios
from kpicat.ui import frame
from kpicat.ui.told_apart import told_apart
from kpicat.ui.trying.held import PREFIX, called

_CONFIG = {"displayModeBar": False, "displaylogo": False}


def side_by_side(desk: frame.Desk, saved: Sequence[SavedScenario]) -> None:
    """Choose scenarios, see their figures in one table and their tiers in charts of one scale."""
    by_id, names = {each.id: each for each in saved}, told_apart(called(saved))
    chosen = st.multiselect(
        _("Scenarios to hold side by side"), list(by_id), format_func=names.__getitem__,
        default=list(by_id)[:2], max_selections=scenarios.MOST_COMPARED, key=f"{PREFIX}_compared_{len(by_id)}",
        placeholder=_("choose up to four"),
    )  # fmt: skip
    found: dict[str, Difference] = {}
    for id in chosen:
        try:
            found[id] = scenarios.tried(desk.view, decode(by_id[id].body))
        except InputError as error:
            say = _("“{name}” cannot be tried on the catalogue as it stands: {why}")
            st.warning(say.format(name=frame.plain_text(names[id]), why=frame.plain_text(str(error))))
    if not found:
        st.info(_("Keep scenarios first, then choose here which of them to hold side by side."))
        return
    sides = {_("As it is"): scenarios.before(desk.view)}
    sides |= {f"{n}. {names[id]}": difference.after for n, (id, difference) in enumerate(found.items(), start=1)}
    moved = ["–", *(number(len(difference.lines)) for difference in found.values())]
    broken = ["–", *(number(len(difference.broken)) for difference in found.values())]
    _table(sides, moved, broken)
    shown = [charts.tier_chart(side.by_tier(), "converted_quantity") for side in sides.values()]
    figures = charts.on_one_scale(*(charts.draw(chart, titled=False) for chart in shown))
    columns = [column for _row in range(0, len(sides), 2) for column in st.columns(2, vertical_alignment="bottom")]
    for place, (column, name, chart, figure) in enumerate(zip(columns, sides, shown, figures, strict=False)):
        with column:
            st.markdown(f"**{frame.plain_text(name)}** · {frame.plain_text(chart.title)}")
            st.plotly_chart(figure, key=f"{PREFIX}_side_{place}", config=_CONFIG, alt=chart.alt)


def _table(sides: dict[str, Side], moved: list[str], broken: list[str]) -> None:
    rows: dict[str, list[str]] = {
        _("Marks"): [", ".join(tier.range for tier in side.guidance.tiers) for side in sides.values()],
        _("Lines that move"): moved,
        _("Mean coefficient"): [number(side.figures.mean_coefficient) for side in sides.values()],
        _("Converted total (standard units)"): [number(side.figures.converted_total) for side in sides.values()],
        _("Unevenness of load"): [number(side.balance) or "–" for side in sides.values()],
        _("New findings"): broken,
    }
    levels = [tier.level for tier in next(iter(sides.values())).guidance.tiers]
    for level in levels:
        rows[f"{field_label('tier')} {level}"] = [percent(side.figures.shares[level]) for side in sides.values()]
    none = [float(side.table["tier"].isna().mean()) for side in sides.values()]
    if any(none):
        rows[_("No tier yet")] = [percent(share) for share in none]
    table = pd.DataFrame([(what, *cells) for what, cells in rows.items()], columns=["", *sides], dtype="str")
    st.dataframe(
        table, hide_index=True, key=f"{PREFIX}_sides", height="content",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in sides},
        alt=_("Scenarios to hold side by side"),
    )  # fmt: skip
