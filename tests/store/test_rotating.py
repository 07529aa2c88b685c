"""Of a folder of backups the last of each day, week and month is kept, and never the newest deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpicat.errors import InputError
from kpicat.store import rotating
from kpicat.store.rotating import Keep

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVERY_SIX_HOURS = [NOON - timedelta(hours=6 * n) for n in range(4 * 400)]


def days(moments):
    return sorted({at.date().isoformat() for at in moments})


def test_the_last_of_each_of_so_many_days_weeks_and_months_is_kept():
    kept = rotating.kept_of(EVERY_SIX_HOURS, Keep(3, 2, 3))
    assert days(kept) == ["2026-09-30", "2026-10-31", "2026-11-21", "2026-11-22", "2026-11-23"]
    assert sorted(at.hour for at in kept) == [12, 18, 18, 18, 18]  # today's last is that of noon
    assert len(rotating.kept_of(EVERY_SIX_HOURS, Keep(7, 4, 12))) == 7 + 2 + 11


def test_days_without_a_backup_do_not_count():
    long_ago = [NOON - timedelta(days=400 + n) for n in range(5)]
    assert rotating.kept_of([NOON, *long_ago], Keep(3)) == {NOON, long_ago[0], long_ago[1]}


@pytest.fixture
def folder(tmp_path) -> Path:
    for n in range(5):
        rotating.named(tmp_path, NOON - timedelta(days=n), sealed=n % 2 == 1).write_text(str(n))
    rotating.put_down(rotating.named(tmp_path, NOON - timedelta(days=4), sealed=False))
    for name in (
        "kpicat.db",
        "kpicat-2026.db",
        "kpicat-20261101T120000Z.db.part",
        "kpicat-20261399T999999Z.db",
        "ghi-chú.txt",
    ):
        (tmp_path / name).touch()
    return tmp_path


def test_what_is_called_otherwise_stays_and_a_hash_goes_with_its_backup(folder):
    newest = rotating.named(folder, NOON, sealed=False)
    gone = rotating.rotate(folder, Keep(2), newest)
    assert [file.name for file in gone] == [
        "kpicat-20261119T120000Z.db", "kpicat-20261120T120000Z.db.sealed", "kpicat-20261121T120000Z.db",
    ]  # fmt: skip
    assert sorted(file.name for file in folder.iterdir()) == [
        "ghi-chú.txt", "kpicat-2026.db", "kpicat-20261101T120000Z.db.part", "kpicat-20261122T120000Z.db.sealed",
        "kpicat-20261123T120000Z.db", "kpicat-20261399T999999Z.db", "kpicat.db",
    ]  # fmt: skip


def test_what_was_made_before_an_upgrade_or_a_restore_stays(folder):
    earlier = NOON - timedelta(hours=1)
    made = [rotating.named(folder, earlier, sealed=sealed, before="upgrade") for sealed in (False, True)]
    made.append(rotating.named(folder, earlier, sealed=False, before="restore"))
    for file in made:
        file.write_text("the only way back")
    rotating.rotate(folder, Keep(1), rotating.named(folder, NOON, sealed=False))
    assert all(file.exists() for file in made) and made[0].name == "kpicat-before-upgrade-20261123T110000Z.db"


def test_two_backups_of_one_second_have_two_names_and_are_rotated_alike(tmp_path):
    for moment in (NOON - timedelta(days=1), NOON):
        for _n in range(3):
            rotating.unused(rotating.named(tmp_path, moment, sealed=True)).write_text("")
    assert len(rotating.backups(tmp_path)) == 6
    rotating.rotate(tmp_path, Keep(1), rotating.named(tmp_path, NOON, sealed=True))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "kpicat-20261123T120000Z-2.db.sealed", "kpicat-20261123T120000Z-3.db.sealed",
        "kpicat-20261123T120000Z.db.sealed",
    ]  # fmt: skip


def test_what_another_backup_has_deleted_meanwhile_is_no_failure(folder, monkeypatch):
    there = rotating.backups(folder)
    monkeypatch.setattr(rotating, "backups", lambda _folder: there)
    for file in there:
        file.unlink()
    assert len(rotating.rotate(folder, Keep(2), rotating.named(folder, NOON, sealed=False))) == 3


def test_the_backup_just_made_stays_though_a_clock_was_set_back(folder):
    made = rotating.named(folder, NOON - timedelta(days=100), sealed=False)
    made.write_text("now")
    rotating.rotate(folder, Keep(1), made)
    assert made.exists() and rotating.named(folder, NOON, sealed=False).exists()


def test_a_file_that_is_not_what_was_written_is_told_by_its_hash(tmp_path):
    file = tmp_path / "a.db"
    file.write_bytes(b"one")
    rotating.insist_on_hash(file)  # nothing was put down
    rotating.put_down(file)
    rotating.insist_on_hash(file)
    assert (tmp_path / "a.db.sha256").read_text().endswith("  a.db\n")
    file.write_bytes(b"two")
    with pytest.raises(InputError, match=r"a\.db\.sha256"):
        rotating.insist_on_hash(file)
    rotating.put_down(file)
    rotating.insist_on_hash(file)
