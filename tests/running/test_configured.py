"""What a server is started with otherwise than before stands in the audit log, once, and no secret with it."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kpicat import settings
from kpicat.services import access
from kpicat.store import schema


@pytest.fixture
def start(store, at, monkeypatch):
    """Starts a server with these settings and no others; the lines that are new in the audit log, the oldest first."""

    def start(name="one", **told):
        monkeypatch.setattr(socket, "gethostname", lambda: name)
        before = len(lines(store))
        with settings.typed(told):
            access.configured(store, at=at)
        return lines(store)[: len(lines(store)) - before][::-1]

    return start


def lines(store):
    found = store.accounts.entries(None, limit=200, before=None)
    assert all((each.who, each.act, each.ok) == ("kpicat", "configured", True) for each in found)
    return [each.detail for each in found]


def test_each_setting_that_moved_is_noted_with_what_it_was_and_is(start):
    assert start() == []
    assert start(access="accounts", host="0.0.0.0") == [
        "host: 127.0.0.1 → 0.0.0.0 (one:8501)", "access: solo → accounts (one:8501)",
    ]  # fmt: skip
    assert start(access="accounts", host="0.0.0.0") == []
    assert start(access="open", host="0.0.0.0") == ["access: accounts → open (one:8501)"]
    assert len(start()) == 2 and len(start(access="open")) == 1


def test_of_a_secret_only_that_it_moved(start, store, write):
    file = str(write("first-geheim-of-the-office", "key"))
    url = "postgresql+psycopg://u:geheim@h/d"
    said = start(backup_key_file=file, oidc_secret="geheim", database=url)
    assert "backup_key: — → *** (one:8501)" in said and "oidc_secret: — → *** (one:8501)" in said
    assert "database: — → postgresql+psycopg://u:***@h/d (one:8501)" in said and len(said) == 4
    write("other-geheim-of-the-office", "key")
    assert start(backup_key_file=file, oidc_secret="geheim", database=url) == ["backup_key: *** → *** (one:8501)"]
    assert set(start(backup_key_file=file)) == {
        "oidc_secret: *** → — (one:8501)", "database: postgresql+psycopg://u:***@h/d → — (one:8501)",
    }  # fmt: skip
    with store._database.read() as connection:
        kept = [str(row) for row in connection.execute(schema.setting.select())]
    assert kept and not [row for row in kept if "geheim" in row]


def test_a_secret_that_is_for_others_keeps_no_server_from_starting_and_did_not_move(start, tmp_path):
    file = str(tmp_path / "for the backup alone")
    first, second = start(backup_key_file=file)
    assert first == "backup_key: — → *** (one:8501)" and second.startswith("backup_key_file: — → ")
    assert start(backup_key_file=file) == []


def test_of_several_servers_the_first_to_bring_a_change_notes_it_and_what_is_their_own_stays_theirs(start):
    assert start("one", host="10.0.0.1") == ["host: 127.0.0.1 → 10.0.0.1 (one:8501)"]
    assert start("two", host="10.0.0.2", port="8502") == [
        "host: 10.0.0.1 → 10.0.0.2 (two:8502)", "port: 8501 → 8502 (two:8502)",
    ]  # fmt: skip
    for _again in range(2):
        assert start("one", host="10.0.0.1") == start("two", host="10.0.0.2", port="8502") == []
    assert start("one", host="10.0.0.1", upload_mb="30") == ["upload_mb: 20 → 30 (one:8501)"]
    assert start("two", host="10.0.0.2", port="8502", upload_mb="30") == []
    assert start("one", host="10.0.0.2", upload_mb="30") == ["host: 10.0.0.1 → 10.0.0.2 (one:8501)"]


def test_a_container_that_is_made_anew_changed_nothing_and_is_forgotten_some_day(start, store):
    start("c0", host="0.0.0.0", log="json")
    for n in range(60):
        assert start(f"c{n}", host="0.0.0.0", log="json") == []
    with store._database.read() as connection:
        kept = connection.execute(schema.setting.select().where(schema.setting.c.name == "settings")).one().value
    assert '"c59:8501"' in kept and '"c10:8501"' in kept and '"c0:8501"' not in kept


def test_servers_that_start_at_the_same_time_note_a_change_once(store, at):
    together = Barrier(3)

    def one(_n):
        together.wait()
        access.configured(store, at=at)

    with settings.typed({"access": "accounts"}), ThreadPoolExecutor(3) as servers:
        list(servers.map(one, range(3)))
    assert [each.partition(" (")[0] for each in lines(store)] == ["access: solo → accounts"]


def test_what_a_line_has_no_room_for_is_cut_and_not_what_came_of_it(start):
    (line,) = start(origins=",".join(f"https://kpi.xa-{n}.gov.vn" for n in range(20)))
    assert line.startswith("origins: — → https://kpi.xa-0.gov.vn") and line.endswith("… (one:8501)")
