"""Others' changes to the scenarios of a catalogue reach an open page without a gesture of its person.

Where pages are pushed to (:mod:`kpicat.push`), what others keep is learnt from their commit
(:mod:`kpicat.ui.trying.news`) and the page is sent an element that has it run; elsewhere it asks.
"""

from __future__ import annotations

import atexit
import json
from collections.abc import Mapping
from weakref import ref

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer
from streamlit.proto.Element_pb2 import Element

from kpicat.errors import StoreError
from kpicat.model.scenarios import SavedScenario
from kpicat.services import View, scenarios
from kpicat.ui import frame
from kpicat.ui.repainting import Painter, Repainted
from kpicat.ui.trying.news import News

EVERY_SECONDS = 1.5
_LISTENER = "scenarios_listener"
_JS = 'export default ({ data, setTriggerValue }) => { if (data.told) setTriggerValue("moved", data.told); };'


def follow(desk: frame.Desk, saved: list[SavedScenario]) -> None:
    """Run the page anew when another has kept, changed or removed a scenario."""
    shown = {each.id: each.version for each in saved}
    if not frame.office().pushes:
        _look(desk, shown)
        return
    page = _Page(desk)
    with desk.followed.element(_LISTENER, page.renew):
        _listener()(key=_LISTENER, data={"told": 0}, on_moved_change=_run_anew)
    _news().shows(frame.visit(), desk.view.catalogue.id, shown, page)


class _Page:
    """A page as it was last run; what it sent of itself holds it, so it goes when another run has taken its place."""

    def __init__(self, desk: frame.Desk) -> None:
        self._visit, self._view, self._followed = frame.visit(), desk.view, ref(desk.followed)
        self._told = 0

    def renew(self, element: Element, _view: View) -> None:
        """Have the browser ask for a run, once for each time it is told."""
        element.bidi_component.json = json.dumps(json.loads(element.bidi_component.json) | {"told": self._told})

    def tell(self) -> None:
        """Send that to the browser when the page is still; one that has begun to run shows the newest anyway."""
        painter, followed = frame.office().screens.painter(self._visit), self._followed()
        if isinstance(painter, Painter) and followed is not None and painter._followed is followed:
            self._told += 1
            painter.send_soon(Repainted(followed.renewed(self._view), followed.standing), lambda: None)


def _run_anew() -> None:
    """The run that follows, of what the listener stands in, shows the newest."""


@st.cache_resource(show_spinner=False)
def _news() -> News[_Page]:
    news = News(frame.office().store, _Page.tell)  # whose pages were let in; it works for all of them
    atexit.register(news.close)
    return news


@st.cache_resource(show_spinner=False)
def _listener() -> ComponentRenderer:
    return st.components.v2.component("kpicat_scenarios", js=_JS)


@st.fragment(run_every=EVERY_SECONDS)
def _look(desk: frame.Desk, shown: Mapping[str, int]) -> None:
    try:
        moved = scenarios.versions(desk.store, desk.view) != shown
    except StoreError:
        return
    if moved:
        st.rerun()
