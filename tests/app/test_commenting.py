"""What is sent from the drawer of comments goes where its author meant it to go."""

from __future__ import annotations

import streamlit as st

from kpicat import services
from kpicat.services import View, commenting
from kpicat.ui.commenting import writing
from kpicat.ui.commenting.held import OPEN, Draft, Drawer
from tests.app.test_incoming import Desk, Session


def test_an_answer_to_what_was_withdrawn_meanwhile_is_kept_and_begins_no_thread_on_the_row_shown(
    store, catalogue, at, monkeypatch
):
    monkeypatch.setattr(st, "session_state", Session())
    said = commenting.begin("c", "one", "Xem lại", (), actor="Minh", at=at)
    services.save(store, View(store.reading("xa")), said, actor="Minh", at=at)
    held, draft = Drawer(shown=OPEN, item="two", about="c"), Draft(text="Đồng ý")
    held.drafts["c"] = draft
    (thread,) = commenting.threads(view := View(store.reading("xa")))
    services.save(store, view, commenting.withdraw(thread.first, actor="Minh"), actor="Minh", at=at)

    writing._send(Desk(store, View(store.reading("xa")), "Lan", at), held, draft, ())

    assert not commenting.threads(View(store.reading("xa")))
    assert held.refused and not draft.sent
    assert held.drafts["c"].text == "Đồng ý"
