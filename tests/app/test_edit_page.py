"""The edit page while its runs are overtaken by others, and while the database does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpicat import services
from kpicat.errors import StoreBusy
from kpicat.services import View
from kpicat.ui import browser, frame, grid_view, grid_words, live

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def catalogue(sample):
    """Id of the built-in sample, which the pages show."""
    return sample


@pytest.fixture
def session(catalogue):
    """Begins a session at the edit page."""

    def begin():
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["c"] = catalogue
        return app.run().switch_page(frame.PAGES["edit"]).run()

    return begin


def grid_of(app, catalogue):
    return app.session_state.grids["edit", catalogue]


def first_task(catalogue):
    return View(frame.store().reading(catalogue)).items["task"].iloc[0]


def once_overtaken(function):
    """``function``, at whose first call the run is overtaken by another."""
    calls = []

    def overtaken(*args, **options):
        calls.append(args)
        if len(calls) == 1:
            st.rerun()
        return function(*args, **options)

    return overtaken


@pytest.mark.parametrize("where", [(live, "remembered"), (grid_words, "say_others"), (grid_view, "_take")])
def test_an_interrupted_first_run_goes_on_with_the_rows_on_screen_and_what_was_typed(
    where, session, catalogue, monkeypatch
):
    before = grid_of(session(), catalogue)
    monkeypatch.setattr(live, "remembered", lambda _key: before.mark)
    module, name = where
    monkeypatch.setattr(module, name, once_overtaken(getattr(module, name)))
    monkeypatch.setattr(grid_view, "_edited", lambda _grid: {0: {"task": "Lan viết"}})
    after = grid_of(session(), catalogue)
    assert (after.key, after.ids) == (before.key, before.ids)
    assert first_task(catalogue) == "Lan viết"


def test_what_the_database_did_not_take_is_not_tried_twice_at_once_but_a_moment_later(session, catalogue, monkeypatch):
    app, tried = session(), []

    def busy(*_args, **_options):
        tried.append(1)
        raise StoreBusy("locked")

    grid = grid_of(app, catalogue)
    grid.waiting[grid.ids[0], "task"] = "Lan viết"
    with monkeypatch.context() as locked:
        locked.setattr(services, "save_tied", busy)
        locked.setattr(grid_view, "SILENT_SECONDS", 60)
        app.run()
        app.run()
    assert len(tried) == 1
    monkeypatch.setattr(grid_view, "SILENT_SECONDS", 0)
    app.run()
    assert first_task(catalogue) == "Lan viết"


def test_a_search_that_finds_nothing_shows_no_empty_grid_and_says_what_was_dropped(session, catalogue):
    app = session()
    assert len(app.dataframe)
    grid = grid_of(app, catalogue)
    grid.refused[grid.ids[0], "quantity"] = "“nhiều” không phải là số."
    app.text_input("edit_words").set_value("không có việc nào như thế").run()
    assert not app.dataframe
    assert [toast.value for toast in app.toast if "“nhiều” không phải là số" in toast.value]
    app.run()
    assert not app.toast


def test_a_guest_is_the_same_guest_when_the_page_is_loaded_anew(session, monkeypatch):
    cookies = {}
    monkeypatch.setattr(browser, "remembered", lambda cookie, *_allowed: cookies.get(cookie))

    def name():
        return session().text_input("frame_actor").placeholder

    guest = name()
    assert name() != guest
    cookies[frame.GUEST] = guest
    assert name() == guest
