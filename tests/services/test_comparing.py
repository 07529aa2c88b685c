"""What people mean by "since then"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kpicat.services.comparing import Version, before_today

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def moments(*hours):
    """Today's catalogue, and its moments so many hours before noon, newest first."""
    return [Version("xa", None, "now"), *(Version("xa", 9 - n, f"{n}", NOON - timedelta(hours=n)) for n in hours)]


def test_since_then_is_the_end_of_the_last_day_before_the_newest():
    found = moments(0, 3, 11, 13, 30)
    assert before_today(found, UTC).name == "13"  # what was done after midnight is of today
    assert before_today(moments(0, 3), UTC).name == "3"  # all is of today: the oldest
    assert before_today(moments(), UTC).name == "now"
    other = Version("khac", None, "other")
    assert before_today([*moments(), other], UTC) is other
