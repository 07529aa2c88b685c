"""A block is written as one gesture on the grid that shows it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from kpicat.model import Edit
from kpicat.office import Pace
from kpicat.services.pasting import Pasting
from kpicat.ui import frame, pasting
from tests.app.test_edit_page import catalogue, grid_of, session  # noqa: F401
from tests.app.test_incoming import Session
from tests.conftest import AT


@pytest.fixture
def paste(session, catalogue, monkeypatch):  # noqa: F811
    """Writes a block over cells of the grid, as pressing the dialog's button does."""
    grid = grid_of(session(), catalogue)
    monkeypatch.setattr(pasting.st, "session_state", Session(grids={("edit", catalogue): grid}, actor="Lan"))

    def press(*writes):
        plan = Pasting(list(writes))
        pasting._write(pasting.Held(open=True), catalogue, "edit", plan, chosen={}, request="pressed")
        return grid

    return press


def edit(catalogue, field, new):  # noqa: F811
    view = frame.view(catalogue)
    item = view.items.index[0]
    return Edit(item, field, view.value(item, field), new)


def test_while_a_block_is_written_nobody_else_changes_the_grid(paste, catalogue, monkeypatch):  # noqa: F811
    commit, paces = frame.store().commit, []

    def looked_on(*args, **options):
        grid = pasting.grid_view.state("edit", catalogue)
        with ThreadPoolExecutor(1) as other:
            paces.append(other.submit(grid.keeps_pace, grid.view, AT).result())
        return commit(*args, **options)

    monkeypatch.setattr(frame.store(), "commit", looked_on)
    paste(edit(catalogue, "note", "dán"))
    assert paces == [Pace.LATER]


def test_a_way_chosen_with_the_press_is_shown_before_anything_is_pasted(paste, catalogue):  # noqa: F811
    pasting.st.session_state["edit_paste_way"] = "append"
    held, plan = pasting.Held(open=True), Pasting([edit(catalogue, "note", "dán")])
    pasting._write(held, catalogue, "edit", plan, chosen={"edit_paste_way": "'over'"}, request="pressed")
    assert held.open and held.refused
    assert frame.view(catalogue).value(plan.writes[0].item_id, "note") != "dán"


def test_a_block_that_meets_others_is_asked_about_and_written_where_it_met_nobody(paste, catalogue):  # noqa: F811
    mine = [edit(catalogue, "note", "dán"), edit(catalogue, "product", "dán")]
    frame.store().commit(catalogue, [edit(catalogue, "note", "của Minh")], actor="Minh", at=AT)
    grid = paste(*mine)
    assert [(c.field, c.mine, c.theirs) for c in grid.conflicts.values()] == [("note", "dán", "của Minh")]
    assert frame.view(catalogue).value(mine[0].item_id, "product") == "dán"
