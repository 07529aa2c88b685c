"""Slides for a room: one sentence and one picture at a time, turned by keyboard, and as new as the catalogue.

All sizes are those of a screen of 1920 by 1080, times what the browser says its own is of that, so that a slide
looks the same on every projector. No name of a person is on it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat import charts
from kpicat.charts import SLIDE
from kpicat.labels import tier_name
from kpicat.language import _, number, percent
from kpicat.services.results import Part
from kpicat.ui import frame
from kpicat.ui.pressing import presses
from kpicat.ui.results.answers import measure_of
from kpicat.ui.results.asking import Asked, ask, asked

_HERE = Path(__file__).parent
_AT, _HEARD, _SCALE, _KEYS = (f"dashboard_slide{end}" for end in ("", "_heard", "_scale", "_hand"))
_SCALES = (0.2, 4.0)
_FIGURES = "figures"
_MOST = 6
"""Categories on a slide that can be read from the back of a room."""


def slides(part: Part, wanted: Asked) -> None:
    """The slide the show is at."""
    st.html(f"<style>{(_HERE / 'presenting.css').read_text(encoding='utf-8')}</style>")
    show = _show(part, wanted)
    at = st.session_state[_AT] = min(st.session_state.get(_AT, 0), len(show) - 1)
    _listen(len(show))
    with st.container(key="dashboard_stage"):
        if show[at] == _FIGURES:
            _headline(part)
        else:
            _picture(part, show[at], wanted)
        _foot(part, at, len(show))


def _foot(part: Part, at: int, n: int) -> None:
    """Whose figures these are, and the way on for who has no keyboard."""
    about = part.view.catalogue
    with st.container(horizontal=True, vertical_alignment="center", key="dashboard_stage_foot"):
        st.markdown(" · ".join(frame.plain_text(word) for word in (about.name, about.body, about.period) if word))
        for step, words, sign in (
            ("previous", _("Previous slide"), "chevron_left"),
            ("next", _("Next slide"), "chevron_right"),
        ):
            st.button(
                words, icon=f":material/{sign}:", key=f"dashboard_slide_{step}", on_click=_turn, args=(step, n),
                help=words,
            )  # fmt: skip
        st.markdown(f"{number(at + 1)} / {number(n)}", width="content")
        st.button(_("Leave"), key="dashboard_slide_leave", on_click=_turn, args=("leave", n))


def _show(part: Part, wanted: Asked) -> list[str]:
    """The figures and every chart that has something to show."""
    charts_of_work = ["stacked", "shares", "heatmap", "treemap", "curve", "heaviest"]
    if part.figures.converted_total <= 0:
        charts_of_work = ["stacked", "shares", "heatmap"]
    elif part.balance is None:
        charts_of_work.remove("curve")
    measure = measure_of(part, wanted)
    names = dict.fromkeys(["tiers_count", f"tiers_{measure}", *charts_of_work])
    hardness = ["mean"] if part.figures.mean_coefficient is not None else []
    return [_FIGURES, *names, *hardness, "papers"] if len(part.items) else [_FIGURES]


def _described(part: Part, name: str, wanted: Asked) -> charts.Chart:
    return part.chart(name, wanted.group_by, measure_of(part, wanted), most=_MOST)


def _picture(part: Part, name: str, wanted: Asked) -> None:
    shown = _described(part, name, wanted)
    st.markdown(f"# {frame.plain_text(shown.title)}")
    st.plotly_chart(
        charts.draw(shown, SLIDE.scaled(_scale()), titled=False), key=f"dashboard_slide_{name}", height="stretch",
        alt=shown.alt, config={"displayModeBar": False, "staticPlot": True},
    )  # fmt: skip
    if shown.note:
        st.markdown(frame.plain_text(shown.note))


def _headline(part: Part) -> None:
    """The figures, as large as they can be."""
    found = part.figures
    st.markdown(f"# {frame.plain_text(part.view.catalogue.name)}")
    with st.container(horizontal=True, key="dashboard_stage_figures"):
        st.metric(_("Items"), number(found.items))
        st.metric(_("Mean coefficient"), number(found.mean_coefficient) or "–")
        st.metric(_("Converted total (standard units)"), number(found.converted_total))
        st.metric(_("Unevenness of load"), number(part.balance) or "–")
    with st.container(horizontal=True, key="dashboard_stage_tiers"):
        for tier in part.guidance.tiers:
            name = tier_name(tier.level, tier.label, " · ")
            said = name if name == tier.label else f"{_('Tier')} {name}"
            st.metric(frame.plain_text(said), percent(found.shares[tier.level]))


# -- keys ------------------------------------------------------------------------


def _turn(step: str, n: int) -> None:
    at = st.session_state.get(_AT, 0)
    match step:
        case "leave":
            ask(replace(asked(), present=False))
            st.session_state[_AT] = 0
        case "first":
            st.session_state[_AT] = 0
        case "last":
            st.session_state[_AT] = n - 1
        case "next" | "previous":
            st.session_state[_AT] = min(max(at + (1 if step == "next" else -1), 0), n - 1)


def _listen(n: int) -> None:
    """Hear the keys; presses are numbered and said together, as Streamlit makes one run of several."""

    def heard() -> None:
        for press in presses(st.session_state[_KEYS].pressed, st.session_state.get(_HEARD, 0)):
            st.session_state[_HEARD] = press["n"]
            _turn(str(press.get("step")), n)

    def sized() -> None:
        said = st.session_state[_KEYS].sized
        if isinstance(said, (int, float)):
            st.session_state[_SCALE] = min(max(float(said), _SCALES[0]), _SCALES[1])

    _ear()(key=_KEYS, data={"scale": _scale()}, on_pressed_change=heard, on_sized_change=sized)


def _scale() -> float:
    """How large the screen is, of 1920 by 1080."""
    return float(st.session_state.get(_SCALE, 1.0))


@st.cache_resource(show_spinner=False)
def _ear() -> ComponentRenderer:
    return st.components.v2.component("kpicat_slides", js=(_HERE / "presenting.js").read_text(encoding="utf-8"))
