"""kpicat in processes of its own, on either database, with people at it who speak Streamlit's protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kpicat.model import Catalogue
from kpicat.store import Store
from tests.databases import kind, new_url, postgres, server, template, url
from tests.load.server import COMMANDS, Server
from tests.load.server import catalogue as catalogue_of

__all__ = ["kind", "new_url", "postgres", "server", "template", "url"]

SIZE = 60


@pytest.fixture
def catalogue(store: Store) -> Catalogue:
    """Lines of the sample, enough for everybody to have rows of their own."""
    return catalogue_of(store, SIZE)


@pytest.fixture
def serve(url: str, catalogue: Catalogue, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server on the test's database: ``serve()``; nobody must have met what was not foreseen."""
    started: list[Server] = []

    def start(command: Sequence[str] = COMMANDS["push"], **environment: str) -> Server:
        running = Server(tmp_path, {"KPICAT_DATABASE": url, **environment}, command)
        started.append(running)
        running.start()
        return running

    yield start
    for each in started:
        each.kill()
    assert [line for each in started for line in each.tracebacks()] == []
