"""kpicat in processes of its own, on either database, with people at it who speak Streamlit's protocol."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from kpicat.model import Catalogue
from kpicat.services.samples import samples
from kpicat.store import Store, migrate
from tests.databases import kind, postgres, server, template
from tests.load.server import COMMANDS, Server, lines

__all__ = ["kind", "postgres", "server", "template"]

SIZE = 60


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """``shared(url)``: the server on a database, for all tests: starting one costs more than most of them."""
    folder, running = tmp_path_factory.mktemp("shared"), dict[str, Server]()

    def at(url: str) -> Server:
        return running.setdefault(url, Server(folder, {"KPICAT_DATABASE": url}, COMMANDS["push"]))

    yield at
    for each in running.values():
        each.kill()


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """``databases(kind)``: the address of the one of that kind; each test has a catalogue of its own there."""
    file = tmp_path_factory.mktemp("databases") / "kpicat.db"

    @cache
    def of(kind: str) -> str:
        address = f"sqlite:///{file}" if kind == "sqlite" else request.getfixturevalue("postgres")
        migrate(address)
        return address

    return of


@pytest.fixture
def url(kind: str, databases: Callable[[str], str]) -> str:
    """A database of either kind."""
    return databases(kind)


@pytest.fixture
def catalogue(store: Store) -> Catalogue:
    """Lines of the sample, enough for everybody to have rows of their own."""
    guidance = samples()[0].entry["guidance"]
    made = Catalogue(uuid.uuid4().hex, "Danh mục tải thử", body="Đảng ủy xã", period="2026", guidance=guidance)
    return store.create(made, actor="founder", at=datetime.now(UTC), items=lines(SIZE))


@pytest.fixture
def serve(url: str, shared: Callable[[str], Server], tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """``serve()``: the server on the test's database; ``serve(command)``: one more of the test's own.

    Nobody must have met what was not foreseen.
    """
    met: dict[Server, list[str]] = {}

    def start(command: Sequence[str] | None = None) -> Server:
        running = Server(tmp_path, {"KPICAT_DATABASE": url}, command) if command else shared(url)
        if command or not running._answers():
            running.start()
        met[running] = running.tracebacks()
        return running

    yield start
    for each in met:
        if each is not shared(url):
            each.kill()
    assert {each: each.tracebacks() for each in met} == met
