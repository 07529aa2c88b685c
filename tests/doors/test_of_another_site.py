"""A page of another site, open in the browser of somebody who works here, gets nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocketDisconnect
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins

from kpicat.doors import accounts, cookies
from kpicat.doors.noting import Noting
from kpicat.ui.beneath import offline
from tests.doors.conftest import password_of

STREAM = "ws://127.0.0.1/_stcore/stream"


def told(store):
    return [(one.act, one.ok, one.detail) for one in store.accounts.entries(None, limit=50, before=None) if not one.ok]


@pytest.mark.parametrize("mode", ["solo", "open", "accounts"])
@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:3000", "http://127.0.0.1:9", "null"])
def test_it_opens_no_line_to_the_pages_in_anybodys_name(visitor, people, mode, origin):
    client = visitor(mode)
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(STREAM, headers={"origin": origin}):
        pass
    with client.websocket_connect(STREAM, headers={"origin": "http://127.0.0.1"}):
        pass


def test_behind_a_proxy_that_renames_the_host_the_pages_have_their_line(visitor, people, monkeypatch):
    monkeypatch.setenv("KPICAT_ORIGINS", "https://kpi.xa.vn")
    with visitor("accounts").websocket_connect(STREAM, headers={"origin": "https://kpi.xa.vn"}):
        pass


def test_what_the_doors_refuse_is_in_the_audit_log_and_does_not_fill_it(visitor, people, store):
    client = visitor("accounts", peer="10.0.0.7")
    for _n in range(3):
        client.post("/sign-in", data={"name": "Lan", "password": password_of("Lan")})
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(STREAM, headers={"origin": "http://x"}):
            pass
        client.cookies.set(cookies.SESSION, "forged")
        client.get("/edit")
        del client.cookies[cookies.SESSION]
    assert told(store) == [("refused", False, f"{what}: 10.0.0.7") for what in ("session", "page", "form")]


def test_a_flood_from_many_addresses_is_noted_a_hundred_times_a_minute(store):
    door = Noting(store)
    for n in range(150):
        door.note(HTTPConnection({"type": "http", "client": (f"10.0.1.{n}", 1)}), "form")
    assert len([one for one in store.accounts.entries(None, limit=500, before=None) if not one.ok]) == 100


def test_a_session_that_only_a_page_loads_by_is_not_in_use(signed_in, store, monkeypatch):
    used = []
    monkeypatch.setattr(type(store.accounts), "used", lambda self, digest, at: used.append(digest))
    monkeypatch.setenv("KPICAT_IDLE_MINUTES", "120")
    client = signed_in("Minh")
    later = datetime.now(UTC) + timedelta(minutes=5)
    monkeypatch.setattr(accounts, "_now", lambda: later)
    client.get("/media/picture.png", headers={"accept": "image/*"})
    assert not used
    client.get("/edit")
    assert len(used) == 1


def test_kpicat_never_asks_the_internet_who_it_is(monkeypatch):
    def asked(*_args, **_options):
        raise AssertionError("it asked")

    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", asked)
    with pytest.raises(AssertionError):
        is_url_from_allowed_origins("https://evil.example")
    offline.stay_offline()
    assert not is_url_from_allowed_origins("https://evil.example")
