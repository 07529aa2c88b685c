"""A page opened as by a link, for tests of pages, and what is read of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest

from kpicat.ui import frame

APP = str(Path(__file__).parents[2] / "app.py")


def opened(
    page: str,
    catalogue: str | None = None,
    *,
    spoken: str | None = "en",
    state: Mapping[str, object] | None = None,
    query: Mapping[str, str | list[str]] | None = None,
) -> AppTest:
    """A page after its first run, which raised nothing.

    Args:
        page: One of :data:`kpicat.ui.frame.PAGES`.
        spoken: The reader's language; None for one who never chose.
        state: What the session holds from before.
        query: What the link says besides the catalogue.
    """
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in (({"language": spoken} if spoken else {}) | dict(state or {})).items():
        app.session_state[name] = value
    for name, value in (({"c": catalogue} if catalogue else {}) | dict(query or {})).items():
        app.query_params[name] = value
    if page != frame.HOME:
        app.switch_page(frame.PAGES[page])  # found before any run, as a page's file is named as its address
    app.run()
    assert not app.exception
    return app


def said(elements) -> str:
    return "\n".join(element.value for element in elements)


def figure(app: AppTest, label: str) -> tuple[str, str] | None:
    """A metric's value and what it changed by."""
    return next(((metric.value, metric.delta) for metric in app.metric if metric.label == label), None)
