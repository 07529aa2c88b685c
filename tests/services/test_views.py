"""The newest view is shared, and what it takes over is what a fresh look would find."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from kpicat import checks, services
from kpicat.language import language
from kpicat.model import CATALOGUE, Delete, Edit, Form
from kpicat.services.view import View
from kpicat.services.views import MOST, Views


def fresh(store, catalogue) -> View:
    return View(store.reading(catalogue.id))


def test_everybody_shares_one_view_until_the_catalogue_moves(store, catalogue, at):
    views = Views(store)
    first = views.newest(catalogue.id)
    with ThreadPoolExecutor(8) as people:
        assert all(view is first for view in people.map(views.newest, [catalogue.id] * 32))
    store.commit(catalogue.id, [Edit("one", "note", first.value("one", "note"), "mới")], actor="An", at=at)
    assert views.newest(catalogue.id).value("one", "note") == "mới"
    assert first.value("one", "note") != "mới"


def test_those_who_ask_at_once_wait_for_one_reading(store, catalogue, monkeypatch):
    read = []
    reading = store.reading
    monkeypatch.setattr(store, "reading", lambda *a, **k: read.append(a) or reading(*a, **k))
    views = Views(store)
    with ThreadPoolExecutor(8) as people:
        list(people.map(views.newest, [catalogue.id] * 16))
    assert len(read) == 1


def test_findings_taken_over_are_those_a_fresh_look_finds(store, catalogue, at):
    views = Views(store)
    assert views.newest(catalogue.id).findings
    store.commit(
        catalogue.id,
        [Edit("one", "deadline", "", "Trước ngày 15/12"), Delete("two", store.head(catalogue.id))],
        actor="An",
        at=at,
    )
    taken_over = views.newest(catalogue.id)
    assert taken_over._found[language()] == checks.run(taken_over.items, taken_over.guidance)
    assert taken_over.findings == fresh(store, catalogue).findings


def test_another_scale_is_another_look_at_everything(store, catalogue, at):
    views = Views(store)
    before = views.newest(catalogue.id).findings
    edition = views.newest(catalogue.id).catalogue.guidance
    store.commit(catalogue.id, [Edit(CATALOGUE, "guidance", edition, "so_tay_bnv")], actor="An", at=at)
    after = views.newest(catalogue.id)
    assert after.findings == fresh(store, catalogue).findings
    assert after.findings != before


def test_no_more_catalogues_are_kept_ready_than_said(store, at):
    views = Views(store)
    for n in range(MOST + 3):
        started = services.start(
            store, name=f"Danh mục {n}", body="", period="2026", form=Form.PARTY,
            edition="phu_luc_3", actor="An", at=at,
        )  # fmt: skip
        views.newest(started.id)
    assert len(views._kept) == MOST
