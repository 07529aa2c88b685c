"""A dossier that every test of this folder may read, and a catalogue of which others are made."""

from __future__ import annotations

import pytest

from kpicat.exchange.forms import pdf
from kpicat.exchange.forms.decision import Decision
from kpicat.store import open_store
from tests.conftest import AT
from tests.services.dossier.filed import Filing


@pytest.fixture
def no_pdf(monkeypatch):
    """Without the program that lays it out; the one of "whole" is read."""
    monkeypatch.setattr(pdf, "compiled", lambda *_args, **_more: b"%PDF-")


@pytest.fixture
def desk(store, at, no_pdf):
    return Filing(store, at)


@pytest.fixture(scope="session")
def whole(tmp_path_factory, blank):
    """The second version as it was submitted: voted on, changed since the first, with findings let stand."""
    file = tmp_path_factory.mktemp("dossier") / "kpicat.db"
    file.write_bytes(blank)
    store = open_store(f"sqlite:///{file}")
    desk = Filing(store, AT)
    desk.submit()
    desk.approve()
    desk.change()
    desk.vote()
    desk.submit()
    yield desk, desk.made(to="Ban Thường vụ <b>", head=Decision(place="Ích", office="Bí thư"))
    store.close()
