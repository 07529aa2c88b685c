"""A watch wakes on any commit, of any process, and outlives the database it watches."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kpicat.errors import StoreBusy
from kpicat.model import Edit, Present
from kpicat.store import backup, open_store, restore, watching

ROOT = Path(__file__).parents[2]
LONG = 30.0  # seconds; a wait that ends does so long before
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture
def watch(store, catalogue):
    with store.watch() as watching:
        yield watching


def edit(store, at, seen="", new="a"):
    assert store.commit("xa", [Edit("two", "note", seen, new)], actor="me", at=at).applied


def test_nothing_committed_is_nothing_heard(watch, store):
    store.reading("xa")
    store.head("xa")
    assert not watch.wait(0.1)


def test_a_commit_is_heard_once(watch, store, at):
    edit(store, at)
    assert watch.wait(LONG)
    assert not watch.wait(0.1)
    edit(store, at, "a", "b")
    assert watch.wait(LONG)


def test_a_commit_between_two_waits_is_not_missed(watch, store, at):
    edit(store, at)
    edit(store, at, "a", "b")
    assert watch.wait(LONG)


def test_a_commit_of_this_process_is_heard_before_the_file_is_looked_at_again(watch, store, at, monkeypatch):
    monkeypatch.setattr(watching._File, "pause", LONG)
    heard = []
    waiting = threading.Thread(target=lambda: heard.append(watch.wait(LONG)))
    waiting.start()
    while not watch._using.locked():
        pass
    began = time.monotonic()
    edit(store, at)
    waiting.join(LONG)
    assert heard == [True]
    assert time.monotonic() - began < LONG / 2


def test_who_waits_is_woken(watch, store, at):
    heard = []
    waiting = threading.Thread(target=lambda: heard.append(watch.wait(LONG)))
    waiting.start()
    edit(store, at)
    waiting.join(LONG)
    assert heard == [True]


def test_a_commit_of_another_process_is_heard(watch, url, at):
    code = (
        "import sys, datetime; from kpicat.model import Edit; from kpicat.store import open_store;"
        "store = open_store(sys.argv[1]); now = datetime.datetime.now(datetime.UTC);"
        "assert store.commit('xa', [Edit('two', 'tier', 2, 3)], actor='other', at=now).applied"
    )
    subprocess.run([sys.executable, "-c", code, url], cwd=ROOT, check=True)
    assert watch.wait(LONG)


def test_people_coming_and_going_are_heard(watch, store, at):
    store.present([Present("tab", "xa", "An", "edit", "", at, "server")], (), forget=at)
    assert watch.wait(LONG)


def test_a_restore_is_heard_and_what_comes_after_it(watch, store, url, tmp_path, at):
    backup(url, tmp_path / "backup.db")
    restore(url, tmp_path / "backup.db")
    assert watch.wait(LONG)
    while watch.wait(0.1):
        pass
    edit(store, at)
    assert watch.wait(LONG)


def test_closing_ends_a_wait_in_another_thread(watch):
    heard = []
    waiting = threading.Thread(target=lambda: heard.append(watch.wait(LONG)))
    waiting.start()
    while not watch._using.locked():
        pass
    began = time.monotonic()
    watch.close()
    waiting.join(LONG)
    assert heard == [False] and time.monotonic() - began < LONG / 2
    assert watch.closed and not watch.wait(LONG)
    watch.close()


@pytest.mark.parametrize("kind", [POSTGRES])
def test_a_server_that_threw_everybody_out_is_found_again_by_itself(watch, url, at, thrown_out):
    thrown_out()
    assert watch.wait(LONG)  # back
    assert not watch.wait(0.1)
    fresh = open_store(url)
    edit(fresh, at)
    assert watch.wait(LONG)
    fresh.close()


@pytest.mark.parametrize("kind", [POSTGRES])
def test_a_server_stopped_and_started_again_is_found_by_itself_without_haste(watch, store, url, server, at):
    tried = []
    listen = watch._listen
    watch._listen = lambda: tried.append(1) or listen()
    server.stop()
    try:
        assert not watch.wait(0) and not watch.wait(1.2)
        assert 1 <= len(tried) <= 4
    finally:
        server.ensure_postgres_running()
    assert watch.wait(LONG) and not watch.wait(0.1)
    with pytest.raises(StoreBusy):
        edit(store, at)  # its own connections learn of it once
    edit(store, at)
    assert watch.wait(LONG)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_file_that_comes_later_is_found_by_itself(tmp_path, store, url, at, monkeypatch):
    away = True
    listen = watching.Watch._listen

    def flaky(self):
        if away:
            raise sqlite3.OperationalError("unable to open database file")
        return listen(self)

    monkeypatch.setattr(watching.Watch, "_listen", flaky)
    monkeypatch.setattr(watching, "AGAIN_SECONDS", 0.01)
    with store.watch() as watch:
        assert not watch.wait(0.05)
        away = False
        assert watch.wait(LONG)
        assert not watch.wait(0.05)
