"""What reaches a page while it is open: others' changes, who is here, and the moment somebody opens a cell."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer
from streamlit.proto.Element_pb2 import Element

from kpicat.errors import StoreError
from kpicat.labels import field_label
from kpicat.language import _
from kpicat.office import NEWS, Office, Pace
from kpicat.office.presence import now
from kpicat.services.view import View
from kpicat.ui import followed, frame, shell
from kpicat.ui.repainting import Painter

EVERY_SECONDS = 1.75, 2.5
"""How often a page looks by itself where no news are pushed: each page at a pace of its own within these bounds, as all
of a meeting are opened at once and would go on to look at once."""
_HERE = Path(__file__).parent
_BODY = "page"
_LISTENER = "listener"


def page(name: str, title: str, body: Callable[[frame.Desk], None]) -> None:
    """Show a page of the chosen catalogue; others' changes run only its body again, not the frame around it.

    Args:
        name: A key of :data:`kpicat.ui.frame.PAGES`.
        title: Its heading.
        body: Shows the page, given its desk.
    """

    def shown() -> None:
        with _running():
            desk = heading(frame.enter(), name, title)
            body(desk)
            _has_shown(desk)

    shown.__qualname__ = name  # Streamlit tells fragments apart by it
    st.fragment(shown, key=_BODY)()


def part(desk: frame.Desk, name: str, body: Callable[[frame.Desk], bool]) -> None:
    """Show a part of a page that runs alone when the person works in it; what else is followed goes along.

    Args:
        name: Of the part, and of the followed element that it draws itself.
        body: Shows it, given a desk with the newest view, and says whether that leaves no more to be
            shown than what is followed; if not, the page is behind the news, and is told to run.
    """
    inline = [True]

    def shown() -> None:
        if inline:
            inline.clear()
            body(desk)
            return
        with _running():
            newest = frame.again(desk)
            if body(newest):
                followed.send(desk.followed.renewed(newest.view, own=True, but=name))
                _has_shown(newest)

    shown.__qualname__ = name
    st.fragment(shown, key=name)()


def run_page() -> None:
    """Have the whole page run instead of the part in which something was done; only at the end of a callback."""
    st.rerun(_BODY)


@contextmanager
def _running() -> Iterator[None]:
    frame.speak()
    office = frame.office()
    with shell.errors_in_words(), office.screens.running(frame.visit()), office.in_turn():
        yield


def _has_shown(desk: frame.Desk) -> None:
    """The page shows this now; what others do from now on it can follow."""
    visit, about, screens = frame.visit(), desk.view.catalogue, frame.office().screens
    desk.followed.standing = str(about.standing)
    st.session_state.painter = Painter(visit, about.id, desk.followed)
    screens.paints(visit, st.session_state.painter)
    screens.shows(visit, str(about.standing))


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
            desk.followed.standing = str(about.standing)
            with desk.followed.element(_LISTENER, _heard):
                if frame.office().pushes:
                    _ear(about.id, desk.followed, name, {})
                else:
                    _looking_ear(about.id, desk.followed, name)
            return dataclasses.replace(desk, corner=st.container())


def _looking_ear(catalogue_id: str, kept: followed.Followed, name: str) -> None:
    """An ear that looks by itself, but for the moment: the page that it is drawn with shows the newest."""
    office, drawn = frame.office(), [True]

    def look() -> None:
        heard = _here(office, catalogue_id, name) if drawn else _look(office, catalogue_id, kept, name)
        drawn.clear()
        _ear(catalogue_id, kept, name, heard)

    st.fragment(look, run_every=random.Random(frame.visit()).uniform(*EVERY_SECONDS))()


def _ear(catalogue_id: str, kept: followed.Followed, name: str, heard: dict[str, Any]) -> None:
    office = frame.office()
    _listener()(
        key=f"{name}_live",
        data={
            "address": _address(catalogue_id) if office.pushes else None,
            "standing": kept.standing,
            "page": name,
            "heard": heard,
            "naming": [field_label("code"), field_label("task")],
            "words": shell.titles()
            | {"away": _("The database does not answer; kpicat keeps trying."), "here": _("Here now")},
        },
        on_moved_change=_run_anew,
    )


def _heard(element: Element, view: View) -> None:
    """The listener knows what the page shows now."""
    data = json.loads(element.bidi_component.json)
    element.bidi_component.json = json.dumps(data | {"standing": str(view.catalogue.standing)})


def _look(office: Office, catalogue_id: str, kept: followed.Followed, name: str) -> dict[str, Any]:
    """What a page without push finds out by itself."""
    try:
        with office.looking():
            standing = str(office.store.standing(catalogue_id))
            if standing != kept.standing and not _catches_up(standing, kept):
                st.rerun()
    except StoreError:
        return {"away": True, "people": []}
    return _here(office, catalogue_id, name)


def _here(office: Office, catalogue_id: str, name: str) -> dict[str, Any]:
    """Be here, and know who else is."""
    office.presence.here(frame.visit(), catalogue_id=catalogue_id, actor=frame.actor(), page=name, item="", at=now())
    return {"away": False, "people": office.people(catalogue_id, now())}


def _catches_up(standing: str, kept: followed.Followed) -> bool:
    """Have what others did shown without a run of the page; False where it has to run for that."""
    painter: Painter | None = st.session_state.get("painter")
    made = painter.prepare(standing) if painter else Pace.RUN
    if painter is None or isinstance(made, Pace):
        kept.put_off = made is Pace.LATER and not kept.put_off
        return kept.put_off

    def shown() -> None:
        kept.standing, kept.put_off = made.standing, False

    kept.put_off = True  # what cannot be sent is shown by a run
    return painter.send_soon(made, shown)


def _run_anew() -> None:
    """The run that follows, of what the listener stands in, shows the news."""


def opened() -> tuple[datetime, int] | None:
    """When the cell that is reported now was opened and up to which seq the screen showed the log, if that was said."""
    said = frame.office().screens.opened(frame.visit(), frame.now())
    seq = said[1].partition(":")[0] if said else ""
    return (said[0], int(seq)) if said and seq.isdecimal() else None


def reported() -> None:
    """The cell opened so was reported."""
    frame.office().screens.reported(frame.visit())


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
def hand(
    key: str,
    opened: Callable[[], None],
    *,
    again: bool = False,
    closed: Callable[[], None] | None = None,
    mark: str = "",
) -> None:
    """Call ``opened`` whenever the person opens a cell of a grid; with ``again`` run the page in a moment once more.

    Args:
        closed: Called when no cell is open, or no more, and what was typed has been reported.
        mark: Given back by :func:`remembered` while the browser shows this page, whatever becomes of the session.
    """
    at = frame.now().isoformat()
    _hand()(
        key=key,
        data={"again": at if again else "", "closed": at if closed else "", "mark": mark},
        on_opened_change=opened,
        on_again_change=run_page,
        on_closed_change=closed or run_page,
    )


@st.cache_resource(show_spinner=False)
def _hand() -> ComponentRenderer:
    return st.components.v2.component("kpicat_hand", js=(_HERE / "hand.js").read_text(encoding="utf-8"))


@st.fragment
def remembered(key: str) -> str:
    """The mark the browser was given last, as it stood when it asked for this run; "" for none."""
    return str(_memory()(key=key, on_mark_change=_run_anew).mark or "")


@st.cache_resource(show_spinner=False)
def _memory() -> ComponentRenderer:
    return st.components.v2.component("kpicat_memory", js=(_HERE / "memory.js").read_text(encoding="utf-8"))
