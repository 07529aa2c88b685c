"""Who may ask, and for what: by a token that is theirs, in its header, for what it is for; all else is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpicat.access import Forbidden, Who
from kpicat.access.records import Event
from kpicat.errors import InputError, StoreBusy, UnknownCatalogue
from kpicat.model import Catalogue, Item
from kpicat.services import publishing
from kpicat.services.access import CONSOLE
from tests.api.asking import FEED, LIST, OPEN, XA, problem


def noted(store, *acts):
    return [entry for entry in store.accounts.entries(None, limit=100, before=None) if entry.act in acts]


@pytest.mark.parametrize(
    ("mode", "address"), [("solo", XA), ("open", LIST), ("accounts", FEED), ("oidc", XA), ("solo", FEED)]
)
def test_nothing_is_told_without_a_token_however_people_come_in(approved, caller, token, mode, address):
    here = {"mode": mode, "peer": "127.0.0.1", "url": "http://127.0.0.1"}
    client = caller(**here)
    problem(client.get(address), 401, "no-token")
    assert client.get(address).headers["www-authenticate"].startswith("Bearer")
    good = token()
    for shown in (f"Basic {good}", "Bearer", "Bearer  ", good):
        problem(client.get(address, headers={"authorization": shown}), 401, "no-token")
    client.cookies.set("kpicat_session", good)
    address = f"{address}{'&' if '?' in address else '?'}token={good}&access_token={good}"
    problem(client.get(address), 401, "no-token")
    problem(caller(good, **here).get(address), 400, "unknown-parameter")
    assert caller(good, **here).get(XA).status_code == 200


def test_alone_other_computers_are_refused_whatever_they_show(approved, caller, token):
    assert caller(token(), mode="solo", peer="10.0.0.7", url="http://127.0.0.1").get(LIST).status_code == 403
    assert caller(token(), mode="open", url="http://evil.example").get(LIST).status_code == 403


def test_a_token_is_kept_as_a_digest_and_lets_in_by_every_letter(approved, caller, token, store, url):
    text = token()
    kept = store.tokens.by_id(text.split("_")[1])
    assert text not in repr(kept) and kept.digest not in repr(kept) and text.split("_")[2] not in kept.digest
    assert caller(text).get(LIST).status_code == 200
    for wrong in (text[:-1], text + "a", text.swapcase(), text.replace("kpicat_", ""), "a" * 9000, "'; --", "é"):
        client = caller(peer=f"10.1.0.{len(wrong) % 250}")
        answer = client.get(LIST, headers={"authorization": b"Bearer " + wrong.encode()})
        problem(answer, 401, "wrong-token")


def test_a_token_that_ran_out_or_was_withdrawn_lets_in_no_more_from_the_next_request_on(
    approved, caller, token, store, clock
):
    lasting, short = token(name="Lâu"), token(name="Ngắn", until=date(2026, 11, 23))
    clients = [caller(lasting), caller(short)]
    assert [client.get(LIST).status_code for client in clients] == [200, 200]
    clock.at += timedelta(hours=9, minutes=29)  # 23 November, 23:59 where the authority is
    clock.at = clock.at.replace(day=23, hour=16, minute=59)
    assert [client.get(LIST).status_code for client in clients] == [200, 200]
    clock.at += timedelta(minutes=1)
    assert [client.get(LIST).status_code for client in clients] == [200, 401]
    publishing.revoke_token(store, CONSOLE, lasting.split("_")[1], at=clock.at)
    problem(clients[0].get(LIST), 401, "wrong-token")
    with pytest.raises(InputError):
        publishing.revoke_token(store, CONSOLE, lasting.split("_")[1], at=clock.at)
    made = noted(store, Event.TOKEN, Event.TOKEN_ENDED, Event.TOKEN_WRONG)
    assert [(entry.act, entry.ok) for entry in made].count(("token_wrong", False)) == 2
    assert {entry.act for entry in made} == {"token", "token_ended", "token_wrong"}
    assert not any(lasting in entry.detail + entry.who for entry in made)


def test_a_catalogue_that_is_not_the_tokens_is_as_if_it_were_not(approved, caller, token, store, approve, at):
    store.create(Catalogue("to", "Khác"), actor="Lan", at=at, items=[Item("a", {"task": "Việc"})])
    approve("to", date(2026, 12, 1))
    store.create(Catalogue("nhap", "Nháp"), actor="Lan", at=at)
    client = caller(token("xa"))
    answers = [client.get(XA.replace("/xa/", f"/{id}/")) for id in ("to", "nowhere", "nhap", "x%25", "%00", "a" * 5000)]
    problem(answers[0], 404, "unknown-catalogue")
    assert len({(answer.content, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1
    assert [entry["id"] for entry in client.get(LIST).json()["catalogues"]] == ["xa"]
    every = caller(token())
    assert [entry["id"] for entry in every.get(LIST).json()["catalogues"]] == ["to", "xa"]
    for id in ("%25", "_a", "x_", "xa%20", "XA", "%00", "%ED%A0%80"):
        problem(every.get(XA.replace("/xa/", f"/{id}/")), 404, "unknown-catalogue")


NO_DAYS = [
    "", "20261201", "2026-W49-2", "01/12/2026", "2026-13-01", "2026-02-30", "２０２６-12-01", "0000-01-01", "today",
    "2026-12-01T00:00", "9" * 10_000, "2026-12-01\0", "2026-12-01'--",
]  # fmt: skip


def test_a_day_is_written_in_one_form(approved, caller, token):
    client = caller(token())
    for on in NO_DAYS:
        assert "2026-02-05" in problem(client.get(LIST, params={"on": on}), 400, "no-day")
    problem(client.get(XA.partition("?")[0], params={"on": "2026-02-30"}), 400, "no-day")


def test_a_parameter_that_is_misspelt_is_not_passed_over(approved, caller, token):
    client = caller(token())
    for query in ("On=2026-12-01", "on=2026-12-01&on=2027-01-01", "on=2026-12-01&x=", "day=2026-12-01"):
        assert "on" in problem(client.get(f"{LIST}?{query}"), 400, "unknown-parameter")


def test_nothing_is_done_but_reading(approved, caller, token):
    client = caller(token())
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        for address in (XA, OPEN):
            answer = client.request(method, address, headers={"origin": "https://evil.example"})
            problem(answer, 405, "only-read")
            assert answer.headers["allow"] == "GET, HEAD"


def test_no_other_site_may_read_an_answer_in_a_browser(approved, caller, token):
    answer = caller(token()).get(XA, headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["x-content-type-options"] == "nosniff" and "set-cookie" not in answer.headers


def test_what_is_not_there_is_said_to_programs_too(caller):
    client = caller()
    for path in (
        "",
        "v1",
        "v1/",
        "v2/catalogues",
        "v1/catalogues/",
        "v1/catalogues/xa",
        "v1/a/b/approved",
        "a/" * 2000,
    ):
        problem(client.get(f"/api/{path}"), 404, "no-such-address")


def test_wrong_tokens_are_held_up_and_right_ones_from_the_same_address_are_not(approved, caller, token, store, clock):
    good = token()
    wrong = caller("kpicat_000000000000_" + "a" * 43)
    statuses = []
    for _n in range(60):
        statuses.append(wrong.get(LIST).status_code)
        clock.at += timedelta(seconds=1)
    assert statuses[:3] == [401] * 3 and statuses.count(401) <= 10 and set(statuses) == {401, 429}
    last = wrong.get(LIST)
    assert str(int(last.headers["retry-after"])) in problem(last, 429, "too-many-wrong-tokens")
    assert caller(good).get(LIST).status_code == 200
    assert caller("kpicat_000000000000_" + "a" * 43, peer="10.9.9.9").get(LIST).status_code == 401
    assert len(noted(store, Event.TOKEN_WRONG)) == statuses.count(401) + 1, "once each that was looked at"


def test_a_flood_of_wrong_tokens_writes_nothing(approved, caller, store, monkeypatch):
    wrong = caller("x")
    while wrong.get(LIST).status_code == 401:
        pass
    wrong.get(LIST)
    monkeypatch.setattr(store.tokens, "claim", lambda *_args, **_named: pytest.fail("written"))
    assert {wrong.get(LIST).status_code for _n in range(5)} == {429}


def test_that_a_version_was_taken_is_in_the_audit_log_once_a_day(approved, caller, token, store, clock):
    client = caller(token(name="KPI tỉnh"))
    etag = client.get(XA).headers["etag"]
    client.get(XA)
    client.head(XA)
    client.get(XA, headers={"if-none-match": etag})
    (entry,) = noted(store, Event.EXPORT)
    assert entry.who.startswith("KPI tỉnh [api ") and (entry.catalogue_id, entry.detail) == ("xa", "api: 1-QĐ/ĐU")
    clock.at += timedelta(days=1)
    client.get(XA)
    assert len(noted(store, Event.EXPORT)) == 2


def test_that_a_token_is_in_use_is_known_to_the_hour(approved, caller, token, store, clock):
    client = caller(token())
    seen = []
    for minutes in (0, 59, 1):
        clock.at += timedelta(minutes=minutes)
        client.get(LIST)
        (kept,) = publishing.tokens(store, CONSOLE)
        seen.append(clock.at - kept.used_at)
    assert seen == [timedelta(), timedelta(minutes=59), timedelta()]


def test_a_database_that_is_busy_is_said_with_when_to_come_back(approved, caller, token, store, monkeypatch):
    client = caller(token())

    def busy(*_args, **_named):
        raise StoreBusy("Đang bận.")

    monkeypatch.setattr(store.tokens, "by_id", busy)
    answer = client.get(LIST)
    assert problem(answer, 503, "busy") == "Đang bận." and answer.headers["retry-after"]


def test_a_fault_of_our_own_says_nothing_of_its_inside(approved, caller, token, store, monkeypatch):
    monkeypatch.setattr(store.tokens, "by_id", lambda _id: 1 / 0)
    assert "division" not in problem(caller(token()).get(LIST), 500, "failed")


# -- who makes tokens --------------------------------------------------------


@pytest.mark.parametrize("who", [Who.anybody("Khách"), Who.nobody(), Who("An", "1")])
def test_only_who_looks_after_the_installation_makes_lists_and_withdraws_tokens(store, at, who):
    with pytest.raises(Forbidden):
        publishing.make_token(store, who, "KPI", at=at)
    with pytest.raises(Forbidden):
        publishing.tokens(store, who)
    with pytest.raises(Forbidden):
        publishing.revoke_token(store, who, "x", at=at)


def test_the_audit_log_names_every_catalogue_of_a_token(store, at):
    ids = [f"{n:012x}" for n in range(15)]  # together longer than the text of one line
    for id in ids:
        store.create(Catalogue(id, "Danh mục"), actor="x", at=at)
    publishing.make_token(store, CONSOLE, "KPI", catalogue_ids=ids, at=at)
    (token,) = publishing.tokens(store, CONSOLE)
    lines = noted(store, Event.TOKEN)
    assert [line.catalogue_id for line in reversed(lines)] == ids
    assert {line.detail for line in lines} == {f"KPI [api {token.id}]"}
    publishing.make_token(store, CONSOLE, "KPI", at=at + timedelta(hours=1))
    assert noted(store, Event.TOKEN)[0].detail.endswith("]: *")


def test_a_token_for_what_is_not_there_or_for_days_gone_by_is_not_made(store, catalogue, at):
    def make(name="KPI", **named):
        return publishing.make_token(store, CONSOLE, name, at=at, **named)

    with pytest.raises(UnknownCatalogue, match="nowhere"):
        make(catalogue_ids=["xa", "nowhere"])
    for wrong in ({"catalogue_ids": []}, {"until": date(2026, 11, 21)}, {"name": " "}):
        with pytest.raises(InputError):
            make(**wrong)
    assert publishing.tokens(store, CONSOLE) == []
    make(catalogue_ids=["xa"], until=date(2026, 11, 22))
    (kept,) = publishing.tokens(store, CONSOLE)
    assert publishing.last_day(kept) == date(2026, 11, 22)
    assert kept.catalogues == {"xa"} and kept.is_good(at)
