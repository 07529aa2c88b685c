"""What people mean by "since then", and what charts of several bodies say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kpicat import guidance
from kpicat.comparing import Body, spread
from kpicat.convert import converted
from kpicat.model import Catalogue, Item, items_frame
from kpicat.services import View, removing
from kpicat.services.comparing import Version, before_today, ranks_chart, versions

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


def test_a_catalogue_that_was_taken_off_the_shelf_is_nothing_to_compare_with(store, at):
    xa, other = (store.create(Catalogue(id, id), actor="Lan", at=at) for id in ("xa", "khac"))

    def offered():
        return {version.catalogue_id for version in versions(store, View(store.reading(xa.id)), lambda at: at)}

    assert offered() == {"xa", "khac"}
    removing.remove(store, other, actor="Lan", at=at)
    assert offered() == {"xa"}


def body(name, *tiers):
    scale = guidance.get("phu_luc_3")
    items = items_frame(Item(f"{name}{n}", {"task": f"Việc {n}", "tier": tier}) for n, tier in enumerate(tiers))
    return spread(Body(name, name, items, converted(items, scale), scale))


def test_a_body_is_not_named_alone_as_the_highest_where_another_is_as_high():
    alike = ranks_chart([body("A", 1, 4), body("B", 2, 4), body("C", 1)])
    assert "“A”" in alike.title and "1 mục khác" in alike.title
    assert "mục khác" not in ranks_chart([body("A", 4, 4), body("B", 2, 4)]).title
    assert ranks_chart([body("A"), body("B")]).empty
