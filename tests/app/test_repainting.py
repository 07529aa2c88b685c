"""A page is shown others' cells without a run only as its last run left it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSessionState

from kpicat.model import Edit
from kpicat.office import Pace
from kpicat.ui import frame, repainting
from kpicat.ui.followed import Followed, _Element
from kpicat.ui.repainting import Painter, Repainted
from tests.app.test_edit_page import catalogue, grid_of, session  # noqa: F401
from tests.conftest import AT


@pytest.fixture
def grid(session, catalogue):  # noqa: F811
    return grid_of(session(), catalogue)


@pytest.fixture
def painter(grid, catalogue):  # noqa: F811
    made = Painter("page", catalogue, Followed(keeps_pace=grid.keeps_pace))
    frame.office().screens.paints("page", made)
    item = grid.ids[0]
    old = frame.view(catalogue).value(item, "note")
    frame.store().commit(catalogue, [Edit(item, "note", old, "Minh viết")], actor="Minh", at=AT)
    return made


def test_news_prepared_while_the_page_runs_are_left_to_the_run(painter, grid):
    before = grid.view
    with frame.office().screens.running("page"):
        assert painter.prepare("") is Pace.LATER
    assert grid.view is before


def test_news_prepared_before_a_run_are_not_shown_after_it(painter, catalogue):  # noqa: F811
    made = painter.prepare("")
    assert isinstance(made, Repainted)
    with frame.office().screens.running("page"):
        later = Painter("page", catalogue, Followed())
        frame.office().screens.paints("page", later)
    assert not painter.send(made)


def test_what_is_sent_again_and_again_takes_no_memory_of_the_page(painter):
    """A protobuf message gives nothing back of what was ever set in it (measured: 7 MB a second at 60 people)."""
    followed = Followed()
    drawn = ForwardMsg()
    drawn.delta.new_element.dataframe.arrow_data.data = b"drawn"
    followed._elements["rows"] = _Element(drawn, lambda element, _view: fill(element, b"anew"), own=False)

    (sent,) = followed.renewed(frame.view(painter._catalogue_id))

    assert sent.delta.new_element.dataframe.arrow_data.data == b"anew"
    assert drawn.delta.new_element.dataframe.arrow_data.data == b"drawn"


def fill(element, data):
    element.dataframe.arrow_data.data = data


@pytest.mark.parametrize(("state", "sent"), [("APP_NOT_RUNNING", True), ("APP_IS_RUNNING", False), (None, False)])
def test_nothing_is_sent_into_a_run_that_has_begun_or_to_a_browser_that_is_gone(painter, monkeypatch, state, sent):
    received = []
    browser = SimpleNamespace(_state=state and AppSessionState[state], _enqueue_forward_msg=received.append)
    found = SimpleNamespace(session=browser) if state else None
    manager = SimpleNamespace(get_active_session_info=lambda visit: found if visit == "page" else None)
    monkeypatch.setattr(repainting.Runtime, "instance", lambda: SimpleNamespace(_session_mgr=manager))
    message = ForwardMsg()
    assert painter.send(Repainted([message], "7:b")) is sent
    assert received == ([message] if sent else [])
