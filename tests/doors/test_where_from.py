"""Where a request comes from decides before anything else."""

from __future__ import annotations

import pytest
from starlette.websockets import WebSocketDisconnect

from kpicat import settings
from kpicat.doors import cookies
from kpicat.errors import InputError

ELSEWHERE = [
    {"peer": "10.0.0.7"},
    {"peer": "::ffff:10.0.0.7"},
    {"url": "http://evil.example"},  # a site whose name was made to point here
    {"url": "http://127.0.0.1.evil.example:8501"},
]


@pytest.mark.parametrize("address", ["http://127.0.0.1:8501", "http://localhost:8501", "http://[::1]:8501"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_alone_a_kpicat_answers_the_computer_it_runs_on(visitor, address, peer):
    client = visitor("solo", url=address, peer=peer)
    assert client.get("/edit").text == "page /edit"
    with client.websocket_connect(f"{address.replace('http', 'ws')}/_stcore/stream"):
        pass


@pytest.mark.parametrize("caller", ELSEWHERE, ids=str)
def test_alone_it_answers_nobody_else_and_says_what_to_set(visitor, caller):
    client = visitor("solo", **caller)
    answer = client.get("/edit")
    assert answer.status_code == 403
    assert "KPICAT_ACCESS=open" in answer.text
    assert "KPICAT_ACCESS=accounts" in answer.text
    line = f"{client.base_url}/_stcore/stream".replace("http", "ws")
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(line):
        pass


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_alone_it_answers_nothing_that_a_proxy_on_the_same_computer_hands_on(visitor, header):
    assert visitor("solo").get("/", headers={header: "10.0.0.7"}).status_code == 403


@pytest.mark.parametrize(
    "address", ["http://10.0.0.2:8501", "http://may-chu:8501", "https://kpi.xa.vn", "http://[fe80::1]"]
)
def test_open_it_answers_whoever_asks_for_it_by_a_name_of_its_own(visitor, monkeypatch, address):
    monkeypatch.setenv("KPICAT_ORIGINS", "https://kpi.xa.vn")
    assert visitor("open", url=address, peer="10.0.0.7").get("/").status_code == 200


def test_open_it_does_not_answer_to_the_name_of_another_site(visitor):
    answer = visitor("open", url="http://evil.example", peer="10.0.0.7").get("/")
    assert answer.status_code == 403
    assert "KPICAT_ORIGINS" in answer.text


def test_a_kpicat_without_doors_is_not_served_to_other_computers(run, monkeypatch):
    monkeypatch.delenv("KPICAT_ACCESS", raising=False)
    status, _out, err = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert status
    assert "KPICAT_ACCESS=open" in err


def test_only_addresses_are_believed_as_proxies(monkeypatch):
    monkeypatch.setenv("KPICAT_PROXIES", "127.0.0.1, 10.0.0.0/8")
    assert settings.proxies() == ["127.0.0.1", "10.0.0.0/8"]
    monkeypatch.setenv("KPICAT_PROXIES", "*")
    with pytest.raises(InputError, match="KPICAT_PROXIES"):
        settings.proxies()


@pytest.mark.parametrize(
    "asked",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "",
     "/\t/evil.example", "/" + "a" * 5000],
)  # fmt: skip
def test_no_link_leads_through_the_doors_to_another_site(asked):
    assert cookies.way(asked) == "/"


def test_a_link_to_a_page_is_kept_whole():
    assert cookies.way("/edit?c=xa&from=xa:3#row") == "/edit?c=xa&from=xa:3#row"
