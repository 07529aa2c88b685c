"""Every page runs through the frame, with and without a catalogue, in both languages."""

from __future__ import annotations

import pytest

from kpicat import language
from kpicat.ui import frame
from tests.app.opening import opened


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("name", frame.PAGES)
def test_a_page_runs_on_the_sample(sample, name, spoken, monkeypatch):
    monkeypatch.setattr(language, "_current", lambda: spoken)  # AppTest formats choices outside of any session
    app = opened(name, sample, spoken=None)
    assert not app.error
    assert app.subheader


@pytest.mark.parametrize("name", [p for p in frame.PAGES if p not in (frame.HOME, "vote")])
def test_a_page_without_a_catalogue_shows_the_way_home(sample, name):
    app = opened(name, spoken=None)
    assert [button.key for button in app.button if button.key == "frame_home"]


def test_a_link_to_no_catalogue_leads_home_too(sample):
    app = opened("edit", "there-is-none", spoken=None)
    assert [button.key for button in app.button if button.key == "frame_home"]
