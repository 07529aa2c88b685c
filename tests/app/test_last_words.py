"""A session's next run begins only when the last one has been heard to its end, and in the order of asking."""

from __future__ import annotations

import logging

import pytest
from streamlit.runtime.app_session import AppSession

from kpicat.ui.beneath import last_words
from tests.app.tab import Told, in_a_session

SCRIPT = """
import streamlit as st

told = st.session_state.told

@st.fragment
def part(name):
    st.button(name, key=name, on_click=told.heard.append, args=(name,))
    st.markdown(f"{name} after {len(told.heard)}")

for name in ("one", "two", "three"):
    with st.container():
        part(name)
"""


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def session(tmp_path, told, monkeypatch):
    """Tells a story to a session that is heard to the end."""
    monkeypatch.setattr(AppSession, "_create_scriptrunner", AppSession._create_scriptrunner)
    last_words.hear_to_the_end()
    script = tmp_path / "app.py"
    script.write_text(SCRIPT, encoding="utf-8")
    return lambda story: in_a_session(script, told, story, monkeypatch)


def test_who_asks_when_a_run_has_ended_but_is_not_heard_waits_and_the_order_stays(session, told):
    async def story(tab):
        tab.ask(press="one")
        tab.over()
        tab.ask(press="two")
        tab.ask(press="three")
        await tab.settled()
        assert [text.split()[0] for text in tab.texts()] == ["one", "two", "three"] * 2
        assert "one after 1" in tab.texts()

    session(story)
    assert told.heard == ["one", "two", "three"]


def test_a_run_that_is_never_heard_holds_nobody_up_for_ever(session, told, monkeypatch):
    monkeypatch.setattr(last_words, "_MOST_WAITS", 0)

    async def story(tab):
        tab.ask(press="one")
        tab.over()
        tab.ask(press="two")
        await tab.settled()

    session(story)
    assert told.heard == ["one", "two"]


def test_who_leaves_meanwhile_is_run_for_no_more(session, told):
    async def story(tab):
        tab.ask(press="one")
        tab.over()
        tab.ask(press="two")
        tab.session.shutdown()
        await tab.settled()

    session(story)
    assert told.heard == ["one"]


def test_where_streamlit_makes_its_runners_otherwise_that_is_logged_and_all_goes_on(monkeypatch, caplog):
    monkeypatch.delattr(AppSession, "_create_scriptrunner")
    with caplog.at_level(logging.ERROR):
        last_words.hear_to_the_end()
    assert "otherwise" in caplog.text
