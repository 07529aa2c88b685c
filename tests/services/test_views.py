"""The newest view is shared, and what it takes over is what a fresh look would find."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from kpicat import checks, services
from kpicat.language import language
from kpicat.model import CATALOGUE, Comment, Delete, Edit, Form, Remark
from kpicat.services.view import View
from kpicat.services.views import MOST, Views
from kpicat.store import backup, restore


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
    assert taken_over.own.peek(("findings", language())) == checks.run(taken_over.items, taken_over.guidance)
    assert taken_over.findings == fresh(store, catalogue).findings


def test_another_scale_is_another_look_at_everything(store, catalogue, at):
    views = Views(store)
    before = views.newest(catalogue.id).findings
    edition = views.newest(catalogue.id).catalogue.guidance
    store.commit(catalogue.id, [Edit(CATALOGUE, "guidance", edition, "so_tay_bnv")], actor="An", at=at)
    after = views.newest(catalogue.id)
    assert after.findings == fresh(store, catalogue).findings
    assert after.findings != before


def test_a_backup_put_back_and_edited_on_for_as_long_shows_nothing_stale(store, catalogue, url, tmp_path, at):
    views, id = Views(store), catalogue.id
    backup(url, tmp_path / "backup.db")
    store.commit(id, [Edit("one", "note", "", "bị mất"), Edit("two", "deadline", "", "30/6")], actor="An", at=at)
    lost = views.newest(id)
    assert lost.findings
    restore(url, tmp_path / "backup.db")
    store.commit(id, [Edit("one", "note", "", "mới"), Edit("three", "tier", None, 3)], actor="An", at=at)
    now = views.newest(id)
    assert now.seq == lost.seq and now.value("one", "note") == "mới"
    assert now.findings == fresh(store, catalogue).findings
    store.commit(id, [Edit("one", "note", "mới", "sau")], actor="An", at=at)
    assert views.newest(id).findings == fresh(store, catalogue).findings


def test_a_backup_put_back_and_edited_on_further_takes_nothing_over_from_what_was_lost(
    store, catalogue, url, tmp_path, at
):
    views, id = Views(store), catalogue.id
    backup(url, tmp_path / "backup.db")
    store.commit(id, [Edit("two", "deadline", "", "30/6")], actor="An", at=at)
    assert views.newest(id).findings
    restore(url, tmp_path / "backup.db")
    store.commit(id, [Edit("one", "note", "", n) for n in "a"] + [Edit("one", "note", "a", "b")], actor="An", at=at)
    assert views.newest(id).findings == fresh(store, catalogue).findings


def test_moving_and_remarking_on_rows_has_none_checked_again(store, catalogue, at, monkeypatch):
    views = Views(store)
    assert views.newest(catalogue.id).findings
    checked = []
    rerun = checks.rerun
    monkeypatch.setattr(checks, "rerun", lambda *a, **k: checked.append(set(a[3])) or rerun(*a, **k))
    said = Comment("c", "one", "c", "Sao lại thế?", "An", at)
    writes = [Edit("one", "place", "0000000001", "0000000003V"), Remark("two", None, replace(said, item_id="two"))]
    store.commit(catalogue.id, [*writes, Edit("three", "note", "", "x")], actor="An", at=at)
    assert views.newest(catalogue.id).findings == fresh(store, catalogue).findings
    assert checked == [{"three"}]


def test_no_more_catalogues_are_kept_ready_than_said(store, at):
    views = Views(store)
    for n in range(MOST + 3):
        started = services.start(
            store, name=f"Danh mục {n}", body="", period="2026", form=Form.PARTY,
            edition="phu_luc_3", actor="An", at=at,
        )  # fmt: skip
        views.newest(started.id)
    assert len(views._kept) == MOST
