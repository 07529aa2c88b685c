"""What a run sent last reaches its browser, also when the next run is asked for at that moment.

A run hands its messages to the event loop, and ends. Where Streamlit (1.67) is asked for another one
after that, but before the loop has come to those messages, it puts another runner in the place of the one
that ended and drops what comes from it: a cell that was saved is not shown, a banner stays though what it
asked was answered, and nobody knows. So another runner is made only when the last one has been heard to its
end; what was asked meanwhile is asked then, in its order, as each brings what the browser holds.

Whether a run has ended only its runner can say, by refusing to be asked; looking first would be looking too
early. So this is done where Streamlit makes the other runner because the first has refused.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from weakref import WeakKeyDictionary

from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

_LOG = logging.getLogger(__name__)
_AGAIN_SECONDS = 0.005
_MOST_WAITS = 200
_MAKE = "_create_scriptrunner"


def hear_to_the_end() -> None:
    """Have each session of this process do so."""
    make = getattr(AppSession, _MAKE, None)
    if make is None:
        _LOG.log(logging.ERROR, "sessions make their runners otherwise; what a run sends last may be lost")
        return
    waiting: WeakKeyDictionary[AppSession, deque[RerunData]] = WeakKeyDictionary()

    def make_when_heard(session: AppSession, asked: RerunData) -> None:
        if session in waiting:
            waiting[session].append(asked)
        elif session._scriptrunner is None:
            make(session, asked)
        else:
            waiting[session] = deque([asked])
            go_on(session, _MOST_WAITS)

    def go_on(session: AppSession, left: int) -> None:
        if session._scriptrunner is not None and left:
            asyncio.get_running_loop().call_later(_AGAIN_SECONDS, go_on, session, left - 1)
            return
        first, *later = waiting.pop(session)
        if session._state is AppSessionState.SHUTDOWN_REQUESTED:
            return
        make(session, first)
        for asked in later:
            if session._scriptrunner is None or not session._scriptrunner.request_rerun(asked):
                make_when_heard(session, asked)

    setattr(AppSession, _MAKE, make_when_heard)
