"""What tests of the doors share: an installation with accounts, and people's browsers at it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from kpicat import doors, push
from kpicat.access import Role
from kpicat.doors import Door
from kpicat.model import Catalogue
from kpicat.office import Office
from kpicat.server import _may_hear
from kpicat.services import access
from kpicat.store import Store

POLICY = "default-src 'self'"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch, in_english: None) -> None:
    """Passwords cost a millisecond, and everybody reads English."""
    monkeypatch.setenv("KPICAT_HASH_COST", "1,8,1")
    monkeypatch.delenv("KPICAT_ORIGINS", raising=False)


@pytest.fixture
def office(store: Store) -> Iterator[Office]:
    made = Office(store, pushes=True)
    yield made
    made.notifier.stop()


@pytest.fixture
def visitor(office: Office) -> Iterator[Callable[..., TestClient]]:
    """Makes a browser at a kpicat of some mode: ``visitor("accounts")``."""
    opened = []

    def new(mode: str, door: Door | None = None, *, url: str = "http://127.0.0.1", peer: str = "127.0.0.1"):
        door = door or (doors.Accounts(office.store) if mode == "accounts" else doors.Unlocked())
        hears = (lambda caller, ticket: _may_hear(door, caller, ticket)) if mode in doors.SIGNED else None
        routes = [*door.routes(), *push.routes(office, hears), WebSocketRoute("/_stcore/stream", _stream)]
        guard = Middleware(doors.Guard, mode=mode, whose=door.whose, noted=door.noted, policy=POLICY)
        app = Starlette(routes=[*routes, Route("/{path:path}", _page)], middleware=[guard])
        client = TestClient(
            app, base_url=url, client=(peer, 50_000), follow_redirects=False,
            headers={"accept": "text/html", "cookie": "kpicat_language=en"},
        )  # fmt: skip
        del client.headers["cookie"]
        client.cookies.set("kpicat_language", "en")
        opened.append(client)
        return client

    yield new
    for client in opened:
        client.close()


async def _page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.url.path}")


async def _stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def people(store: Store, catalogue: Catalogue, at: datetime) -> None:
    """Lan, chair of the catalogue and administrator; Minh, who reads it; Hoa, who has no role."""
    now = datetime.now(at.tzinfo)
    for name in ("Lan", "Minh", "Hoa"):
        access.add_account(store, access.CONSOLE, name, password_of(name), admin=name == "Lan", at=now)
    access.grant(store, access.CONSOLE, catalogue.id, "Lan", Role.CHAIR, at=now)
    access.grant(store, access.CONSOLE, catalogue.id, "Minh", Role.VIEWER, at=now)


def password_of(name: str) -> str:
    return f"một câu thật dài của {name}"


def stamp_in(page: str) -> str:
    """What the form of a page carries."""
    found = re.search(r'name="stamp" value="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def filled(client: TestClient, address: str, **said: str):
    """The answer to a form that is opened and filled in."""
    asked = client.get(address)
    assert asked.status_code == 200, asked.text
    return client.post(address, data={"stamp": stamp_in(asked.text), **said})


@pytest.fixture
def signed_in(visitor: Callable[..., TestClient], people: None) -> Callable[[str], TestClient]:
    """Somebody's browser that is signed in: ``signed_in("Lan")``."""

    def sit_down(name: str) -> TestClient:
        client = visitor("accounts")
        answer = filled(client, "/sign-in", name=name, password=password_of(name))
        assert answer.status_code == 303, answer.text
        return client

    return sit_down
