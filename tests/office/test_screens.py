"""Of which cell a report is, where the next one is open already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kpicat.office.screens import ON_ITS_WAY, Screens

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
MOMENT = timedelta(seconds=0.1)


@pytest.fixture
def screens():
    made = Screens()
    with made.watching("page", lambda: None):
        yield made


def test_a_report_that_comes_when_the_next_cell_is_open_is_of_the_cell_before(screens):
    screens.opens("page", AT, "1:a")
    screens.opens("page", AT + MOMENT, "2:b")
    assert screens.opened("page", AT + 2 * MOMENT) == (AT, "1:a")
    screens.reported("page")
    assert screens.opened("page", AT + 3 * MOMENT) == (AT + MOMENT, "2:b")


def test_what_was_reported_before_the_next_cell_was_opened_says_nothing_of_that_one(screens):
    screens.opens("page", AT, "1:a")
    screens.reported("page")
    screens.opens("page", AT + MOMENT, "2:b")
    assert screens.opened("page", AT + 2 * MOMENT) == (AT + MOMENT, "2:b")


def test_a_cell_left_as_it_was_is_forgotten_after_a_while(screens):
    screens.opens("page", AT, "1:a")
    screens.opens("page", AT + MOMENT, "2:b")
    assert screens.opened("page", AT + MOMENT + ON_ITS_WAY) == (AT + MOMENT, "2:b")
    for n in range(100):
        screens.opens("page", AT + (n + 1) * ON_ITS_WAY, f"{n}:c")
    assert len(screens._opened["page"]) < 3


def test_where_nothing_was_opened_nothing_is_known(screens):
    assert screens.opened("page", AT) is None
