"""What other software costs: asking whether anything is new, taking a whole catalogue, and making it the first time."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kpicat import api, approval
from kpicat.approval import Step
from kpicat.guidance import get
from kpicat.model import Catalogue, Item
from kpicat.model.approvals import Approval
from kpicat.services import publishing
from kpicat.services.access import CONSOLE
from kpicat.services.publishing import Shelf
from tests.benchmarks.clock import computed

XA = "/api/v1/catalogues/xa/approved"
ITEMS = 5_000


@pytest.fixture
def client(store):
    """Software with a token, at a catalogue of which three versions of 5 000 items are approved."""
    at = datetime.now(UTC)
    words = {"task": "Tiếp công dân định kỳ của Bí thư Đảng ủy " * 3, "product": "Sổ tiếp công dân", "tier": 2}
    items = [Item(f"i{n}", words | {"code": f"VP.{n}", "quantity": Decimal(n)}) for n in range(ITEMS)]
    store.create(Catalogue("xa", "Danh mục"), actor="Lan", at=at, items=items)
    content = approval.freeze(store.reading("xa"), get("phu_luc_3"))
    for n, step in enumerate((Step.SUBMIT, Step.BEGIN_VERSION, Step.BEGIN_VERSION)):
        if n:
            store.approvals.take("xa", step, seen=store.standing("xa"), actor="Lan", at=at)
        store.approvals.take("xa", Step.SUBMIT, seen=store.standing("xa"), actor="Lan", at=at)
        decision = Approval(f"{n}", date(2026, 1, 1), date(2026, 1, 1), "Minh")
        store.approvals.approve("xa", decision, content, seen=store.standing("xa"), actor="Hoa", at=at)
    token = publishing.make_token(store, CONSOLE, "KPI", at=at)
    with TestClient(Starlette(routes=api.routes(store)), headers={"authorization": f"Bearer {token}"}) as client:
        yield client


def test_two_hundred_ask_each_second_whether_anything_is_new(client):
    first = client.get(XA)
    assert first.status_code == 200
    known = {"if-none-match": first.headers["etag"]}
    asked = 500
    began, began_computing = time.perf_counter(), computed()
    assert {client.get(XA, headers=known).status_code for _n in range(asked)} == {304}
    waited, worked = time.perf_counter() - began, computed() - began_computing
    print(
        f"304: {asked / waited:.0f}/s one after the other, {worked / asked * 1000:.2f} ms of computing, client included"
    )
    assert asked / worked > 200


def test_a_whole_catalogue_is_made_once_and_handed_out_again_at_no_cost(client, store):
    version = store.approvals.of("xa")[-1]
    shelf = Shelf(store)
    began = computed()
    body = shelf.body(version)
    made = computed() - began
    began = computed()
    for _n in range(50):
        assert client.get(XA).status_code == 200
    handed = (computed() - began) / 50
    size = f"{len(body.plain) / 2**20:.1f} MB, packed {len(body.packed) / 2**20:.2f} MB"
    print(f"{ITEMS} items, {size}: made {made * 1000:.0f} ms, handed out {handed * 1000:.1f} ms, client included")
    assert made < 1.0
