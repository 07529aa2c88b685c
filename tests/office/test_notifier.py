"""News reach who listens, whichever process made them, and nobody else."""

from __future__ import annotations

import threading

import pytest

from kpicat.errors import StoreBusy
from kpicat.model import Catalogue, Edit
from kpicat.office.notifier import Notifier
from kpicat.office.presence import Presence
from kpicat.store import open_store

PATIENCE = 20  # seconds a promise may take on a busy machine


@pytest.fixture
def notifier(store):
    made = Notifier(store, Presence(store))
    yield made
    made.stop()


@pytest.fixture
def elsewhere(store, url):
    """The same database, opened as another process would."""
    opened = open_store(url)
    yield opened
    opened.close()


def edited(store, catalogue, at, seen="", new="mới"):
    store.commit(catalogue.id, [Edit("one", "note", seen, new)], actor="An", at=at)


def test_a_commit_of_another_process_is_told_to_who_listens(notifier, elsewhere, catalogue, at):
    told = threading.Event()
    with notifier.listening(catalogue.id, told.set):
        assert notifier.standing(catalogue.id).seq == catalogue.head
        edited(elsewhere, catalogue, at)
        assert told.wait(PATIENCE)
        assert notifier.standing(catalogue.id).seq == catalogue.head + 1


def test_who_listens_to_another_catalogue_is_left_alone(notifier, store, elsewhere, catalogue, at):
    store.create(Catalogue("khác", "Danh mục khác"), actor="founder", at=at)
    mine, others = threading.Event(), []
    with notifier.listening(catalogue.id, mine.set), notifier.listening("khác", lambda: others.append(1)):
        assert notifier.standing("khác").seq == 0
        edited(elsewhere, catalogue, at)
        assert mine.wait(PATIENCE)
        assert others == []


def test_a_listener_that_fails_keeps_nothing_from_the_others(notifier, elsewhere, catalogue, at):
    told = threading.Event()

    def fails():
        raise OSError("the page is closing")

    with notifier.listening(catalogue.id, fails), notifier.listening(catalogue.id, told.set):
        edited(elsewhere, catalogue, at)
        assert told.wait(PATIENCE)


def test_news_that_could_not_be_read_at_once_are_told_when_the_database_answers(
    notifier, store, elsewhere, catalogue, at, monkeypatch, caplog
):
    told, tries = threading.Event(), []
    heads = store.heads

    def busy_at_first(ids):
        tries.append(ids)
        if len(tries) < 3:
            raise StoreBusy("busy")
        return heads(ids)

    monkeypatch.setattr(store, "heads", busy_at_first)
    with notifier.listening(catalogue.id, told.set):
        edited(elsewhere, catalogue, at)
        assert told.wait(PATIENCE)
    assert len(tries) >= 3
    said = [each.getMessage() for each in caplog.records if each.name == "kpicat.office.answering"]
    assert said == ["the database does not answer: StoreBusy", "the database answers again"]


def test_after_the_end_nothing_is_told_and_no_thread_is_left(store, elsewhere, catalogue, at):
    notifier, told = Notifier(store, Presence(store)), threading.Event()
    with notifier.listening(catalogue.id, told.set):
        notifier.stop()
        edited(elsewhere, catalogue, at)
        assert "notifier" not in {thread.name for thread in threading.enumerate()}
        assert not told.is_set()
