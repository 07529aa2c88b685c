"""What others do between the reading and the writing of an edit is shown with the run that the edit makes."""

from __future__ import annotations

import pytest

from kpicat.model import Add, Edit, Item
from kpicat.services import View, appraising, approving
from kpicat.ui import frame, grid_view, live
from kpicat.ui.grid import Grid


@pytest.fixture
def grid(made, monkeypatch):
    """A grid of two rows whose person has typed into the first before."""
    view = frame.view(made({"task": "Một"}, {"task": "Hai"}))
    monkeypatch.setattr(frame, "actor", lambda: "Lan")
    grid = Grid(actor="Lan")
    grid.begin(view, "all", ("code", "task"), list(view.items.index), 0)
    grid.paint()
    monkeypatch.setattr(grid_view, "_edited", lambda _grid: {0: {"task": "Mới"}})
    return grid


@pytest.fixture
def ran(monkeypatch):
    """Runs of the whole page that were asked for."""
    asked = []
    monkeypatch.setattr(live, "run_page", lambda: asked.append("page"))
    return asked


@pytest.mark.parametrize(
    ("slips_in", "runs"),
    [
        (Add(Item("new", {"task": "Ba"})), ["page"]),
        (Edit("i1", "task", seen="Hai", new="Hai khác"), []),
        (None, []),
    ],
)
def test_a_row_that_slips_in_while_an_edit_is_saved_has_the_page_run_with_it(
    grid, ran, at, monkeypatch, slips_in, runs
):
    store = frame.store()
    commit = store.commit

    def late(*args, **options):
        monkeypatch.setattr(store, "commit", commit)
        if slips_in:
            commit("xa", [slips_in], actor="Minh", at=at)
        return commit(*args, **options)

    monkeypatch.setattr(store, "commit", late)
    grid_view._typed(grid)
    assert frame.view("xa").value("i0", "task") == "Mới"
    assert ran == runs
    assert grid.view.seq == store.head("xa")


def test_what_was_typed_is_held_where_rows_are_locked_before_its_report_is_taken(grid, ran, at):
    """On a busy server both come with one message."""
    store = frame.store()
    view = View(store.reading("xa"))
    store.commit("xa", appraising.waive(view, view.open_findings, "Có lý do", actor="Minh", at=at), actor="Minh", at=at)
    approving.submit(store, View(store.reading("xa")), actor="Minh", at=at)
    grid_view._left(grid)  # asks for a run of the page, so what takes the report is not called
    assert grid.unsaved() == {("i0", "task"): "Mới"}
    assert store.catalogue("xa").status == "submitted" and ran
