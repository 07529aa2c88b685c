"""How well the catalogue keeps the principles, and what to put right first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpicat import charts
from kpicat.exchange.outgoing import weight
from kpicat.language import _, number, percent
from kpicat.model import Level
from kpicat.services import appraising
from kpicat.ui import frame, grid_view, pictures
from kpicat.ui.checking import held, manual, papers
from kpicat.ui.checking.held import FINDINGS, GRID

_CONFIG = {"displayModeBar": False, "displaylogo": False}


def overview(desk: frame.Desk) -> None:
    """The figures, the bars or the table by unit, and what comes first."""
    _figures(desk)
    if not appraising.open_findings(desk.view):
        manual.all_is_well()
    left, right = st.columns([3, 2], gap="large")
    with left:
        ways = {False: _("The whole catalogue"), True: _("By unit")}
        by_unit = st.segmented_control(
            _("Principles kept"), list(ways), format_func=ways.__getitem__, default=False, required=True,
            key=f"{GRID}_by_unit",
        )  # fmt: skip
        (_units if by_unit else _bars)(desk)
    with right:
        _first(desk)
        papers.remarks(desk)


def _figures(desk: frame.Desk) -> None:
    found = appraising.open_findings(desk.view)
    whole = appraising.compliance(desk.view).whole
    with st.container(horizontal=True, key=f"{GRID}_figures"):
        st.metric(_("Lines that keep every principle"), f"{number(whole.kept)} / {number(whole.of)}", border=True)
        for level in Level:
            n = sum(finding.level is level for finding in found)
            st.metric(f"{held.sign(level)} {weight(level)}", number(n), border=True)
        st.metric(_("Left as they are"), number(len(appraising.decided(desk.view))), border=True)


def _bars(desk: frame.Desk) -> None:
    shares = appraising.compliance(desk.view).by_principle
    bars = [charts.Kept(key, appraising.principle_name(key), share.kept, share.of) for key, share in shares.items()]
    key = f"{GRID}_bars"

    def chosen() -> None:
        if points := st.session_state[key].selection.points:
            held.show(FINDINGS, principle=points[0]["customdata"][0])

    st.plotly_chart(
        charts.principle_bars(bars, _("Lines that keep each principle")), key=key, config=_CONFIG, on_select=chosen,
        selection_mode="points", alt="; ".join(f"{bar.label}: {bar.words}" for bar in bars),
    )  # fmt: skip
    st.caption(_("Click a bar to see what does not keep the principle."))
    with st.expander(_("The numbers"), key=f"{GRID}_bars_numbers", on_change="rerun") as opened:
        if opened.open:
            told = charts.principle_chart(bars)
            pictures.numbers(told.table(), key=f"{GRID}_bars_table", alt=told.title, words=1)


def _units(desk: frame.Desk) -> None:
    """Principle by unit; a click leads to what is found there."""
    by_unit = appraising.compliance(desk.view).by_unit
    units = list(by_unit)
    titles = {appraising.principle_name(key): key for kept in by_unit.values() for key in kept.by_principle}
    rows = [
        [unit or _("without a unit"), number(kept.whole.of), *(percent(s.share) for s in kept.by_principle.values())]
        for unit, kept in by_unit.items()
    ]
    shown = pd.DataFrame(rows, columns=[_("Unit"), _("Lines"), *titles], dtype="str")
    key = f"{GRID}_units_{frame.fingerprint(units)}"

    def chosen() -> None:
        if cells := st.session_state[key].selection.cells:
            row, column = cells[0]
            held.show(FINDINGS, units=[units[row]], principle=titles.get(column))

    st.dataframe(
        shown, hide_index=True, key=key, row_height=grid_view.ROW,
        height=min(480, grid_view.HEADER + grid_view.ROW * len(units) + 2),
        column_config={_("Unit"): st.column_config.TextColumn(width=220, pinned=True)},
        selection_mode="single-cell", on_select=chosen, alt=_("Principles kept, by unit"),
    )  # fmt: skip
    st.caption(_("Click a share to see what the unit has to put right."))


def _first(desk: frame.Desk) -> None:
    if not (advice := appraising.first_to_fix(desk.view)):
        return
    st.markdown(f"#### {_('What to put right first')}")
    for n, one in enumerate(advice):
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{held.sign(one.level)} {frame.plain_text(one.words)}", width="stretch")
            st.button(
                _("Put right"), key=f"{GRID}_first_{n}", icon=":material/arrow_forward:", icon_position="right",
                on_click=held.show, args=(FINDINGS, desk.view.catalogue.id, one.check),
            )  # fmt: skip
