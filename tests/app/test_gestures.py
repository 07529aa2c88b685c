"""What a page asks for by itself is nobody's doing, so it keeps no session from running out."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState

from kpicat.ui.beneath import gestures

BEFORE = {"$$ID-1-edit_words": {"string_value": "báo"}, "$$ID-2-edit_memory": {"json_value": '{"mark": "a"}'}}


def asked(widgets, *, page="edit", query="c=xa", by_itself=False):
    said = ClientState(page_script_hash=page, query_string=query, is_auto_rerun=by_itself)
    for id, value in widgets.items():
        said.widget_states.widgets.add(id=id, **value)
    return said


def told(event):
    return {
        "$$STREAMLIT_INTERNAL_KEY_$$ID-3-edit_x__events": {
            "json_trigger_value": json.dumps([{"event": event, "value": 1}])
        }
    }


BY_ITSELF = {
    "others' news": told("moved"),
    "another try of what was not saved": told("again"),
    "no cell is open any more": told("closed"),
    "the line is back": told("back"),
    "nothing is new, as when it has connected again": {},
    "it says which rows it shows": {"$$ID-2-edit_memory": {"json_value": '{"mark": "b"}'}},
}
BY_HAND = {
    "a press": {"$$ID-4-edit_undo": {"trigger_value": True}},
    "a cell that is opened": told("opened"),
    "a key": told("pressed"),
    "words that are typed": {"$$ID-1-edit_words": {"string_value": "báo cáo"}},
    "cells that are typed": {"$$ID-5-grid_k": {"string_value": '{"edited_rows": {"0": {"task": "x"}}}'}},
    "a row that is chosen": {"$$ID-6-edit_locked": {"json_value": "{}"}},
}


@pytest.mark.parametrize("widgets", BY_ITSELF.values(), ids=BY_ITSELF)
def test_what_a_page_asks_by_itself_is_no_gesture(widgets):
    assert not gestures.is_gesture(asked(BEFORE | widgets), asked(BEFORE))


@pytest.mark.parametrize("widgets", BY_HAND.values(), ids=BY_HAND)
def test_what_a_person_does_is_one_also_beside_others_news(widgets):
    assert gestures.is_gesture(asked(BEFORE | widgets), asked(BEFORE))
    assert gestures.is_gesture(asked(BEFORE | told("moved") | widgets), asked(BEFORE))


def test_going_to_another_page_is_one_and_a_part_that_looks_each_second_is_none():
    assert gestures.is_gesture(asked(BEFORE, page="home"), asked(BEFORE))
    assert gestures.is_gesture(asked(BEFORE, query="c=other"), asked(BEFORE))
    assert not gestures.is_gesture(asked(BEFORE | told("pressed"), by_itself=True), asked(BEFORE))


def test_where_nobody_can_tell_somebody_is_at_work():
    assert gestures.at_work("a session of no server")


class Session:
    """Stands for a session of Streamlit's."""


def test_somebody_is_at_work_for_a_moment_after_each_gesture_and_not_while_the_page_is_only_open(monkeypatch):
    session, wrapped, runs, now = Session(), [], [], [1000.0]
    manager = SimpleNamespace(get_active_session_info=lambda _id: SimpleNamespace(session=session))
    monkeypatch.setattr(gestures, "Runtime", SimpleNamespace(
        exists=lambda: True, instance=lambda: SimpleNamespace(_session_mgr=manager)))  # fmt: skip
    monkeypatch.setattr(gestures.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(gestures, "ask_first", wrapped.append)
    gestures.know_gestures()
    ask = wrapped[0](lambda *asked: runs.append(asked))
    ask(session, asked(BEFORE))
    assert not gestures.at_work("v"), "it was opened, which the doors know"
    ask(session, asked(BEFORE | BY_HAND["a press"]))
    now[0] += gestures.SECONDS - 1
    ask(session, asked(BEFORE | told("moved")))
    assert gestures.at_work("v")
    now[0] += 2
    ask(session, asked(BEFORE | told("moved")))
    ask(session, None)
    assert not gestures.at_work("v")
    assert len(runs) == 5, "each is asked for all the same"
