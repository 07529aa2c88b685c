"""``backup``, ``restore`` and ``upgrade`` as they are asked for: named, encrypted, proved, rotated, taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kpicat.model import Edit
from kpicat.store import rotating, sealing


@pytest.fixture
def lived_in(store, catalogue, url, monkeypatch, write):
    """An installation whose backups are encrypted, at little cost; the folder they go to."""
    monkeypatch.setattr(sealing, "COST", 8)
    monkeypatch.setenv("KPICAT_DATABASE", url)
    folder = write("mười sáu ký tự trở lên", "backup.key").parent / "backups"
    monkeypatch.setenv("KPICAT_BACKUP_KEY_FILE", str(folder.with_name("backup.key")))
    folder.mkdir()
    for day in range(1, 6):
        rotating.named(folder, datetime(2026, 1, day, tzinfo=UTC), sealed=False).write_text("older")
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_into_a_folder_is_named_encrypted_proved_and_rotated(run, lived_in, store, at):
    status, out, err = run("backup", lived_in, "--keep", "2")
    assert (status, err) == (0, "") and "4 older backups were deleted" in out
    older, made, proof = names(lived_in)
    assert older == "kpicat-20260105T000000Z.db" and made.endswith(".db.sealed") and proof == made + ".sha256"
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    assert (
        run("restore", lived_in / made, "--check")[0] == 0 and store.reading("xa").items.at["two", "note"] == "sau đó"
    )
    assert run("restore", lived_in / made)[0] == 0 and store.reading("xa").items.at["two", "note"] == ""


def test_what_a_restore_replaces_is_kept_and_goes_back(run, lived_in, store, url, at):
    run("backup", lived_in)
    (made,) = lived_in.glob("*.sealed")
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    status, out, err = run("restore", made)
    (kept,) = lived_in.glob("kpicat-before-restore-*.sealed")
    assert (status, err, out.count("\n")) == (0, "", 2) and out.startswith(
        f"What the database held is kept in “{kept}”."
    )
    assert run("restore", kept, "--check")[0] == 0 and store.reading("xa").items.at["two", "note"] == ""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE item SET tier = '4' WHERE id = 'two'")
    status, out, _err = run("restore", kept)  # which is what a database that is unsound needs
    assert status == 0 and "unsound" in out and store.reading("xa").items.at["two", "note"] == "sau đó"
    assert run("restore", made, "--database", f"sqlite:///{lived_in / 'new.db'}")[1].count("\n") == 1


def test_two_restores_in_one_second_keep_what_each_replaced(run, lived_in, store, monkeypatch, at):
    monkeypatch.setattr(rotating, "named", lambda folder, _at, **_how: folder / "kpicat-before-restore.db.sealed")
    assert run("backup", lived_in)[0] == 0
    made = lived_in / "kpicat-before-restore.db.sealed"
    for n in (1, 2):
        store.commit("xa", [Edit("two", "note", "", str(n))], actor="Lan", at=at)
        assert run("restore", made)[0] == 0
    for n in (1, 2):
        run("restore", lived_in / f"kpicat-before-restore-{n + 1}.db.sealed")
        assert store.reading("xa").items.at["two", "note"] == str(n)


def test_nothing_old_is_deleted_where_the_new_backup_could_not_be_taken_back(run, lived_in, url):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE item SET tier = '4' WHERE id = 'two'")
    status, _out, err = run("backup", lived_in, "--keep", "1")
    assert (status, err.count("\n"), len(names(lived_in))) == (2, 1, 7) and "no older one was deleted" in err


def test_a_backup_that_is_not_what_was_written_is_refused_by_its_hash_and_nothing_is_replaced(run, lived_in, store, at):
    run("backup", lived_in)
    (made,) = lived_in.glob("*.sealed")
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    made.write_bytes(made.read_bytes()[:-1])
    for more in ([], ["--check"]):
        status, out, err = run("restore", made, *more)
        assert (status, out, err.count("\n")) == (2, "", 1) and "SHA-256" in err
    assert store.reading("xa").items.at["two", "note"] == "sau đó"


@pytest.mark.parametrize("said", ["0", "7,", "1,2,3,4", "-1", "many"])
def test_what_to_keep_is_said_in_numbers(run, lived_in, capsys, said):
    with pytest.raises(SystemExit) as stopped:
        run("backup", lived_in, f"--keep={said}")
    assert stopped.value.code == 2 and f"“{said}”" in capsys.readouterr().err and len(names(lived_in)) == 5
