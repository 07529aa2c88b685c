"""What tests of the API share: a catalogue that was approved, and other software that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from kpicat import api, approval, doors
from kpicat.approval import Step
from kpicat.guidance import get
from kpicat.model import Catalogue
from kpicat.model.approvals import Approval, Version
from kpicat.services import publishing
from kpicat.services.access import CONSOLE
from kpicat.store import Store


class Moment:
    """What the clock of the API says: the moment of the test, until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(at: datetime) -> Moment:
    return Moment(at)


@pytest.fixture
def approve(store: Store, at: datetime) -> Callable[..., Version]:
    """Approves a catalogue as it stands, a draft or after its last version: ``approve("xa", date(2026, 12, 1))``."""

    def approve(id: str, effective: date, *, number: str = "", begin: Step = Step.BEGIN_VERSION) -> Version:
        done = len(store.approvals.of(id))
        if done and store.catalogue(id).status == "approved":
            assert store.approvals.take(id, begin, seen=store.standing(id), actor="Lan", at=at).batch
        assert store.approvals.take(id, Step.SUBMIT, seen=store.standing(id), actor="Lan", at=at).batch
        reading = store.reading(id)
        content = approval.freeze(reading, get(reading.catalogue.guidance))
        decision = Approval(number or f"{done + 1}-QĐ/ĐU", date(2026, 11, 20), effective, "Nguyễn Văn Minh")
        assert store.approvals.approve(id, decision, content, seen=store.standing(id), actor="Hoa", at=at).batch
        return store.approvals.of(id)[-1]

    return approve


@pytest.fixture
def approved(catalogue: Catalogue, approve: Callable[..., Version]) -> Version:
    """The catalogue of three lines, in force from the first of December on."""
    return approve("xa", date(2026, 12, 1))


@pytest.fixture
def token(store: Store, at: datetime) -> Callable[..., str]:
    """Makes a token: ``token("xa")`` for some catalogues, ``token()`` for all."""

    def token(*ids: str, name: str = "KPI", until: date | None = None) -> str:
        return publishing.make_token(store, CONSOLE, name, catalogue_ids=ids or None, until=until, at=at)

    return token


@pytest.fixture
def caller(store: Store, clock: Moment) -> Iterator[Callable[..., TestClient]]:
    """Makes other software that shows a token, at a kpicat of some mode: ``caller(token())``."""
    opened = []

    def caller(text: str = "", *, mode: str = "accounts", peer: str = "10.0.0.7", url: str = "http://10.0.0.2"):
        guard = Middleware(doors.Guard, mode=mode, whose=doors.Unlocked().whose, policy="default-src 'self'")
        app = Starlette(routes=[*api.routes(store, now=clock)], middleware=[guard])
        shown = {"authorization": f"Bearer {text}"} if text else {}
        client = TestClient(
            app, base_url=url, client=(peer, 50_000), headers=shown, raise_server_exceptions=False,
            follow_redirects=False,
        )  # fmt: skip
        opened.append(client)
        return client

    yield caller
    for client in opened:
        client.close()
