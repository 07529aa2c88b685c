"""What tests of pages share: a database of the test's own, which the pages use, and what may be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from kpicat import language, services
from kpicat.model import Add, Catalogue, Item
from kpicat.store import Store
from kpicat.ui import frame


@pytest.fixture(scope="session", autouse=True)
def _what_is_installed() -> Iterator[None]:
    """AppTest goes through all that is installed for every page it opens; it is the same to the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def pages(tmp_path: Path, blank: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of the pages, empty."""
    (tmp_path / "kpicat.db").write_bytes(blank)
    monkeypatch.setenv("KPICAT_DATABASE", f"sqlite:///{tmp_path / 'kpicat.db'}")
    st.cache_resource.clear()
    store = frame.store()
    yield store
    store.close()
    st.cache_resource.clear()


@pytest.fixture
def in_english() -> Iterator[None]:
    """Everybody reads English, also where AppTest asks outside of any session."""
    language.resolve_with(lambda: "en")
    yield
    language.resolve_with(frame._session_language)


@pytest.fixture
def made(pages: Store, in_english: None, at: datetime) -> Callable[..., str]:
    """Makes a catalogue of such rows and says its id."""

    def make(*rows: dict, name: str = "Danh mục", **about: str) -> str:
        pages.create(Catalogue("xa", name, **about), actor="Lan", at=at)
        if rows:
            items = [Add(Item(f"i{n}", row)) for n, row in enumerate(rows)]
            pages.commit("xa", items, actor="Lan", at=at, label="import")
        return "xa"

    return make


@pytest.fixture
def sample(pages: Store, at: datetime) -> str:
    """Id of the built-in sample."""
    return services.start_from_sample(pages, services.samples()[0], actor="Lan", at=at).id
