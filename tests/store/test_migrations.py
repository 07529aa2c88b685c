"""From any revision to this one, keeping every row; and the tables are those of schema.py."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from kpicat.errors import SchemaTooOld
from kpicat.model import Catalogue, Edit, Item, Restore
from kpicat.model.order import between
from kpicat.services import removing
from kpicat.store import examine, migrate, migrations, open_store
from kpicat.store.database import Database
from kpicat.store.schema import metadata

FIRST_ROWS = """
INSERT INTO catalogue (id, name, form, guidance, status, head, created_at, created_by, changed_at)
VALUES ('xa', 'Danh mục cũ', 'party', 'phu_luc_3', 'draft', 3, '2026-01-02 03:04:05', 'founder', '2026-01-02 03:04:05');
INSERT INTO catalogue (id, name, form, guidance, status, head, created_at, created_by, changed_at)
VALUES ('moi', 'Mới', 'party', 'phu_luc_3', 'draft', 0, '2026-01-02 03:04:05', 'founder', '2026-01-02 03:04:05');
INSERT INTO item (catalogue_id, id, rank, deleted, task, tier, source_file, source_sheet, source_row, last_seq)
VALUES ('xa', 'one', 1, false, 'Báo cáo', '2', 'cu.xlsx', 'Sheet1', 5, 1),
       ('xa', 'two', 2, true, NULL, NULL, '', '', NULL, 3);
INSERT INTO batch (id, catalogue_id, first_seq, last_seq, at, actor, label)
VALUES ('b', 'xa', 1, 2, '2026-01-02 03:04:05', 'founder', 'import'),
       ('c', 'xa', 3, 3, '2026-01-02 03:04:06', 'founder', 'delete');
INSERT INTO change (catalogue_id, seq, batch, at, actor, kind, item_id, field, old, new)
VALUES ('xa', 1, 'b', '2026-01-02 03:04:05', 'founder', 'add', 'one', '', NULL, '{"task": "Báo cáo", "tier": "2"}'),
       ('xa', 2, 'b', '2026-01-02 03:04:05', 'founder', 'add', 'two', '', NULL, '{}'),
       ('xa', 3, 'c', '2026-01-02 03:04:06', 'founder', 'delete', 'two', '', '{}', NULL);
"""


@pytest.fixture
def database(kind, new_url):
    """A database without any table."""
    made = Database(new_url(kind, ready=False))
    yield made
    made.close()


def address(database):
    return database.url.render_as_string(hide_password=False)


def stand_at(database, revision):
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")


def test_the_rows_of_the_first_revision_are_read_and_edited_today(database, at):
    with database.write() as connection:
        migrations.upgrade(connection, migrations.revisions()[0])
        for statement in FIRST_ROWS.strip().split(";\n"):
            connection.exec_driver_sql(statement)
    migrate(address(database))
    store = open_store(address(database))
    assert list(examine(address(database))) == []
    assert store.catalogue("xa").name == "Danh mục cũ"
    assert store.heads(["xa", "moi"]) == {"xa": (3, "c"), "moi": (0, "")}
    assert store.commit("xa", [Edit("one", "tier", 2, 3), Restore("two")], actor="me", at=at).applied
    items = store.reading("xa").items
    assert list(items["place"]) == ["0000000001", "0000000002"]
    assert tuple(items.loc["one", ["task", "tier", "source_row"]]) == ("Báo cáo", 3, 5)
    moved = store.commit("xa", [Edit("two", "place", "0000000002", between(None, "0000000001"))], actor="me", at=at)
    assert list(store.reading("xa").items.index) == ["two", "one"]
    assert not store.undo("xa", moved.batch, actor="me", at=at).conflicts
    assert not store.undo("xa", "c", actor="me", at=at).conflicts
    assert list(examine(address(database))) == []
    store.close()


REMOVED = """
INSERT INTO batch (id, catalogue_id, first_seq, last_seq, at, actor, label)
VALUES ('d', 'xa', 4, 4, '2026-01-03 03:04:06', 'Minh', 'remove'),
       ('e', 'xa', 5, 5, '2026-01-03 03:05:06', 'Minh', 'put back'),
       ('f', 'xa', 6, 6, '2026-01-04 03:04:06', 'Hoa', 'remove');
INSERT INTO change (catalogue_id, seq, batch, at, actor, kind, item_id, field, old, new)
VALUES ('xa', 4, 'd', '2026-01-03 03:04:06', 'Minh', 'edit', '', 'status', 'draft', 'removed'),
       ('xa', 5, 'e', '2026-01-03 03:05:06', 'Minh', 'edit', '', 'status', 'removed', 'draft'),
       ('xa', 6, 'f', '2026-01-04 03:04:06', 'Hoa', 'edit', '', 'status', 'draft', 'removed');
UPDATE catalogue SET status = 'removed', head = 6, head_batch = 'f' WHERE id = 'xa';
"""


def test_what_was_off_the_shelf_when_that_was_a_status_still_is_and_its_log_leads_there(database, at):
    with database.write() as connection:
        migrations.upgrade(connection, migrations.revisions()[0])
        for statement in FIRST_ROWS.strip().split(";\n"):
            connection.exec_driver_sql(statement)
        migrations.upgrade(connection, "0009")
        for statement in REMOVED.strip().split(";\n"):
            connection.exec_driver_sql(statement)
    migrate(address(database))
    store = open_store(address(database))
    assert list(examine(address(database))) == []
    about = store.catalogue("xa")
    assert (about.status, about.removed) == ("draft", "1") and store.catalogue("moi").removed == ""
    (off,) = removing.removed(store)
    assert off.mark.actor == "Hoa"
    assert store.reading("xa", 5).catalogue.removed == "" and store.reading("xa", 4).catalogue.removed == "1"
    assert removing.put_back(store, off, actor="Lan", at=at).batch and not removing.removed(store)
    assert list(examine(address(database))) == []
    store.close()


def test_the_migrated_tables_are_those_of_the_schema(database):
    migrate(address(database))
    with database.write() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert migrations.revision(connection) == migrations.revisions()[-1]


def test_migrating_again_does_nothing(database, at):
    migrate(address(database))
    store = open_store(address(database))
    kept = store.create(Catalogue("xa", "Danh mục"), actor="me", at=at, items=[Item("one", {"task": "Báo cáo"})])
    migrate(address(database))
    assert store.catalogues() == [kept] and list(store.reading("xa").items["task"]) == ["Báo cáo"]
    store.close()


def test_sqlite_migrates_by_itself_and_postgresql_says_what_to_run(kind, database):
    if kind == "sqlite":
        open_store(address(database)).close()
        assert database.is_current()
    else:
        with pytest.raises(SchemaTooOld, match="python -m kpicat migrate"):
            open_store(address(database))
        assert not database.is_current()


def test_a_database_of_a_newer_kpicat_is_left_alone(database):
    stand_at(database, "from the future")
    for attempt in (open_store, migrate):
        with pytest.raises(SchemaTooOld):
            attempt(address(database))


def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(database):
    def migrate_and_fail():
        with database.write() as connection:
            migrations.upgrade(connection)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        migrate_and_fail()
    with database.read() as connection:
        assert migrations.revision(connection) is None
    migrate(address(database))
    assert database.is_current()
