"""Long work under a progress bar."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from kpicat.ui import reading


def test_one_run_may_follow_one_work_after_the_other(monkeypatch):
    """The second may lie where the first lay in memory, and is another all the same."""
    monkeypatch.setattr(reading, "_UNSHOWN_SECONDS", 0)

    def script():
        import time

        import streamlit as st

        from kpicat.ui.reading import Latest

        latest = Latest()
        for n in range(5):
            st.write(latest.get(n, lambda progress: time.sleep(0.05) or "read", "Reading", list))

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert [shown.value for shown in app.markdown][-5:] == ["read"] * 5
