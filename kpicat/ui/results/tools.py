"""The row above the results: filters without a mouse, what to hold the figures against, slides; and the filters on."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from kpicat import services
from kpicat.labels import field_label, tier_name
from kpicat.language import _
from kpicat.services import View, appraising
from kpicat.services.results import Filter, Moment, moment_of
from kpicat.ui import downloading, frame, results_out
from kpicat.ui.results.asking import Asked, ask, asked

_IN_CHIP = 40
_CHOSEN = ("group", "department", "position")


def tools(desk: frame.Desk, wanted: Asked, moments: Sequence[Moment]) -> Moment | None:
    """Let the person say what is to be seen, and give the moment the figures are held against."""
    against = moment_of(moments, wanted.since)
    with st.container(horizontal=True, vertical_alignment="bottom", key="dashboard_tools"):
        with st.popover(_("Filter"), icon=":material/filter_list:"):
            _fields(desk.view, wanted)
        if against:
            by_key = {moment.key: moment.words for moment in moments}
            st.session_state.dashboard_since = against.key
            st.selectbox(
                _("Changes since"), list(by_key), format_func=by_key.__getitem__, key="dashboard_since", width=240,
                on_change=lambda: ask(replace(asked(), since=st.session_state.dashboard_since)),
            )  # fmt: skip
        st.toggle(
            _("Mark several with a box"), key="dashboard_box",
            help=_(
                "A click on a chart shows the items behind it; with this on, draw a box around several: "
                "a bar or a cell is in it when the box reaches over its right end."
            ),
        )  # fmt: skip
        st.button(
            _("Present"), icon=":material/slideshow:", key="dashboard_present", on_click=_present,
            help=_("Slides over the whole screen: → and ← turn them, Esc leaves. They follow what the group edits."),
        )  # fmt: skip
        with st.popover(
            _("Take away"), icon=":material/download:", on_change="rerun", key="dashboard_take_away"
        ) as away:
            if away.open:
                _take_away(desk, wanted)
    return against


def _take_away(desk: frame.Desk, wanted: Asked) -> None:
    """What is looked at, as files."""
    words = _("Report (PDF)"), _("Slides (PowerPoint)"), _("Numbers (Excel)")
    found = results_out.files(desk, wanted.filter, since=wanted.since, group_by=wanted.group_by)
    for place, (said, file) in enumerate(zip(words, found, strict=True)):
        downloading.button(said, file, key=f"dashboard_take_{place}", width="stretch")


def _present() -> None:
    ask(replace(asked(), present=True))


def _fields(view: View, wanted: Asked) -> None:
    for name in (*_CHOSEN, "tier"):
        key = f"dashboard_filter_{name}"
        st.session_state[key] = list(wanted.filter.values(name))
        there = _choices(view, name)
        st.multiselect(
            field_label(name), [*there, *(value for value in wanted.filter.values(name) if value not in there)],
            format_func=functools.partial(value_name, view, name), key=key, placeholder=_("all"),
            on_change=_chose, args=(name, key),
        )  # fmt: skip


def _choices(view: View, name: str) -> list[str]:
    if name == "tier":
        return [*(str(tier.level) for tier in view.guidance.tiers), str(services.NO_TIER)]
    return services.choices(view, name)


def _chose(name: str, key: str) -> None:
    now = asked()
    ask(replace(now, filter=Filter.of({**dict(now.filter.chosen), name: st.session_state[key]})))


def chips(view: View, wanted: Asked) -> None:
    """The filters that are on, each to be taken off."""
    if wanted.filter.everything:
        return
    with st.container(horizontal=True, gap="small", key="dashboard_chips"):
        for name, values in wanted.filter.chosen:
            for place, value in enumerate(values):
                said = f"{field_name(name)}: {value_name(view, name, value)}" if name != "papers" else field_name(name)
                words = said if len(said) <= _IN_CHIP else f"{said[:_IN_CHIP]}…"
                st.button(
                    frame.plain_text(words), key=f"dashboard_chip_{name}_{place}", icon=":material/close:",
                    icon_position="right", help=frame.plain_text(_("Take off: {filter}").format(filter=said)),
                    on_click=_take_off, args=(name, value),
                )  # fmt: skip
        if sum(len(values) for _name, values in wanted.filter.chosen) > 1:
            st.button(_("Take all off"), key="dashboard_chips_none", type="tertiary", on_click=_take_all_off)


def _take_off(name: str, value: str) -> None:
    now = asked()
    ask(replace(now, filter=now.filter.without(name, value)))


def _take_all_off() -> None:
    ask(replace(asked(), filter=Filter()))


def field_name(name: str) -> str:
    """What a filter asks of, in words."""
    words = {"item": _("Item"), "principle": _("Does not keep"), "papers": _("Only papers as product")}
    return words[name] if name in words else field_label(name)


def value_name(view: View, name: str, value: str) -> str:
    """A value of a filter in words."""
    match name:
        case "tier":
            tier = view.guidance.tier(int(value))
            return tier_name(tier.level, tier.label) if tier else _("No tier yet")
        case "item":
            return str(view.value(value, "code") or view.value(value, "task") or _("(not given)"))
        case "principle":
            return appraising.principle_name(value) if value in appraising.PRINCIPLES else value
    return value or _("(not given)")
