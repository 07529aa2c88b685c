"""The criteria grid: a sentence for each mark, what the marks come to, and why the group decides otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import streamlit as st

from kpicat import services
from kpicat.criteria import Score
from kpicat.errors import KpicatError
from kpicat.guidance import Criterion
from kpicat.language import _, ngettext, number
from kpicat.model import Edit, Outcome
from kpicat.services import tiering
from kpicat.services.view import View
from kpicat.text.numbers import parse_number
from kpicat.ui import frame, grid_view
from kpicat.ui.assigning import giving
from kpicat.ui.assigning.held import GRID
from kpicat.ui.bulk.opened import Opened

GESTURE = "criteria"
_COLUMNS = 2


def dialog(desk: frame.Desk, opened: Opened) -> None:
    """Dialog: the marks of the one row it was opened on."""
    grid(desk, opened.ids[0])


def grid(desk: frame.Desk, item_id: str) -> None:
    """The criteria with their marks, and the tier these propose."""
    found = desk.view.guidance.grid
    if found is None:
        st.info(_("The scale of this catalogue has no criteria grid; choose the tier directly."))
        return
    _score(desk, item_id)
    given = tiering.marks_of(desk.view, item_id)
    columns = st.columns(_COLUMNS, gap="medium")
    for n, criterion in enumerate(found.criteria):
        with columns[n % _COLUMNS]:
            _criterion(desk, item_id, criterion, given.get(criterion.key))
    if found.source.note and found.how == "sum":
        st.caption(f"{frame.plain_text(found.source.place)}: {frame.plain_text(found.source.note)}")


def _criterion(desk: frame.Desk, item_id: str, criterion: Criterion, now: Decimal | None) -> None:
    """One criterion; drawn anew when its mark is another, so that others' marks show."""
    key = f"{GRID}_criterion_{item_id}_{criterion.key}_{now}"
    label = f"**{frame.plain_text(criterion.label)}**"
    if criterion.marks:
        levels = range(1, len(criterion.marks) + 1)
        st.radio(
            label,
            levels,
            index=None if now is None else levels.index(int(now)),
            format_func=lambda level: f"{level} · {frame.plain_text(criterion.marks[level - 1])}",
            key=key,
            on_change=lambda: _mark(desk, item_id, criterion, Decimal(st.session_state[key])),
        )
        return
    bounds = {"lowest": number(criterion.lowest), "highest": number(criterion.highest)}
    st.text_input(
        f"{label} · {_('{lowest} to {highest} points').format(**bounds)}",
        number(now),
        key=key,
        on_change=lambda: _typed(desk, item_id, criterion, st.session_state[key]),
    )


def _typed(desk: frame.Desk, item_id: str, criterion: Criterion, text: str) -> None:
    given = parse_number(text) if text.strip() else None
    if text.strip() and given is None:
        words = _("“{text}” is not a number of points; write it like 120 or 2,5.")
        st.session_state.notice = words.format(text=text)
        return
    _mark(desk, item_id, criterion, given)


def _mark(desk: frame.Desk, item_id: str, criterion: Criterion, given: Decimal | None) -> None:
    _wrote(desk, lambda: desk.save(tiering.mark, item_id, criterion.key, given), criterion.label)


def _wrote(desk: frame.Desk, gesture: giving.Gesture, what: str) -> None:
    try:
        outcome = giving.took(desk, gesture)
    except KpicatError as error:
        st.session_state.notice = str(error)
        return
    _say(outcome, what)


def _say(outcome: Outcome, what: str) -> None:
    for met in outcome.conflicts:
        words = _("{who} has just deleted this row; nothing was written.") if met.gone else _(
            "{who} has just changed “{what}” of this item; look at it, and choose again."
        )  # fmt: skip
        st.session_state.notice = words.format(who=met.by, what=what)


def _score(desk: frame.Desk, item_id: str) -> None:
    """What the marks come to; where the tier is another, why."""
    view, found = desk.view, tiering.scored(desk.view, item_id)
    assert found is not None
    if found.missing:
        words = ngettext("{n} criterion has no mark yet.", "{n} criteria have no mark yet.", len(found.missing))
        st.caption(words.format(n=number(len(found.missing))))
        return
    if found.tier is None:
        words = _("The marks come to {score}; no tier of the scale holds that many points.")
        st.info(words.format(score=number(found.value)), icon=":material/calculate:")
        return
    tier = frame.plain_text(grid_view.tier_words(view)(str(found.tier)))
    with st.container(horizontal=True, vertical_alignment="center", key=f"{GRID}_score"):
        st.markdown(_("The marks come to **{score}**: tier **{tier}**.").format(score=number(found.value), tier=tier))
        _take(desk, item_id, found)
    ask_why(desk, item_id)


def _take(desk: frame.Desk, item_id: str, found: Score) -> None:
    """A button that gives the item what its marks come to, unless it has that."""
    key, icon = f"{GRID}_score_take", ":material/check:"
    if found.points is not None:
        if desk.view.table["points"].at[item_id] != found.points:
            words = _("Give it {points} points").format(points=number(found.points))
            st.button(words, key=key, icon=icon, on_click=giving.give_points, args=(desk, item_id, found.points))
    elif giving.level(desk.view, item_id) != found.tier:
        words = _("Give it tier {tier}").format(tier=found.tier)
        st.button(words, key=key, icon=icon, on_click=giving.give, args=(desk, item_id, found.tier))


def ask_why(desk: frame.Desk, item_id: str) -> None:
    """Ask for the reason where the group has decided otherwise than its own marks propose."""
    view = desk.view
    if not tiering.differs(view, item_id):
        return
    reason = str(view.value(item_id, "rationale"))
    if not reason:
        grid = view.guidance.grid
        st.warning(
            _("Points and columns differ: write the reason, so that whoever appraises can follow it.")
            if grid and grid.how == "sum"
            else _("Tier and marks differ: write the reason, so that whoever appraises can follow it.")
        )
    key = f"{GRID}_why_{item_id}_{frame.fingerprint(reason)}"
    st.text_area(
        question(view, item_id), reason, key=key, height=80,
        on_change=lambda: _reason(desk, item_id, reason, st.session_state[key]),
    )  # fmt: skip


def question(view: View, item_id: str) -> str:
    """What an item has that its marks do not propose, and why."""
    found = tiering.scored(view, item_id)
    assert found is not None
    if found.points is None:
        words = _("The item is tier {tier}, but its marks propose {proposed}. Why?")
        return words.format(tier=giving.level(view, item_id), proposed=found.tier)
    words = _("The item has {points} points, but its columns add up to {sum}. Why?")
    points: Any = view.table["points"].at[item_id]
    return words.format(points=number(points), sum=number(found.points))


def _reason(desk: frame.Desk, item_id: str, seen: str, typed: str) -> None:
    new = services.typed("rationale", typed, desk.view.guidance)
    edit = Edit(item_id, "rationale", seen, new)
    _wrote(desk, lambda: desk.save(services.save, [edit]), _("Rationale"))
