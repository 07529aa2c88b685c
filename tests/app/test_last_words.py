"""A run is asked for only when the last one of its session has been heard to its end, and in the order of asking."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from kpicat.ui.beneath import last_words


class Session:
    """As much of a session as is looked into."""

    def __init__(self, state=None):
        self._scriptrunner = state and SimpleNamespace(_requests=SimpleNamespace(_state=state))


def asked(fragment):
    return ClientState(fragment_id=fragment)


@pytest.fixture
def runs(monkeypatch):
    """The runs that Streamlit was asked for."""
    begun = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda session, state: begun.append(state.fragment_id))
    last_words.hear_to_the_end()
    return begun


def test_who_asks_while_a_run_is_ending_waits_until_it_has_been_heard_and_keeps_the_order(runs):
    async def go():
        session = Session(ScriptRequestType.STOP)
        AppSession.request_rerun(session, asked("one"))
        await asyncio.sleep(0.02)
        assert runs == []
        session._scriptrunner = None  # the event loop has come to the last message
        AppSession.request_rerun(session, asked("two"))
        assert runs == []
        await asyncio.sleep(0.02)
        assert runs == ["one", "two"]
        AppSession.request_rerun(session, asked("three"))
        assert runs == ["one", "two", "three"]

    asyncio.run(go())


@pytest.mark.parametrize("state", [None, ScriptRequestType.CONTINUE, ScriptRequestType.RERUN])
def test_otherwise_nobody_waits(runs, state):
    AppSession.request_rerun(Session(state), asked("one"))
    assert runs == ["one"]


def test_a_run_that_never_ends_holds_nobody_up_for_ever(runs, monkeypatch):
    monkeypatch.setattr(last_words, "_MOST_WAITS", 3)

    async def go():
        AppSession.request_rerun(Session(ScriptRequestType.STOP), asked("one"))
        await asyncio.sleep(0.1)
        assert runs == ["one"]

    asyncio.run(go())
