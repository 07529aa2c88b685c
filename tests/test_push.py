"""The news route: who shows a ticket hears at once, and nobody else hears anything."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from kpicat import push
from kpicat.errors import StoreBusy
from kpicat.model import Edit
from kpicat.office import Office, Pace
from kpicat.push import painting
from kpicat.push.painting import prepared

PATIENCE = 20  # seconds a promise may take on a busy machine


@pytest.fixture
def office(store):
    made = Office(store, pushes=True)
    yield made
    made.notifier.stop()


@pytest.fixture
def address(office):
    """Where the route is served, as host:port."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=push.routes(office)), log_level="warning", ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started:
        assert time.monotonic() < until
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def line(address, office, catalogue):
    """Opens a line as a browser's page would: ``line("Lan")``."""
    with contextlib.ExitStack() as opened:

        def new(actor="Lan", ticket=None, **options):
            shown = ticket if ticket is not None else office.ticket(catalogue.id, actor, f"page of {actor}")
            options.setdefault("origin", f"http://{address}")
            return opened.enter_context(
                connect(f"ws://{address}/live?ticket={shown}", open_timeout=PATIENCE, **options)
            )

        yield new


def until(line, condition):
    """The first news for which the condition holds."""
    for text in line:
        news = json.loads(text)
        if condition(news):
            return news
    raise AssertionError("the line was closed")


def test_a_page_is_told_where_the_log_stands_and_then_of_every_commit(line, store, catalogue, at):
    page = line()
    assert json.loads(page.recv(PATIENCE))["standing"] == str(catalogue.standing)
    store.commit(catalogue.id, [Edit("one", "note", "", "mới")], actor="An", at=at)
    assert until(page, lambda news: "standing" in news)["standing"] == str(store.standing(catalogue.id))


def test_people_see_each_other_come_move_and_leave(line):
    lan, minh = line("Lan"), line("Minh")
    minh.send(json.dumps({"page": "edit", "item": ""}))
    lan.send(json.dumps({"page": "edit", "item": "VP.03"}))
    both = [{"who": "Lan", "page": "edit", "item": "VP.03"}, {"who": "Minh", "page": "edit", "item": ""}]
    assert until(minh, lambda news: len(news.get("people", ())) == 2)["people"] == both
    minh.send(json.dumps({"page": "dashboard", "item": ""}))
    assert until(lan, lambda news: any(one["page"] == "dashboard" for one in news.get("people", ())))
    minh.close()
    assert until(lan, lambda news: len(news.get("people", (1, 2))) == 1)["people"] == both[:1]


@pytest.mark.parametrize("ticket", ["", "x", "WyJ4YSIsIkxhbiJd.aaaaaa.bbbbbbbbbbbb"])
def test_without_a_ticket_of_ours_nothing_is_told(line, ticket):
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        line(ticket=ticket).recv(PATIENCE)


def test_a_ticket_of_another_installation_is_none(line, office):
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        forged = type(office._signer)("another secret", salt="live").dumps(["xa", "Lan", "v"])
        line(ticket=forged).recv(PATIENCE)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1"])
def test_a_page_of_another_site_hears_nothing_even_with_a_ticket(line, origin):
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        line(origin=origin).recv(PATIENCE)


def test_a_browser_that_does_not_say_where_its_page_is_from_hears_nothing_and_a_program_does(line):
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        line(origin=None, additional_headers={"Sec-Fetch-Site": "cross-site"}).recv(PATIENCE)
    assert json.loads(line("Minh", origin=None).recv(PATIENCE))["standing"]


def test_behind_a_proxy_that_renames_the_host_its_address_may_be_allowed(line, monkeypatch):
    monkeypatch.setenv("KPICAT_ORIGINS", "https://kpi.xa.vn, https://other.vn/")
    assert json.loads(line(origin="https://kpi.xa.vn").recv(PATIENCE))["standing"]
    assert json.loads(line(origin="https://other.vn").recv(PATIENCE))["standing"]


@pytest.mark.parametrize("said", ["", "[]", "no json", '{"page": 1}', "x" * 100_000])
def test_what_makes_no_sense_ends_no_line(line, store, catalogue, at, said):
    page = line()
    page.recv(PATIENCE)
    page.send(said)
    store.commit(catalogue.id, [Edit("one", "note", "", "mới")], actor="An", at=at)
    assert until(page, lambda news: "standing" in news)


def test_the_line_of_a_catalogue_that_is_not_there_is_closed_without_noise(line, office, caplog):
    page = line(ticket=office.ticket("gone", "Lan", "v"))
    assert "standing" not in json.loads(page.recv(PATIENCE))
    assert not caplog.records


def asked(address, **query):
    from urllib.parse import urlencode

    with urllib.request.urlopen(f"http://{address}/live?{urlencode(query)}", timeout=PATIENCE) as answer:
        return json.load(answer)


def test_where_no_line_gets_through_the_same_can_be_asked_for(address, office, store, catalogue, at):
    ticket = office.ticket(catalogue.id, "Lan", "v")
    store.commit(catalogue.id, [Edit("one", "note", "", "mới")], actor="An", at=at)
    news = asked(address, ticket=ticket, page="edit", item="VP.01")
    assert news["standing"] == str(store.standing(catalogue.id))
    assert news["people"] == [{"who": "Lan", "page": "edit", "item": "VP.01"}]
    with pytest.raises(urllib.error.HTTPError, match="401"):
        asked(address, ticket="x")


def test_a_cell_that_was_opened_is_known_without_a_run_of_the_page(line, office, eventually=PATIENCE):
    page = line()
    page.send(json.dumps({"page": "edit", "standing": "1:x", "opened": "1"}))
    until = time.monotonic() + eventually
    while office.screens.opened("page of Lan", datetime.now(UTC)) is None:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert office.screens.shown("page of Lan") == "1:x"


class Canvas:
    """A painter of a page that shows everything, or fails."""

    def __init__(self, send=lambda made: True):
        self.prepare, self.send = (lambda standing: standing), send


def test_a_page_that_cannot_be_shown_the_news_without_a_run_is_told_to_run_and_so_hinders_nobody(
    line, office, store, catalogue, at, monkeypatch
):
    def broken(_made):
        raise AttributeError("Streamlit has changed")

    monkeypatch.setattr(push, "SILENCE_SECONDS", 60)
    pages = {name: line(name) for name in ("Lan", "Minh")}
    painters = [Canvas(broken), Canvas(broken)]
    for (name, page), painter in zip(pages.items(), painters, strict=True):
        page.send(json.dumps({"page": "edit", "standing": str(catalogue.standing)}))
        office.screens.paints(f"page of {name}", painter)
    store.commit(catalogue.id, [Edit("one", "note", "", "mới")], actor="An", at=at)
    for page in pages.values():
        moved = str(store.standing(catalogue.id))
        assert until(page, lambda news, moved=moved: news.get("standing") == moved)


def test_a_page_that_missed_what_it_was_shown_hears_of_it_after_a_silence(
    line, office, store, catalogue, at, monkeypatch
):
    monkeypatch.setattr(push, "STILL_SECONDS", 0.2)
    page = line()
    page.send(json.dumps({"page": "edit", "standing": str(catalogue.standing)}))
    shown = []

    def send(standing):
        shown.append(standing)
        office.screens.shows("page of Lan", standing)  # into a line that is broken, which nobody knows yet
        return True

    painter = Canvas(send)
    office.screens.paints("page of Lan", painter)
    store.commit(catalogue.id, [Edit("one", "note", "", "mới")], actor="An", at=at)
    moved = str(store.standing(catalogue.id))
    assert until(page, lambda news: news.get("standing") == moved)
    assert shown == [moved]


def test_a_page_that_waits_long_for_its_turn_hears_that_the_line_is_alive(
    line, office, store, catalogue, at, monkeypatch
):
    monkeypatch.setattr(push, "WAITING_SECONDS", 0.2)
    office.run_seconds = 1000.0  # as with hundreds of pages: after a run this one is left alone for long
    page = line()
    page.send(json.dumps({"page": "edit", "standing": str(catalogue.standing)}))
    for note, before in (("một", ""), ("hai", "một")):
        store.commit(catalogue.id, [Edit("one", "note", before, note)], actor="An", at=at)
        if note == "một":
            moved = str(store.standing(catalogue.id))
            assert until(page, lambda news, moved=moved: news.get("standing") == moved)
            office.screens.shows("page of Lan", moved)
    for _n in range(5):
        assert "standing" not in json.loads(page.recv(PATIENCE))


def test_pages_are_told_to_run_where_no_thread_can_be_had_to_paint_them(monkeypatch):
    async def none_left(*_given):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(painting, "run_in_threadpool", none_left)

    async def asked():
        gathered = painting.Painting()
        return await asyncio.wait_for(asyncio.gather(*(gathered.shown(Canvas(), "1:a") for _n in range(2))), PATIENCE)

    assert asyncio.run(asked()) == [Pace.RUN] * 2


def test_while_the_database_does_not_answer_the_pages_wait_for_it_once_not_one_after_the_other():
    asked = []

    class Waiting:
        def prepare(self, standing):
            asked.append(standing)
            raise StoreBusy("busy")

    assert prepared([(Waiting(), "1:a")] * 3) == [Pace.RUN] * 3
    assert asked == ["1:a"]
