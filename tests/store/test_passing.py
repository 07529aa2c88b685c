"""Who is here, and secrets: shared by all servers of a database, on no log and in no backup."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from kpicat.model import Present
from kpicat.store import backup, open_store, passing, restore

SECOND = timedelta(seconds=1)


@pytest.fixture
def an(at):
    return Present("tab 1", "xa", "An", "edit", "one", at, "server 1")


def test_who_is_here_is_seen_by_every_server(store, url, an, at):
    binh = Present("tab 2", "khac", "Bình", "home", "", at, "server 2")
    store.present([an, binh], (), forget=at - SECOND)
    other = open_store(url)
    assert other.presence(["xa"], since=at) == [an]
    assert other.presence(["xa", "khac"], since=at) == [an, binh]
    assert other.presence([], since=at) == []
    other.close()


def test_somebody_heard_of_again_is_there_once_where_they_are_now(store, an, at):
    store.present([an], (), forget=at)
    moved = replace(an, item="two", at=at + SECOND)
    store.present([moved], (), forget=at)
    assert store.presence(["xa"], since=at) == [moved]


def test_who_left_and_who_was_not_heard_of_for_long_are_gone(store, an, at):
    others = [replace(an, id=f"tab {n}", at=at + n * SECOND) for n in (2, 3, 4)]
    store.present([an, *others], (), forget=at)
    assert [one.id for one in store.presence(["xa"], since=at + 3 * SECOND)] == ["tab 3", "tab 4"]
    store.present([], ["tab 4", "never here"], forget=at + 2 * SECOND)
    assert [one.id for one in store.presence(["xa"], since=at)] == ["tab 2", "tab 3"]


def test_many_servers_may_tell_at_once(store, an, at):
    def tell(server):
        here = [replace(an, id=f"tab {n}", server=f"{server}") for n in range(20)]
        for _beat in range(5):
            store.present(here if server % 2 else here[::-1], [f"gone {server}"], forget=at)

    with ThreadPoolExecutor(6) as servers:
        list(servers.map(tell, range(6)))
    assert len(store.presence(["xa"], since=at)) == 20


def test_a_secret_is_made_once_for_all(store, url):
    other = open_store(url)
    with ThreadPoolExecutor(8) as servers:
        found = set(servers.map(lambda n: (store, other)[n % 2].secret("tickets"), range(16)))
    (secret,) = found
    assert len(bytes.fromhex(secret)) == 32
    assert store.secret("sessions") != secret
    other.close()


def test_a_secret_somebody_made_just_before_stays(store):
    first = store.secret("tickets")
    with store._database.write() as connection:
        passing.make_secret(connection, "tickets")
    assert store.secret("tickets") == first


def test_backups_and_restores_leave_secrets_and_people_alone(store, url, new_url, an, tmp_path):
    at = an.at
    secret = store.secret("tickets")
    store.present([an], (), forget=at)
    backup(url, tmp_path / "backup.db")
    written = (tmp_path / "backup.db").read_bytes()
    assert secret.encode() not in written and b"An" + b"edit" not in written
    restore(url, tmp_path / "backup.db")
    assert store.secret("tickets") == secret and store.presence(["xa"], since=at) == [an]
    elsewhere = new_url("sqlite")
    restore(elsewhere, tmp_path / "backup.db")
    copy = open_store(elsewhere)
    assert copy.secret("tickets") != secret and copy.presence(["xa"], since=at) == []
    copy.close()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_heartbeat_does_not_wait_for_the_disk_and_an_edit_does(store):
    def level(transaction):
        with transaction() as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar()

    database = store._database
    assert [level(t) for t in (database.write_passing, database.write, database.write_passing)] == [1, 2, 1]
