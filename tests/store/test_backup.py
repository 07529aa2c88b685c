"""A backup shows one moment, goes back into either database, and is refused when anything is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import make_url

from kpicat.access.records import Account, Entry, Event
from kpicat.errors import InputError, StoreBusy
from kpicat.model import CATALOGUE, Add, Catalogue, Comment, Decide, Decision, Delete, Edit, Item, Remark, Ruling
from kpicat.store import Store, backup, migrations, open_store, restore
from kpicat.store.replay import replay


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "kpicat.db"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def elsewhere(request, new_url) -> Iterator[Store]:
    """A store in another database, of either kind, with something in it."""
    address = new_url(request.param)
    opened = open_store(address)
    opened.address = address
    yield opened
    opened.close()


@pytest.fixture
def lived_in(store, catalogue, at) -> Store:
    """A store where every kind of change has happened, an undo too, and a conflict kept with its request."""
    writes = [Edit("two", "tier", 2, 3), Edit("two", "tier", 9, 4), Edit(CATALOGUE, "period", "2026", "2027")]
    done = store.commit("xa", writes, actor="me", at=at, request="gesture")
    store.undo("xa", done.batch, actor="other", at=at)
    store.commit("xa", [Delete("one", 99), Edit("three", "note", "", "tiếng Việt")], actor="me", at=at)
    said = Comment("c", "three", "c", "Sao lại thế?", "me", at, mentions=("other",))
    store.commit(
        "xa", [Edit("three", "place", "0000000003", "0000000001V"), Remark("three", None, said)], actor="me", at=at
    )
    for item_id in ("three", CATALOGUE):
        ruled = Decision(item_id, "k", "paper-share", Ruling.WAIVED, "Đã báo cáo", "me", at)
        store.commit("xa", [Decide(item_id, "k", None, ruled)], actor="me", at=at)
    store.create(Catalogue("khac", "Khác"), actor="me", at=at)
    return store


def everything(store):
    return {
        c.id: (
            c,
            store.changes(c.id),
            store.batches(c.id),
            store.reading(c.id).items.to_json(),
            store.reading(c.id).comments,
            store.reading(c.id).decisions,
        )
        for c in store.catalogues()
    }


def test_a_backup_from_either_database_goes_back_into_either(lived_in, url, elsewhere, file, at):
    before = everything(lived_in)
    backup(url, file)
    assert [path.name for path in file.parent.iterdir()] == ["kpicat.db"]
    elsewhere.create(Catalogue("cu", "Cũ"), actor="me", at=at)
    restore(elsewhere.address, file)
    assert everything(elsewhere) == before
    pd.testing.assert_frame_equal(elsewhere.reading("xa").items, lived_in.reading("xa").items)
    assert elsewhere.commit("xa", [Edit("two", "tier", 2, 4)], actor="me", at=at).applied
    repeated = elsewhere.commit("xa", [Edit("two", "tier", 2, 3)] * 3, actor="me", at=at, request="gesture")
    assert [c.theirs for c in repeated.conflicts] == [3]


def test_a_restore_into_the_same_database_undoes_everything_since(lived_in, url, file, at):
    backup(url, file)
    before = everything(lived_in)
    lived_in.commit("xa", [Add(Item("four", {})), Edit("two", "tier", 2, 4)], actor="me", at=at)
    restore(url, file)
    assert everything(lived_in) == before


def test_what_people_said_once_goes_with_a_backup_and_secrets_do_not(lived_in, url, elsewhere, file):
    lived_in.remember("columns:a", "theirs")
    secret = lived_in.secret("tickets")
    backup(url, file)
    assert secret.encode() not in file.read_bytes()
    elsewhere.remember("columns:a", "another word")
    elsewhere.remember("columns:b", "ours")
    own = elsewhere.secret("tickets")
    restore(elsewhere.address, file)
    assert elsewhere.remembered(["columns:a", "columns:b"]) == {"columns:a": "theirs", "columns:b": "ours"}
    assert elsewhere.secret("tickets") == own


def test_a_secret_that_somebody_put_into_a_backup_is_not_taken(lived_in, url, elsewhere, file):
    backup(url, file)
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("INSERT INTO setting VALUES ('tickets', 'known'), ('saidx', 'known')")
    restore(elsewhere.address, file)
    assert elsewhere.secret("tickets") != "known"


def test_a_backup_taken_while_people_type_shows_one_moment_and_all_of_before(lived_in, url, file, new_url, typing):
    told = []
    with typing():
        for n in range(5):
            told.append(lived_in.head("xa"))
            backup(url, file.with_name(f"{n}.db"))
    heads = []
    for n in range(5):
        target = new_url("sqlite")
        restore(target, file.with_name(f"{n}.db"))
        copy = open_store(target)
        typed = copy.reading("xa").items["quality"]
        assert typed["two"] == typed["three"] != ""
        assert replay(copy.changes("xa")).items["two"]["quality"] == typed["two"]
        heads.append(copy.head("xa"))
        copy.close()
    assert heads == sorted(heads) and heads[-1] <= lived_in.head("xa")
    assert all(head >= before for head, before in zip(heads, told, strict=True))


def test_a_backup_that_fails_leaves_the_one_before_it(lived_in, url, file, monkeypatch):
    backup(url, file)
    before = file.read_bytes()
    monkeypatch.setattr("kpicat.store.backups._close_up", lambda _file: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(StoreBusy):
        backup(url, file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["kpicat.db"]


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
def test_a_backup_over_the_database_itself_is_refused_and_people_go_on(link, lived_in, url, tmp_path, at):
    database = target = Path(make_url(url).database)
    if link:
        getattr(target := tmp_path / "link.db", link)(database)
    with pytest.raises(InputError, match=target.name):
        backup(url, target)
    lived_in.commit("xa", [Edit("two", "note", "", "đang gõ")], actor="me", at=at)
    again = open_store(url)
    assert again.reading("xa").items.at["two", "note"] == "đang gõ"
    again.close()


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("where", ["a-file/kpicat.db", "a-folder"])
def test_a_place_where_no_backup_can_be_written_is_named(where, lived_in, url, tmp_path):
    (tmp_path / "a-file").touch()
    (tmp_path / "a-folder").mkdir()
    with pytest.raises(InputError, match=where):
        backup(url, tmp_path / where)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-file", "a-folder", "var"]


# -- what is refused -----------------------------------------------------------

TAMPERED = {
    "a cell changed behind the log": "UPDATE item SET tier = '4' WHERE id = 'two'",
    "a cell emptied behind the log": "UPDATE item SET task = NULL WHERE id = 'two'",
    "a line of the log changed": "UPDATE change SET new = '4' WHERE kind = 'edit' AND field = 'tier'",
    "a line on the catalogue itself changed": "UPDATE change SET old = '2031' WHERE item_id = '' AND new = '2026'",
    "a line of the log lost": "DELETE FROM change WHERE seq = 5",
    "the last line of the log lost": "DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)",
    "an item lost": "DELETE FROM item WHERE id = 'two'",
    "an item brought back": "UPDATE item SET deleted = 0",
    "two items swapped": "UPDATE item SET rank = CASE id WHEN 'one' THEN -1 ELSE -2 END WHERE id IN ('one', 'two')",
    "an item moved behind the log": "UPDATE item SET place = '0000000009' WHERE id = 'two'",
    "a comment changed behind the log": "UPDATE comment SET body = replace(body, 'thế', 'vậy')",
    "a comment lost": "DELETE FROM comment",
    "a comment nobody made": "INSERT INTO comment VALUES ('xa', 'd', 'two', '{}', 3)",
    "another batch at the end": "UPDATE catalogue SET head_batch = (SELECT batch FROM change WHERE seq = 1)",
    "the catalogue renamed behind the log": "UPDATE catalogue SET period = '2030' WHERE id = 'xa'",
    "a wrong head": "UPDATE catalogue SET head = head + 1",
    "a batch by another person": "UPDATE batch SET actor = 'ai đó' WHERE label = 'undo'",
    "a batch that claims more": "UPDATE batch SET last_seq = last_seq + 1 WHERE label = 'undo'",
    "a log line that is no JSON": "UPDATE change SET new = '{' WHERE seq = 1",
    "an unknown kind of change": "UPDATE change SET kind = 'move' WHERE seq = 4",
    "a time that is none": "UPDATE catalogue SET created_at = 'hôm qua'",
    "items that belong to nothing": "DELETE FROM catalogue WHERE id = 'xa'",
    "no items": "DROP TABLE item",
    "no revision": "DELETE FROM alembic_version",
    "another program's": "DROP TABLE alembic_version",
    "a newer kpicat's": "UPDATE alembic_version SET version_num = 'from the future'",
}


@pytest.fixture
def untouched(lived_in, url, file) -> Iterator[Path]:
    """A backup to spoil; afterwards the database must be as it was."""
    backup(url, file)
    before = everything(lived_in)
    yield file
    assert everything(lived_in) == before


@pytest.mark.parametrize("kind", ["sqlite"])  # what is refused is refused before the target is looked at
@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_backup_somebody_tampered_with_is_refused(untouched, url, statement):
    with closing(sqlite3.connect(untouched)) as raw, raw:
        assert raw.execute(statement).rowcount != 0
    with pytest.raises(InputError, match=r"kpicat\.db"):
        restore(url, untouched)


SPOILED = {
    "empty": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "no database": lambda content: "Danh mục".encode() * 999,
    "a page overwritten": lambda content: content[:8192] + b"\xff" * 4096 + content[12288:],
}


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_spoiled_file_is_refused(untouched, url, spoil):
    untouched.write_bytes(spoil(untouched.read_bytes()))
    with pytest.raises(InputError, match=r"kpicat\.db"):
        restore(url, untouched)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_file_that_is_not_there_is_said_so(untouched, url):
    with pytest.raises(InputError, match=r"another\.db"):
        restore(url, untouched.with_name("another.db"))


def test_a_restore_that_breaks_off_leaves_the_database_as_it_was(untouched, url, monkeypatch):
    def break_off(_rows, _connection):
        raise RuntimeError("power cut")

    monkeypatch.setattr("kpicat.store.copying.copy_in", break_off)
    with pytest.raises(RuntimeError, match="power cut"):
        restore(url, untouched)


def test_what_a_restore_replaces_can_be_kept_while_nobody_writes(lived_in, url, file, at):
    backup(url, file)
    lived_in.create(Catalogue("later", "Sau đó"), actor="Lan", at=at)
    restore(url, file, first=lambda: backup(url, file.with_name("replaced.db")))
    assert "later" not in [one.id for one in lived_in.catalogues()]
    restore(url, file.with_name("replaced.db"), first=lambda: None)
    assert "later" in [one.id for one in lived_in.catalogues()]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_a_restore_replaces_is_kept_where_there_are_only_accounts_too(lived_in, url, elsewhere, file, at):
    backup(url, file)
    lan, asked = Account("a", "Lan", "hash", True, False, "stamp", at), []
    elsewhere.accounts.add(lan, "lan", Entry(at, "Lan", Event.ACCOUNT))
    restore(elsewhere.address, file, first=lambda: asked.append("Lan's account"))
    assert asked and elsewhere.accounts.all() == []


def test_a_backup_of_every_known_revision_is_taken(url, store, file, at):
    file.parent.mkdir()
    from kpicat.store.database import Database

    for revision in migrations.revisions():
        old = Database(f"sqlite:///{file}")
        with old.write() as connection:
            migrations.upgrade(connection, revision)
        old.close()
        restore(url, file)
        assert store.catalogues() == []
        file.unlink()


def test_a_backup_of_a_database_that_is_not_there_makes_neither(tmp_path):
    missing = tmp_path / "gone" / "kpicat.db"
    with pytest.raises(InputError, match="gone"):
        backup(f"sqlite:///{missing}", tmp_path / "backup.db")
    assert not missing.parent.exists()
    assert not (tmp_path / "backup.db").exists()
