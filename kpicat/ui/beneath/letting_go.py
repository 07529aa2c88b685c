"""Reports in which a data editor only lets go of what it was shown: taken at once, without a run.

A cell that was saved is echoed (see :mod:`kpicat.ui.grid`): the editor gets what was typed back
from the server, lets go of it, and reports that, too. Nothing follows from it, but Streamlit
(1.67) runs the fragment for every report: in a meeting each edit ran twice. So a report that says
nothing else is taken where it arrives. Whatever says more, or comes while the page runs, is left
to Streamlit; so is everything, if it should one day keep its sessions otherwise.

A report without a cell may also say that its person typed back what stood there before, when the
echo had not come yet: the editor holds nothing then, either. Both reports are the same, letter by
letter, and nothing else the browser sends says which frame it had. But an editor waits 150 ms
before it reports, so one that comes sooner after the echo was painted has not seen it, however long
the page ran in between; therefore grids are told when reports come. What is left is who types back
while the echo is on the line, some 50 ms in one office; they see the cell go back to what they
typed first, since the screen shows what is in the database.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state.common import user_key_from_element_id

from kpicat.ui.beneath.asking import Ask, ask_first
from kpicat.ui.grid import Grid

_LOG = logging.getLogger(__name__)


def spare_runs() -> None:
    """Have no session of this process run for such a report."""
    reported: WeakKeyDictionary[AppSession, WidgetStates] = WeakKeyDictionary()

    def sparing(run: Ask) -> Ask:
        def ask(session: AppSession, client_state: ClientState | None) -> None:
            if client_state is not None:
                _say_when(session, client_state)
                before, reported[session] = reported.get(session), client_state.widget_states
                if before is not None and _only_lets_go(session, client_state, before):
                    return
            run(session, client_state)

        return ask

    ask_first(sparing)


def _say_when(session: AppSession, asked: ClientState) -> None:
    """Let the grids know that their editors report now."""
    try:
        for widget in asked.widget_states.widgets:
            if (grid := _grid(session, widget)) is not None:
                grid.came = time.monotonic()
    except Exception:
        _LOG.exception("a report could not be looked into; what was typed back at once may not be seen as such")


def _only_lets_go(session: AppSession, asked: ClientState, before: WidgetStates) -> bool:
    """Whether a report says nothing else; if so, it has been taken.

    Args:
        before: What the browser held of all widgets when it reported last.
    """
    try:
        if session._scriptrunner is not None or not session.has_fragment(asked.fragment_id):
            return False
        told = {widget.id: widget for widget in before.widgets}
        news = [
            widget for widget in asked.widget_states.widgets if _is_trigger(widget) or told.get(widget.id) != widget
        ]
        if len(news) != 1:
            return False
        grid = _grid(session, news[0])
        if grid is None or not grid.lets_go(_edited(news[0])):
            return False
        session.session_state._new_widget_state.set_widget_from_proto(news[0])
    except Exception:
        _LOG.exception("a report could not be looked into; the page runs for it")
        return False
    return True


def _is_trigger(widget: WidgetState) -> bool:
    """Whether it is pressed, not set: said once, and no less for being said before."""
    kind = widget.WhichOneof("value") or ""
    return "trigger" in kind or kind == "chat_input_value"


def _grid(session: AppSession, widget: WidgetState) -> Grid | None:
    """The grid whose editor reports, if it is one."""
    key = user_key_from_element_id(widget.id) or ""
    state = session.session_state
    grids: Mapping[Any, Grid] = state["grids"] if key.startswith("grid_") and "grids" in state else {}
    return next((grid for grid in grids.values() if key == f"grid_{grid.key}"), None)


def _edited(widget: WidgetState) -> dict[int, dict[str, Any]]:
    return {int(row): cells for row, cells in json.loads(widget.string_value)["edited_rows"].items()}
