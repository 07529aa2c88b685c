"""A file brought in is one person's one gesture: pressed twice it is done once, and never half."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import streamlit as st

from kpicat import services
from kpicat.exchange import Read
from kpicat.model import Edit, Item, ReadReport
from kpicat.services import Mode, View
from kpicat.ui import incoming

FILE = Read([Item("r0", {"code": "VP.02", "task": "Báo cáo quý"}), Item("r1", {"task": "Mới"})], ReadReport("a.xlsx"))


@dataclass
class Desk:
    """Somebody before the catalogue as it stood when their page was made."""

    store: object
    view: View
    actor: str
    at: object

    def save(self, gesture, *args, **options):
        return gesture(self.store, self.view, *args, actor=self.actor, at=self.at, **options)


class Session(dict):
    """What a session keeps, without a browser."""

    __getattr__ = dict.get
    __setattr__ = dict.__setitem__


@pytest.fixture
def session(monkeypatch):
    """Has the next person begin: a session of their own."""

    def begin():
        own = Session()
        monkeypatch.setattr(st, "session_state", own)
        return own

    begin()
    return begin


@pytest.fixture
def desk(store, catalogue, at):
    return lambda who: Desk(store, View(store.reading("xa")), who, at)


def write(desk, held, mode):
    plan = services.plan(desk.view, FILE, mode)
    incoming.write(desk, held, plan.writes, {}, plan.mode)


def imports(store):
    return [(batch.actor, batch.label) for batch in store.batches("xa")][:-1]


def test_two_people_who_bring_the_same_file_in_at_the_same_moment_both_do(session, desk, store):
    lan, minh = desk("Lan"), desk("Minh")
    for who in (lan, minh):
        session()
        held = incoming.take("a.xlsx", b"same")
        write(who, held, Mode.APPEND)
    assert imports(store) == [("Minh", "import"), ("Lan", "import")]
    assert len(store.reading("xa").items) == 3 + 2 * len(FILE.items)


def test_a_press_that_comes_twice_brings_the_file_in_once(session, desk, store):
    lan, held = desk("Lan"), incoming.take("a.xlsx", b"same")
    for _time in range(2):
        write(lan, held, Mode.APPEND)
    assert imports(store) == [("Lan", "import")]


def test_a_press_after_an_answer_that_was_lost_brings_the_file_in_once(session, desk, store):
    held = incoming.take("a.xlsx", b"same")
    for _time in range(2):  # the second on the catalogue that already holds it
        lan = desk("Lan")
        write(lan, held, Mode.APPEND)
    assert imports(store) == [("Lan", "import")]


def test_the_same_file_chosen_again_is_brought_in_again(session, desk, store):
    for _time in range(2):
        lan = desk("Lan")
        write(lan, incoming.take("a.xlsx", b"same"), Mode.APPEND)
    assert len(imports(store)) == 2


@pytest.mark.parametrize("mode", [Mode.UPDATE, Mode.REPLACE])
def test_what_another_has_changed_meanwhile_is_not_written_over_nor_half_replaced(session, desk, store, at, mode):
    own, lan, held = session(), desk("Lan"), incoming.take("a.xlsx", b"same")
    plan = services.plan(lan.view, FILE, mode)
    services.save(store, lan.view, [Edit("two", "task", "Báo cáo tháng", "Báo cáo tuần")], actor="Minh", at=at)
    incoming.write(lan, held, plan.writes, {}, plan.mode)
    assert imports(store) == [("Minh", "edit")] and list(store.reading("xa").items.index) == ["one", "two", "three"]
    assert "Minh" in own.notice and "VP.02" in own.notice
    again = desk("Lan")
    write(again, incoming.current(), mode)
    assert imports(store)[0] == ("Lan", "import") and incoming.current() is None
