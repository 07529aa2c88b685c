"""The shelf stays short: a dozen catalogues, more of them when asked for, any of them by its name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from kpicat import services
from kpicat.model import Catalogue
from kpicat.services import removing
from kpicat.ui import frame
from kpicat.ui.shelved import AT_FIRST
from tests.app.opening import opened, said

MANY = 2 * AT_FIRST + 3


def catalogue(k):
    return Catalogue(f"c{k}", f"Danh mục {k}", body=f"Xã Ủy Bình {k}", period=str(2000 + k))


@pytest.fixture
def filled(pages, in_english, at):
    """Puts so many catalogues on the shelf, c0 first and so changed longest ago."""

    def fill(n, removed=0):
        for k in range(n + removed):
            pages.create(catalogue(k), actor="Lan", at=at + timedelta(minutes=k))
        for k in range(n, n + removed):
            removing.remove(pages, pages.catalogue(f"c{k}"), actor="Minh", at=at + timedelta(days=1, minutes=k))

    return fill


def cards(app):
    return [button.key.removeprefix("home_open_") for button in app.button if str(button.key).startswith("home_open_")]


def rows(app):
    return [button.key for button in app.button if str(button.key).startswith("home_put_back_")]


def unfolded(app):
    """A person has unfolded those that were removed; AppTest itself folds them again in each run."""
    app.session_state["home_removed"] = True
    return app


def test_a_dozen_catalogues_are_all_there_and_nothing_is_to_be_looked_for(filled):
    filled(AT_FIRST)
    app = opened("home")
    assert cards(app) == [f"c{k}" for k in reversed(range(AT_FIRST))]
    assert "home_shelf_words" not in [box.key for box in app.text_input]
    assert "home_shelf_more" not in [button.key for button in app.button]


def test_of_many_the_newest_are_shown_the_open_one_first_and_the_others_when_asked_for(filled):
    filled(MANY)
    app = opened("home", "c3")
    newest = [f"c{k}" for k in reversed(range(MANY)) if k != 3]
    assert cards(app) == ["c3", *newest[: AT_FIRST - 1]]
    assert f"{AT_FIRST} of {MANY} are shown." in said(app.caption)
    app.button(key="home_shelf_more").click().run()
    assert cards(app) == ["c3", *newest[: 2 * AT_FIRST - 1]]
    app.button(key="home_shelf_more").click().run()
    assert cards(app) == ["c3", *newest] and "are shown." not in said(app.caption)


@pytest.mark.parametrize(
    ("words", "found"),
    [("DANH MUC 17", ["c17"]), ("uy binh 11", ["c11"]), ("2019 ủy", ["c19"]), ("xã mục 2003", ["c3"]), (" ", None)],
)
def test_a_catalogue_is_found_by_name_body_and_period_without_their_marks(words, found):
    there = [catalogue(k) for k in range(MANY)]
    assert [each.id for each in services.named(there, words)] == (found or [each.id for each in there])


def test_what_is_looked_for_is_shown_from_its_first_on_and_nothing_found_is_said(filled):
    filled(MANY)
    app = opened("home", "c3")
    app.button(key="home_shelf_more").click().run()
    app.text_input(key="home_shelf_words").input("uy binh").run()
    assert len(cards(app)) == AT_FIRST, "another list is begun at its beginning"
    app.text_input(key="home_shelf_words").input("xa uy binh 17").run()
    assert cards(app) == ["c17"]
    app.text_input(key="home_shelf_words").input("huyện").run()
    assert not cards(app) and "No catalogue is called that" in said(app.caption)


def test_removed_catalogues_are_drawn_when_they_are_unfolded_a_dozen_at_a_time(filled):
    filled(1, removed=MANY)
    app = opened("home")
    assert not rows(app) and f"Removed catalogues ({MANY})" in app.expander[-1].label
    unfolded(app).run()
    assert len(rows(app)) == AT_FIRST and said(app.caption).count("removed by Minh") == AT_FIRST
    unfolded(app).text_input(key="home_removed_words").input("danh muc 15").run()
    assert rows(app) == ["home_put_back_c15"]
    unfolded(app).button(key="home_put_back_c15").click().run()
    assert "c15" in cards(app) and f"Removed catalogues ({MANY - 1})" in app.expander[-1].label


def test_the_shelf_asks_the_database_as_often_for_many_catalogues_as_for_one(filled, at):
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    filled(2, removed=2)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        opened("home")
        few = len(asked)
        for k in range(100, 100 + AT_FIRST):
            frame.store().create(Catalogue(f"c{k}", "Danh mục"), actor="Lan", at=at)
        asked.clear()
        opened("home")
        assert len(asked) == few
    finally:
        event.remove(Engine, "before_cursor_execute", note)
