"""One work at several titles side by side, and one decision about all its lines."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from kpicat import services
from kpicat.errors import KpicatError
from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.matrix import Matrix, Row
from kpicat.palette import in_css, text_in_css, tier_colour
from kpicat.services import bulk, tiering
from kpicat.services.appraising.deciding import MOST_CHARACTERS
from kpicat.services.tiering import titles
from kpicat.services.view import View
from kpicat.ui import frame, grid_view, steps
from kpicat.ui.assigning import giving
from kpicat.ui.assigning.held import GRID, held_for

_IN_SIGHT = 9


def by_title(desk: frame.Desk) -> None:
    """The matrix, those that differ first, and the work that is open."""
    found, held = tiering.side_by_side(desk.view), held_for(desk.view.catalogue.id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{GRID}_titles_head"):
        steps.buttons(desk, GRID)
        differing = sum(row.differs and not titles.accepted(desk.view, row) for row in found.rows)
        words = ngettext(
            "{n} work has different tiers at different titles", "{n} works have different tiers at different titles",
            differing,
        )  # fmt: skip
        if found.rows:
            st.markdown(f"**{words.format(n=number(differing))}** / {number(len(found.rows))}", width="content")
    if not found.rows:
        words = _(
            "No work stands at two titles or more. Copy lines for other positions on the page “{page}”; "
            "their tiers are compared here."
        )
        st.info(words.format(page=_("Enter and edit")), icon=":material/table_view:")
        return
    _table(desk, found)
    row = next((row for row in found.rows if held.work in titles.lines_of_work(row)), None)
    if row is None:
        st.info(_("Click a work to decide about it at all titles."), icon=":material/ads_click:")
    else:
        _one(desk, row)


def _table(desk: frame.Desk, found: Matrix) -> None:
    """Work by title, each cell its tiers; a click opens a work, known by its first line."""
    held = held_for(desk.view.catalogue.id)
    firsts = [titles.lines_of_work(row)[0] for row in found.rows]
    key = f"{GRID}_titles_{frame.fingerprint((firsts, found.titles))}"

    def clicked() -> None:
        picked = st.session_state[key].selection
        if rows := [row for row, _column in picked.cells] or picked.rows:
            held.work = firsts[rows[0]]

    cells = [
        (_state(desk.view, row), row.name, *(_tiers(row.tiers.get(title, ())) for title in found.titles))
        for row in found.rows
    ]
    columns = [_("State"), field_label("task"), *found.titles]
    opened = [n for n, row in enumerate(found.rows) if held.work in titles.lines_of_work(row)]
    st.dataframe(
        pd.DataFrame(cells, columns=columns, dtype="str"),
        hide_index=True,
        key=key,
        height=grid_view.HEADER + grid_view.ROW * min(len(cells), _IN_SIGHT) + 2,
        row_height=grid_view.ROW,
        column_config={
            name: st.column_config.TextColumn(width=(130, 320, 150)[min(n, 2)]) for n, name in enumerate(columns)
        },
        selection_mode=["single-row", "single-cell"],
        selection_default={"selection": {"rows": opened}},
        on_select=clicked,
        alt=_("Tiers of each work by title"),
    )


def _state(view: View, row: Row) -> str:
    if not row.differs:
        return _("equal")
    return _("differ, accepted") if titles.accepted(view, row) else _("differ")


def _tiers(tiers: tuple[int | None, ...]) -> str:
    return " · ".join("–" if tier is None else _("tier {tier}").format(tier=tier) for tier in tiers)


def _one(desk: frame.Desk, row: Row) -> None:
    """The lines of a work, one tier for all of them, or why they differ."""
    st.markdown(f"#### {frame.plain_text(row.name)}")
    called = bulk.names(desk.view)
    lines = "".join(
        _line(title, called[item_id], tier)
        for title, ids in row.cells.items()
        for item_id, tier in zip(ids, row.tiers[title], strict=True)
    )
    st.html(f'<div class="kpicat-beside">{lines}</div>')
    with st.container(horizontal=True, vertical_alignment="center", key=f"{GRID}_titles_all"):
        st.markdown(_("The same tier for all:"), width="content")
        for tier in desk.view.guidance.tiers:
            planned = titles.one_tier(desk.view, row, tier.level)
            st.button(
                f"{tier.level} · {tier.range}", key=f"{GRID}_titles_{tier.level}", disabled=not planned.writes,
                help=tier.label, on_click=_give, args=(desk, planned),
            )  # fmt: skip
    if not row.differs:
        return
    if stands := titles.accepted(desk.view, row):
        words = _("They may differ: “{reason}” ({who})").format(reason=stands[0].reason, who=stands[0].by)
        st.success(frame.plain_text(words), icon=":material/front_hand:")
        return
    key = f"{GRID}_titles_reason_{titles.lines_of_work(row)[0]}"
    st.text_input(_("Or why they differ"), key=key, max_chars=MOST_CHARACTERS)
    st.button(
        _("Accept the difference"), key=f"{GRID}_titles_accept", icon=":material/front_hand:",
        on_click=lambda: _accept(desk, row, st.session_state[key]),
    )  # fmt: skip


def _line(title: str, called: str, tier: int | None) -> str:
    colour = tier_colour(tier)
    badge = f"<b style='background:{in_css(colour)};color:{text_in_css(colour)}'>{tier or '–'}</b>"
    return f"<div>{badge}<span>{html.escape(title)} · {html.escape(called)}</span></div>"


def _give(desk: frame.Desk, planned: bulk.Proposal) -> None:
    try:
        outcome = giving.took(desk, lambda: desk.save(bulk.carry_out, planned))
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    giving.say(outcome)


def _accept(desk: frame.Desk, row: Row, reason: str) -> None:
    try:
        writes = titles.accept_difference(desk.view, row, reason, actor=desk.actor, at=frame.now())
        outcome = giving.took(desk, lambda: desk.save(services.save, writes, label="decide"))
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    if outcome.conflicts:
        words = _("{who} has just decided about this work; look at it again.")
        st.session_state.notice = words.format(who=outcome.conflicts[0].by)
