"""A server that is stopped ends within a bound, and not in the middle of what somebody typed.

Streamlit (1.67) starts uvicorn without a bound: one download that nobody reads to its end, as when a laptop's lid was
shut over it, keeps a server that was told to stop for as long as it likes. And its runs are threads that end with the
process, wherever they are: what a browser sent before it was told that the server goes away would be neither written
nor refused.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from streamlit.web.server.starlette import starlette_server

_LOG = logging.getLogger(__name__)
_ASK = "_get_uvicorn_config_kwargs"
_RUN = "ScriptRunner.scriptThread"


def within(seconds: int) -> None:
    """Have requests and sockets that are open when the server is stopped end within so many seconds."""
    ask = getattr(starlette_server, _ASK, None)
    if ask is None:
        _LOG.log(logging.ERROR, "servers are started otherwise; one that is stopped may wait for ever")
        return

    def bounded() -> dict[str, Any]:
        return {**ask(), "timeout_graceful_shutdown": seconds}

    setattr(starlette_server, _ASK, bounded)


def let_runs_end(seconds: float) -> int:
    """Wait until all runs that are under way have ended, so long at most; returns how many have not."""
    until = time.monotonic() + seconds
    for run in _running():
        run.join(max(0.0, until - time.monotonic()))
    return len(_running())


def _running() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == _RUN and thread.is_alive()]
