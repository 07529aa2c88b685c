"""What reaches a page while it is open: others' changes, who is here, and the moment somebody opens a cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat.errors import StoreError
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.office import NEWS, Office
from kpicat.office.presence import now
from kpicat.ui import frame, shell

EVERY_SECONDS = 1.5
"""How often a page looks by itself where no news are pushed, and tries again what could not be saved."""
_HERE = Path(__file__).parent
_BODY = "page"


def page(name: str, title: str, body: Callable[[frame.Desk], None]) -> None:
    """Show a page of the chosen catalogue; others' changes run only its body again, not the frame around it.

    Args:
        name: A key of :data:`kpicat.ui.frame.PAGES`.
        title: Its heading.
        body: Shows the page, given its desk.
    """

    def shown() -> None:
        frame.speak()
        office = frame.office()
        with shell.errors_in_words(), office.screens.running(frame.visit()), office.in_turn():
            desk = heading(frame.enter(), name, title)
            body(desk)
            office.screens.shows(frame.visit(), str(desk.view.catalogue.standing))

    shown.__qualname__ = name  # Streamlit tells fragments apart by it
    st.fragment(shown, key=_BODY)()


def heading(desk: frame.Desk, name: str, title: str) -> frame.Desk:
    """A page's heading with who is here; what it stands in runs again when the catalogue moves.

    Returns:
        The desk with the corner of the heading.
    """
    with st.container(horizontal=True, horizontal_alignment="distribute", key=f"{name}_head"):
        with st.container(width="content"):
            frame.heading(desk, title)
        with st.container(width="content", horizontal_alignment="right", key=f"{name}_corner"):
            about = desk.view.catalogue
            ear = _ear if frame.office().pushes else st.fragment(_ear, run_every=EVERY_SECONDS)
            ear(about.id, str(about.standing), name)
            return dataclasses.replace(desk, corner=st.container())


def _ear(catalogue_id: str, standing: str, name: str) -> None:
    office = frame.office()
    heard = {} if office.pushes else _look(office, catalogue_id, standing, name)
    _listener()(
        key=f"{name}_live",
        data={
            "address": _address(catalogue_id) if office.pushes else None,
            "standing": standing,
            "page": name,
            "heard": heard,
            "naming": [field_label("code"), field_label("task")],
            "words": shell.titles()
            | {"away": _("The database does not answer; kpicat keeps trying."), "here": _("Here now")},
        },
        on_moved_change=_follow,
    )


def _look(office: Office, catalogue_id: str, standing: str, name: str) -> dict[str, Any]:
    """What a page without push finds out by itself."""
    try:
        moved = str(office.store.standing(catalogue_id)) != standing
    except StoreError:
        return {"away": True, "people": []}
    if moved:
        st.rerun()
    office.presence.here(frame.visit(), catalogue_id=catalogue_id, actor=frame.actor(), page=name, item="", at=now())
    return {"away": False, "people": office.people(catalogue_id, now())}


def _follow() -> None:
    """The run that follows, of what the listener stands in, shows the news."""


def opened() -> tuple[datetime, int] | None:
    """When the person last opened a cell of a grid and up to which seq the screen showed the log, if that was said."""
    said = frame.office().screens.opened(frame.visit())
    seq = said[1].partition(":")[0] if said else ""
    return (said[0], int(seq)) if said and seq.isdecimal() else None


def _again() -> None:
    st.rerun(_BODY)


def _address(catalogue_id: str) -> str:
    """Where this session hears of a catalogue; kept, so that the browser keeps its line open."""
    kept: dict[tuple[str, str], str] = st.session_state.setdefault("live_tickets", {})
    who = (catalogue_id, frame.actor())
    if who not in kept or frame.office().admits(kept[who]) is None:
        kept[who] = frame.office().ticket(*who, frame.visit())
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' if base else ''}{base}{NEWS}?ticket={kept[who]}"


@st.cache_resource(show_spinner=False)
def _listener() -> ComponentRenderer:
    return st.components.v2.component(
        "kpicat_live",
        html="<div class='people' role='list'></div>",
        css=(_HERE / "live.css").read_text(encoding="utf-8"),
        js=(_HERE / "live.js").read_text(encoding="utf-8"),
    )


@st.fragment
def hand(key: str, opened: Callable[[], None], *, again: bool = False, mark: str = "") -> None:
    """Call ``opened`` whenever the person opens a cell of a grid; with ``again`` run the page in a moment once more.

    Args:
        mark: Given back by :func:`remembered` while the browser shows this page, whatever becomes of the session.
    """
    _hand()(
        key=key,
        data={"again": frame.now().isoformat() if again else "", "mark": mark},
        on_opened_change=opened,
        on_again_change=_again,
    )


@st.cache_resource(show_spinner=False)
def _hand() -> ComponentRenderer:
    return st.components.v2.component("kpicat_hand", js=(_HERE / "hand.js").read_text(encoding="utf-8"))


@st.fragment
def remembered(key: str) -> str:
    """The mark the browser was given last, as it stood when it asked for this run; "" for none."""
    return str(_memory()(key=key, on_mark_change=_follow).mark or "")


@st.cache_resource(show_spinner=False)
def _memory() -> ComponentRenderer:
    return st.components.v2.component("kpicat_memory", js=(_HERE / "memory.js").read_text(encoding="utf-8"))
