"""A database of the first version comes to this one whole, with a backup before, or stays as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Boolean, DateTime, MetaData, insert, make_url

from kpicat.errors import StoreBusy
from kpicat.model import Edit
from kpicat.store import copying, examine, migrations, open_store, restore
from kpicat.store.database import Database

FIRST = Path(__file__).parent / "earlier" / "first.sql"


@pytest.fixture
def old(kind, new_url) -> str:
    """The address of a database as the first version left it."""
    url = new_url(kind, ready=False)
    if kind == "sqlite":
        file = Path(make_url(url).database)
        file.parent.mkdir()
        with closing(sqlite3.connect(file)) as made:
            made.executescript(FIRST.read_text(encoding="utf-8"))
        return url
    with closing(sqlite3.connect(":memory:")) as first, closing(Database(url)) as database, database.write() as target:
        first.executescript(FIRST.read_text(encoding="utf-8"))
        first.row_factory = sqlite3.Row
        migrations.upgrade(target, migrations.revisions()[0])
        there = MetaData()
        there.reflect(target)
        for table in there.sorted_tables:
            rows = [_as_held(table, row) for row in first.execute(f"SELECT * FROM {table.name} ORDER BY rowid")]
            if table.name != "alembic_version":
                target.execute(insert(table), rows)
    return url


def _as_held(table, row):
    held = dict(row)
    for column in table.c:
        if isinstance(column.type, Boolean):
            held[column.name] = bool(row[column.name])
        elif isinstance(column.type, DateTime):
            held[column.name] = datetime.fromisoformat(row[column.name]).replace(tzinfo=UTC)
    return held


@pytest.fixture
def ask(old, run):
    """Runs a command on the old database; backups go into a folder of the test's own."""

    def ask(command, *more):
        return run(command, *more, "--database", old)

    return ask


def everything(url):
    """Each table and its rows, and the revision."""
    with closing(Database(url)) as database, database.read() as connection:
        there = MetaData()
        there.reflect(connection)
        return {
            name: sorted(str(tuple(row)) for row in connection.execute(table.select()))
            for name, table in there.tables.items()
        }


def is_what_the_first_version_held(url, at):
    assert list(examine(url)) == []
    store = open_store(url)
    about, items = store.catalogue("xa"), store.reading("xa").items
    assert (about.name, about.period, about.head) == ("Danh mục của xã", "2026", 12)
    assert [one.name for one in store.catalogues()] == ["Danh mục của xã", "Danh mục mới"]
    assert list(items.index) == ["one", "two", "three"]
    assert tuple(items.loc["one", ["code", "quantity", "tier", "points", "standard_unit", "source_row"]]) == (
        "VP.01", Decimal("3100.5"), 1, Decimal(100), True, 5,
    )  # fmt: skip
    assert items.at["two", "task"] == "Báo cáo tháng “6”; có dấu ' và \n xuống dòng"
    assert [batch.actor for batch in store.batches("xa")] == ["Hoa", "Lan", "Minh", "Minh", "Lan"]
    repeated = store.commit("xa", [Edit("two", "tier", 2, 3)] * 3, actor="Minh", at=at, request="gesture")
    assert not repeated.conflicts and store.head("xa") == 12  # answered as the first time, when it was made
    assert store.commit("xa", [Edit("two", "tier", 2, 4)], actor="Lan", at=at).applied
    store.close()


def test_the_first_version_is_upgraded_with_a_backup_that_goes_back_into_either(ask, old, new_url, tmp_path, at):
    status, out, err = ask("upgrade", "--backups", tmp_path / "backups")
    assert (status, err) == (0, "") and out.endswith("The database is ready for this version.\n")
    is_what_the_first_version_held(old, at)
    (made,) = (file for file in (tmp_path / "backups").iterdir() if file.suffix == ".db")
    assert made.name.startswith("kpicat-before-upgrade-")
    with closing(sqlite3.connect(made)) as opened:
        assert opened.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    elsewhere = new_url("sqlite")
    restore(elsewhere, made)
    is_what_the_first_version_held(elsewhere, at)
    assert ask("upgrade", "--backups", tmp_path / "none")[1:] == ("The database is ready for this version.\n", "")
    assert not (tmp_path / "none").exists()


def test_an_upgrade_that_fails_half_way_leaves_the_database_as_it_was(ask, old, tmp_path, monkeypatch, at):
    before, whole = everything(old), migrations.upgrade

    def half_way(connection, target="head"):
        whole(connection, "0006" if target == "head" else target)
        if target == "head":
            connection.exec_driver_sql("SELECT no_such_column FROM item")

    with monkeypatch.context() as broken:
        broken.setattr(migrations, "upgrade", half_way)
        status, _out, err = ask("upgrade", "--backups", tmp_path)
    assert (status, err.count("\n")) == (2, 1) and "no_such_column" in err and str(tmp_path) in err
    assert everything(old) == before
    assert ask("upgrade", "--backups", tmp_path)[0] == 0
    is_what_the_first_version_held(old, at)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_upgrade_after_which_the_log_would_not_lead_to_the_tables_is_taken_back(ask, old, tmp_path):
    with closing(sqlite3.connect(make_url(old).database)) as raw, raw:
        raw.execute("UPDATE item SET tier = '4' WHERE id = 'two'")
    before = everything(old)
    status, _out, err = ask("upgrade", "--backups", tmp_path)
    assert (status, err.count("\n")) == (2, 1) and "“tier”" in err
    assert everything(old) == before


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_restore_that_is_refused_has_not_migrated_what_is_there(ask, old, tmp_path):
    assert ask("backup", tmp_path / "old.db")[0] == 0
    before = everything(old)

    def fails():
        raise OSError(28, "the disk is full")

    with pytest.raises(StoreBusy):
        restore(old, tmp_path / "old.db", first=fails)
    assert everything(old) == before


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_is_migrated_by_itself_is_first_copied_beside_itself(old, at):
    before, file = everything(old), Path(make_url(old).database)
    is_what_the_first_version_held(old, at)  # by examine and open_store, as when a new version is started
    kept = file.with_name(f"{file.name}.0001")
    assert everything(f"sqlite:///{kept}") == before


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_process_that_is_late_replaces_no_copy_by_what_another_has_migrated(old, monkeypatch):
    before, file = everything(old), Path(make_url(old).database)
    file.chmod(0o600)
    kept = file.with_name(f"{file.name}.0001")
    open_store(old).close()
    first = kept.stat().st_ino
    with closing(Database(old)) as late:
        monkeypatch.setattr(late, "revision", lambda: "0001")  # it had looked before the other was done
        copying.keep_beside(late)
        monkeypatch.setattr(copying, "copy_file", lambda _source, target: target.write_bytes(kept.read_bytes()))
        copying.keep_beside(late)  # it had copied, too
    assert (kept.stat().st_ino, kept.stat().st_mode & 0o777) == (first, 0o600)
    assert everything(f"sqlite:///{kept}") == before
    assert {path.name for path in file.parent.glob(f"{file.name}.*")} == {kept.name}


@pytest.mark.parametrize("kind", ["sqlite"])
def test_who_went_back_and_worked_on_has_both_copies_after_the_next_upgrade(old, tmp_path):
    file = Path(make_url(old).database)
    went_back = file.read_bytes()
    open_store(old).close()
    for left in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        left.unlink(missing_ok=True)
    file.write_bytes(went_back)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE catalogue SET name = 'Tên mới'")
    open_store(old).close()
    names = []
    for kept in ("0001", "0001-2"):
        with closing(sqlite3.connect(file.with_name(f"{file.name}.{kept}"))) as raw:
            names += raw.execute("SELECT name FROM catalogue").fetchone()
    assert names[0] != names[1] == "Tên mới"
