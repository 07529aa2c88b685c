"""The one place where a session is asked to run, and who may say first whether it has to."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

Ask = Callable[[AppSession, ClientState | None], None]
"""Has a session run for what its browser reports."""
_ASKED = "request_rerun"


def ask_first(before: Callable[[Ask], Ask]) -> None:
    """Have every session of this process asked through ``before``, which is given the way it was asked so far."""
    setattr(AppSession, _ASKED, before(getattr(AppSession, _ASKED)))
