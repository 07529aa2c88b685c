"""What a person has read is known to every server, is that person's own, and leaves no trace on the log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from kpicat.store import backup, open_store, restore


def test_who_has_read_a_comment_has_read_it_at_every_server(store, catalogue, url):
    store.mark_read("xa", "an", ["c", "d"])
    store.mark_read("xa", "an", ["d", "e"])
    store.mark_read("xa", "an", [])
    other = open_store(url)
    assert other.read_comments("xa", "an") == {"c", "d", "e"}
    other.close()


def test_reading_is_a_person_s_own_and_of_one_catalogue(store, catalogue):
    store.mark_read("xa", "an", ["c"])
    assert store.read_comments("xa", "bình") == set()
    assert store.read_comments("khác", "an") == set()


def test_reading_is_no_change_that_others_see(store, catalogue):
    before = store.standing("xa")
    store.mark_read("xa", "an", ["c"])
    assert store.standing("xa") == before


def test_two_tabs_of_a_person_may_read_the_same_at_once(store, catalogue):
    with ThreadPoolExecutor(6) as tabs:
        list(tabs.map(lambda tab: store.mark_read("xa", "an", ["c", "d"][:: 1 if tab % 2 else -1]), range(12)))
    assert store.read_comments("xa", "an") == {"c", "d"}


def test_a_backup_holds_no_reading_and_putting_it_back_takes_none_away(store, catalogue, url, tmp_path):
    store.mark_read("xa", "an", ["c"])
    backup(url, tmp_path / "kept.db")
    store.close()
    copy = open_store(f"sqlite:///{tmp_path / 'kept.db'}")
    assert copy.read_comments("xa", "an") == set()
    copy.close()
    restore(url, tmp_path / "kept.db")
    again = open_store(url)
    assert again.read_comments("xa", "an") == {"c"}
    again.close()
