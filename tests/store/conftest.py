"""What tests of the store share; each that asks for ``url`` or ``store`` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import pytest
from sqlalchemy import create_engine

from kpicat.model import Edit
from kpicat.store import Store
from tests.databases import kind, new_url, postgres, server, template, url

__all__ = ["kind", "new_url", "postgres", "server", "template", "url"]


@pytest.fixture
def typing(store: Store, catalogue: object, at: datetime) -> Callable[[], AbstractContextManager[None]]:
    """While the block lasts somebody sets a cell of two rows in each gesture, over and over: ``with typing():``."""

    @contextmanager
    def while_typing() -> Iterator[None]:
        started, enough = threading.Event(), threading.Event()

        def type_on() -> None:
            n = 0
            while not enough.is_set():
                seen, n = (str(n) if n else ""), n + 1
                edits = [Edit(item, "quality", seen, str(n)) for item in ("two", "three")]
                assert len(store.commit("xa", edits, actor="me", at=at).applied) == 2
                if n == 5:
                    started.set()

        hand = threading.Thread(target=type_on)
        hand.start()
        try:
            assert started.wait(30)
            yield
        finally:
            enough.set()
            hand.join()

    return while_typing


@pytest.fixture
def thrown_out(url: str) -> Callable[[], None]:
    """Has PostgreSQL end everybody's connection to this database, as when it is restarted."""

    def throw_out() -> None:
        engine = create_engine(url)
        with engine.connect() as other:
            other.exec_driver_sql(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        engine.dispose()

    return throw_out
