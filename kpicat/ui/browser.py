"""What lives in the browser: two remembered choices, and Streamlit's own words in Vietnamese."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from kpicat.language import language

_HERE = Path(__file__).parent


def remembered(cookie: str, allowed: Collection[str] | None = None) -> str | None:
    """A choice this browser kept, or None; a cookie is anybody's text, so it is bounded."""
    text = unquote(str(st.context.cookies.get(cookie, "")))[:60].strip()
    return text if text and (allowed is None or text in allowed) else None


def remember(**cookies: str) -> None:
    """Keep these choices in this browser, and put Streamlit's own words into the reader's language."""
    words = _own_words() if language() == "vi" else {}
    _component()(
        key="frame_browser",
        data={"cookies": {name: quote(value) for name, value in cookies.items()}, "words": words, "lang": language()},
        on_back_change=lambda: None,  # a run is all it asks for
    )


def style() -> None:
    """The few rules a theme cannot say."""
    st.html(f"<style>{(_HERE / 'style.css').read_text(encoding='utf-8')}</style>")


@cache
def _own_words() -> dict[str, str]:
    loaded: dict[str, str] = json.loads((_HERE / "streamlit_vi.json").read_text(encoding="utf-8"))
    return loaded


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component("kpicat_browser", js=(_HERE / "browser.js").read_text(encoding="utf-8"))
