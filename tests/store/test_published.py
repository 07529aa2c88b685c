"""What other software asks of the database, on either kind: tokens, and an order of approvals that never changes."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from kpicat import approval
from kpicat.access.records import Entry, Token
from kpicat.approval import Step
from kpicat.guidance import get
from kpicat.model import Catalogue, Item
from kpicat.model.approvals import Approval
from kpicat.store import backup, examine, open_store, restore
from kpicat.store.published import START


@pytest.fixture
def approve(store, at):
    def approve(id, *, at=at):
        store.create(Catalogue(id, f"Danh mục {id}"), actor="Lan", at=at, items=[Item("a", {"task": "Việc"})])
        store.approvals.take(id, Step.SUBMIT, seen=store.standing(id), actor="Lan", at=at)
        content = approval.freeze(store.reading(id), get("phu_luc_3"))
        decision = Approval("1", date(2026, 11, 22), date(2026, 12, 1), "Minh")
        store.approvals.approve(id, decision, content, seen=store.standing(id), actor="Hoa", at=at)

    return approve


def token(id, at, *, of=None):
    return Token(id, "KPI", "0" * 64, of, "kpicat", at, at + timedelta(days=1))


def told(store, since=START):
    return [version.catalogue_id for version in store.published.feed(since, None, limit=9).versions]


def test_a_token_is_kept_and_withdrawn_once(store, catalogue, at):
    noted = Entry(at, "kpicat", "token")
    first, second = token("a", at), token("b", at, of=frozenset({"xa"}))
    for each in (first, second):
        store.tokens.add(each, noted)
    assert store.tokens.all() == [first, second] and store.tokens.by_id("b") == second
    assert store.tokens.by_id("c") is None
    store.tokens.used("a", at=at)
    assert store.tokens.revoke("a", noted) is True and store.tokens.revoke("a", noted) is False
    kept = store.tokens.by_id("a")
    assert (kept.used_at, kept.revoked_at) == (at, at) and not kept.is_good(at)
    assert second.is_good(at) and not second.is_good(at + timedelta(days=1))
    assert len(store.accounts.entries(None, limit=9, before=None)) == 3


def test_no_backup_has_a_token_and_a_restore_ends_them(store, catalogue, approve, url, tmp_path, at):
    approve("to")
    told(store)
    store.tokens.add(token("a", at, of=frozenset({"xa"})), Entry(at, "kpicat", "token"))
    backup(url, tmp_path / "b.db")
    copy = open_store(f"sqlite:///{tmp_path / 'b.db'}")
    assert copy.tokens.all() == []
    copy.close()
    restore(url, tmp_path / "b.db")
    assert store.tokens.all() == [] and told(store) == ["to"]
    assert list(examine(url)) == []


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_token_whose_last_day_cannot_be_read_is_found(store, url, at):
    store.tokens.add(token("a", at), Entry(at, "kpicat", "token"))
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE api_token SET expires_at = 'tomorrow'")
    assert [sentence for sentence in examine(url) if "api_token" in sentence]


def test_what_was_approved_earlier_but_became_known_later_comes_later(store, approve, at):
    approve("b")
    place = store.published.feed(START, None, limit=9).chain
    approve("a", at=at - timedelta(days=1))  # another server's clock, or a longer transaction
    assert told(store, place) == ["a"] and told(store) == ["b", "a"]


def test_two_who_ask_at_once_are_told_one_order(store, approve, url):
    for id in "cab":
        approve(id)
    found = []
    stores = [open_store(url) for _n in range(4)]
    begin = threading.Barrier(len(stores))

    def ask(own):
        begin.wait()
        found.append((told(own), own.published.feed(START, None, limit=9).chain))

    asking = [threading.Thread(target=ask, args=(own,)) for own in stores]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    for own in stores:
        own.close()
    assert len(found) == 4 and len({str(each) for each in found}) == 1 and sorted(found[0][0]) == ["a", "b", "c"]


def test_a_mark_is_another_one_after_each_approval(store, catalogue, approve):
    assert store.published.marks() == {}
    approve("to")
    marks = store.published.marks()
    assert set(marks) == {"to"} and store.published.marks(["to", "xa"]) == marks
    assert store.published.marks(["xa"]) == store.published.marks([]) == {}
    store.approvals.take("to", Step.BEGIN_VERSION, seen=store.standing("to"), actor="Lan", at=datetime.now(UTC))
    assert store.published.marks() == marks
    (version,) = store.approvals.of("to")
    assert store.published.about(version)["name"] == "Danh mục to"
