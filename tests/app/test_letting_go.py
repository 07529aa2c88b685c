"""Reports in which the grid's editor only lets go are taken where they arrive; all others run the page as ever."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState

from kpicat.ui.beneath import letting_go
from kpicat.ui.grid_shown import Echo
from tests.services.test_grid import Person

ROWS = "rows"  # the fragment the editor stands in


class Tab:
    """What of a session of Streamlit a report meets, with a grid in it; and its browser, which says all it holds."""

    def __init__(self, person):
        self.person, self.runs, self._scriptrunner, self.fragments = person, [], None, {ROWS}
        self.editor = f"$$ID-x-grid_{person.grid.key}"
        self.session_state = SessionState()
        self.session_state._new_session_state["grids"] = {("edit", "xa"): person.grid}
        self._keep(WidgetMetadata(self.editor, lambda text: json.loads(text or "{}"), json.dumps, "string_value"))
        self.states = {"$$ID-x-search": WidgetState(id="$$ID-x-search", string_value="")}

    def _keep(self, metadata):
        self.session_state._new_widget_state.set_widget_metadata(metadata)

    def has_fragment(self, fragment):
        return fragment in self.fragments

    def hold(self, edited):
        rows = {"edited_rows": {str(row): cells for row, cells in edited.items()}, "added_rows": [], "deleted_rows": []}
        self.states[self.editor] = WidgetState(id=self.editor, string_value=json.dumps(rows))

    def report(self, edited, *more, fragment=ROWS):
        """The editor holds this now, and perhaps more has changed; whether the page runs for it."""
        self.hold(edited)
        self.states |= {widget.id: widget for widget in more}
        asked = ClientState(fragment_id=fragment)
        asked.widget_states.widgets.extend(self.states.values())
        before = len(self.runs)
        AppSession.request_rerun(self, asked)
        for widget in more:
            if widget.WhichOneof("value") == "trigger_value":
                del self.states[widget.id]
        return len(self.runs) > before

    def run(self):
        """The run that was asked for: what is reported is saved and shown."""
        self.session_state.on_script_will_rerun(self.runs[-1].widget_states)
        edited = json.loads(self.states[self.editor].string_value)["edited_rows"]
        grid, person = self.person.grid, self.person
        grid.take({int(row): cells for row, cells in edited.items()})
        grid.save(person.store, actor=person.name, at=person.at)
        grid.follow(person.store, person.view, person.at)
        grid.paint()


@pytest.fixture
def tab(store, catalogue, at, monkeypatch):
    """Somebody who typed into the first row, which was saved and is shown."""
    monkeypatch.setattr(AppSession, "request_rerun", lambda session, asked: session.runs.append(asked))
    letting_go.spare_runs()
    waits = SimpleNamespace(monotonic=lambda: time.monotonic() + 0.15)  # an editor, before it reports
    monkeypatch.setattr(letting_go, "time", waits)
    made = Tab(Person(store, "Lan", at))
    assert made.report({0: {"task": "Lan viết"}})
    made.run()
    return made


def test_what_only_lets_go_is_taken_and_known_when_the_same_is_typed_again(tab):
    assert not tab.report({})
    assert tab.person.grid.reported == tab.person.grid.settled == {}
    assert tab.report({0: {"task": "Lan viết"}})
    tab.session_state.on_script_will_rerun(tab.runs[-1].widget_states)
    assert tab.session_state._widget_changed(tab.editor), "the callback that saves it would not be called"


@pytest.mark.parametrize("runs", [False, True])
def test_the_grid_is_told_when_a_report_comes_also_while_its_page_runs(tab, runs):
    tab._scriptrunner = object() if runs else None
    tab.person.grid.came = 0.0
    tab.report({})
    assert tab.person.grid.came > 0.0


def test_a_cell_typed_back_before_its_echo_can_have_been_seen_is_a_run(tab):
    tab.person.grid.echoes[tab.person.grid.ids[0], "task"] = Echo("Lan viết", "Đã có", time.monotonic() + 60)
    assert tab.report({})


def test_a_click_or_a_choice_that_comes_with_it_is_not_lost(tab):
    assert tab.report({}, WidgetState(id="$$ID-x-undo", trigger_value=True))
    tab.hold({0: {"task": "Lan viết"}})
    assert tab.report({}, WidgetState(id="$$ID-x-search", string_value="báo cáo"))


def test_the_same_click_once_more_is_one_more(tab):
    opened = WidgetState(id="$$ID-x-hand", json_trigger_value='[{"event": "again", "value": 1}]')
    assert tab.report({0: {"task": "Lan viết"}}, opened)
    assert tab.report({}, opened)


def test_while_the_page_runs_and_where_it_is_another_page_by_now_streamlit_takes_it(tab):
    tab._scriptrunner = object()
    assert tab.report({})
    tab._scriptrunner = None
    tab.hold({0: {"task": "Lan viết"}})
    tab.report({0: {"task": "Lan viết"}})
    tab.fragments.clear()
    assert tab.report({})
    assert tab.person.grid.settled


@pytest.mark.parametrize("fragment", ["", "another"])
def test_a_run_of_the_whole_page_is_a_run(tab, fragment):
    assert tab.report({}, fragment=fragment)


def test_a_browser_that_has_just_come_back_is_heard_in_full(tab):
    again = Tab(tab.person)
    assert again.report({})


def test_where_streamlit_keeps_its_sessions_otherwise_every_report_is_a_run_and_that_is_logged(tab, monkeypatch):
    logged = []
    monkeypatch.setattr(letting_go._LOG, "exception", logged.append)
    del tab.session_state
    assert tab.report({})
    assert logged
