"""Proposed tiers on the page: shown with their reasons, taken over at a word, and taken back by one undo."""

from __future__ import annotations

import pytest

from kpicat.model import Add, Catalogue, Edit, Item
from kpicat.ui import frame
from tests.app.opening import opened
from tests.conftest import AT


@pytest.fixture
def page(made):
    """The page of tiers with the proposals open, over rows of which the last has a tier."""
    made({"task": "Giải quyết tố cáo"}, {"task": "Xyz"}, {"task": "Vào sổ văn bản đến", "tier": 4})
    app = opened("assign", "xa")
    app.button(key="assign_suggest").click().run()
    assert not app.exception
    return app


def tiers():
    return (
        frame.store().reading("xa").items["tier"].astype("object").where(lambda column: column.notna(), None).tolist()
    )


def test_what_is_proposed_is_shown_with_its_reasons_the_least_sure_first(page):
    shown = next(table.value for table in page.dataframe if "Why" in table.value)
    assert shown["Row"].tolist() == ["2 · Xyz", "1 · Giải quyết tố cáo"]
    assert shown["Proposed"].tolist()[1].startswith("3 · 150")
    assert "complaints" in shown["Why"].tolist()[1]
    assert any("1 row has a tier already" in caption.value for caption in page.caption)
    assert tiers() == [None, None, 4]  # nothing is written by showing


def test_only_what_is_sure_enough_is_taken_over_and_one_undo_takes_it_back(page):
    page.slider(key="suggest_least").set_value(50).run()
    page.button(key="bulk_agree").click().run()
    assert tiers() == [3, None, 4]
    batch = frame.store().batches("xa", limit=1)[0].id
    frame.store().undo("xa", batch, actor="Lan", at=AT)
    assert tiers() == [None, None, 4]


def test_a_tier_given_meanwhile_by_another_is_not_overwritten(page):
    page.slider(key="suggest_least").set_value(0).run()
    frame.store().commit("xa", [Edit("i0", "tier", None, 1)], actor="Minh", at=AT)
    page.button(key="bulk_agree").click().run()
    assert tiers()[0] == 1


def test_where_all_rows_have_a_tier_nothing_can_be_taken_over(page):
    writes = [Edit(f"i{n}", "tier", None, 1) for n in range(2)]
    frame.store().commit("xa", writes, actor="Minh", at=AT)
    page.run()
    assert any("tier already" in info.value for info in page.info)
    assert "bulk_agree" not in [button.key for button in page.button]


def test_a_catalogue_named_as_reference_is_learnt_from(page):
    store = frame.store()
    store.create(Catalogue("khac", "Danh mục khác"), actor="Lan", at=AT)
    store.commit("khac", [Add(Item("k", {"task": "Xyz", "tier": 4}))], actor="Lan", at=AT)

    def reference():
        return next(box for box in page.run().selectbox if box.label == "Learn also from the tiers of")

    reference().set_value("khac").run()
    shown = next(table.value for table in page.dataframe if "Why" in table.value)
    proposed = dict(zip(shown["Row"], zip(shown["Proposed"], shown["Why"], strict=True), strict=True))["2 · Xyz"]
    assert proposed[0].startswith("4") and "reference catalogue" in proposed[1]
    assert reference().value == "khac"
