"""Who is here is known on every server, and who has gone is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kpicat.office import presence
from kpicat.office.presence import BEAT_SECONDS, FORGOTTEN_AFTER, GONE_AFTER, Presence
from kpicat.store import open_store


@pytest.fixture
def servers(store, url):
    other = open_store(url)
    yield Presence(store), Presence(other)
    other.close()


def come(presence, visit, actor, at, page="edit", item="", catalogue="xa"):
    return presence.here(visit, catalogue_id=catalogue, actor=actor, page=page, item=item, at=at)


def seen(presence, at, catalogue="xa"):
    return [(one.actor, one.page, one.item) for one in presence.who(catalogue, at)]


def test_coming_moving_and_leaving_are_news_and_staying_is_none(servers, at):
    here, _ = servers
    assert come(here, "a", "Lan", at)
    assert not come(here, "a", "Lan", at)
    assert come(here, "a", "Lan", at, item="VP.03")
    assert seen(here, at) == [("Lan", "edit", "VP.03")]
    assert here.left("a")
    assert not here.left("a")
    assert seen(here, at) == []


def test_people_of_other_servers_are_known_after_a_beat_of_each(servers, catalogue, at):
    one, two = servers
    come(one, "a", "Lan", at, item="VP.01")
    come(two, "b", "Minh", at, page="dashboard")
    one.beat(["xa"], at)
    assert two.beat(["xa"], at) == {"xa"}
    assert one.beat(["xa"], at) == {"xa"}
    assert seen(one, at) == seen(two, at) == [("Lan", "edit", "VP.01"), ("Minh", "dashboard", "")]
    assert two.beat(["xa"], at) == set()


def test_who_closed_the_page_is_gone_on_the_other_servers_after_a_beat_of_each(servers, catalogue, at):
    one, two = servers
    come(one, "a", "Lan", at)
    one.beat(["xa"], at)
    two.beat(["xa"], at)
    one.left("a")
    one.beat(["xa"], at)
    assert two.beat(["xa"], at) == {"xa"}
    assert seen(two, at) == []


def test_people_of_a_server_that_died_are_gone_within_fifteen_seconds(servers, catalogue, at):
    one, two = servers
    come(one, "a", "Lan", at)
    one.beat(["xa"], at)
    two.beat(["xa"], at)
    assert seen(two, at) == [("Lan", "edit", "")]
    assert GONE_AFTER + timedelta(seconds=BEAT_SECONDS) < timedelta(seconds=15)
    assert seen(two, at + GONE_AFTER) == []


def test_who_has_two_pages_open_counts_once_where_they_were_last(servers, at):
    here, _ = servers
    come(here, "a", "Lan", at, page="edit")
    come(here, "b", "Lan", at + timedelta(seconds=1), page="dashboard")
    assert seen(here, at + timedelta(seconds=2)) == [("Lan", "dashboard", "")]


def test_people_at_another_catalogue_are_not_shown_here(servers, at):
    here, _ = servers
    come(here, "a", "Lan", at, catalogue="khác")
    assert seen(here, at) == []


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1)])
def test_servers_whose_clocks_are_an_hour_apart_know_of_each_other_and_of_who_left(servers, catalogue, at, off):
    one, two = servers
    beat = timedelta(seconds=BEAT_SECONDS)
    for n in range(3):
        come(one, "a", "Lan", at + n * beat)
        one.beat(["xa"], at + n * beat)
        come(two, "b", "Minh", at + off + n * beat)
        two.beat(["xa"], at + off + n * beat)
    one.beat(["xa"], at + 3 * beat)
    assert [who for who, *_ in seen(one, at + 3 * beat)] == ["Lan", "Minh"]
    assert [who for who, *_ in seen(two, at + off + 2 * beat)] == ["Lan", "Minh"]
    later = at + 3 * beat + GONE_AFTER  # the server two died, its row stays
    come(one, "a", "Lan", later)
    assert one.beat(["xa"], later) == {"xa"}
    assert [who for who, *_ in seen(one, later)] == ["Lan"]


def test_the_row_of_a_server_that_died_long_ago_is_nobody_to_a_server_that_starts(servers, store, catalogue, at):
    one, two = servers
    come(one, "a", "Lan", at)
    one.beat(["xa"], at)
    later = at + timedelta(minutes=5)
    assert two.beat(["xa"], later) == set()
    assert seen(two, later) == []
    come(two, "b", "Minh", at + FORGOTTEN_AFTER * 2)
    two.beat(["xa"], at + FORGOTTEN_AFTER * 2)
    assert [one.actor for one in store.presence(["xa"], since=at - timedelta(days=1))] == ["Minh"]


def test_the_moment_silences_are_measured_by_goes_on_evenly_whatever_the_clock_says(monkeypatch):
    before = presence.now()
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert timedelta() <= presence.now() - before < timedelta(minutes=1)
