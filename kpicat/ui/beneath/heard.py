"""What a person did is heard, whatever is asked for meanwhile.

A press, or a cell that was typed, comes to the server with the run that it asks for: its callback does what it
is about, then the page is drawn. Streamlit (1.67) gives a run up for the next one wherever a script touches the
session's state or sends an element, so also before the callback is called, or in the middle of it. And a press is
said once: a button that does nothing, a batch that is written while the page knows nothing of it. Therefore

* a run is given up only when its callbacks have been called, which takes milliseconds. What a callback itself
  asks for (``st.switch_page``, ``st.stop``) is done when it has ended;
* requests that wait are made one, but not of two pages: the later one would say which page is to run, and with
  the former page go the callbacks of its widgets. The first is heard, then the second page runs;
* a part of the page that a run was given up in is gone until the next run has drawn it; who presses in it
  meanwhile, where it still stands in the browser, is heard by a run of the whole.

All this needs that a session has one runner at a time (``runner.fastReruns = false``): of two the one that is
stopped takes with it what it has not begun yet, and draws on beside the other until it notices.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.state.safe_session_state import SafeSessionState

from kpicat.ui.beneath.asking import Ask, ask_first

_LOG = logging.getLogger(__name__)
_CALL, _GIVE_UP = "on_script_will_rerun", "_maybe_handle_execution_control_request"
_ASK, _TAKE = "request_rerun", ("on_scriptrunner_yield", "on_scriptrunner_ready")
Request = TypeVar("Request", ScriptRequest, ScriptRequest | None)


def hear_out() -> None:
    """Have each session of this process do so."""
    _finish_callbacks()
    _keep_pages_apart()
    ask_first(_ask_the_whole)


def _finish_callbacks() -> None:
    call, give_up = getattr(SafeSessionState, _CALL), getattr(ScriptRunner, _GIVE_UP)
    here = threading.local()

    def calling(state: SafeSessionState, *args: Any, **options: Any) -> None:
        here.calling = True
        try:
            call(state, *args, **options)
        finally:
            here.calling = False

    def unless_calling(runner: ScriptRunner) -> None:
        if not getattr(here, "calling", False):
            give_up(runner)

    setattr(SafeSessionState, _CALL, calling)
    setattr(ScriptRunner, _GIVE_UP, unless_calling)


def _keep_pages_apart() -> None:
    ask = getattr(ScriptRequests, _ASK)
    later: WeakKeyDictionary[ScriptRequests, deque[RerunData]] = WeakKeyDictionary()

    def apart(requests: ScriptRequests, asked: RerunData) -> bool:
        with requests._lock:
            first = requests._rerun_data
            pages = {first.page_script_hash, asked.page_script_hash} - {""}  # "" is whichever there is
            waits = requests._state is ScriptRequestType.RERUN and len(pages) > 1
            if waits or (requests in later and requests._state is not ScriptRequestType.STOP):
                later.setdefault(requests, deque()).append(asked)
                if first.fragment_id_queue:  # the page is left: what runs of it now needs not be drawn to its end
                    requests._rerun_data = replace(first, is_fragment_scoped_rerun=True)
                return True
        return bool(ask(requests, asked))

    def then_the_next(take: Callable[[ScriptRequests], Request]) -> Callable[[ScriptRequests], Request]:
        def taken(requests: ScriptRequests) -> Request:
            request = take(requests)
            if request is not None and request.type is ScriptRequestType.RERUN and requests in later:
                with requests._lock:
                    requests._request_rerun_locked(later[requests].popleft())
                    if not later[requests]:
                        del later[requests]
            return request

        return taken

    setattr(ScriptRequests, _ASK, apart)
    for name in _TAKE:
        setattr(ScriptRequests, name, then_the_next(getattr(ScriptRequests, name)))


def _ask_the_whole(run: Ask) -> Ask:
    def ask(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and _is_between_runs(session, client_state):
            client_state.fragment_id = ""
        run(session, client_state)

    return ask


def _is_between_runs(session: AppSession, asked: ClientState) -> bool:
    """Whether somebody did something in a part that is gone for the moment: its widgets are still known."""
    try:
        if not asked.fragment_id or asked.is_auto_rerun or session.has_fragment(asked.fragment_id):
            return False
        state = session.session_state
        about = state._new_widget_state.widget_metadata
        known = [about.get(widget) for widget in (*state._old_state, *state._new_widget_state.states)]
        return any(widget is not None and widget.fragment_id == asked.fragment_id for widget in known)
    except AttributeError:
        _LOG.exception("a session cannot be looked into; a part is asked for as ever")
        return False
