"""fsck finds every contradiction, names its place, and disturbs nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from kpicat.errors import InputError, SchemaTooOld
from kpicat.model import CATALOGUE, Comment, Decide, Decision, Delete, Edit, Remark, Ruling
from kpicat.store import examine

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def lived_in(store, catalogue, at):
    """Ten changes: 1-3 additions, 4-6 and their undo 7-9, a comment."""
    said = Comment("c", "one", "c", "Sao?", "me", at)
    writes = [Edit("one", "place", "0000000001", "0000000003V"), Edit("two", "tier", 2, 3), Delete("three", 3)]
    done = store.commit("xa", writes, actor="me", at=at)
    store.undo("xa", done.batch, actor="other", at=at)
    store.commit("xa", [Remark("one", None, said)], actor="me", at=at)
    return store


@pytest.fixture
def spoil(url):
    """Run statements behind the store's back."""
    engine = create_engine(url)

    def run(*statements):
        with engine.begin() as connection:
            for statement in statements:
                assert connection.exec_driver_sql(statement).rowcount

    yield run
    engine.dispose()


SPOILED = {
    "UPDATE item SET task = 'x' WHERE id = 'two'": ["row two: “task” is not what the log says"],
    "UPDATE item SET place = '0000000001V' WHERE id = 'one'": ["row one: “place” is not what the log says"],
    "UPDATE item SET rank = 77 WHERE id = 'two'": ["row two: “rank” is not what the log says"],
    "UPDATE item SET last_seq = 1 WHERE id = 'two'": ["row two: “last_seq” is not what the log says"],
    "UPDATE item SET deleted = true WHERE id = 'three'": ["row three: “deleted” is not what the log says"],
    "DELETE FROM item WHERE id = 'two'": ["row two: “id” is not what the log says"],
    "UPDATE catalogue SET head = 12": ["its last change should be 12, the log ends at 10"],
    "UPDATE catalogue SET head_batch = 'x'": ["it does not name the batch of its last change"],
    "UPDATE comment SET body = '{}'": ["row one: comment c is not what the log says"],
    "UPDATE comment SET last_seq = 3": ["row one: comment c is not what the log says"],
    "DELETE FROM comment": ["row one: comment c is not what the log says"],
    "UPDATE change SET kind = 'move' WHERE seq = 8": [
        "change 8 does not follow from those before it",
        "row two: “tier” is not what the log says",
    ],
    "UPDATE change SET old = '5' WHERE seq = 8": ["change 8 does not follow from those before it"],
    "UPDATE change SET old = '{}' WHERE seq = 6": ["change 6 does not follow from those before it"],
    "UPDATE change SET new = '{}' WHERE seq = 7": ["change 7 does not follow from those before it"],
    "UPDATE change SET old = '{}' WHERE seq = 10": ["change 10 does not follow from those before it"],
    "UPDATE change SET new = '[]' WHERE seq = 2": ["change 2 does not follow", "change 5", "change 8"],
}


@pytest.mark.parametrize("statement", SPOILED)
def test_a_contradiction_is_told_by_its_place(lived_in, url, spoil, statement):
    assert list(examine(url)) == []
    spoil(statement)
    found = list(examine(url))
    expected = SPOILED[statement]
    assert all("Danh mục của xã (xa)" in sentence for sentence in found)
    assert all(any(part in sentence for sentence in found) for part in expected), found
    assert len(found) >= len(expected)


RULED = {
    "UPDATE decision SET body = '{}' WHERE item_id = 'one'": "row one: decision k is not what the log says",
    "UPDATE decision SET last_seq = 3 WHERE item_id = ''": "decision paper-share is not what the log says",
    "DELETE FROM decision WHERE item_id = 'one'": "row one: decision k is not what the log says",
    "UPDATE decision SET item_id = 'ghost' WHERE item_id = 'one'": "row ghost: decision k is not what the log says",
    "UPDATE change SET old = '{}' WHERE seq = 11": "change 11 does not follow",
    "UPDATE change SET item_id = 'ghost' WHERE seq = 11": "change 11 does not follow",
}


@pytest.mark.parametrize("statement", RULED)
def test_a_decision_that_is_not_the_log_s_is_told(lived_in, url, spoil, at, statement):
    for item_id, key in (("one", "k"), (CATALOGUE, "paper-share")):
        ruled = Decision(item_id, key, "paper-share", Ruling.WAIVED, "Đã rõ", "me", at)
        lived_in.commit("xa", [Decide(item_id, key, None, ruled)], actor="me", at=at)
    assert list(examine(url)) == []
    spoil(statement)
    assert any(RULED[statement] in sentence for sentence in list(examine(url)))


def test_every_contradiction_is_told_not_only_the_first(lived_in, url, spoil):
    spoil(
        "UPDATE item SET task = 'x', tier = NULL WHERE id = 'two'",
        "UPDATE catalogue SET head = 12, period = '1999'",
        "DELETE FROM comment",
        "UPDATE batch SET actor = 'somebody' WHERE label = 'undo'",
    )
    found = "\n".join(examine(url))
    parts = ("should be 12", "two: “task”", "two: “tier”", "comment c", "Batch ")
    assert all(part in found for part in parts) and found.count("\n") == len(parts) - 1


def test_a_gap_in_the_log_is_told_with_its_ends(lived_in, url, spoil):
    spoil("DELETE FROM change WHERE seq IN (5, 6)")
    assert any("changes 5 to 6 are missing" in sentence for sentence in examine(url))


def test_a_row_never_added_and_a_batch_without_changes_are_told(lived_in, url, spoil):
    spoil(
        "INSERT INTO item (catalogue_id, id, rank, deleted, place, source_file, source_sheet, last_seq)"
        " VALUES ('xa', 'ghost', 99, false, '0000000099', '', '', 99)",
        "INSERT INTO batch (id, catalogue_id, first_seq, last_seq, at, actor, label)"
        " VALUES ('empty', 'xa', 99, 99, '2026-01-01 00:00:00', 'x', 'edit')",
    )
    found = list(examine(url))
    assert ["ghost" in found[0], "Batch empty" in found[1], len(found)] == [True, True, 2]


def test_the_catalogues_own_words_are_compared(lived_in, url, spoil, at):
    lived_in.commit("xa", [Edit(CATALOGUE, "period", "2026", "2027")], actor="me", at=at)
    assert list(examine(url)) == []
    spoil("UPDATE catalogue SET period = '1999'")
    assert list(examine(url)) == ["Catalogue “Danh mục của xã (xa)”: “period” is not what the log says."]


def test_the_catalogues_own_words_follow_from_one_another(lived_in, url, spoil, at):
    for old, new in (("2026", "2027"), ("2027", "2028")):
        lived_in.commit("xa", [Edit(CATALOGUE, "period", old, new)], actor="me", at=at)
    spoil("UPDATE change SET old = '1999' WHERE seq = 12")
    assert list(examine(url)) == ["Catalogue “Danh mục của xã (xa)”: change 12 does not follow from those before it."]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_rows_that_belong_to_nothing_and_times_that_are_none_are_told(lived_in, url, spoil):
    spoil("DELETE FROM batch WHERE label = 'undo'", "UPDATE change SET at = 'hôm qua' WHERE seq = 1")
    found = "\n".join(examine(url))
    assert "“change” has rows that belong to nothing" in found and "“change” holds times" in found


def test_it_finds_nothing_while_people_edit(lived_in, url, typing):
    with typing():
        found = [sentence for _time in range(8) for sentence in examine(url)]
    assert found == []


def test_where_there_is_no_database_none_is_made(tmp_path):
    file = tmp_path / "none" / "kpicat.db"
    with pytest.raises(InputError, match=r"kpicat\.db"):
        list(examine(f"sqlite:///{file}"))
    assert not file.parent.exists()


@pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_database_without_our_tables_is_no_sound_one(new_url, kind):
    with pytest.raises(SchemaTooOld):
        list(examine(new_url(kind, ready=False)))
