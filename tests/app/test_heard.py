"""What a person did is heard, whatever is asked for before, while and after their session comes to it."""

from __future__ import annotations

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state.safe_session_state import SafeSessionState

from kpicat.ui.beneath import heard, last_words
from tests.app.tab import Told, in_a_session

SCRIPT = """
import streamlit as st

told = st.session_state.told

def pressed(name):
    told.at(name)
    st.session_state["pressed"] = name
    st.toast(name)
    told.heard.append(name)

def button(name):
    st.button(name, key=name, on_click=pressed, args=(name,))

def typed():
    told.heard.append(st.session_state["text"])

@st.fragment
def body():
    button("in body")
    told.at("body")
    st.markdown("body")
    part()
    told.at("end of body")
    st.markdown("end of body")

@st.fragment
def part():
    button("in part")
    st.text_input("text", key="text", on_change=typed)
    told.at("part")
    st.markdown("part")

def one():
    told.at("page")
    button("on page")
    body()
    st.markdown("end of page")

def two():
    told.at("another page")
    button("on another page")

st.navigation([st.Page(one, url_path="one", default=True), st.Page(two, url_path="two")]).run()
"""


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def session(tmp_path, told, monkeypatch):
    """Tells a story to a session in which things are heard."""
    for owner, names in (
        (AppSession, ["request_rerun", "_create_scriptrunner"]),
        (ScriptRunner, ["_maybe_handle_execution_control_request"]),
        (ScriptRequests, ["request_rerun", "on_scriptrunner_yield", "on_scriptrunner_ready"]),
        (SafeSessionState, ["on_script_will_rerun"]),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, getattr(owner, name))
    heard.hear_out()
    last_words.hear_to_the_end()
    script = tmp_path / "app.py"
    script.write_text(SCRIPT, encoding="utf-8")
    return lambda story: in_a_session(script, told, story, monkeypatch)


def test_a_press_whose_callback_is_under_way_is_done_to_its_end_and_shown(session, told):
    async def story(tab):
        told.hold("on page")
        tab.ask(press="on page")
        await told.reached("on page")
        tab.ask()
        told.go_on("on page")
        await tab.settled()

    session(story)
    assert told.heard == ["on page"]
    assert told.shown[-1] == ("end of body", ("on page",))


def test_a_press_that_nobody_has_come_to_yet_is_heard_when_more_is_asked_for(session, told):
    async def story(tab):
        tab.ask(press="on page")
        tab.ask()
        tab.ask(press="in part")
        tab.ask()
        await tab.settled()

    session(story)
    assert sorted(told.heard) == ["in part", "on page"]


@pytest.mark.parametrize("to", ["", "two"])
def test_what_waits_for_the_end_of_a_run_is_heard_before_the_page_is_run_or_left(session, told, to):
    async def story(tab):
        told.hold("part")
        tab.ask(part="text")
        await told.reached("part")
        tab.ask(press="in part")
        tab.fields["text"] = "typed"
        tab.ask(part="text")
        tab.ask(page=to)
        tab.ask(page=to)
        told.go_on("part")
        await tab.settled()

    session(story)
    assert sorted(told.heard) == ["in part", "typed"]
    assert told.shown[-1] == ("another page" if to else "end of body", tuple(told.heard))


def test_what_nobody_has_come_to_yet_is_heard_when_its_page_is_left(session, told):
    async def story(tab):
        tab.fields["text"] = "typed"
        tab.ask(press="on page")
        tab.ask(page="two")
        await tab.settled()

    session(story)
    assert sorted(told.heard) == ["on page", "typed"]
    assert told.shown[-1] == ("another page", tuple(told.heard))


def test_a_press_in_a_part_that_is_being_drawn_anew_is_heard(session, told):
    async def story(tab):
        told.hold("body", "page")
        tab.ask(part="in body")
        await told.reached("body")
        tab.ask()
        told.go_on("body")
        await told.reached("page")
        assert not tab.session.has_fragment(tab.widget("in part")[1])
        tab.ask(press="in part")
        told.go_on("page")
        await tab.settled()

    session(story)
    assert told.heard == ["in part"]
    assert told.shown[-1] == ("end of body", ("in part",))


def test_who_asks_for_a_part_that_is_gone_for_good_is_not_answered(session, told):
    async def story(tab):
        tab.ask(page="two")
        await tab.settled()
        before = len(told.shown)
        tab.ask(press="in part")
        await tab.settled()
        assert len(told.shown) == before

    session(story)
    assert told.heard == []
