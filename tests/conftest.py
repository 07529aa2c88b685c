"""What tests of several folders stand on: a store in a file of its own, and a catalogue in it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from kpicat import commands, language
from kpicat.model import Add, Catalogue, Item, Source
from kpicat.store import Store, open_store

# A busy machine is no failure (times are for benchmarks), and a change is not refused for what it did not touch:
# the same fifty examples every time, of which more find no more. `make fuzz` looks for others, a thousand each.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("fuzz", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("KPICAT_EXAMPLES", "steady"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What tests are made of stays to the end: it is not looked through, time and again, for what nobody needs."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Say at once what fails: a run that time cuts short never comes to its list of failures."""
    if report.failed:
        print(f"\n{report.nodeid} ({report.when}): {report.longreprtext[-5000:]}", flush=True)


AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    """The moment at which everything in a test happens."""
    return AT


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database of the test's own."""
    return f"sqlite:///{tmp_path / 'var' / 'kpicat.db'}"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated, empty SQLite database, copied for each test: quicker than migrating each."""
    file = tmp_path_factory.mktemp("blank") / "kpicat.db"
    open_store(f"sqlite:///{file}").close()
    return file.read_bytes()


@pytest.fixture
def open_at(blank: bytes) -> Iterator[Callable[[str], Store]]:
    """Opens the store at an address, an empty one if there is none, until the test is over: ``open_at(url)``."""
    stores: list[Store] = []

    def open_it(url: str) -> Store:
        file = make_url(url).database
        if file and url.startswith("sqlite") and not Path(file).exists():
            Path(file).parent.mkdir(exist_ok=True)
            Path(file).write_bytes(blank)
        stores.append(open_store(url))
        return stores[-1]

    yield open_it
    for each in stores:
        each.close()


@pytest.fixture
def store(url: str, open_at: Callable[[str], Store]) -> Store:
    """An empty store."""
    return open_at(url)


@pytest.fixture
def items() -> list[Item]:
    """Three lines, with something in every kind of cell."""
    return [
        Item(
            "one",
            {
                "code": "VP.01",
                "task": "Tiếp công dân định kỳ",
                "tier": 1,
                "quantity": Decimal(24),
                "standard_unit": True,
            },
            Source("danh-muc.xlsx", "Văn phòng", 5),
        ),
        Item("two", {"code": "VP.02", "task": "Báo cáo tháng", "tier": 2, "quantity": Decimal("12.5")}),
        Item("three", {"task": "Nghị quyết chuyên đề", "points": Decimal(150)}),
    ]


@pytest.fixture
def catalogue(store: Store, items: list[Item]) -> Catalogue:
    """A catalogue of the three lines, added by "founder"; its head is 3."""
    store.create(Catalogue("xa", "Danh mục của xã", body="Đảng ủy xã", period="2026"), actor="founder", at=AT)
    store.commit("xa", [Add(item) for item in items], actor="founder", at=AT, label="import")
    return store.catalogue("xa")


@pytest.fixture
def in_english() -> Iterator[None]:
    """Everybody reads English."""
    language.resolve_with(lambda: "en")
    yield
    language.resolve_with(lambda: None)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Runs a command, where people read English; its exit status, standard output and standard error."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def run(*arguments: object) -> tuple[int, str, str]:
        status = commands.main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    with language.usually("en"):  # what the test itself asks kpicat for
        yield run
    language.resolve_with(lambda: None)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text into a file of the test's own."""

    def write(text: str, name: str = "in.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
