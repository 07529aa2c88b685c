"""What a run sent last reaches its browser, also when the next run is asked for at that moment.

A run hands its messages to the event loop, and ends. Where Streamlit (1.67) is asked for another one
after that, but before the loop has come to those messages, it takes them for those of a run it has
given up and drops them: a cell that was saved is not shown, and nobody knows. So who asks then waits
until the ended run has been heard to its end. Asked in their order, as each brings what the browser holds.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from kpicat.ui.beneath.asking import Ask, ask_first

_LOG = logging.getLogger(__name__)
_AGAIN_SECONDS = 0.005
_MOST_WAITS = 200


def hear_to_the_end() -> None:
    """Have each session of this process do so."""
    waiting: WeakKeyDictionary[AppSession, deque[ClientState | None]] = WeakKeyDictionary()

    def patient(run: Ask) -> Ask:
        def ask(session: AppSession, client_state: ClientState | None) -> None:
            if session in waiting:
                waiting[session].append(client_state)
            elif _is_ending(session):
                waiting[session] = deque([client_state])
                go_on(session, _MOST_WAITS)
            else:
                run(session, client_state)

        def go_on(session: AppSession, left: int) -> None:
            if left and _is_ending(session):
                asyncio.get_running_loop().call_later(_AGAIN_SECONDS, go_on, session, left - 1)
                return
            for asked in waiting.pop(session):
                run(session, asked)

        return ask

    ask_first(patient)


def _is_ending(session: AppSession) -> bool:
    """Whether a run has ended of which the event loop has not heard all."""
    try:
        runner = session._scriptrunner
        return runner is not None and runner._requests._state is ScriptRequestType.STOP
    except AttributeError:
        _LOG.exception("a session cannot be looked into; its runs are asked for as ever")
        return False
