"""A ticket is good for its time, whatever somebody does to the clock."""

from __future__ import annotations

import time

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
