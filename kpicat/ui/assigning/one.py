"""One item at a time, for a room that looks at one screen: big words, the marks as buttons, what is like it beside."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import streamlit as st

from kpicat.labels import field_label
from kpicat.language import _, ngettext, number
from kpicat.model import ChangeKind
from kpicat.palette import in_css, text_in_css, tier_colour
from kpicat.services import bulk, tiering
from kpicat.services.tiering import Order
from kpicat.services.view import View, written
from kpicat.ui import frame, grid_view, proposals, steps
from kpicat.ui.assigning import giving, keys, marking
from kpicat.ui.assigning.held import GRID, Held, held_for

_SAID = ("product", "detail", "department", "position", "quantity", "measure", "frequency", "deadline", "quality")


def one_at_a_time(desk: frame.Desk) -> None:
    """The item, its marks, what is proposed and what is like it; works by the keyboard alone."""
    held = held_for(desk.view.catalogue.id)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{GRID}_one_head"):
        held.follow(desk.view, _order(), proposals.sources(desk))
        _ways(desk, held)
        steps.buttons(desk, GRID)
        _how_far(desk.view, held)
    if not held.item:
        return
    keys.one(desk, held.item, lambda key, shown: _pressed(desk, held, key, shown))
    _words(desk.view, held.item)
    _marks(desk, held.item)
    _points(desk, held.item)
    if desk.view.guidance.grid and st.toggle(_("Mark it by criteria"), key=f"{GRID}_by_criteria"):
        with st.container(border=True, key=f"{GRID}_criteria"):
            marking.grid(desk, held.item)
    else:
        marking.ask_why(desk, held.item)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _proposed(desk, held.item)
    with right:
        _beside(desk.view, held.item)


def _order() -> Order:
    ways = {
        Order.CATALOGUE: _("As in the catalogue"),
        Order.OPEN: _("Without a tier first"),
        Order.UNCERTAIN: _("Least sure first"),
        Order.DISPUTED: _("Furthest from the proposal first"),
    }
    return st.selectbox(_("Order"), list(ways), format_func=ways.__getitem__, key=f"{GRID}_order", width=250)


def _ways(desk: frame.Desk, held: Held) -> None:
    at, last = list(held.sequence).index(held.item) if held.item else 0, len(held.sequence) - 1
    open_next = tiering.next_open(desk.view, held.sequence, held.item)
    for name, label, icon, disabled, step in (
        ("previous", _("Previous (←)"), "arrow_back", at <= 0, lambda: held.step(-1)),
        ("next", _("Next (→)"), "arrow_forward", at >= last, lambda: held.step(1)),
        ("next_open", _("Next without a tier (↓)"), "arrow_downward", open_next is None,
         lambda: held.to_next_open(desk.view)),
    ):  # fmt: skip
        st.button(label, key=f"{GRID}_one_{name}", icon=f":material/{icon}:", disabled=disabled, on_click=step)


def _how_far(view: View, held: Held) -> None:
    at = list(held.sequence).index(held.item) + 1 if held.item else 0
    left = len(tiering.without_tier(view, held.sequence))
    words = ngettext("{n} without a tier", "{n} without a tier", left) if left else _("each has its tier")
    st.markdown(f"**{number(at)} / {number(len(held.sequence))}** · {words.format(n=number(left))}", width="content")


def _words(view: View, item_id: str) -> None:
    """What the item says, its task in letters that the last row of the room reads."""
    task = str(view.value(item_id, "task")) or _("without a task")
    said = [(name, bulk.in_words(view.value(item_id, name))) for name in _SAID]
    rest = "".join(
        f"<div><b>{html.escape(field_label(name))}</b> {html.escape(text)}</div>" for name, text in said if text
    )
    code = html.escape(str(view.value(item_id, "code")))
    st.html(
        f'<div class="kpicat-one"><span class="kpicat-one-code">{code}</span>'
        f'<div class="kpicat-one-task">{html.escape(task)}</div><div class="kpicat-one-rest">{rest}</div></div>'
    )


def _marks(desk: frame.Desk, item_id: str) -> None:
    """The marks in the guidance's words; the one it has is the filled one."""
    now = giving.level(desk.view, item_id)
    colours = "".join(
        f".st-key-{GRID}_mark_{tier.level} button {{ --mark: {in_css(tier_colour(tier.level))}; "
        f"--on-mark: {text_in_css(tier_colour(tier.level))}; }}"
        for tier in desk.view.guidance.tiers
    )
    st.html(f"<style>{colours}</style>")
    with st.container(horizontal=True, key=f"{GRID}_marks"):
        for tier in desk.view.guidance.tiers:
            points = _("{points} points").format(points=tier.range)
            st.button(
                f"**{tier.level}** · {points}  \n{frame.plain_text(tier.label)}",
                key=f"{GRID}_mark_{tier.level}",
                type="primary" if tier.level == now else "secondary",
                on_click=giving.give,
                args=(desk, item_id, tier.level),
            )
    st.caption(_by(desk, item_id, now))


def _points(desk: frame.Desk, item_id: str) -> None:
    """Where a tier is a frame, the points within it: without them there is no coefficient."""
    tier = desk.view.guidance.tier(giving.level(desk.view, item_id))
    if tier is None or tier.mark is not None:
        return
    points: Any = desk.view.table["points"].at[item_id]
    key = f"{GRID}_points_{item_id}_{points}_{tier.level}"
    st.text_input(
        _("Points, within {range}").format(range=tier.range), written(points), key=key, width=250,
        on_change=lambda: giving.type_points(desk, item_id, st.session_state[key]),
    )  # fmt: skip
    if not tier.holds(points):
        words = _("It has {points} points, which are not of this tier; the coefficient follows the points.")
        none = _("It has no points yet, and so no coefficient.")
        st.warning(none if points is None else words.format(points=number(points)), icon=":material/straighten:")


def _by(desk: frame.Desk, item_id: str, now: int | None) -> str:
    """Who gave the tier, where that is among the last changes; of one that was only proposed, that it was."""
    view = desk.view
    if now is None:
        return _("It has no tier yet: press a number, or a mark.")
    if item_id in proposals.sources(desk).taken:
        return _("It is tier {tier} now, as it was proposed; the group has not decided on it by itself.").format(
            tier=now
        )
    last = next(
        (c for c in reversed(view.recent) if c.item_id == item_id and c.kind is ChangeKind.EDIT and c.field == "tier"),
        None,
    )
    if last is None or last.new is None:
        return _("It is tier {tier} now.").format(tier=now)
    return _("It is tier {tier} now, chosen by {who}.").format(tier=now, who=frame.plain_text(last.actor))


def _pressed(desk: frame.Desk, held: Held, key: str, shown: str) -> None:
    match key:
        case keys.PREVIOUS:
            held.step(-1)
        case keys.NEXT:
            held.step(1)
        case keys.NEXT_OPEN:
            held.to_next_open(desk.view)
        case _ if key.isdecimal() and shown == held.item:  # what the room has seen, not what came after it
            giving.give(desk, shown, int(key))


def _proposed(desk: frame.Desk, item_id: str) -> None:
    view = desk.view
    found = tiering.suggestion(view, item_id, proposals.sources(desk))
    sure = f"{number(100 * found.confidence, 0)} %"
    tier = frame.plain_text(grid_view.tier_words(view)(str(found.tier)))
    st.markdown(f"#### :material/lightbulb: {_('Proposed')}: {tier}")
    st.caption(_("{sure} sure; the group decides.").format(sure=sure))
    st.markdown("\n".join(f"- {frame.plain_text(reason)}" for reason in found.reasons))


def _beside(view: View, item_id: str) -> None:
    found = tiering.beside(view, item_id)
    for title, ids in ((_("Like it in their words"), found.alike), (_("Next to it in the catalogue"), found.around)):
        if ids:
            st.markdown(f"#### {title}")
            st.html(f'<div class="kpicat-beside">{"".join(_others(view, ids))}</div>')


def _others(view: View, ids: Iterable[str]) -> Iterable[str]:
    for item_id in ids:
        level = giving.level(view, item_id)
        colour = tier_colour(level)
        badge = f"<b style='background:{in_css(colour)};color:{text_in_css(colour)}'>{level or '–'}</b>"
        yield f"<div>{badge}<span>{html.escape(bulk.row_words(view, item_id))}</span></div>"
