"""Locked, full, gone, broken: one sentence, nothing written, and the next try works."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, event, make_url

from kpicat.errors import StoreBusy, StoreError
from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.store import open_store

LOCK = {"sqlite": "BEGIN IMMEDIATE", "postgres": "SELECT 1 FROM catalogue WHERE id = 'xa' FOR UPDATE"}
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
EDIT = Edit("two", "tier", 2, 3)


@pytest.fixture
def impatient(store, catalogue, url):
    """A second store on the same database, which waits for nobody."""
    opened = open_store(url, busy_timeout=0.05)
    yield opened
    opened.close()


def test_a_locked_database_is_busy_then_takes_the_same_edit(kind, url, catalogue, impatient, at):
    engine = create_engine(url)
    with engine.connect() as other:
        other.exec_driver_sql(LOCK[kind])
        with pytest.raises(StoreBusy):
            impatient.commit("xa", [EDIT], actor="me", at=at)
        assert impatient.head("xa") == catalogue.head  # reading goes on
        assert impatient.reading("xa").items.at["two", "tier"] == 2
        other.rollback()
    engine.dispose()
    assert impatient.commit("xa", [EDIT], actor="me", at=at).applied == [EDIT]


@pytest.mark.parametrize("kind", [POSTGRES])
def test_on_postgresql_two_catalogues_do_not_wait_for_each_other(url, catalogue, impatient, at):
    impatient.create(Catalogue("khac", "Khác"), actor="me", at=at)
    engine = create_engine(url)
    with engine.connect() as other:
        other.exec_driver_sql(LOCK["postgres"])
        assert impatient.commit("khac", [Add(Item("one", {}))], actor="me", at=at).applied
    engine.dispose()


def sqlite_with(store, pragma):
    """Let every connection of the store begin with ``pragma`` from now on."""
    engine = store._database.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _record: connection.execute(pragma).close())


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_sqlite_acknowledges_survives_a_power_cut(store):
    with store._database.peek() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")]
        assert (connection.exec_driver_sql("PRAGMA journal_mode").scalar(), *found) == ("wal", 2, 1)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_full_disk_writes_nothing_and_the_store_goes_on(store, catalogue, url, at):
    with closing(sqlite3.connect(make_url(url).database)) as raw:
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
    sqlite_with(store, f"PRAGMA max_page_count = {pages + 2}")
    many = [Add(Item(f"new {n}", {"task": "Báo cáo " * 50})) for n in range(200)]
    with pytest.raises(StoreBusy, match=r"đầy|full"):
        store.commit("xa", many, actor="me", at=at)
    assert store.head("xa") == catalogue.head and store.counts() == {"xa": 3}
    assert store.commit("xa", [EDIT], actor="me", at=at).applied == [EDIT]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_file_that_may_not_be_written_is_busy_and_still_read(store, catalogue, at):
    sqlite_with(store, "PRAGMA query_only = 1")
    with pytest.raises(StoreBusy):
        store.commit("xa", [EDIT], actor="me", at=at)
    assert store.reading("xa").items.at["two", "tier"] == 2


@pytest.mark.parametrize("kind", [POSTGRES])
def test_a_server_that_went_away_is_busy_once_and_found_again(store, catalogue, at, thrown_out):
    thrown_out()
    with pytest.raises(StoreBusy):
        store.commit("xa", [EDIT], actor="me", at=at)
    assert store.commit("xa", [EDIT], actor="me", at=at).applied == [EDIT]


def test_no_server_at_all_is_busy(tmp_path):
    with pytest.raises(StoreBusy):
        open_store(f"postgresql+psycopg://nobody@/none?host={tmp_path}", busy_timeout=0.1)


@pytest.mark.parametrize("address", ["", "kpicat.db", "mysql://there/kpicat", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none_is_refused_in_words(address):
    with pytest.raises(StoreError, match="sqlite:///"):
        open_store(address)


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path):
    file = tmp_path / "kpicat.db"
    file.write_bytes(b"Danh m\xe1\xbb\xa5c " * 500)
    with pytest.raises(StoreError) as refused:
        open_store(f"sqlite:///{file}")
    assert not isinstance(refused.value, StoreBusy)
    assert file.read_bytes().startswith(b"Danh")


def test_a_folder_that_cannot_be_made_is_busy(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreBusy):
        open_store(f"sqlite:///{tmp_path / 'file' / 'kpicat.db'}")
