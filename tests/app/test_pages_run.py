"""Every page runs through the frame, with and without a catalogue, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpicat import language
from kpicat.ui import frame

APP = str(Path(__file__).parents[2] / "app.py")


def opened(page, catalogue=None):
    app = AppTest.from_file(APP, default_timeout=60)
    if catalogue:
        app.query_params["c"] = catalogue
    app.run()
    return app if page == frame.HOME else app.switch_page(frame.PAGES[page]).run()


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("name", frame.PAGES)
def test_a_page_runs_on_the_sample(sample, name, spoken, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: spoken)  # AppTest formats choices outside of any session
    app = opened(name, sample)
    assert not app.exception
    assert not app.error
    assert app.subheader


@pytest.mark.parametrize("name", [p for p in frame.PAGES if p not in (frame.HOME, "vote")])
def test_a_page_without_a_catalogue_shows_the_way_home(sample, name):
    app = opened(name)
    assert not app.exception
    assert [button.key for button in app.button if button.key == "frame_home"]


def test_a_link_to_no_catalogue_leads_home_too(sample):
    app = opened("edit", "there-is-none")
    assert not app.exception
    assert [button.key for button in app.button if button.key == "frame_home"]
