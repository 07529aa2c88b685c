"""Signing in and out, another password, an invitation: by forms that are ours, for the session they were given to."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from starlette.websockets import WebSocketDisconnect

from kpicat import push
from kpicat.access import Role
from kpicat.doors import accounts, cookies, headers
from kpicat.model import Edit
from kpicat.services import access
from tests.doors.conftest import filled, password_of, stamp_in

NOW = datetime.now(UTC)


def is_in(client):
    return client.get("/edit").text == "page /edit"


def test_without_a_session_there_is_no_page_and_the_link_is_kept_until_one_has_signed_in(visitor, people):
    client = visitor("accounts", peer="10.0.0.7")
    asked = client.get("/edit?c=xa&row=3")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Fedit%3Fc%3Dxa%26row%3D3"
    answer = filled(client, asked.headers["location"], name="lan", password=password_of("Lan"), next="/edit?c=xa&row=3")
    assert answer.headers["location"] == "/edit?c=xa&row=3"
    assert is_in(client)


@pytest.mark.parametrize("path", ["/media/file.xlsx", "/_stcore/upload_file/a/b", "/component/x", "/edit", "/_stcore"])
def test_without_a_session_nothing_of_a_catalogue_is_loaded(visitor, path):
    assert visitor("accounts").get(path, headers={"accept": "*/*"}).status_code == 401


@pytest.mark.parametrize("path", ["/static/js/index.js", "/healthz", "/vote", "/_stcore/health", "/api/v1/x"])
def test_what_everybody_may_load_needs_no_session(visitor, path):
    assert visitor("accounts").get(path).status_code == 200


def test_the_cookie_is_hidden_from_scripts_and_other_sites_and_goes_by_tls_only_where_there_is_tls(visitor, people):
    for url, by_tls in (("http://127.0.0.1", False), ("https://127.0.0.1", True)):
        client = visitor("accounts", url=url)
        answer = filled(client, "/sign-in", name="Lan", password=password_of("Lan"))
        cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(cookies.SESSION)).lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("secure" in cookie) is by_tls


def test_a_wrong_password_lets_nobody_in_and_does_not_tell_what_was_wrong(visitor, people):
    client = visitor("accounts")
    told = {filled(client, "/sign-in", name=name, password="nothing of the kind").status_code for name in ("Lan", "No")}
    assert told == {403}
    assert not is_in(client)


def test_a_form_without_our_stamp_or_from_another_site_does_nothing(visitor, people):
    client = visitor("accounts")
    right = {"name": "Lan", "password": password_of("Lan")}
    stamp = stamp_in(client.get("/sign-in").text)
    refused = [
        client.post("/sign-in", data=right),
        client.post("/sign-in", data=right | {"stamp": "0" * 64}),
        client.post("/sign-in", data=right | {"stamp": stamp}, headers={"origin": "https://evil.example"}),
        client.post("/sign-in", data=right | {"stamp": stamp}, headers={"origin": "null"}),
        client.post("/sign-in", json=right | {"stamp": stamp}),
        client.post("/sign-in", data=right | {"stamp": stamp, "more": "x" * 10_000}),
        visitor("accounts").post("/sign-in", data=right | {"stamp": stamp}),  # another browser's
    ]
    assert {answer.status_code for answer in refused} == {403}
    assert not is_in(client)
    assert client.post("/sign-in", data=right | {"stamp": stamp}).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "a" * 10_000])
def test_a_token_that_was_never_given_opens_nothing(visitor, people, token):
    client = visitor("accounts")
    client.cookies.set(cookies.SESSION, token)
    assert not is_in(client)


def test_who_signs_out_is_out_also_with_a_copy_of_the_cookie(signed_in):
    client = signed_in("Lan")
    token = client.cookies[cookies.SESSION]
    stamp = stamp_in(client.get("/password").text)
    assert client.post("/sign-out").status_code == 303
    assert is_in(client)  # another site's form
    assert client.post("/sign-out", data={"stamp": stamp}).headers["location"] == "/sign-in"
    client.cookies.set(cookies.SESSION, token)
    assert not is_in(client)


@pytest.mark.parametrize("path", ["/sign-out", "/sign-out-everywhere"])
def test_who_is_out_already_and_signs_out_is_led_to_the_sign_in(signed_in, path):
    here, there = signed_in("Lan"), signed_in("Lan")
    stamp = stamp_in(here.get("/password").text)
    there.post("/sign-out-everywhere", data={"stamp": stamp_in(there.get("/password").text)})
    assert here.post(path, data={"stamp": stamp}).headers["location"] == "/sign-in"
    assert here.get("/password").headers["location"] == "/sign-in?next=%2Fpassword"


def test_sign_out_everywhere_ends_what_is_open_elsewhere_and_nobody_elses(signed_in):
    here, there, other = signed_in("Lan"), signed_in("Lan"), signed_in("Minh")
    here.post("/sign-out-everywhere", data={"stamp": stamp_in(here.get("/password").text)})
    assert [is_in(client) for client in (here, there, other)] == [False, False, True]


def test_another_password_ends_the_other_sessions_and_is_asked_for_from_then_on(signed_in, visitor):
    here, there = signed_in("Lan"), signed_in("Lan")
    new = "một câu khác hẳn câu trước"
    wrong = filled(here, "/password", old=password_of("Lan"), new=new, again=new + "!")
    assert (wrong.status_code, "twice" in wrong.text) == (403, True)
    assert filled(here, "/password", old="not mine at all", new=new, again=new).status_code == 403
    assert filled(here, "/password", old=password_of("Lan"), new=new, again=new).status_code == 200
    assert [is_in(client) for client in (here, there)] == [True, False]
    assert filled(visitor("accounts"), "/sign-in", name="Lan", password=password_of("Lan")).status_code == 403
    assert filled(visitor("accounts"), "/sign-in", name="Lan", password=new).status_code == 303


def test_an_invitation_makes_one_account_with_its_role(store, catalogue, signed_in, visitor):
    lan = signed_in("Lan")
    who = access.whose(store, lan.cookies[cookies.SESSION], at=datetime.now(UTC))
    token = access.invite(store, who, {catalogue.id: Role.EDITOR}, at=datetime.now(UTC))
    link, password = f"/invitation?token={token}", "câu chào của người mới đến"
    tu = visitor("accounts")
    assert filled(tu, link, token=token, name="Tú", new=password, again="other").status_code == 403
    assert filled(tu, link, token=token, name="Tú", new=password, again=password).headers["location"] == "/"
    assert access.whose(store, tu.cookies[cookies.SESSION], at=datetime.now(UTC)).roles == {catalogue.id: Role.EDITOR}
    assert visitor("accounts").get(link).status_code == 404
    assert visitor("accounts").get("/invitation?token=x").status_code == 404


def test_who_has_an_account_takes_an_invitation_up_with_it(store, catalogue, signed_in):
    lan, hoa = signed_in("Lan"), signed_in("Hoa")
    who = access.whose(store, lan.cookies[cookies.SESSION], at=datetime.now(UTC))
    token = access.invite(store, who, {catalogue.id: Role.COMMENTER}, at=datetime.now(UTC))
    assert filled(hoa, f"/invitation?token={token}", token=token).status_code == 303
    assert access.whose(store, hoa.cookies[cookies.SESSION], at=datetime.now(UTC)).roles == {
        catalogue.id: Role.COMMENTER
    }


def test_the_forms_run_no_script_and_their_style_is_the_one_their_policy_names(visitor, people):
    answer = visitor("accounts").get("/sign-in")
    policy = answer.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1]
    assert headers.hashed(style) in policy
    assert "default-src 'none'" in policy
    assert "script" not in answer.text


def test_what_is_typed_comes_back_as_text(visitor, people):
    answer = filled(visitor("accounts"), "/sign-in", name='"><script>alert(1)</script>', password="x")
    assert "<script" not in answer.text
    assert "&#34;&gt;&lt;script&gt;" in answer.text


def test_every_answer_says_what_browsers_are_to_allow(signed_in, visitor):
    for answer in (signed_in("Lan").get("/edit"), visitor("accounts").get("/edit"), visitor("solo").get("/x")):
        said = answer.headers
        assert said["x-content-type-options"] == "nosniff"
        assert said["referrer-policy"] == "same-origin"
        assert said["x-frame-options"] == "SAMEORIGIN"
        assert said["content-security-policy"]


def test_the_page_is_in_the_readers_language_and_changes_it(visitor):
    client = visitor("accounts")
    asked = client.get("/sign-in?language=vi&next=/edit")
    assert '<html lang="vi">' in asked.text
    assert any(kept.startswith("kpicat_language=vi") for kept in asked.headers.get_list("set-cookie"))


def test_news_are_for_whose_session_may_read_the_catalogue_as_long_as_that_is_so(
    signed_in, visitor, office, store, catalogue
):
    def asks(client, name):
        return client.get("/live", params={"ticket": office.ticket(catalogue.id, name, "v")}).status_code

    minh, hoa = signed_in("Minh"), signed_in("Hoa")
    assert asks(minh, "Minh") == 200
    assert asks(minh, "Lan") == 401  # another's ticket
    assert asks(hoa, "Hoa") == 401
    assert asks(visitor("accounts"), "Minh") == 401
    access.revoke(store, access.CONSOLE, catalogue.id, "Minh", at=datetime.now(UTC))
    assert asks(minh, "Minh") == 401


def test_a_page_that_is_only_open_does_not_keep_its_session(signed_in, office, catalogue, monkeypatch):
    minh = signed_in("Minh")
    asked = {"params": {"ticket": office.ticket(catalogue.id, "Minh", "v")}}
    later = NOW + timedelta(minutes=100)
    monkeypatch.setattr(accounts, "_now", lambda: later)
    assert minh.get("/live", **asked).status_code == 200
    later = NOW + timedelta(minutes=130)
    assert minh.get("/live", **asked).status_code == 401
    assert not is_in(minh)


def test_who_may_not_read_any_more_is_told_nothing_also_before_the_line_is_closed(
    signed_in, visitor, office, store, catalogue, at, monkeypatch
):
    told, refused, news = [], threading.Event(), push._Push.news
    monkeypatch.setattr("kpicat.push.STILL_SECONDS", 60)  # it is closed later than this test lasts

    async def telling(self, ticket):
        told.append(ticket)
        return await news(self, ticket)

    async def may(self, caller, ticket, asked=push._Push._may_still):
        answer = await asked(self, caller, ticket)
        if not answer:
            refused.set()
        return answer

    monkeypatch.setattr(push._Push, "news", telling)
    monkeypatch.setattr(push._Push, "_may_still", may)
    minh = signed_in("Minh")
    ticket = office.ticket(catalogue.id, "Minh", "v")
    with minh.websocket_connect(f"ws://127.0.0.1/live?ticket={ticket}", headers={"origin": "http://127.0.0.1"}) as line:
        assert "standing" in line.receive_json()
        access.revoke(store, access.CONSOLE, catalogue.id, "Minh", at=at)
        before = len(told)
        store.commit(catalogue.id, [Edit("one", "note", "", "mật")], actor="Lan", at=at)
        assert refused.wait(20)
        store.commit(catalogue.id, [Edit("one", "note", "mật", "mật nữa")], actor="Lan", at=at)
    assert len(told) == before


def test_a_line_that_is_open_is_closed_when_its_person_signs_out(signed_in, office, catalogue, monkeypatch):
    monkeypatch.setattr("kpicat.push.STILL_SECONDS", 0.05)
    minh = signed_in("Minh")
    stamp = stamp_in(minh.get("/password").text)
    ticket = office.ticket(catalogue.id, "Minh", "v")
    with minh.websocket_connect(f"ws://127.0.0.1/live?ticket={ticket}", headers={"origin": "http://127.0.0.1"}) as line:
        minh.post("/sign-out-everywhere", data={"stamp": stamp})
        with pytest.raises(WebSocketDisconnect) as closed:
            while True:
                line.receive_json()
    assert closed.value.code == 4401
