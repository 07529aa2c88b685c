"""What was approved, as other software gets it: exact, once, and nothing that was not approved."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kpicat.approval import Step
from kpicat.model import CATALOGUE, Add, Catalogue, Edit, Item
from kpicat.services import publishing
from kpicat.services.publishing import Shelf

XA = "/api/v1/catalogues/xa/approved"
DECEMBER = {"on": "2026-12-01"}


def test_a_version_is_told_with_its_decision_its_scale_and_every_number_exact(approved, caller, token, store):
    answer = caller(token()).get(XA, params=DECEMBER)
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert told["catalogue"] == {
        "id": "xa", "name": "Danh mục của xã", "body": "Đảng ủy xã", "period": "2026", "form": "party",
    }  # fmt: skip
    assert told["version"] == {
        "id": approved.id, "number": 1, "kind": "full", "basis": None, "hash": approved.hash,
        "decision_number": "1-QĐ/ĐU", "decided_on": "2026-11-20", "effective_on": "2026-12-01",
        "signatory": "Nguyễn Văn Minh", "approved_at": "2026-11-22T07:30:00+00:00",
    }  # fmt: skip
    assert told["version"]["hash"] == hashlib.sha256(store.approvals.content(approved).encode()).hexdigest()
    edition = told["edition"]
    assert (edition["id"], edition["standard_points"], edition["decimals"]) == ("phu_luc_3", "100", 2)
    assert [(tier["level"], tier["lowest"]) for tier in edition["tiers"]] == [
        (1, "100"), (2, "120"), (3, "150"), (4, "200"),
    ]  # fmt: skip
    one, two, three = told["items"]
    assert (one["id"], one["code"], one["tier"], one["standard_unit"]) == ("one", "VP.01", 1, True)
    numbers = ("points", "coefficient", "quantity", "converted_quantity")
    assert [one[name] for name in numbers] == ["100", "1", "24", "24"]
    assert [two[name] for name in numbers] == ["120", "1.2", "12.5", "15"]
    assert [three[name] for name in numbers] == ["150", "1.5", None, None]
    assert three["code"] == "" and three["tier"] == 3, "the tier that its points fall in"
    assert set(one) == set(two) == set(three)


def test_nothing_that_was_written_since_is_told(approved, caller, token, store, approve, at):
    approve("xa", date(2026, 12, 1), number="2")
    store.approvals.take("xa", Step.BEGIN_VERSION, seen=store.standing("xa"), actor="Lan", at=at)
    writes = [Edit(CATALOGUE, "name", "Danh mục của xã", "Nháp"), Edit("two", "tier", 2, 4), Add(Item("four", {}))]
    assert store.commit("xa", writes, actor="Lan", at=at).batch
    client = caller(token())
    told = client.get(XA, params=DECEMBER).json()
    assert told["catalogue"]["name"] == "Danh mục của xã" and len(told["items"]) == 3
    (entry,) = client.get("/api/v1/catalogues").json()["catalogues"]
    assert entry["name"] == "Danh mục của xã"


def test_a_day_is_answered_by_the_version_in_force_on_it_and_by_the_supplement_whole(
    approved, caller, token, store, approve, at
):
    store.approvals.take("xa", Step.BEGIN_SUPPLEMENT, seen=store.standing("xa"), actor="Lan", at=at)
    store.commit("xa", [Add(Item("four", {"task": "Họp tổ", "tier": 1}))], actor="Lan", at=at)
    approve("xa", date(2027, 1, 1))
    client = caller(token())

    def on(day):
        told = client.get(XA, params={"on": day}).json()
        return told["version"]["number"], told["version"]["kind"], len(told["items"])

    assert on("2026-12-31") == (1, "full", 3)
    assert on("2027-01-01") == on("2099-01-01") == (2, "supplement", 4)


def test_without_a_day_it_is_today_where_the_authority_is(approved, caller, token, clock):
    client = caller(token())
    clock.at = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)
    early = client.get(XA)
    assert early.status_code == 404 and early.json()["type"] == "urn:kpicat:not-in-force"
    assert "30/11/2026" in early.json()["detail"] and "01/12/2026" in early.json()["detail"]
    clock.at = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert client.get(XA).status_code == 200


def test_what_is_unchanged_is_not_sent_again_and_another_version_is(approved, caller, token, approve):
    client = caller(token())
    first = client.get(XA, params=DECEMBER)
    etag = first.headers["etag"]
    assert approved.hash in etag and not etag.startswith("W/")
    again = client.get(XA, params={"on": "2026-12-24"}, headers={"if-none-match": f'"other", W/{etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["cache-control"] == first.headers["cache-control"] == "private, no-cache"
    assert client.get(XA, params=DECEMBER, headers={"if-none-match": '"other"'}).status_code == 200
    approve("xa", date(2026, 12, 1))  # the same lines by another decision
    other = client.get(XA, params=DECEMBER, headers={"if-none-match": etag})
    assert other.status_code == 200 and other.headers["etag"] != etag and other.json()["version"]["number"] == 2


def test_it_is_packed_for_who_can_unpack_it_under_an_etag_of_its_own(approved, caller, token):
    client = caller(token())
    ask = {"accept-encoding": "identity"}
    plain = client.get(XA, params=DECEMBER, headers=ask)
    packed = client.get(XA, params=DECEMBER, headers={"accept-encoding": "br, gzip;q=0.8"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.json() == plain.json() and packed.headers["etag"] != plain.headers["etag"]
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 6, mtime=0)) < len(plain.content)
    assert client.get(XA, params=DECEMBER, headers=ask | {"if-none-match": packed.headers["etag"]}).status_code == 200
    refused = client.get(XA, params=DECEMBER, headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_a_head_is_the_get_without_its_body(approved, caller, token):
    client = caller(token())
    whole, head = client.get(XA, params=DECEMBER), client.head(XA, params=DECEMBER)
    assert head.content == b"" and head.status_code == 200
    for name in ("etag", "content-length", "content-type", "cache-control"):
        assert head.headers[name] == whole.headers[name]


def test_the_list_says_what_applies_on_a_day_and_what_comes(approved, caller, token, store, approve, at):
    store.create(Catalogue("nhap", "Bản nháp"), actor="Lan", at=at)
    approve("xa", date(2027, 1, 1))
    client = caller(token())
    (entry,) = client.get("/api/v1/catalogues", params=DECEMBER).json()["catalogues"]
    assert (entry["id"], entry["in_force"]["number"], entry["latest"]["number"]) == ("xa", 1, 2)
    assert client.get(entry["href"], params=DECEMBER).json()["version"] == entry["in_force"]
    (before,) = client.get("/api/v1/catalogues").json()["catalogues"]
    assert before["in_force"] is None and before["name"] == "Danh mục của xã"
    etag = client.get("/api/v1/catalogues").headers["etag"]
    assert client.get("/api/v1/catalogues", headers={"if-none-match": etag}).status_code == 304


def test_a_version_is_read_and_written_out_once_and_the_oldest_goes_when_there_are_many(store, approved, approve):
    second = approve("xa", date(2026, 12, 2))
    read = []
    content, store.approvals.content = store.approvals.content, lambda v: read.append(v.number) or content(v)
    shelf = Shelf(store)
    assert shelf.body(approved) is shelf.body(approved) and read == [1]
    small = Shelf(store, most_bytes=len(shelf.body(approved).plain) + 1)
    for version in (approved, second, second, approved):
        small.body(version)
    assert read == [1, 1, 2, 1]


def test_what_is_not_what_was_approved_is_not_told(approved, caller, token, store):
    with store._database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER version_unchanged")
        connection.exec_driver_sql("UPDATE version SET content = replace(content, '24', '42')")
    answer = caller(token()).get(XA, params=DECEMBER)
    assert answer.status_code == 500 and answer.json()["type"] == "urn:kpicat:damaged"
    assert "fsck" in answer.json()["detail"]


def test_exact_numbers_stay_exact(store, approve, caller, token, at):
    rows = [Item("a", {"task": "Việc", "points": Decimal("100.125"), "quantity": Decimal("12345678901234567890.5")})]
    store.create(Catalogue("to", "Danh mục"), actor="Lan", at=at, items=rows)
    approve("to", date(2026, 12, 1))
    (item,) = caller(token()).get("/api/v1/catalogues/to/approved", params=DECEMBER).json()["items"]
    assert (item["points"], item["quantity"]) == ("100.125", "12345678901234567890.5")


@pytest.mark.parametrize("capacity", ["", "x" * 20_000])
def test_a_catalogue_is_named_also_where_it_says_much_of_itself(store, approve, caller, token, at, capacity):
    store.create(Catalogue("to", "Tên", capacity=capacity), actor="Lan", at=at, items=[Item("a", {"task": "Việc"})])
    approve("to", date(2026, 12, 1))
    (entry,) = caller(token("to")).get("/api/v1/catalogues").json()["catalogues"]
    assert entry["name"] == "Tên"
    assert publishing.SHAPE == 1
