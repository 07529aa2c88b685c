"""The list of what was approved lately: who hands their place back misses nothing, whatever happened meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from kpicat.model import Catalogue, Item
from kpicat.store import backup, open_store, restore
from tests.api.asking import FEED, problem


@pytest.fixture
def three(approved, approve, store, at):
    """Three approvals: "xa", "to", "xa" again."""
    store.create(Catalogue("to", "Danh mục tổ"), actor="Lan", at=at, items=[Item("a", {"task": "Việc"})])
    return [approved, approve("to", date(2026, 12, 1)), approve("xa", date(2027, 1, 1))]


def walk(client, since=None, **ask):
    """All that is new since a place, and the place then."""
    found = []
    while True:
        told = client.get(FEED, params=ask | ({"since": since} if since else {})).json()
        found += [(each["catalogue"]["id"], each["version"]["number"]) for each in told["approvals"]]
        since = told["next"]
        if not told["more"]:
            return found, since


def test_all_of_it_is_told_once_in_pages_of_any_size(three, caller, token):
    client = caller(token())
    found, end = walk(client)
    assert all(walk(client, limit=limit) == (found, end) for limit in (1, 2, 3))
    assert sorted(found) == [("to", 1), ("xa", 1), ("xa", 2)] and found.index(("xa", 1)) < found.index(("xa", 2))


def test_what_comes_later_is_told_after_the_place_that_was_handed_back(three, caller, token, approve):
    client = caller(token())
    found, place = walk(client)
    assert walk(client, place) == ([], place)
    etag = client.get(FEED, params={"since": place}).headers["etag"]
    assert client.get(FEED, params={"since": place}, headers={"if-none-match": etag}).status_code == 304
    approve("to", date(2027, 1, 1))
    answer = client.get(FEED, params={"since": place}, headers={"if-none-match": etag})
    (new,) = answer.json()["approvals"]
    assert (new["catalogue"]["name"], new["version"]["number"]) == ("Danh mục tổ", 2)
    assert client.get(new["href"]).json()["version"] == new["version"]
    assert walk(client) == ([*found, ("to", 2)], answer.json()["next"])


def test_a_reader_is_told_of_its_catalogues_only_and_passes_the_others_by(three, caller, token, approve):
    own = caller(token("to"))
    found, place = walk(own, limit=1)
    assert found == [("to", 1)]
    approve("xa", date(2027, 2, 1))
    told = own.get(FEED, params={"since": place}).json()
    assert told["approvals"] == [] and told["next"] != place and not told["from_start"]


def test_a_reader_with_another_token_is_told_what_the_first_might_not_see(three, caller, token):
    _found, place = walk(caller(token("to")))
    wider = caller(token())
    assert wider.get(FEED, params={"since": place}).json()["from_start"] is True
    assert len(walk(wider, place)[0]) == 3
    _found, place = walk(wider)
    assert walk(caller(token()), place)[0] == [], "a new token for the same catalogues goes on"


def test_a_place_that_is_none_here_begins_anew_and_says_so(three, caller, token):
    client = caller(token())
    _found, place = walk(client)
    unknown = "ab" * 16 + place[32:]
    told = client.get(FEED, params={"since": unknown}).json()
    assert told["from_start"] is True and len(told["approvals"]) == 3 and told["next"] == place
    assert client.get(FEED, params={"since": place}).json()["from_start"] is False
    assert client.get(FEED).json()["from_start"] is False


def test_a_place_is_the_text_that_was_handed_out_and_a_limit_a_number_within_bounds(caller, token):
    client = caller(token())
    for since in ("", "abc", "%", "A" * 40, "0" * 41, "٠" * 40, "9" * 10_000):
        problem(client.get(FEED, params={"since": since}), 400, "no-place")
    for limit in ("0", "1001", "-1", "1e3", "", "٣", "9" * 5000):
        problem(client.get(FEED, params={"limit": limit}), 400, "no-limit")


def test_where_nothing_was_approved_the_list_is_empty_and_goes_on_from_there(caller, token, catalogue, approve):
    client = caller(token())
    found, place = walk(client)
    assert found == [] and walk(client, place) == ([], place)
    approve("xa", date(2026, 12, 1))
    assert walk(client, place)[0] == [("xa", 1)]


def test_after_a_restore_nobody_misses_what_the_order_is_now(three, caller, token, approve, store, url, tmp_path, at):
    text = token()
    walk(caller(text))
    backup(url, tmp_path / "kpicat.db")
    restore(url, tmp_path / "kpicat.db")
    assert store.tokens.all() == [], "what was withdrawn must not come back"
    again = caller(token())
    found, place = walk(again)
    assert len(found) == 3
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    restore(elsewhere, tmp_path / "kpicat.db")
    other = open_store(elsewhere)
    first, second = (other.approvals.of(id)[0].id for id in ("to", "xa"))
    with other._database.write() as connection:  # another past, in which they became known the other way round
        for n, id in enumerate((first, second), start=1):
            row = {"n": n, "id": id, "chain": str(n) * 32}
            connection.exec_driver_sql("INSERT INTO announced VALUES (:n, :id, :chain)", row)
    fed = other.published.feed(place[:32], None, limit=10)
    assert fed.is_anew and [version.id for version in fed.versions][:2] == [first, second]
    other.close()
