"""What all sessions share: tickets good for their time, whatever is done to the clock; news looked for in turn."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kpicat.office.office import TICKET_SECONDS, Office


@pytest.fixture
def office(store):
    made = Office(store)
    yield made
    made.notifier.stop()


@pytest.mark.parametrize(
    ("off", "good"), [(0, True), (3600, True), (-TICKET_SECONDS + 60, True), (-TICKET_SECONDS - 60, False)]
)
def test_a_ticket_written_before_the_clock_was_set_back_is_good_and_an_old_one_is_not(office, monkeypatch, off, good):
    right = time.time
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: right() + off)
        ticket = office.ticket("xa", "Lan", "visit")
    assert (office.admits(ticket) is not None) is good


def test_pages_that_look_for_news_by_themselves_do_so_one_after_the_other(office):
    looking, at_once = [], []

    def look(page):
        with office.looking():
            looking.append(page)
            at_once.append(len(looking))
            time.sleep(0.001)
            looking.remove(page)

    with ThreadPoolExecutor(8) as pages:
        list(pages.map(look, range(8)))
    assert at_once == [1] * 8


def test_who_looks_for_news_waits_a_while_and_not_for_ever(office, monkeypatch):
    monkeypatch.setattr("kpicat.office.office.LONGEST_WAIT", 0.01)
    with office.looking(), office.looking():  # the first waits for a database that does not answer, say
        pass
    with office.looking():
        assert not office._looks.acquire(blocking=False)
