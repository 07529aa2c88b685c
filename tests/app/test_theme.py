"""What is changed in Streamlit while kpicat serves leaves what a browser is told as it was."""

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from kpicat.ui.beneath import theme

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


@pytest.fixture
def both(monkeypatch):
    """What Streamlit tells of a section, and what it tells while kpicat serves."""
    plain = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", plain)
    theme.tell_it_once()
    served = app_session._populate_theme_msg
    assert served is not plain
    return plain, served


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("option", [None, "primaryColor"])
def test_the_theme_is_told_as_streamlit_does_the_first_time_and_after(both, section, option, monkeypatch):
    monkeypatch.setattr(
        app_session.config, "get_options_for_section", lambda asked: {"primaryColor": "#123456" if option else None}
    )
    told = []
    for populate in (both[0], both[1], both[1]):
        whole = CustomThemeConfig()
        populate(whole.light, section)
        told.append((whole.SerializeToString(), whole.HasField("light")))
    assert told[0] == told[1] == told[2]
