"""When the person at a page last did something: a page also asks by itself, as long as it is open.

Each request for a run brings what the browser holds of all widgets, and not why it asks (Streamlit 1.67). What only
tells of others' news, of another try or of a line that is back is nobody's doing, nor is a request in which nothing is
new, as a browser sends it when it has connected again.
"""

from __future__ import annotations

import json
import time
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state.common import user_key_from_element_id

from kpicat.ui.beneath.asking import Ask, ask_first

BY_ITSELF = frozenset({"moved", "again", "closed", "back", "sized"})
"""Events of our components that no hand made."""
_KEPT = "_memory"  # how the keys of those end by which a browser only says what it shows
SECONDS = 30.0
"""How long after a gesture what a page asks counts as part of it: it may have waited for its turn, or the database."""
_last: WeakKeyDictionary[AppSession, float] = WeakKeyDictionary()


def know_gestures() -> None:
    """Have each session of this process know when its person last did something."""
    reported: WeakKeyDictionary[AppSession, ClientState] = WeakKeyDictionary()

    def knowing(run: Ask) -> Ask:
        def ask(session: AppSession, client_state: ClientState | None) -> None:
            if client_state is not None:
                before, reported[session] = reported.get(session), client_state
                if is_gesture(client_state, before):
                    _last[session] = time.monotonic()
            run(session, client_state)

        return ask

    ask_first(knowing)


def at_work(session_id: str) -> bool:
    """Whether somebody has just done something at an open page; they have where that cannot be told."""
    sessions = getattr(Runtime.instance(), "_session_mgr", None) if Runtime.exists() else None
    found = sessions and sessions.get_active_session_info(session_id)
    return found is None or time.monotonic() - _last.get(found.session, -SECONDS) < SECONDS


def is_gesture(asked: ClientState, before: ClientState | None) -> bool:
    """Whether a request says that a person did something.

    Args:
        before: The one before; None for the first, which comes with the page itself.
    """
    if asked.is_auto_rerun or before is None:
        return False
    if (asked.page_script_hash, asked.query_string) != (before.page_script_hash, before.query_string):
        return True
    told = {widget.id: widget for widget in before.widget_states.widgets}
    return any(_says(widget, told.get(widget.id)) for widget in asked.widget_states.widgets)


def _says(widget: WidgetState, before: WidgetState | None) -> bool:
    """Whether a widget says what somebody did."""
    kind = widget.WhichOneof("value") or ""
    if kind == "json_trigger_value":
        said = json.loads(widget.json_trigger_value)
        events = said if isinstance(said, list) else [said]
        return any(not isinstance(one, dict) or one.get("event") not in BY_ITSELF for one in events)
    if "trigger" in kind or kind == "chat_input_value":
        return True
    return widget != before and not (user_key_from_element_id(widget.id) or "").endswith(_KEPT)
