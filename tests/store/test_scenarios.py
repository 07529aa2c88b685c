"""Scenarios that are kept: nobody's is overwritten, each is in the backup, and none of them is on the log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from kpicat.errors import InputError
from kpicat.model.scenarios import SavedScenario, Saving
from kpicat.store import backup, examine, open_store, restore, scenarios

LATER = timedelta(minutes=1)


@pytest.fixture
def first(at):
    return SavedScenario("s", "xa", "Nhẹ hơn", "Theo họp", '{"tiers": {"one": 2}}', "Lan", 3, 1, "Lan", at)


def after(seen, **changes):
    return replace(seen, version=seen.version + 1, **changes)


def test_a_scenario_is_kept_changed_and_removed_beside_the_log(store, catalogue, first, at):
    assert store.scenarios.put(first).done
    assert store.scenarios.of("xa") == [first]
    second = after(first, name="Nặng hơn", by="Minh", at=at + LATER)
    assert store.scenarios.put(second).stands == second
    assert store.scenarios.versions("xa") == {"s": 2}
    assert store.head("xa") == catalogue.head
    assert store.scenarios.remove("s", 2).done
    assert store.scenarios.of("xa") == [] and store.scenarios.one("s") is None


def test_the_second_of_two_who_change_it_is_told_both(store, catalogue, first):
    store.scenarios.put(first)
    lan, minh = after(first, note="của Lan"), after(first, note="của Minh", by="Minh")
    assert store.scenarios.put(lan).done
    met = store.scenarios.put(minh)
    assert (met.done, met.stands) == (False, lan)
    assert store.scenarios.one("s") == lan
    assert store.scenarios.put(after(lan, note="của Minh", by="Minh")).done


def test_what_is_kept_twice_is_kept_once(store, catalogue, first):
    assert store.scenarios.put(first).done and store.scenarios.put(first).done
    assert store.scenarios.versions("xa") == {"s": 1}


def test_what_another_server_kept_between_reading_and_writing_is_kept_once(store, catalogue, first, monkeypatch):
    store.scenarios.put(first)
    for wanted, done in ((first, True), (replace(first, name="Khác"), False)):
        one, unseen = scenarios._one, iter([None])
        monkeypatch.setattr(scenarios, "_one", lambda *asked, one=one, unseen=unseen: next(unseen, one(*asked)))
        assert store.scenarios.put(wanted) == Saving(done, first)
    assert store.scenarios.of("xa") == [first]


def test_one_that_was_changed_is_not_removed_and_one_that_is_gone_is_not_changed(store, catalogue, first):
    store.scenarios.put(first)
    store.scenarios.put(second := after(first, note="khác"))
    assert store.scenarios.remove("s", 1).stands == second
    assert store.scenarios.remove("s", 2).done
    assert not (met := store.scenarios.put(after(second))).done and met.stands is None


def test_of_many_who_change_it_at_once_one_is_done(store, catalogue, first):
    store.scenarios.put(first)
    with ThreadPoolExecutor(6) as together:
        done = list(together.map(lambda n: store.scenarios.put(after(first, note=f"{n}")), range(6)))
    (taken,) = [each for each in done if each.done]
    assert store.scenarios.one("s") == taken.stands
    assert all(each.stands == taken.stands for each in done if not each.done)


def test_a_text_no_database_keeps_is_refused(store, catalogue, first):
    with pytest.raises(InputError):
        store.scenarios.put(replace(first, name="a\0b"))
    assert store.scenarios.of("xa") == []


def test_scenarios_go_with_a_backup(store, url, catalogue, first, tmp_path):
    store.scenarios.put(first)
    backup(url, tmp_path / "copy.db")
    store.scenarios.remove("s", 1)
    restore(url, tmp_path / "copy.db")
    again = open_store(url)
    assert again.scenarios.of("xa") == [first]
    assert list(examine(url)) == []
    again.close()
