"""Scenarios kept by others are told at once to the pages that show those of the catalogue."""

from __future__ import annotations

import dataclasses
import queue

import pytest

from kpicat.scenario import Rule, Scenario
from kpicat.services import View, scenarios
from kpicat.store import open_store
from kpicat.ui.trying import news
from tests.conftest import AT

WITHIN = 20.0
"""Seconds in which a busy machine may tell; one that never does fails."""


class Page:
    """A page that is told."""


@pytest.fixture
def told():
    return queue.Queue()


@pytest.fixture
def listening(store, catalogue, told, monkeypatch):
    monkeypatch.setattr(news, "REMIND_SECONDS", 600.0)  # the commit has to tell, not the clock
    listening = news.News(store, told.put)
    yield listening
    listening.close()


@pytest.fixture
def elsewhere(url, catalogue):
    """Another process on the database."""
    opened = open_store(url)
    yield opened
    opened.close()


def kept(store, name="Nhẹ hơn", catalogue_id="xa"):
    return scenarios.begin(
        store, View(store.reading(catalogue_id)), Scenario(rules=(Rule(4),)), name=name, actor="Minh", at=AT
    )


def comes(told, page):
    """Waits until a page is told; those told before it."""
    before = set()
    while (one := told.get(timeout=WITHIN)) is not page:
        before.add(one)
    return before


def versions(store):
    return store.scenarios.versions("xa")


def test_what_another_process_keeps_changes_and_removes_is_told_each_time(store, elsewhere, listening, told):
    page = Page()
    listening.shows("lan", "xa", versions(store), page)
    first = kept(elsewhere)
    assert told.get(timeout=WITHIN) is page
    listening.shows("lan", "xa", versions(store), page)  # it has run
    elsewhere.scenarios.put(dataclasses.replace(first, version=2, name="Nặng hơn"))
    assert told.get(timeout=WITHIN) is page
    listening.shows("lan", "xa", versions(store), page)
    elsewhere.scenarios.remove(first.id, 2)
    assert told.get(timeout=WITHIN) is page


def test_a_page_that_shows_what_there_is_and_a_commit_of_anything_else_are_left_alone(
    store, elsewhere, listening, told, catalogue
):
    behind, page = Page(), Page()
    shown = versions(store)
    kept(store)
    listening.shows("lan", "xa", versions(store), page)
    elsewhere.create(dataclasses.replace(catalogue, id="xb"), actor="Minh", at=AT)
    listening.shows("minh", "xa", shown, behind)  # read before the scenario was kept, shown after
    assert told.get(timeout=WITHIN) is behind
    listening.shows("minh", "xa", versions(store), behind)
    kept(elsewhere, catalogue_id="xb")
    listening.shows("hoa", "xa", shown, last := Page())
    assert comes(told, last) <= {behind}  # told before it showed the scenario


def test_a_page_that_is_gone_is_told_nothing_and_the_next_one_is(store, elsewhere, listening, told):
    page, stays = Page(), Page()
    listening.shows("lan", "xa", versions(store), page)
    del page
    listening.shows("minh", "xa", versions(store), stays)
    kept(elsewhere)
    assert comes(told, stays) == set()
    del stays
    kept(elsewhere, "Khác")  # the thread finds nobody left
    later = Page()
    listening.shows("hoa", "xa", {}, later)
    comes(told, later)
